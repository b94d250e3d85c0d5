//! Rules for the wire: kept in their order, noted, and what they refuse.

use crate::news_room::{an_item, batch, refusal};
use crate::site::{Site, both};
use news::rule::{Conditions, Effects};
use news::{Id, Millis, Place, Refusal, Role, Rule, Rules, Section};
use store::{Became, Fate, Moves, NewStaff, Store};

both! {
    a_rule_is_kept_in_its_order an_unfinished_rule_is_refused there_is_an_end_to_them
    what_a_rule_refuses_is_recorded rules_are_tried_on_all_that_came
    rules_are_tried_on_the_newest_of_all a_rule_is_removed
}

async fn a_chief(store: &Store) -> Id {
    let new = NewStaff {
        email: "chief@asian-news.example".into(),
        name: "Mika Arai".into(),
        roles: vec![Role::Chief],
    };
    store.add_staff(new).await.unwrap()
}

fn a_rule(name: &str) -> Rule {
    Rule {
        id: Id(0),
        name: name.into(),
        when: Conditions {
            words: vec!["港口".into(), "harbour".into()],
            place: Some(Place::TW),
            ..Conditions::default()
        },
        then: Effects {
            section: Some(Section::Business),
            places: vec![Place::JP],
            ..Effects::default()
        },
    }
}

async fn names(store: &Store) -> Vec<String> {
    let all = store.rules().await.unwrap();
    all.into_iter().map(|kept| kept.rule.name).collect()
}

async fn a_rule_is_kept_in_its_order(site: Site) {
    let store = &site.store;
    let chief = a_chief(store).await;
    assert!(store.rules_in_force().await.unwrap().is_empty());
    let mut ids = vec![];
    for name in ["One", "Two", "Three"] {
        ids.push(store.add_rule(a_rule(name), chief).await.unwrap());
    }
    let kept = store.rules().await.unwrap();
    let want = Rule {
        id: ids[0],
        ..a_rule("One")
    };
    assert_eq!(kept[0].rule, want);
    assert_eq!(
        (kept[0].on, kept[0].who.as_deref()),
        (true, Some("Mika Arai"))
    );
    store
        .move_rule(ids[2], Moves::Earlier, chief)
        .await
        .unwrap();
    assert_eq!(names(store).await, ["One", "Three", "Two"]);
    store.move_rule(ids[0], Moves::Later, chief).await.unwrap();
    assert_eq!(names(store).await, ["Three", "One", "Two"]);
    for (id, moves) in [(ids[2], Moves::Earlier), (ids[1], Moves::Later)] {
        store.move_rule(id, moves, chief).await.unwrap();
    }
    assert_eq!(names(store).await, ["Three", "One", "Two"]);
    let changed = Rule {
        id: ids[0],
        ..a_rule("First")
    };
    store.change_rule(changed, chief).await.unwrap();
    assert_eq!(names(store).await, ["Three", "First", "Two"]);
    for id in &ids {
        assert!(!store.switch_rule(*id, chief).await.unwrap());
    }
    assert!(store.rules_in_force().await.unwrap().is_empty());
    assert!(store.switch_rule(ids[1], chief).await.unwrap());
    assert!(!store.rules_in_force().await.unwrap().is_empty());
    // Each deed stands in the record, and what changed nothing doesn't.
    let wrong = "INSERT INTO schema_version(version, at) SELECT version, 0 FROM schema_version WHERE (SELECT COUNT(*)
        FROM audit WHERE what IN ('add rule', 'move rule', 'change rule', 'switch rule')) <> 10";
    site.raw(wrong).await.unwrap();
    let missing = store.switch_rule(Id(1), chief).await;
    assert_eq!(refusal(missing), Refusal::NotFound);
    let missing = store.change_rule(a_rule("x"), chief).await;
    assert_eq!(refusal(missing), Refusal::NotFound);
}

async fn an_unfinished_rule_is_refused(site: Site) {
    let chief = a_chief(&site.store).await;
    let mut rule = a_rule("Nothing");
    rule.then = Effects::default();
    let refused = refusal(site.store.add_rule(rule, chief).await);
    assert!(refused.to_string().contains("an effect"), "{refused}");
    assert_eq!(names(&site.store).await.len(), 0);
}

async fn there_is_an_end_to_them(site: Site) {
    let chief = a_chief(&site.store).await;
    for n in 0..Rules::MOST {
        let rule = a_rule(&format!("Rule {n}"));
        site.store.add_rule(rule, chief).await.unwrap();
    }
    let refused = refusal(site.store.add_rule(a_rule("One more"), chief).await);
    assert!(matches!(refused, Refusal::TooLarge(_)), "{refused}");
}

