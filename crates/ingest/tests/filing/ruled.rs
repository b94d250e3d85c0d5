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

#[tokio::test]
async fn rules_place_what_is_filed_and_an_editor_counts_more() {
    let (store, dir) = a_store().await;
    let chief = a_chief(&store).await;
    let climate = Effects {
        section: Some(Section::Climate),
        places: vec![Place::PH],
        refuse: None,
    };
    let storms = store
        .add_rule(a_rule("Storms", "台風", climate), chief)
        .await
        .unwrap();
    let sport = Effects {
        section: Some(Section::Sport),
        ..Effects::default()
    };
    store
        .add_rule(a_rule("Too late", "台風", sport), chief)
        .await
        .unwrap();
    let unwanted = Effects {
        refuse: Some("we don't run lotteries.".into()),
        ..Effects::default()
    };
    store
        .add_rule(a_rule("Lotteries", "宝くじ", unwanted), chief)
        .await
        .unwrap();
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
    assert!(
        report.to_string().contains("we don't run lotteries."),
        "{report}"
    );
    let [filed] = &*excerpts(&store).await else {
        panic!("one")
    };
    assert_eq!(filed.section, Section::Climate);
    assert!(filed.places.contains(&Place::PH), "{:?}", filed.places);

    // An editor places it; neither the agency's next state of it nor a rule moves it again.
    let place = PlaceExcerpt {
        story: filed.address.id,
        rev: filed.rev,
        staff: chief,
        section: Section::Society,
        places: vec![Place::JP],
        note: None,
    };
    store.place_excerpt(place).await.unwrap();
    let items = [an_item(1, "東京で大雨が降った。"), an_item(3, "雪。")];
    let report = file(
        &store,
        dir.path(),
        "kuroshio",
        &a_feed(&items.concat()),
        NOW,
    )
    .await;
    assert_eq!((report.new, report.updated), (1, 1), "{report}");
    let all = excerpts(&store).await;
    let placed = all.iter().find(|e| e.address.id == filed.address.id);
    let placed = placed.unwrap();
    assert_eq!(placed.paragraphs, ["東京で大雨が降った。"]);
    assert_eq!(
        (placed.section, &*placed.places),
        (Section::Society, &[Place::JP][..])
    );

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
