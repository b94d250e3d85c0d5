//! Servers that behave badly: each costs its own feed's turn, says why, and harms no other.

use crate::near::{QUICK, a_poll, answering, say, serving, tagged};
use crate::polled::{add, polled, the_feed};
use crate::{a_feed, a_store, an_item, excerpts, source};
use news::Millis;
use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;
use store::Store;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// Does with the stream what the path says.
async fn misbehave(head: String, mut stream: TcpStream) {
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let item = |number| a_feed(&an_item(number, "雨。"));
    match path.as_str() {
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n<rss>").await;
            while stream.write_all(&[b' '; 4_096]).await.is_ok() {}
        }
        "/slowly" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            while stream.write_all(b"<").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(40)).await;
            }
        }
        "/never" => tokio::time::sleep(Duration::from_secs(60)).await,
        "/bomb" => {
            let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            zip.write_all(&vec![b' '; 20_000_000]).unwrap();
            let mut answer = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n".to_vec();
            answer.extend(zip.finish().unwrap());
            say(stream, answer).await;
        }
        "/flood" => {
            let many = "x-many: 1\r\n".repeat(100_000);
            say(stream, format!("HTTP/1.1 200 OK\r\n{many}\r\n")).await;
        }
        "/round" => {
            let to = "HTTP/1.1 301 Moved\r\nlocation: /round\r\ncontent-length: 0\r\n\r\n";
            say(stream, to).await;
        }
        "/inside" => {
            let to = "HTTP/1.1 301 Moved\r\nlocation: http://169.254.169.254/latest/\r\n\
                      content-length: 0\r\n\r\n";
            say(stream, to).await;
        }
        "/busy" => {
            let no = "HTTP/1.1 429 Busy\r\nretry-after: 7200\r\ncontent-length: 0\r\n\r\n";
            say(stream, no).await;
        }
        "/broken" => say(stream, "HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n").await,
        "/reset" => {
            // Closed with bytes unread and nothing said: the other side gets a reset.
            let _ = stream.set_zero_linger();
        }
        "/short" => {
            let feed = item(2);
            let length = feed.len() + 100;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
            say(stream, head + &feed).await;
        }
        "/long" => {
            // A length that is too small cuts the feed off; what is whole of it counts.
            let feed = a_feed(&[an_item(3, "雨。"), an_item(4, "雪。")].concat());
            let length = feed.len() - 60;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
            say(stream, head + &feed).await;
        }
        "/page" => {
            say(
                stream,
                tagged("<!doctype html><html><p>No feed.</p></html>"),
            )
            .await
        }
        "/nothing" => say(stream, tagged("")).await,
        "/cookies" => {
            let cookies = "set-cookie: id=1; path=/\r\n".repeat(50);
            let head = format!("HTTP/1.1 200 OK\r\n{cookies}\r\n");
            say(stream, head + &item(5)).await;
        }
        "/charset" => {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/xml; charset=us-ascii\r\n\r\n";
            say(stream, head.to_owned() + &item(6)).await;
        }
        "/unasked" => {
            let body = "HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n\r\n<rss/>abc";
            say(stream, body).await;
        }
        _ => say(stream, tagged(&item(1))).await,
    }
}

/// What each path's feed says of its last fetch; empty where it went well.
const WANT: [(&str, &str); 17] = [
    ("/endless", "larger than we take"),
    ("/slowly", "longer than we wait"),
    ("/never", "longer than we wait"),
    ("/bomb", "larger than we take"),
    ("/flood", "can't be fetched"),
    ("/round", "from one redirect to the next"),
    ("/inside", "not one of the public web"),
    ("/busy", "status 429"),
    ("/broken", "status 500"),
    ("/reset", "can't be fetched"),
    ("/short", "can't be fetched"),
    ("/page", "no RSS, Atom or JSON Feed"),
    ("/nothing", "no RSS, Atom or JSON Feed"),
    ("/cookies", ""),
    ("/charset", ""),
    ("/unasked", ""),
    ("/good", ""),
];