async fn what_a_rule_refuses_is_recorded(site: Site) {
    let store = &site.store;
    let file = async |hash: &str, refuse: Option<&str>| {
        let mut item = an_item("chips", hash);
        item.refuse = refuse.map(str::to_owned);
        let filing = batch(store, vec![item]).await;
        store.file_items(filing).await.unwrap().remove(0)
    };
    let why = "Rule Ads: an advertisement.";
    let refused = file("1", Some(why)).await;
    assert_eq!(refused, Fate::Refused(Refusal::Invalid(why.into())));
    let tried = store.recent_excerpts(Millis(0), 9).await.unwrap();
    assert_eq!((tried.len(), tried[0].became), (1, Became::Refused));
    assert_eq!(tried[0].headline, "Chips for chips");
    assert_eq!(tried[0].places, [Place::KP, Place::KR]);
    assert!(tried[0].words.is_empty() && tried[0].address.is_none());
    // The rule is switched off: the same item is taken.
    let Fate::New(id) = file("1", None).await else {
        panic!("new")
    };
    let tried = store.recent_excerpts(Millis(0), 9).await.unwrap();
    assert_eq!((tried.len(), tried[0].became), (1, Became::Shown));
    // What stands already is corrected, whatever a rule says.
    assert_eq!(file("2", Some(why)).await, Fate::Update(id));
}

async fn rules_are_tried_on_all_that_came(site: Site) {
    let store = &site.store;
    let mut items = ["one", "two", "waits", "gone"].map(|guid| an_item(guid, guid));
    items[1].published_at = Store::now();
    items[2].hold = Some("Rule Ads".into());
    let filing = batch(store, items.to_vec()).await;
    let fates = store.file_items(filing).await.unwrap();
    let Fate::New(gone) = fates[3] else {
        panic!("{fates:?}")
    };
    let chief = a_chief(store).await;
    store.withdraw(gone, 1, chief, "A test.").await.unwrap();
    let since = Store::now().plus(-7 * Millis::DAY);
    let recent = store.recent_excerpts(since, 9).await.unwrap();
    let became = |headline: &str| {
        let found = recent.iter().find(|it| it.headline == headline);
        found.map(|it| it.became)
    };
    assert_eq!(became("Chips for one"), Some(Became::Shown));
    assert_eq!(became("Chips for waits"), Some(Became::Waits));
    assert_eq!(became("Chips for gone"), Some(Became::Withdrawn));
    assert_eq!((recent.len(), &*recent[0].headline), (4, "Chips for two"));
    assert_eq!(recent[0].topics, ["Politics"]);
    assert_eq!(recent[1].topics, ["Politics"]);
    assert_eq!(recent[0].places, [Place::KP, Place::KR]);
    assert_eq!(recent[0].source.1, "AP");
    assert_eq!(recent[0].words.len(), 2);
    assert!(!recent[0].by_editor);
    assert_eq!(store.recent_excerpts(since, 1).await.unwrap().len(), 1);
    let later = Store::now().plus(1);
    assert_eq!(store.recent_excerpts(later, 9).await.unwrap().len(), 0);
}

async fn rules_are_tried_on_the_newest_of_all(site: Site) {
    let store = &site.store;
    for (guid, refuse) in [("one", None), ("two", Some("Rule Ads.")), ("three", None)] {
        let mut item = an_item(guid, guid);
        item.refuse = refuse.map(str::to_owned);
        let filing = batch(store, vec![item]).await;
        store.file_items(filing).await.unwrap();
        let filed = Store::now();
        while Store::now() <= filed {
            std::thread::yield_now();
        }
    }
    // There are enough that were taken to fill the list: what was refused stands in it all the same.
    let recent = store.recent_excerpts(Millis(0), 2).await.unwrap();
    let came: Vec<_> = recent.iter().map(|it| (&*it.headline, it.became)).collect();
    let expected = [
        ("Chips for three", Became::Shown),
        ("Chips for two", Became::Refused),
    ];
    assert_eq!(came, expected);
}

async fn a_rule_is_removed(site: Site) {
    let store = &site.store;
    let chief = a_chief(store).await;
    let one = store.add_rule(a_rule("One"), chief).await.unwrap();
    store.add_rule(a_rule("Two"), chief).await.unwrap();
    store.remove_rule(one, chief).await.unwrap();
    assert_eq!(names(store).await, ["Two"]);
    let again = store.remove_rule(one, chief).await;
    assert_eq!(refusal(again), Refusal::NotFound);
    // The record keeps what it said.
    let wrong = "INSERT INTO schema_version(version, at) SELECT version, 0 FROM schema_version WHERE (SELECT COUNT(*)
        FROM audit WHERE what = 'remove rule' AND CAST(before AS TEXT) LIKE '%harbour%') <> 1";
    site.raw(wrong).await.unwrap();
}
