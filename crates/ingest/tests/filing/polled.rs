//! Feeds that are asked again and again.

use crate::{a_feed, a_store, an_item, excerpts, source};
use ingest::fetch::Reach;
use ingest::poll::Poll;
use news::{Millis, Place};
use std::net::SocketAddr;
use store::{Feed, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Serves on the loopback what a function says to the head of each request, in lower case.
async fn answering(answer: fn(&str) -> String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 4096];
            let read = stream.read(&mut head).await.unwrap_or(0);
            head.truncate(read);
            let head = String::from_utf8_lossy(&head).to_lowercase();
            let _ = stream.write_all(answer(&head).as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    address
}

fn tagged(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\netag: \"7\"\r\ncontent-length: {length}\r\n\r\n{body}")
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
    let poll = Poll::reaching(store.clone(), Reach::Loopback).unwrap();
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
    let poll = Poll::reaching(store.clone(), Reach::Loopback).unwrap();
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