#[tokio::test]
async fn each_costs_its_own_turn_and_says_why() {
    let (store, _dir) = a_store().await;
    let kuroshio = source(&store, "kuroshio").await;
    let address: SocketAddr = serving("127.0.0.1:0", misbehave).await;
    for (path, _) in WANT.iter().chain(&[("/long", "")]) {
        let url = format!("http://{address}{path}");
        store.add_feed(kuroshio.id, &url, 600).await.unwrap();
    }
    let now = Store::now().plus(1_000);
    let polled = a_poll(&store, QUICK).all_due(now).await.unwrap();
    assert_eq!(polled.len(), WANT.len() + 1);
    let feeds = store.feeds().await.unwrap();
    let by_path: BTreeMap<&str, _> = feeds
        .iter()
        .map(|feed| (feed.url.rsplit('/').next().unwrap(), feed))
        .collect();
    for (path, want) in WANT {
        let feed = by_path[path.trim_start_matches('/')];
        let said = feed.last_error.as_deref().unwrap_or_default();
        assert!(
            said.contains(want) && said.is_empty() == want.is_empty(),
            "{path}: {said}"
        );
        assert_eq!(feed.failures > 0, !want.is_empty(), "{path}");
        let wait = feed.next_at.since(now);
        assert!(
            feed.failures == 0 || wait > 15 * Millis::MINUTE,
            "{path}: {wait}"
        );
    }
    assert!(by_path["busy"].next_at >= now.plus(7_200_000));
    // 1, 5 and 6 are whole; of the one that was cut off stands what was there.
    let headlines: Vec<String> = excerpts(&store)
        .await
        .into_iter()
        .map(|e| e.headline)
        .collect();
    for number in [1, 3, 5, 6] {
        let headline = format!("台風{number}号が接近");
        assert!(headlines.contains(&headline), "{number}: {headlines:?}");
    }
    assert!(!headlines.contains(&"台風2号が接近".to_owned()));
}

/// A 304 that nobody asked for, and one with a body that is none.
#[tokio::test]
async fn a_body_behind_304_is_nobodys() {
    let (store, _dir) = a_store().await;
    let kuroshio = source(&store, "kuroshio").await;
    let address = answering(|head| {
        if head.contains("if-none-match") {
            let feed = a_feed(&an_item(2, "雪。"));
            let length = feed.len();
            return format!("HTTP/1.1 304 Not Modified\r\ncontent-length: {length}\r\n\r\n{feed}");
        }
        tagged(&a_feed(&an_item(1, "雨。")))
    })
    .await;
    let url = format!("http://{address}/rss");
    store.add_feed(kuroshio.id, &url, 600).await.unwrap();
    let now = Store::now().plus(1_000);
    for hours in 0..3 {
        let poll = a_poll(&store, QUICK);
        let polled = poll.all_due(now.plus(hours * Millis::HOUR)).await.unwrap();
        assert!(polled[0].outcome.is_ok(), "{polled:?}");
    }
    assert_eq!(excerpts(&store).await.len(), 1);
}

#[tokio::test]
async fn what_the_store_has_against_items_makes_no_second_poll() {
    let (store, _dir) = a_store().await;
    let mut kuroshio = source(&store, "kuroshio").await;
    kuroshio.terms.contract_ends = Some(Store::now().plus(-Millis::DAY));
    store.set_source(&kuroshio).await.unwrap();
    let address = answering(|_| tagged(&a_feed(&an_item(1, "東京で雨が降った。")))).await;
    add(&store, format!("http://{address}/rss")).await;
    polled(&store, Store::now().plus(1_000)).await;
    let feed = the_feed(&store).await;
    // The note was added to, and is one poll's still.
    let said = feed.last_error.unwrap_or_default();
    assert!(said.contains("agreement"), "{said}");
    assert_eq!(feed.spent.polls, 1);
}
