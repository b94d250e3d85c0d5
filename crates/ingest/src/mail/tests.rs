use super::*;
use crate::feed::Way;
use url::Url;

const SENDERS: [&str; 2] = ["desk@lotus-wire.example", "@news.lotus-wire.example"];

fn read(mail: &str) -> ReadFeed {
    let senders = SENDERS.map(str::to_owned);
    let base = Url::parse("https://lotus-wire.example/").unwrap();
    let hint = SourceHint {
        base: Some(base),
        place: None,
    };
    read_mail(mail.replace('\n', "\r\n").as_bytes(), &senders, &hint)
}

fn from(who: &str, rest: &str) -> String {
    format!("From: {who}\nTo: wire@asian-news.example\nMIME-Version: 1.0\n{rest}")
}

const PLAIN: &str = "Message-ID: <7@lotus-wire.example>\nDate: Tue, 24 Nov 2026 10:00:00 +0700
Subject: =?utf-8?b?5rih44GX6Ii544Gu6Kmm6aiT6YGL6Iiq?=
Content-Type: text/plain; charset=shift_jis
Content-Transfer-Encoding: base64

";

#[test]
fn a_mail_of_words_is_a_story() {
    let words = "電動の渡し船が港を渡った。\n\n試験は春まで続く。\n\n本文: https://www.lotus-wire.example/ja/7\n他: https://elsewhere.example/x\n-- \nLotus Wire\n";
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(words);
    let mail = from("Lotus <Desk@lotus-wire.example>", PLAIN) + &base64(&bytes);
    let found = read(&mail);
    assert_eq!(found.complaints, []);
    let item = &found.items[0];
    assert_eq!(item.title, "渡し船の試験運航");
    assert_eq!(item.guid, "7@lotus-wire.example");
    assert_eq!(item.url, "https://www.lotus-wire.example/ja/7");
    assert_eq!(item.published, Some(Millis(1_795_489_200_000)));
    let words = clean::paragraphs(&item.content_html);
    assert_eq!(words, ["電動の渡し船が港を渡った。", "試験は春まで続く。"]);
}

fn base64(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(['+', '/'])
        .collect();
    let sixes = |three: &[u8]| {
        let wide = three
            .iter()
            .fold(0_usize, |all, byte| all << 8 | usize::from(*byte));
        let wide = wide << (8 * (3 - three.len()));
        let digit = |at: usize| {
            if at <= three.len() {
                letters[wide >> (18 - 6 * at) & 63]
            } else {
                '='
            }
        };
        [0, 1, 2, 3].map(digit)
    };
    bytes.chunks(3).flat_map(sixes).collect()
}

#[test]
fn only_the_sources_own_senders_are_welcome() {
    let body = "Subject: Rain\nContent-Type: text/plain\n\nRain fell. https://lotus-wire.example/7";
    let check = |who: &str, want: bool| {
        let found = read(&from(who, body));
        assert_eq!(found.items.len() == 1, want, "{who}");
        let refused = found
            .complaints
            .iter()
            .any(|c| matches!(c, FeedComplaint::Unwelcome(_)));
        assert_eq!(refused, !want, "{who}");
    };
    check("desk@lotus-wire.example", true);
    check(
        "\"someone@evil.example\" <anyone@news.lotus-wire.example>",
        true,
    );
    check("other@lotus-wire.example", false);
    check("desk@lotus-wire.example.evil.example", false);
    check("desk@evil.example, desk@lotus-wire.example", false);
    check("\"desk@lotus-wire.example\" <desk@evil.example>", false);
    check("desk@lotus-wire.example\nFrom: desk@evil.example", false);
    check("", false);
}

#[test]
fn documents_are_read_and_the_letter_around_them_is_not() {
    let nitf = include_str!("../../tests/agency/ferry.nitf.xml");
    let ninjs = include_str!("../../tests/agency/ferry.ninjs.json");
    let part = |head: &str, body: &str| format!("--b\nContent-Type: {head}\n\n{body}\n");
    let base64ed = format!(
        "--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\
         Content-Disposition: attachment; filename=\"7.NITF\"\n\n{}\n",
        base64(nitf.as_bytes())
    );
    let body = [
        "Subject: Today\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned(),
        part(
            "text/plain",
            "Please find two stories. https://lotus-wire.example/",
        ),
        part("application/json", ninjs),
        base64ed,
        part("image/jpeg; name=x.jpg", "no picture"),
        "--b--\n".to_owned(),
    ];
    let found = read(&from("desk@lotus-wire.example", &body.concat()));
    assert_eq!(found.complaints, []);
    assert_eq!((found.way, found.items.len()), (Some(Way::Agency), 2));
    assert_eq!(found.items[0].title, found.items[1].title);
    // A broken document isn't made up for by the letter.
    let broken = body
        .concat()
        .replace("</nitf>", "")
        .replace("\"uri\"", "uri");
    let broken = broken.replace("Content-Transfer-Encoding: base64", "");
    let found = read(&from("desk@lotus-wire.example", &broken));
    assert_eq!(found.items, []);
    assert!(!found.complaints.is_empty());
}

#[test]
fn an_embargo_in_words_waits_for_a_person() {
    let check = |subject: &str, first: &str, want| {
        let body = format!(
            "Subject: {subject}\nContent-Type: text/plain\n\n{first}\n\nRain fell.\nhttps://lotus-wire.example/7"
        );
        let item = read(&from("desk@lotus-wire.example", &body))
            .items
            .remove(0);
        assert_eq!(item.status, want, "{subject} {first}");
    };
    check("EMBARGOED: Rain", "Rain", PubStatus::Withheld);
    check("Rain", "Under embargo until 18:00", PubStatus::Withheld);
    check("Rain", "Rain", PubStatus::Usable);
}

#[test]
fn what_is_no_mail_is_refused() {
    for text in ["", "\n\n\n", "--b\n--b--", "From", "<nitf/>"] {
        let found = read(text);
        assert!(
            found.items.is_empty() && !found.complaints.is_empty(),
            "{text}"
        );
    }
    let nested = (0..2_000).fold(String::new(), |all, n| {
        format!("{all}Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")
    });
    let found = read(&from("desk@lotus-wire.example", &nested));
    assert_eq!(found.panics, 0);
}
