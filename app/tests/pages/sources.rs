//! How the sources are doing: for staff alone, alarms first; and their terms, for an admin.

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

#[tokio::test]
async fn an_admin_tries_terms_before_they_are_saved() {
    let room = Newsroom::open().await;
    room.excerpt().await;
    let page = room.page_for("/desk/sources/ap", Role::Admin).await;
    assert!(
        page.html.contains("formaction=\"/api/set-terms\""),
        "{}",
        page.html
    );
    for field in ["max_chars", "hosts", "owner", "index", "contract_ends"] {
        assert_eq!(
            page.count(&format!("name=\"terms[{field}]\"")),
            1,
            "{field}"
        );
    }
    assert!(page.html.contains("value=\"2000\""), "{}", page.html);
    let chief = room.page_for("/desk/sources/ap", Role::Chief).await;
    assert_eq!(chief.count("<form class=\"sources__form"), 0);

    let asked =
        "preview=1&terms%5Bmax_chars%5D=40&terms%5Bdelay_min%5D=0&terms%5Bsilent_after_h%5D=24";
    let tried = room
        .page_for(&format!("/desk/sources/ap?{asked}"), Role::Admin)
        .await;
    assert!(
        tried.html.contains("<b>1</b> would be cut shorter"),
        "{}",
        tried.html
    );
    assert!(tried.html.contains("North Korea is buying"), "the example");
    assert!(
        tried.html.contains("value=\"40\""),
        "what was typed stands there"
    );
    let ap = room.store.source("ap").await.unwrap().unwrap();
    assert_eq!(ap.terms.max_chars, 2_000, "nothing was changed");
    let chief = room
        .page_for(&format!("/desk/sources/ap?{asked}"), Role::Chief)
        .await;
    assert_eq!(chief.count("would be cut shorter"), 0);

    let wrong = asked.replace("=40", "=many");
    let tried = room
        .page_for(&format!("/desk/sources/ap?{wrong}"), Role::Admin)
        .await;
    assert!(
        tried
            .html
            .contains("The number of characters is a whole number from 1 to")
    );
}
