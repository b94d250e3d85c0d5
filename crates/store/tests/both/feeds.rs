//! Feeds are due, claimed and given back.

use crate::news_room::{an_item, batch};
use crate::site::{Site, both};
use store::{FeedFetched, Store};

both! { feeds_are_claimed_once }

async fn feeds_are_claimed_once(site: Site) {
    let store = &site.store;
    let ap = store.source("AP").await.unwrap().unwrap().id;
    let feed = store
        .add_feed(ap, "https://apnews.com/feed.xml", 300)
        .await
        .unwrap();
    assert_eq!(
        store
            .add_feed(ap, "https://apnews.com/feed.xml", 600)
            .await
            .unwrap(),
        feed
    );
    let kuroshio = store.source("kuroshio").await.unwrap().unwrap().id;
    let taken = store.add_feed(kuroshio, "https://apnews.com/feed.xml", 60);
    let sentence = taken.await.unwrap_err().to_string();
    assert!(sentence.contains("another source"), "{sentence}");
    let now = Store::now().plus(1_000);
    let (a, b) = tokio::join!(store.due_feed(now, 60_000), store.due_feed(now, 60_000));
    let claimed: Vec<_> = [a.unwrap(), b.unwrap()].into_iter().flatten().collect();
    assert_eq!(claimed.len(), 1);
    assert_eq!((claimed[0].id, claimed[0].interval_s), (feed, 600));
    assert!(
        store
            .due_feed(now.plus(60_000), 60_000)
            .await
            .unwrap()
            .is_some(),
        "the lease ended"
    );
    let fetched = FeedFetched {
        feed,
        etag: Some("\"v1\"".into()),
        last_modified: None,
        next_at: now.plus(600_000),
        failures: 0,
        error: Some("odd\0".into()),
    };
    let mut filing = batch(store, vec![an_item("one", "h")]).await;
    (filing.feed, filing.validators) = (Some(feed), Some(fetched));
    store.file_items(filing).await.unwrap();
    let after = &store.feeds().await.unwrap()[0];
    assert_eq!(
        (after.etag.as_deref(), after.next_at),
        (Some("\"v1\""), now.plus(600_000))
    );
    assert!(
        store
            .due_feed(now.plus(500_000), 1)
            .await
            .unwrap()
            .is_none()
    );
}
