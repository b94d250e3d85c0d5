//! The desk's rules act on what is filed, and an editor's hand counts more.

use crate::{NOW, a_feed, a_store, an_item, excerpts, file};
use news::rule::{Conditions, Effects};
use news::{Id, Place, Role, Rule, Section};
use store::{NewStaff, PlaceExcerpt, Store};

fn a_rule(name: &str, word: &str, then: Effects) -> Rule {
    Rule {
        id: Id(0),
        name: name.into(),
        when: Conditions {
            words: vec![word.into()],
            ..Conditions::default()
        },
        then,
    }
}

async fn a_chief(store: &Store) -> Id {
    let new = NewStaff {
        email: "chief@asian-news.example".into(),
        name: "Mika Arai".into(),
        roles: vec![Role::Chief],
    };
    store.add_staff(new).await.unwrap()
}

async fn add(store: &Store, chief: Id, rule: Rule) -> Id {
    store.add_rule(rule, chief).await.unwrap()
}

/// Two on storms and one on lotteries.
async fn three_rules(store: &Store, chief: Id) -> Id {
    let climate = Effects {
        section: Some(Section::Climate),
        places: vec![Place::PH],
        ..Effects::default()
    };
    let sport = Effects {
        section: Some(Section::Sport),
        ..Effects::default()
    };
    let unwanted = Effects {
        refuse: Some("we don't run lotteries.".into()),
        ..Effects::default()
    };
    let storms = add(store, chief, a_rule("Storms", "台風", climate)).await;
    add(store, chief, a_rule("Too late", "台風", sport)).await;
    add(store, chief, a_rule("Lotteries", "宝くじ", unwanted)).await;
    storms
}

#[tokio::test]
async fn rules_place_and_refuse_what_is_filed() {
    let (store, dir) = a_store().await;
    let chief = a_chief(&store).await;
    let storms = three_rules(&store, chief).await;
    let items = [
        an_item(1, "東京で雨が降った。"),
        an_item(2, "宝くじの当選番号。"),
    ];
    let report = file(
        &store,
        dir.path(),
        "kuroshio",
        &a_feed(&items.concat()),
        NOW,
    )
    .await;
    assert_eq!((report.new, report.refused), (1, 1), "{report}");
    assert!(report.to_string().contains("lotteries"), "{report}");
    let all = excerpts(&store).await;
    assert_eq!((all.len(), all[0].section), (1, Section::Climate));
    assert!(all[0].places.contains(&Place::PH), "{:?}", all[0].places);
    // Switched off, the next one has the word.
    store.switch_rule(storms, chief).await.unwrap();
    let report = file(
        &store,
        dir.path(),
        "kuroshio",
        &a_feed(&an_item(4, "雨。")),
        NOW,
    )
    .await;
    assert_eq!(report.new, 1, "{report}");
    let all = excerpts(&store).await;
    let last = all.iter().find(|e| e.headline.contains('4')).unwrap();
    assert_eq!(last.section, Section::Sport);
}

#[tokio::test]
async fn what_an_editor_placed_stays() {
    let (store, dir) = a_store().await;
    let chief = a_chief(&store).await;
    three_rules(&store, chief).await;
    file(
        &store,
        dir.path(),
        "kuroshio",
        &a_feed(&an_item(1, "雨。")),
        NOW,
    )
    .await;
    let filed = excerpts(&store).await.remove(0);
    let place = PlaceExcerpt {
        story: filed.address.id,
        rev: filed.rev,
        staff: chief,
        section: Section::Society,
        places: vec![Place::JP],
        note: None,
    };
    store.place_excerpt(place).await.unwrap();
    let feed = a_feed(&an_item(1, "大雨。"));
    let report = file(&store, dir.path(), "kuroshio", &feed, NOW).await;
    assert_eq!(report.updated, 1, "{report}");
    let placed = excerpts(&store).await.remove(0);
    assert_eq!(placed.paragraphs, ["大雨。"]);
    assert_eq!(
        (placed.section, &*placed.places),
        (Section::Society, &[Place::JP][..])
    );
}

#[tokio::test]
async fn a_rule_holds_what_is_new() {
    let (store, dir) = a_store().await;
    let chief = a_chief(&store).await;
    file(
        &store,
        dir.path(),
        "kuroshio",
        &a_feed(&an_item(1, "雨。")),
        NOW,
    )
    .await;
    let hold = Effects {
        section: Some(Section::Climate),
        hold: true,
        ..Effects::default()
    };
    add(&store, chief, a_rule("Storms", "台風", hold)).await;
    let both = [an_item(1, "大雨。"), an_item(2, "雨。")].concat();
    let report = file(&store, dir.path(), "kuroshio", &a_feed(&both), NOW).await;
    assert_eq!(
        (report.new, report.updated, report.held),
        (1, 1, 1),
        "{report}"
    );
    // What is new is seen by nobody but the desk.
    let shown = excerpts(&store).await;
    assert!(
        shown.iter().all(|one| !one.headline.contains('2')),
        "{shown:?}"
    );
}
