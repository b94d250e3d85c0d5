use super::*;

fn a_rule(name: &str) -> Rule {
    Rule {
        id: Id(1),
        name: name.into(),
        when: Conditions::default(),
        then: Effects {
            section: Some(Section::Business),
            ..Effects::default()
        },
    }
}

fn looks_for(word: &str) -> Rules {
    let mut rule = a_rule("Words");
    rule.when.words = vec![word.into()];
    Rules::new([rule])
}

fn fits(rules: &Rules, text: &str) -> bool {
    let lang = Lang::english();
    let piece = Piece::new((Id(7), &lang, &[]), [], [text]);
    rules.of(&piece).is_some()
}

#[test]
fn words_are_found_in_every_script() {
    for (word, inside, outside) in [
        ("Port", "The PORT of Colombo", "Reporters and passports"),
        ("порт", "Закрыт ПОРТ Владивостока", "Паспорт утерян"),
        ("ميناء", "إغلاق ميناء جدة", "الميناءات"),
        ("الميناء", "إغلاق المينـــاء", "ميناء"),
        ("बंदरगाह", "नया बंदरगाह खुला", "बंदरगाहों में"),
        ("กรุงเทพ", "เปิดท่าเรือกรุงเทพวันนี้", "เปิดท่าเรือ"),
        ("มา", "เรือมาถึง", "เรือม่านน้ำ"),
        ("港口", "上海港口重新开放", "香港开口"),
        ("ポート", "ﾎﾟｰﾄの予算", "ホテル"),
        ("항구", "부산 항구에서 화재", "공항구역"),
        ("ท่าเรือ", "ท่าเรือแหลมฉบัง", "เรือท่า"),
        ("cảng", "CẢNG Hải Phòng", "cang"),
        ("λιμήν", "ΛΙΜΉΝ του Πειραιά", "λιμένας"),
        ("ίππος", "ΊΠΠΟΣ", "ίπποσα"),
        ("Istanbul", "İSTANBUL'da", "Istanbullu"),
        (
            "south china sea",
            "In the South\u{a0}China  Sea,",
            "South China Seas",
        ),
        ("GDP", "ＧＤＰ成長率", "gdps"),
        ("5G", "中国5G网络", "15G"),
    ] {
        let rules = looks_for(word);
        assert!(fits(&rules, inside), "{word} in {inside}");
        assert!(!fits(&rules, outside), "{word} not in {outside}");
    }
    assert!(!fits(&looks_for(""), "anything"));
}

#[test]
fn every_condition_that_is_set_must_be_met() {
    let hant = Lang::parse("zh-Hant").unwrap();
    let places = [Place::TW];
    let piece = Piece::new((Id(7), &hant, &places), ["財經"], ["高雄港", "準時"]);
    let check = |change: &dyn Fn(&mut Conditions), want: bool| {
        let mut rule = a_rule("One");
        rule.when.words = vec!["nowhere".into(), "準時".into()];
        change(&mut rule.when);
        let found = Rules::new([rule.clone()]).of(&piece).is_some();
        assert_eq!(found, want, "{:?}", rule.when);
    };
    check(&|_| {}, true);
    check(&|when| when.source = Some(Id(7)), true);
    check(&|when| when.source = Some(Id(8)), false);
    check(&|when| when.lang = Lang::parse("zh-Hant"), true);
    check(&|when| when.lang = Lang::parse("zh-Hans"), false);
    check(&|when| when.place = Some(Place::TW), true);
    check(&|when| when.place = Some(Place::JP), false);
    check(&|when| when.category = Some("財經".into()), true);
    check(&|when| when.category = Some("財".into()), false);
    // Chinese always says its script.
    check(&|when| when.lang = Lang::parse("zh"), false);
    // No word stands across the headline's end.
    check(&|when| when.words = vec!["港準".into()], false);
    check(&|when| when.words.clear(), true);
    let cyrillic = Lang::parse("uz-Cyrl").unwrap();
    let piece = Piece::new((Id(7), &cyrillic, &[]), [], []);
    for (lang, want) in [("uz", true), ("uz-Cyrl", true), ("uz-Latn", false)] {
        let mut rule = a_rule("Uzbek");
        rule.when.lang = Lang::parse(lang);
        assert_eq!(Rules::new([rule]).of(&piece).is_some(), want, "{lang}");
    }
}

#[test]
fn the_first_that_names_a_section_has_the_word() {
    let lang = Lang::english();
    let places = [Place::JP];
    let piece = Piece::new((Id(7), &lang, &places), [], ["Ports"]);
    let mut second = a_rule("Second");
    second.then = Effects {
        section: Some(Section::Sport),
        places: vec![Place::JP, Place::KR],
        hold: true,
        refuse: Some("No ports.".into()),
    };
    let mut third = a_rule("Third");
    third.when.place = Some(Place::KR);
    let verdict = Rules::new([a_rule("First"), second, third]).of(&piece);
    let want = Verdict {
        section: Some(Section::Business),
        places: vec![Place::KR],
        hold: Some("Rule Second".into()),
        refuse: Some("Rule Second: No ports.".into()),
        why: vec![
            "section: rule First".into(),
            "places: rule Second".into(),
            "held: rule Second".into(),
            "refused: rule Second".into(),
        ],
    };
    // What a rule adds is no condition of the next.
    assert_eq!(verdict, Some(want));
    assert_eq!(Rules::default().of(&piece), None);
}

#[test]
fn what_a_rule_may_say() {
    let refused = |change: &dyn Fn(&mut Rule), want: &str| {
        let mut rule = a_rule("Harbours");
        rule.when.words = vec!["port".into()];
        change(&mut rule);
        let sentence = rule.checked().unwrap_err().to_string();
        assert!(sentence.contains(want), "{sentence}");
    };
    refused(&|rule| rule.name = " ".into(), "a name");
    refused(&|rule| rule.name = "x".repeat(61), "60 characters");
    refused(&|rule| rule.when.words.clear(), "a condition");
    refused(&|rule| rule.when.words = vec!["…".into()], "no letter");
    refused(
        &|rule| rule.when.words = vec!["港".repeat(61)],
        "60 characters",
    );
    refused(&|rule| rule.when.words = vec!["a\0b".into()], "U+0000");
    refused(&|rule| rule.then = Effects::default(), "an effect");
    refused(&|rule| rule.then.places = Place::ALL.to_vec(), "3 places");
    let many = |n: usize| (0..n).map(|n| format!("word{n}")).collect::<Vec<_>>();
    refused(&|rule| rule.when.words = many(21), "20 words");
    let mut rule = a_rule("  Harbours\n of Asia ");
    rule.when.words = many(20);
    rule.when.words.extend(["WORD3".into(), String::new()]);
    rule.then.places = vec![Place::JP, Place::JP];
    rule.then.refuse = Some(" ".into());
    let rule = rule.checked().unwrap();
    assert_eq!(rule.name, "Harbours of Asia");
    assert_eq!(rule.when.words.len(), 20);
    assert_eq!((rule.then.places.len(), rule.then.refuse), (1, None));
}
