use super::*;

fn an_item(title: &str, url: &str, categories: &[(&str, &str)]) -> WireItem {
    let category = |(scheme, term): &(&str, &str)| WireCategory {
        scheme: (!scheme.is_empty()).then(|| (*scheme).into()),
        term: (*term).into(),
    };
    WireItem {
        title: title.into(),
        url: url.into(),
        categories: categories.iter().map(category).collect(),
        ..WireItem::default()
    }
}

fn check(item: &WireItem, lead: &str, section: Section, places: &[Place], topics: &[&str]) {
    let found = classify(item, &[lead.to_owned()], &Lang::english());
    assert_eq!(found.section, section, "{}", found.why);
    assert_eq!(found.places, places, "{}", found.why);
    assert_eq!(found.topics, topics, "{}", found.why);
}

#[test]
fn an_agencys_subject_names_the_section_by_its_code() {
    let category = |(scheme, term): (&str, &str)| WireCategory {
        scheme: Some(scheme.into()),
        term: term.into(),
    };
    let of = |codes: &[(&str, &str)]| WireItem {
        title: "Cameras".into(),
        url: "https://a.example/culture/1".into(),
        categories: codes.iter().copied().map(category).collect(),
        ..WireItem::default()
    };
    let check = |codes: &[(&str, &str)], section, topics: &[&str]| {
        let found = classify(&of(codes), &[], &Lang::english());
        assert_eq!(
            (found.section, found.topics),
            (
                section,
                topics.iter().map(|&t| t.into()).collect::<Vec<String>>()
            ),
            "{}",
            found.why
        );
    };
    let several = [
        ("medtop:20001185", "Ferries"),
        ("medtop:04000000", "経済"),
        ("subj:15073000", "Rowing"),
    ];
    check(&several, Section::Business, &["Ferries", "Rowing"]);
    check(&[("subj:13010000", "Rockets")], Section::Technology, &[]);
}

#[test]
fn the_feeds_own_categories_come_first() {
    let categories = [
        ("dateline", "SEOUL"),
        ("country", "North Korea"),
        ("country", "South Korea"),
        ("country", "China"),
        ("topic", "Technology"),
        ("topic", "Politics"),
    ];
    let item = an_item(
        "Cameras in Japan",
        "https://a.example/business/1",
        &categories,
    );
    check(
        &item,
        "",
        Section::Technology,
        &[Place::KP, Place::KR, Place::CN],
        &["Politics"],
    );
}

#[test]
fn then_the_address_and_the_words() {
    let item = an_item("Typhoon nears Japan", "https://a.example/sport/2026/x", &[]);
    check(
        &item,
        "Rain fell in Osaka.",
        Section::Sport,
        &[Place::JP],
        &[],
    );
    let item = an_item(
        "日本と韓国の首脳が会談",
        "https://a.example/x",
        &[("", "政治")],
    );
    check(&item, "", Section::Politics, &[Place::JP, Place::KR], &[]);
    let item = an_item("South\u{a0}Korea", "https://a.example/world/x", &[]);
    check(&item, "", Section::World, &[Place::KR], &[]);
    let item = an_item(
        "Ships wait",
        "https://a.example/world/x",
        &[("", "Ports"), ("", "Vietnam")],
    );
    check(
        &item,
        "HANOI, Vietnam — Ships wait.",
        Section::World,
        &[Place::VN],
        &["Ports"],
    );
}

#[test]
fn what_nobody_is_sure_of_is_for_the_desk() {
    let classified = |title: &str, lead: &str| {
        let item = an_item(title, "https://a.example/x", &[]);
        classify(&item, &[lead.to_owned()], &Lang::english())
    };
    let odd = classified("Well, well", "");
    assert_eq!(odd.placing, Placing::Guess, "{}", odd.why);
    let clear = classified(
        "Late goal wins the cup final",
        "The home team beat the champions after their striker scored twice in the second half of the match.",
    );
    assert_eq!(
        (clear.section, clear.placing),
        (Section::Sport, Placing::Sure),
        "{}",
        clear.why
    );
    assert!(clear.why.starts_with("section: model "), "{}", clear.why);
    assert_eq!(clear.medtop.as_deref(), Some("medtop:15000000"));
}

#[test]
fn a_code_comes_first_and_every_tag_says_why() {
    let item = an_item(
        "Rates stay in Japan",
        "https://a.example/sport/x",
        &[("medtop", "04000000"), ("", "Politics")],
    );
    let lead = "SEOUL, South Korea — Rates stay.".to_owned();
    let found = classify(&item, &[lead], &Lang::english());
    assert_eq!(found.section, Section::Business);
    assert_eq!(found.topics, ["Politics"]);
    assert_eq!(
        found.why,
        "section: code medtop:04000000; places: KR (dateline) 4 points, JP (title) 3 points"
    );
}
