//! Feeds that are asked again and again.

use crate::near::{QUICK, a_poll, answering, tagged, with};
use crate::{a_feed, a_store, an_item, excerpts, source};
use ingest::poll::Polled;
use news::{Millis, Place};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Feed, Store};

/// The only feed there is.
pub(crate) async fn the_feed(store: &Store) -> Feed {
    store.feeds().await.unwrap().remove(0)
}

/// Adds a feed of Kuroshio Press.
pub(crate) async fn add(store: &Store, url: String) {
    let kuroshio = source(store, "kuroshio").await;
    store.add_feed(kuroshio.id, &url, 600).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_a_polled_feed_stands_with_it() {
    let (store, _dir) = a_store().await;
    let kuroshio = source(&store, "kuroshio").await;
    let address = answering(|head| {
        if head.starts_with("get /page") {
            return tagged("<html><p>We have moved our feeds.</p></html>");
        }
        let lost = "<item><title>No address</title></item>";
        tagged(&a_feed(&format!(
            "{}{lost}",
            an_item(1, "東京で雨が降った。")
        )))
    })
    .await;
    for path in ["page", "partly"] {
        let url = format!("http://{address}/{path}");
        store.add_feed(kuroshio.id, &url, 600).await.unwrap();
    }
    let poll = a_poll(&store, QUICK);
    poll.all_due(Store::now().plus(1_000)).await.unwrap();
    let feeds = store.feeds().await.unwrap();
    let [page, partly] = &feeds[..] else {
        panic!("{feeds:?}")
    };
    let said = |feed: &Feed| feed.last_error.clone().unwrap_or_default();
    // A page in a feed's place is a failure, and not asked for again by its own validator.
    assert_eq!((page.failures, page.etag.as_deref()), (1, None));
    assert!(said(page).contains("no RSS"), "{}", said(page));
    // A feed that is read for the most part goes on; what it lost is told.
    assert_eq!(
        (partly.failures, partly.etag.as_deref()),
        (0, Some("\"7\""))
    );
    assert!(said(partly).contains("No address"), "{}", said(partly));
    assert_eq!(excerpts(&store).await.len(), 1);
}

#[tokio::test]
async fn feeds_that_are_due_are_polled() {
    let (store, _dir) = a_store().await;
    let kuroshio = source(&store, "kuroshio").await;
    let address = answering(|head| {
        if head.starts_with("get /broken") {
            "HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n".to_owned()
        } else if head.contains("if-none-match: \"7\"") {
            "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned()
        } else {
            tagged(&a_feed(&an_item(1, "東京で雨が降った。")))
        }
    })
    .await;
    store
        .add_feed(kuroshio.id, &format!("http://{address}/rss"), 600)
        .await
        .unwrap();
    store
        .add_feed(kuroshio.id, &format!("http://{address}/broken"), 600)
        .await
        .unwrap();
    let poll = a_poll(&store, QUICK);
    let now = Store::now().plus(1_000);
    let polled = poll.all_due(now).await.unwrap();
    assert_eq!(polled.len(), 2);
    let filed = polled
        .iter()
        .find_map(|p| p.outcome.as_ref().ok()?.as_ref());
    assert_eq!(filed.map(|report| report.new), Some(1));
    assert!(polled.iter().any(|p| p.outcome.is_err()));
    assert!(poll.all_due(now).await.unwrap().is_empty());

    let feeds = store.feeds().await.unwrap();
    let good = feeds
        .iter()
        .find(|feed| feed.url.ends_with("/rss"))
        .unwrap();
    let bad = feeds
        .iter()
        .find(|feed| feed.url.ends_with("/broken"))
        .unwrap();
    assert_eq!((good.etag.as_deref(), good.failures), (Some("\"7\""), 0));
    assert_eq!(bad.failures, 1);
    assert!(bad.last_error.is_some() && bad.next_at > good.next_at);

    let later = now.plus(20 * Millis::MINUTE);
    let polled = poll.all_due(later).await.unwrap();
    let unchanged = polled
        .iter()
        .find(|p| p.feed.url.ends_with("/rss"))
        .unwrap();
    assert!(matches!(unchanged.outcome, Ok(None)), "{unchanged:?}");
    let all = excerpts(&store).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].places, [Place::JP]);
}

