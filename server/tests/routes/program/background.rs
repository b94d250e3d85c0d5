//! What a served site does without being asked.

use super::Served;
use std::time::{Duration, Instant};
use store::{Location, Store};

#[tokio::test]
async fn a_served_site_polls_the_feeds_that_are_due() {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::Folder(folder.path().to_owned());
    let store = Store::open(&at).await.unwrap();
    let ap = store.source("AP").await.unwrap().unwrap();
    // An address that is never asked: what the poll says of it is enough to see that it looked.
    let url = "http://127.0.0.1:9/feed.xml";
    store.add_feed(ap.id, url, 600).await.unwrap();
    store.close().await;
    drop(store);
    let _served = Served::new(folder.path());
    let until = Instant::now() + Duration::from_secs(20);
    let beside = Store::open_beside(&at).await.unwrap();
    loop {
        let feed = beside.feeds().await.unwrap().remove(0);
        if feed.failures == 1 {
            assert!(feed.last_error.is_some() && feed.next_at > Store::now());
            break;
        }
        assert!(Instant::now() < until, "nobody looked at {feed:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    beside.close().await;
}
