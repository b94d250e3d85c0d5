//! How the sources are doing: for staff alone, alarms first.

use crate::newsroom::Newsroom;
use news::{Millis, Role};
use store::{Cost, FeedFetched, Store};

#[tokio::test]
async fn nothing_stands_there_for_readers() {
    let room = Newsroom::open().await;
    for path in ["/desk/sources", "/desk/sources/ap"] {
        let page = room.page(path).await;
        assert_eq!(page.noted.status, Some(404), "{path}");
        assert!(!page.html.contains("Last item"), "{path}");
        let page = room.page_for(path, Role::Contributor).await;
        assert_eq!(
            (page.noted.status, page.noted.no_index),
            (None, true),
            "{path}"
        );
        assert_eq!(page.count("<h1"), 1, "{path}");
    }
    let nobody = room.page_for("/desk/sources/nobody", Role::Admin).await;
    assert_eq!(nobody.noted.status, Some(404));
}

#[tokio::test]
async fn what_needs_a_look_comes_first() {
    let room = Newsroom::open().await;
    room.excerpt().await;
    let list = room.page_for("/desk/sources", Role::Editor).await;
    let at = |html: &str, slug: &str| html.find(&format!("/desk/sources/{slug}\"")).unwrap();
    assert!(list.html.contains("<b>0</b>"), "{}", list.html);
    assert!(at(&list.html, "ap") < at(&list.html, "kuroshio"));
    // Polled, failing, and nothing has ever come.
    let kuroshio = room.store.source("kuroshio").await.unwrap().unwrap().id;
    let url = "https://kuroshio-press.example/feed.xml";
    room.store.add_feed(kuroshio, url, 300).await.unwrap();
    let feed = room.store.feeds().await.unwrap().remove(0);
    let now = Store::now();
    let fetched = FeedFetched {
        failures: 7,
        error: Some("the server answered 500".into()),
        cost: Cost {
            unchanged: false,
            bytes: 20_480,
            ms: 90,
        },
        ..feed.fetched(now, now.plus(Millis::HOUR))
    };
    room.store.feed_fetched(fetched).await.unwrap();
    let list = room.page_for("/desk/sources", Role::Editor).await;
    assert!(at(&list.html, "kuroshio") < at(&list.html, "ap"));
    assert!(list.html.contains("nothing has ever come"));
    assert!(list.html.contains("Failed 7 times in a row"));
    let page = room.page_for("/desk/sources/kuroshio", Role::Editor).await;
    for words in [
        url,
        "the server answered 500",
        "failed 7 times in a row",
        "20 KiB, 90 ms",
    ] {
        assert!(page.html.contains(words), "{words}: {}", page.html);
    }
    assert_eq!(page.count(" style="), 0);
    let ap = room.page_for("/desk/sources/ap", Role::Editor).await;
    assert!(ap.html.contains("It has none."), "{}", ap.html);
}
