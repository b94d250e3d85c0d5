//! The whole way from a feed's bytes to what the store holds.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod agency;
mod badly;
mod bursts;
mod events;
mod folder;
mod killed;
mod many;
mod near;
mod polled;
mod ruled;
mod taken_back;
mod told;

use ingest::{Dates, Error, From, Report, ingest};
use news::story::{Excerpt, Told};
use news::{Millis, Section, Source, Teaser, front};
use std::path::{Path, PathBuf};
use store::{Location, Store};

async fn a_store() -> (Store, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Location::Folder(dir.path().join("data")))
        .await
        .unwrap();
    (store, dir)
}

async fn source(store: &Store, name: &str) -> Source {
    store.source(name).await.unwrap().unwrap()
}

async fn file(store: &Store, dir: &Path, name: &str, feed: &str, now: Millis) -> Report {
    let path = dir.join("feed.xml");
    std::fs::write(&path, feed).unwrap();
    let source = source(store, name).await;
    ingest(store, From::File(path), &source, now, Dates::Feeds)
        .await
        .unwrap()
}

async fn excerpts(store: &Store) -> Vec<Excerpt> {
    let mut all = Vec::new();
    for teaser in store.teasers(front::Of::All, None, 500).await.unwrap() {
        assert!(matches!(teaser, Teaser::Excerpt(_)));
        match store.told(teaser.id()).await.unwrap() {
            Some(Told::Excerpt(excerpt)) => all.push(*excerpt),
            other => panic!("{other:?}"),
        }
    }
    all
}

fn a_feed(items: &str) -> String {
    format!("<rss version='2.0'><channel><title>t</title>{items}</channel></rss>")
}

fn an_item(number: usize, words: &str) -> String {
    format!(
        "<item><title>台風{number}号が接近</title><link>https://kuroshio-press.example/{number}</link>\
         <guid>{number}</guid><pubDate>Tue, 24 Nov 2026 10:00:00 JST</pubDate>\
         <description>{words}</description></item>"
    )
}

const NOW: Millis = Millis(1_795_600_000_000);

