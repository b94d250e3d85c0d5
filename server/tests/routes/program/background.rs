//! What a served site does without being asked.

use super::{FRONT, Served, check, program};
use std::time::{Duration, Instant};
use store::{Location, Store};

#[test]
fn a_served_site_takes_what_is_put_into_its_folder() {
    let (folder, wire) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let missing = wire.path().join("none");
    let serve = ["serve", "--listen", "127.0.0.1:0", "--wire-folder"];
    let refused = [&serve[..], &[missing.to_str().unwrap()]].concat();
    check(&program(folder.path(), &refused), 66, "there is no folder");
    let own = wire.path().join("kuroshio");
    std::fs::create_dir(&own).unwrap();
    let served = Served::with(
        folder.path(),
        &["--wire-folder", wire.path().to_str().unwrap()],
    );
    let ninjs =
        "{\"uri\": \"urn:7\", \"headline\": \"台風が接近\", \"body_text\": \"雨が降った。\",
        \"altids\": {\"web\": \"https://kuroshio-press.example/7\"}}";
    std::fs::write(own.join("7.json"), ninjs).unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while !own.join("done/7.json").exists() {
        assert!(Instant::now() < until, "nobody took the file");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(served.ask(FRONT).contains("台風が接近"));
}

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