/// Polls so many times, each time when the feeds are due again.
pub(crate) async fn polled(store: &Store, at: Millis) -> Polled {
    let mut all = a_poll(store, QUICK).all_due(at).await.unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[tokio::test]
async fn the_same_bytes_with_a_new_validator_are_as_before() {
    let (store, _dir) = a_store().await;
    let count = AtomicUsize::new(0);
    let address = answering(move |head| {
        let n = count.fetch_add(1, Ordering::SeqCst);
        assert!(n == 0 || head.contains(&format!("if-none-match: \"v{}\"", n - 1)));
        let words = if n < 2 { "雨。" } else { "大雨。" };
        with(&format!("etag: \"v{n}\"\r\n"), &a_feed(&an_item(1, words)))
    })
    .await;
    add(&store, format!("http://{address}/rss")).await;
    let now = Store::now().plus(1_000);
    let first = polled(&store, now).await.outcome.unwrap().unwrap();
    assert_eq!(first.new, 1);
    let head = store.head().await.unwrap();
    let again = polled(&store, now.plus(Millis::DAY)).await;
    assert!(matches!(again.outcome, Ok(None)), "{again:?}");
    let feed = the_feed(&store).await;
    assert_eq!(feed.etag.as_deref(), Some("\"v1\""));
    assert!(feed.next_at > now.plus(Millis::DAY));
    assert_eq!(store.head().await.unwrap(), head, "nothing happened");
    let changed = polled(&store, now.plus(2 * Millis::DAY)).await;
    assert_eq!(changed.outcome.unwrap().unwrap().updated, 1);
}

#[tokio::test]
async fn a_redirect_is_believed_after_a_day_unless_another_feed_is_there() {
    let (store, _dir) = a_store().await;
    let address = answering(|head| {
        if head.starts_with("get /new") {
            return tagged(&a_feed(&an_item(1, "雨。")));
        }
        let status = if head.starts_with("get /soon") {
            "302"
        } else {
            "301"
        };
        format!("HTTP/1.1 {status} Moved\r\nlocation: /new\r\ncontent-length: 0\r\n\r\n")
    })
    .await;
    for path in ["soon", "old", "older"] {
        add(&store, format!("http://{address}/{path}")).await;
    }
    let now = Store::now().plus(1_000);
    let paths = async || {
        let feeds = store.feeds().await.unwrap().into_iter();
        let path = |feed: Feed| feed.url.rsplit('/').next().unwrap().to_owned();
        feeds.map(path).collect::<Vec<_>>()
    };
    let poll = a_poll(&store, QUICK);
    for hours in [0, 23] {
        poll.all_due(now.plus(hours * Millis::HOUR)).await.unwrap();
        assert_eq!(paths().await, ["old", "older", "soon"]);
    }
    poll.all_due(now.plus(25 * Millis::HOUR)).await.unwrap();
    let left = paths().await;
    // One of the two is there now; the other stays where it is.
    assert_eq!(
        left.iter().filter(|path| *path == "new").count(),
        1,
        "{left:?}"
    );
    assert!(left.contains(&"soon".to_owned()), "{left:?}");
    let feeds = store.feeds().await.unwrap();
    let moved = feeds
        .iter()
        .find(|feed| feed.url.ends_with("/new"))
        .unwrap();
    assert!(
        moved.first_url.as_deref().unwrap().contains("/old"),
        "{moved:?}"
    );
    assert_eq!(excerpts(&store).await.len(), 1);
}

#[tokio::test]
async fn what_is_gone_is_off_and_what_is_refused_for_days_is_told() {
    let (store, _dir) = a_store().await;
    let count = Arc::new(AtomicUsize::new(0));
    let seen = count.clone();
    let address = answering(move |head| {
        if head.starts_with("get /gone") {
            seen.fetch_add(1, Ordering::SeqCst);
            return "HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n";
        }
        "HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n"
    })
    .await;
    for path in ["gone", "refused"] {
        add(&store, format!("http://{address}/{path}")).await;
    }
    let now = Store::now().plus(1_000);
    let poll = a_poll(&store, QUICK);
    for days in [0, 2, 4, 5] {
        poll.all_due(now.plus(days * Millis::DAY)).await.unwrap();
        let feeds = store.feeds().await.unwrap();
        let [gone, refused] = &feeds[..] else {
            panic!("{feeds:?}")
        };
        assert!(gone.off && gone.last_error.as_deref().unwrap().contains("gone"));
        let at = now.plus(days * Millis::DAY).plus(Millis::MINUTE);
        assert_eq!(refused.is_refused(at), days == 5, "{days}");
    }
    assert_eq!(count.load(Ordering::SeqCst), 1, "asked once");
}

#[tokio::test]
async fn a_feed_is_asked_as_often_as_it_and_its_server_like() {
    let (store, _dir) = a_store().await;
    let now = Store::now().plus(1_000);
    // An hour that begins in twenty minutes, more or less, and the one after it.
    let soon = now.plus(20 * Millis::MINUTE).0 / Millis::HOUR % 24;
    let hours = format!("<hour>{soon}</hour><hour>{}</hour>", (soon + 1) % 24);
    let address = answering(move |head| {
        let item = |minutes: i64| {
            let date = jiff::Timestamp::from_millisecond(now.plus(-minutes * Millis::MINUTE).0);
            let date = date.unwrap().strftime("%a, %d %b %Y %H:%M:%S GMT");
            an_item(minutes.unsigned_abs() as usize, "雨。")
                .replace("Tue, 24 Nov 2026 10:00:00 JST", &date.to_string())
        };
        let items: String = (1..9).map(|n| item(n * 40)).collect();
        let (headers, words) = match head.split(' ').nth(1).unwrap() {
            "/aged" => ("cache-control: max-age=3000\r\n", ""),
            "/ttl" => ("", "<ttl>90</ttl>"),
            "/daily" => ("", "<sy:updatePeriod>daily</sy:updatePeriod>"),
            "/skips" => ("", &*format!("<skipHours>{hours}</skipHours>")),
            _ => ("", ""),
        };
        let feed = a_feed(&format!("{words}{items}"));
        with(
            headers,
            &feed.replace(
                "<rss",
                "<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'",
            ),
        )
    })
    .await;
    for path in ["aged", "daily", "plain", "skips", "ttl"] {
        add(&store, format!("http://{address}/{path}")).await;
    }
    a_poll(&store, QUICK).all_due(now).await.unwrap();
    let feeds = store.feeds().await.unwrap();
    let minutes: Vec<i64> = feeds
        .iter()
        .map(|feed| feed.next_at.since(now) / Millis::MINUTE)
        .collect();
    let near = |at: usize, want: i64| {
        let (found, tenth) = (minutes[at], want / 10 + 1);
        assert!(
            (found - want).abs() <= tenth,
            "{}: {minutes:?}",
            feeds[at].url
        );
    };
    near(0, 50);
    near(1, 24 * 60);
    near(2, 20);
    near(4, 90);
    let skipped = 1 << soon | 1 << ((soon + 1) % 24);
    assert_eq!(feeds[3].pace.skip_hours, skipped);
    let hour = feeds[3].next_at.0 / Millis::HOUR % 24;
    assert!(skipped >> hour & 1 == 0, "{hour} of {skipped:b}");
}
