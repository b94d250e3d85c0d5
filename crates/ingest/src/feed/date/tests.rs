use super::*;

fn check(text: &str, place: Option<Place>, want: &str) {
    let found = Clock::of(place)
        .read(text)
        .map(|m| jiff::Timestamp::from_millisecond(m.0).unwrap().to_string());
    let want = (!want.is_empty()).then(|| want.to_owned());
    assert_eq!(found, want, "{text}");
}

#[test]
fn what_the_standards_say() {
    check(
        "Tue, 24 Nov 2026 10:00:00 +0000",
        None,
        "2026-11-24T10:00:00Z",
    );
    check("Tue, 24 Nov 26 10:00 GMT", None, "2026-11-24T10:00:00Z");
    check(
        "Tue, 24 Nov 2026 10:00:00 EST",
        None,
        "2026-11-24T15:00:00Z",
    );
    check("24 Nov 2026 10:00:00 Z", None, "2026-11-24T10:00:00Z");
    check("2026-11-24T10:00:00Z", None, "2026-11-24T10:00:00Z");
    check(
        "2026-11-24T10:00:00.123+09:00",
        None,
        "2026-11-24T01:00:00Z",
    );
    check("2026-11-24T10:00:00-0530", None, "2026-11-24T15:30:00Z");
    check("2026-11-24", None, "2026-11-24T00:00:00Z");
    check("2026-11", None, "2026-11-01T00:00:00Z");
    check("20261124T100000Z", None, "2026-11-24T10:00:00Z");
    check("2026-328", None, "2026-11-24T00:00:00Z");
    check("Tue Nov 24 10:00:00 2026", None, "2026-11-24T10:00:00Z");
    check("Tue Nov 24 10:00:00 JST 2026", None, "2026-11-24T01:00:00Z");
}

#[test]
fn zones_by_name() {
    check(
        "Tue, 24 Nov 2026 10:00:00 JST",
        None,
        "2026-11-24T01:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 KST",
        None,
        "2026-11-24T01:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 IST",
        Some(Place::IN),
        "2026-11-24T04:30:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 IST",
        Some(Place::IL),
        "2026-11-24T08:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 CST",
        Some(Place::CN),
        "2026-11-24T02:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 CST",
        None,
        "2026-11-24T16:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 PST",
        Some(Place::PH),
        "2026-11-24T02:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 PST",
        None,
        "2026-11-24T18:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 PKT",
        None,
        "2026-11-24T05:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 WIB",
        None,
        "2026-11-24T03:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 SGT",
        None,
        "2026-11-24T02:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 MMT",
        None,
        "2026-11-24T03:30:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 NPT",
        None,
        "2026-11-24T04:15:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 GMT+8",
        None,
        "2026-11-24T02:00:00Z",
    );
    check(
        "Tue, 24 Nov 2026 10:00:00 UTC+05:30",
        None,
        "2026-11-24T04:30:00Z",
    );
}

/// Each zone that the wire of Asia names, by its name alone and by the place of the source where a name has several.
#[test]
fn every_zone_of_asia_by_name() {
    for (name, place, want) in [
        ("JST", None, "01:00"),
        ("KST", None, "01:00"),
        ("WIT", None, "01:00"),
        ("TLT", None, "01:00"),
        ("PHT", None, "02:00"),
        ("PHST", None, "02:00"),
        ("SGT", None, "02:00"),
        ("HKT", None, "02:00"),
        ("MYT", None, "02:00"),
        ("WITA", None, "02:00"),
        ("BNT", None, "02:00"),
        ("ULAT", None, "02:00"),
        ("ICT", None, "03:00"),
        ("WIB", None, "03:00"),
        ("MMT", None, "03:30"),
        ("BTT", None, "04:00"),
        ("BST", Some(Place::BD), "04:00"),
        ("NPT", None, "04:15"),
        ("IST", None, "04:30"),
        ("IST", Some(Place::IN), "04:30"),
        ("IST", Some(Place::IL), "08:00"),
        ("SLST", None, "04:30"),
        ("PKT", None, "05:00"),
        ("UZT", None, "05:00"),
        ("MVT", None, "05:00"),
        ("AFT", None, "05:30"),
        ("GST", None, "06:00"),
        ("AZT", None, "06:00"),
        ("IRST", None, "06:30"),
        ("AST", Some(Place::SA), "07:00"),
        ("TRT", None, "07:00"),
        ("CST", Some(Place::CN), "02:00"),
        ("CST", Some(Place::TW), "02:00"),
    ] {
        let want = format!("2026-11-24T{want}:00Z");
        check(&format!("Tue, 24 Nov 2026 10:00:00 {name}"), place, &want);
        check(&format!("2026/11/24 10:00 ({name})"), place, &want);
    }
}

