//! What is open to a source, and items that may not be shown yet.

use crate::news_room::{an_item, batch};
use crate::site::{Site, both};
use news::{Id, Millis};
use store::{Fate, Store, WayIn};

both! {
    nothing_is_open_until_somebody_opens_it what_comes_late_undoes_nothing
    an_embargo_moves_with_what_the_agency_says
}

async fn nothing_is_open_until_somebody_opens_it(site: Site) {
    let store = &site.store;
    let ap = store.source("AP").await.unwrap().unwrap().id;
    assert_eq!(store.way_in(ap).await.unwrap(), WayIn::default());
    store.set_push_secret(ap, Some("s3cret")).await.unwrap();
    let senders = ["Desk@AP.example".to_owned(), "@ap.example".to_owned()];
    store.set_senders(ap, &senders).await.unwrap();
    let way = store.way_in(ap).await.unwrap();
    assert_eq!(way.push_secret.as_deref(), Some("s3cret"));
    assert_eq!(way.senders, ["desk@ap.example", "@ap.example"]);
    assert!(!format!("{way:?}").contains("s3cret"), "{way:?}");
    for wrong in ["desk", "desk@ap", "@"] {
        let refused = store.set_senders(ap, &[wrong.to_owned()]).await;
        assert!(refused.unwrap_err().to_string().contains(wrong));
    }
    store.set_push_secret(ap, Some("another")).await.unwrap();
    store.set_senders(ap, &[]).await.unwrap();
    let way = store.way_in(ap).await.unwrap();
    assert_eq!(way.push_secret.as_deref(), Some("another"));
    assert!(way.senders.is_empty());
    store.set_push_secret(ap, None).await.unwrap();
    assert_eq!(store.way_in(ap).await.unwrap(), WayIn::default());
    // Another source's doors are its own.
    assert_eq!(store.way_in(Id(2)).await.unwrap(), WayIn::default());
}

async fn what_comes_late_undoes_nothing(site: Site) {
    let store = &site.store;
    let file = async |version: Option<u32>, hash: &str| {
        let mut item = an_item("chips", hash);
        item.version = version;
        let filing = batch(store, vec![item]).await;
        store.file_items(filing).await.unwrap().remove(0)
    };
    let Fate::New(id) = file(Some(2), "2").await else {
        panic!("new")
    };
    assert_eq!(file(Some(1), "1").await, Fate::Duplicate(id));
    assert_eq!(file(Some(4), "4").await, Fate::Update(id));
    assert_eq!(file(Some(3), "3").await, Fate::Duplicate(id));
    // The same number with other words, and none at all, are taken as they come.
    assert_eq!(file(Some(4), "4a").await, Fate::Update(id));
    assert_eq!(file(None, "5").await, Fate::Update(id));
}

async fn under(store: &Store, hash: &str, embargo: Option<Millis>) -> Fate {
    let mut item = an_item("speech", hash);
    item.embargo = embargo;
    let filing = batch(store, vec![item]).await;
    store.file_items(filing).await.unwrap().remove(0)
}

async fn an_embargo_moves_with_what_the_agency_says(site: Site) {
    let store = &site.store;
    let hour = |n: i64| Store::now().plus(n * Millis::HOUR);
    let Fate::New(id) = under(store, "1", Some(hour(2))).await else {
        panic!("new")
    };
    assert!(store.told(id).await.unwrap().is_none());
    assert_eq!(under(store, "2", Some(hour(5))).await, Fate::Update(id));
    assert_eq!(store.keep_licences(hour(4)).await.unwrap().0, 0);
    assert_eq!(under(store, "3", Some(hour(3))).await, Fate::Update(id));
    assert_eq!(store.keep_licences(hour(4)).await.unwrap().0, 1);
    assert!(store.told(id).await.unwrap().is_some());
    // What readers have already isn't changed by words under an embargo.
    let refused = under(store, "4", Some(hour(9))).await;
    assert!(matches!(refused, Fate::Refused(_)), "{refused:?}");
    assert_eq!(under(store, "5", None).await, Fate::Update(id));
}
