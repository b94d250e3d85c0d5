//! What makes an agency's item the same item: its guid, its address.

use crate::news_room::{an_item, batch};
use crate::site::{Site, both};
use crate::wire::excerpt;
use store::{Fate, Store};

both! { one_name_for_all a_name_that_changes }

/// An item with these names and this headline.
async fn named(store: &Store, (guid, path): (&str, &str), headline: &str) -> Fate {
    let mut item = an_item(guid, headline);
    item.headline = headline.into();
    item.address = format!("https://apnews.com/{path}");
    let filing = batch(store, vec![item]).await;
    store.file_items(filing).await.unwrap().remove(0)
}

/// A guid that all share, then an address: no item overwrites another, and none is filed twice.
async fn one_name_for_all(site: Site) {
    let store = &site.store;
    let told = [
        "Rice prices fall in Manila",
        "円相場が下落",
        "Chip exports rise",
    ];
    let guids = [("const", "a"), ("const", "b"), ("const", "c")];
    let addresses = [("x", "live"), ("y", "live"), ("z", "live")];
    for names in [guids, addresses] {
        let mut ids = vec![];
        for (names, headline) in names.into_iter().zip(told) {
            let Fate::New(id) = named(store, names, headline).await else {
                panic!("{names:?}")
            };
            ids.push(id);
        }
        for ((names, headline), id) in names.into_iter().zip(told).zip(ids) {
            let again = named(store, names, headline).await;
            assert_eq!(again, Fate::Duplicate(id));
            // With both its names it may say what it likes.
            let changed = named(store, names, &format!("{id}")).await;
            assert_eq!(changed, Fate::Update(id));
            assert_eq!(excerpt(store, id).await.headline, format!("{id}"));
        }
    }
}

/// A guid that is new at each fetch, an address that moves, either of them alone.
async fn a_name_that_changes(site: Site) {
    let store = &site.store;
    let rice = "Rice prices fall in Manila";
    let Fate::New(id) = named(store, ("1", "rice"), rice).await else {
        panic!("new")
    };
    for names in [("2", "rice"), ("3", "rice"), ("1", "rice")] {
        assert_eq!(named(store, names, rice).await, Fate::Duplicate(id));
    }
    let update = "Rice prices fall again in Manila";
    let moved = named(store, ("1", "rice-again"), update).await;
    assert_eq!(moved, Fate::Update(id));
    // It is found where it has moved to.
    let found = named(store, ("4", "rice-again"), update).await;
    assert_eq!(found, Fate::Duplicate(id));
    // What has an address only is known by it, whatever it says.
    let Fate::New(id) = named(store, ("", "only"), rice).await else {
        panic!("new")
    };
    let changed = named(store, ("", "only"), "円相場が下落").await;
    assert_eq!(changed, Fate::Update(id));
    let without = an_item("", "h");
    let nameless = store::NewExcerpt {
        address: String::new(),
        ..without
    };
    let filing = batch(store, vec![nameless]).await;
    let fates = store.file_items(filing).await.unwrap();
    assert!(matches!(&fates[0], Fate::Refused(_)), "{fates:?}");
}