#[test]
fn a_time_without_a_zone_is_the_sources() {
    check(
        "2026-11-24 10:00:00",
        Some(Place::JP),
        "2026-11-24T01:00:00Z",
    );
    check("2026/11/24 10:00", Some(Place::TW), "2026-11-24T02:00:00Z");
    check("24 Nov 2026 10:00", Some(Place::IN), "2026-11-24T04:30:00Z");
    check("Tue 24 Nov 2026 10:00:00", None, "2026-11-24T10:00:00Z");
    check("November 24, 2026 10:00 PM", None, "2026-11-24T22:00:00Z");
    check("Nov 24, 2026, 12:05 a.m.", None, "2026-11-24T00:05:00Z");
}

#[test]
fn dates_as_asia_writes_them() {
    check(
        "2026年11月24日 10:00",
        Some(Place::JP),
        "2026-11-24T01:00:00Z",
    );
    check(
        "2026年11月24日10時30分",
        Some(Place::JP),
        "2026-11-24T01:30:00Z",
    );
    check(
        "令和8年11月24日 午後1時5分",
        Some(Place::JP),
        "2026-11-24T04:05:00Z",
    );
    check("令和元年5月1日", Some(Place::JP), "2019-04-30T15:00:00Z");
    // A year that no calendar reaches is no date, and no reason to lose the feed.
    check("令和32000年1月1日", Some(Place::JP), "");
    check(
        "2026年11月24日 下午3:20",
        Some(Place::CN),
        "2026-11-24T07:20:00Z",
    );
    check("民國115年11月24日", Some(Place::TW), "2026-11-23T16:00:00Z");
    check("115/11/24 08:00", Some(Place::TW), "2026-11-24T00:00:00Z");
    check(
        "2026년 11월 24일 오후 3시 20분",
        Some(Place::KR),
        "2026-11-24T06:20:00Z",
    );
    check(
        "24 พ.ย. 2569 10:00",
        Some(Place::TH),
        "2026-11-24T03:00:00Z",
    );
    check("๒๔ พฤศจิกายน ๒๕๖๙", Some(Place::TH), "2026-11-23T17:00:00Z");
    check(
        "٢٤ نوفمبر ٢٠٢٦ ١٠:٠٠",
        Some(Place::SA),
        "2026-11-24T07:00:00Z",
    );
    check(
        "२४ नवंबर २०२६ १०:००",
        Some(Place::IN),
        "2026-11-24T04:30:00Z",
    );
    check(
        "24 Desember 2026 10:00 WIB",
        Some(Place::ID),
        "2026-12-24T03:00:00Z",
    );
    check("24/11/2026 10:00", Some(Place::VN), "2026-11-24T03:00:00Z");
    check("11/24/2026 10:00", None, "2026-11-24T10:00:00Z");
    check("24.11.2026", None, "2026-11-24T00:00:00Z");
}

#[test]
fn what_is_no_date() {
    for text in [
        "",
        "yesterday",
        "24",
        "2026-13-40",
        "99:99",
        "Tue, 32 Nov 2026",
        "0000-00-00",
        "平成32767年1月1日",
    ] {
        check(text, None, "");
    }
    check("2026-11-24T24:00:00Z", None, "2026-11-25T00:00:00Z");
}