#[tokio::test]
async fn the_agencys_story_stands_as_expected() {
    let root = std::env::var_os("CORPUS_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let seed = root.join("seed");
    let Ok(expected) = std::fs::read(seed.join("story.expected.json")) else {
        eprintln!("skipped: no corpus (the_agencys_story_stands_as_expected)");
        return;
    };
    let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
    let words =
        |key: &str| -> Vec<String> { serde_json::from_value(expected[key].clone()).unwrap() };
    let (store, _dir) = a_store().await;
    let ap = source(&store, "AP").await;
    let from = || From::File(seed.join("feed.xml"));
    let report = ingest(&store, from(), &ap, NOW, Dates::Now).await.unwrap();
    assert_eq!((report.new, report.complaints.len()), (1, 0), "{report}");

    let all = excerpts(&store).await;
    let [story] = all.as_slice() else {
        panic!("{}", all.len())
    };
    assert_eq!(story.headline, expected["title"].as_str().unwrap());
    assert_eq!(
        story.dateline.as_deref(),
        expected["dateline"]["city"].as_str()
    );
    assert_eq!(story.source.name, expected["source"].as_str().unwrap());
    assert_eq!(
        story.read_more.text(),
        expected["link_text"].as_str().unwrap()
    );
    assert_eq!(
        story.read_more.host,
        expected["link_host"].as_str().unwrap()
    );
    assert_eq!(story.paragraphs, words("excerpt_paragraphs"));
    let places: Vec<_> = story
        .places
        .iter()
        .map(|place| place.name().to_owned())
        .collect();
    assert_eq!(places, words("countries"));
    assert_eq!(story.section, Section::Technology);
    let topics: Vec<_> = story
        .topics
        .iter()
        .map(|topic| topic.name.as_str())
        .collect();
    assert_eq!(topics, ["Politics"]);
    assert_eq!(story.lang.as_str(), "en");

    let head = store.head().await.unwrap();
    let again = ingest(&store, from(), &ap, NOW, Dates::Now).await.unwrap();
    assert_eq!(
        (again.new, again.updated, again.duplicates),
        (0, 0, 1),
        "{again}"
    );
    assert_eq!(store.head().await.unwrap(), head);
}

#[tokio::test]
async fn the_same_feed_twice_adds_nothing_and_a_change_is_told() {
    let (store, dir) = a_store().await;
    let first = a_feed(&[an_item(1, "東京で雨が降った。"), an_item(2, "雪が降った。")].concat());
    let report = file(&store, dir.path(), "kuroshio", &first, NOW).await;
    assert_eq!((report.new, report.refused), (2, 0), "{report}");
    let head = store.head().await.unwrap();
    let report = file(&store, dir.path(), "kuroshio", &first, NOW.plus(60_000)).await;
    assert_eq!(
        (report.new, report.updated, report.duplicates),
        (0, 0, 2),
        "{report}"
    );
    assert_eq!(store.head().await.unwrap(), head);

    let second = a_feed(
        &[
            an_item(1, "東京で大雨が降った。"),
            an_item(2, "雪が降った。"),
        ]
        .concat(),
    );
    let report = file(&store, dir.path(), "kuroshio", &second, NOW.plus(60_000)).await;
    assert_eq!(
        (report.new, report.updated, report.duplicates),
        (0, 1, 1),
        "{report}"
    );
    let all = excerpts(&store).await;
    let changed = all.iter().find(|e| e.headline.contains('1')).unwrap();
    assert_eq!(changed.paragraphs, ["東京で大雨が降った。"]);
    assert_eq!(changed.lang.as_str(), "ja");
    assert_eq!(
        changed.read_more.text(),
        "Read more on kuroshio-press.example"
    );
}

#[tokio::test]
async fn a_bad_item_never_loses_the_good_ones() {
    let (store, dir) = a_store().await;
    let feed = a_feed(
        &[
            an_item(1, "雨。"),
            "<item><title>No address</title></item>".into(),
            "<item><link>https://kuroshio-press.example/9</link></item>".into(),
            // A headline of zero-width spaces and blanks of Hangul and Braille: nobody could press it.
            "<item><title>&#x200B;&#x3164; &#x2800;</title><link>https://kuroshio-press.example/8</link></item>".into(),
            an_item(2, "晴れ &"),
        ]
        .concat(),
    );
    let report = file(&store, dir.path(), "kuroshio", &feed, NOW).await;
    assert_eq!((report.new, report.refused), (2, 3), "{report}");
    assert!(
        report
            .to_string()
            .contains("No address: it has no address of its own"),
        "{report}"
    );
}

#[tokio::test]
async fn many_items_go_in_several_transactions_and_the_terms_hold() {
    let (store, dir) = a_store().await;
    let long = "台風が九州に接近している。".repeat(100);
    let items: String = (0..230).map(|number| an_item(number, &long)).collect();
    let report = file(&store, dir.path(), "kuroshio", &a_feed(&items), NOW).await;
    assert_eq!((report.new, report.refused), (230, 0), "{}", report.refused);
    for excerpt in excerpts(&store).await {
        assert!(news::excerpt::length(&excerpt.paragraphs) <= 280);
        assert!(excerpt.paragraphs[0].ends_with('。'));
    }
}

#[tokio::test]
async fn what_is_no_feed_says_so() {
    let (store, dir) = a_store().await;
    let report = file(
        &store,
        dir.path(),
        "kuroshio",
        "<html><p>Not found</p></html>",
        NOW,
    )
    .await;
    assert_eq!((report.new, report.complaints.len()), (0, 1), "{report}");
    let kuroshio = source(&store, "kuroshio").await;
    let gone = From::File(dir.path().join("none.xml"));
    let error = ingest(&store, gone, &kuroshio, NOW, Dates::Feeds)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::File { .. }) && error.to_string().contains("none.xml"));
    // Addresses behind our walls are not asked, whoever gives them.
    let inside = From::Url("http://127.0.0.1/feed.xml".parse().unwrap());
    let error = ingest(&store, inside, &kuroshio, NOW, Dates::Feeds)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Fetch(_)), "{error}");
}

#[tokio::test]
async fn what_has_no_end_is_no_feed() {
    let (store, _dir) = a_store().await;
    let kuroshio = source(&store, "kuroshio").await;
    let endless = From::File("/dev/zero".into());
    let refused = ingest(&store, endless, &kuroshio, NOW, Dates::Feeds).await;
    assert!(refused.unwrap_err().to_string().contains("10 MiB"));
}
