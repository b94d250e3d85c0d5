//! Which items are the same next time. The whole way of a feed is walked in `tests/filing.rs`.

use super::*;
use store::Location;

const NOW: Millis = Millis(1_795_600_000_000);

/// A feed of items with these guids and addresses.
fn a_feed(items: &[(&str, &str)]) -> String {
    let one = |(guid, path): &(&str, &str)| {
        format!(
            "<item><title>台風が接近 {path}</title><link>https://kuroshio-press.example{path}</link>\
             <guid isPermaLink='false'>{guid}</guid><description>雨。</description></item>"
        )
    };
    let items: String = items.iter().map(one).collect();
    format!("<rss version='2.0'><channel><title>t</title>{items}</channel></rss>")
}

/// Files these feeds one after the other: what was new, updated and known in each.
async fn check(feeds: &[&[(&str, &str)]], want: &[(usize, usize, usize)]) {
    let dir = tempfile::tempdir().unwrap();
    let place = Location::Folder(dir.path().join("data"));
    let store = Store::open(&place).await.unwrap();
    let source = store.source("kuroshio").await.unwrap().unwrap();
    let mut found = Vec::new();
    for items in feeds {
        let bytes = Bytes {
            bytes: a_feed(items).into_bytes(),
            charset: None,
            hint: SourceHint::default(),
        };
        let report = file(&store, &source, bytes, (NOW, Dates::Feeds), None)
            .await
            .unwrap();
        assert_eq!(report.refused, 0, "{report}");
        found.push((report.new, report.updated, report.duplicates));
    }
    assert_eq!(found, want, "{feeds:?}");
}

#[tokio::test]
async fn a_guid_that_all_items_share_is_none() {
    let shared = [("news", "/1"), ("news", "/2"), ("news", "/3?utm_source=x")];
    check(&[&shared, &shared], &[(3, 0, 0), (0, 0, 3)]).await;
}

#[tokio::test]
async fn the_sites_address_is_no_items_guid() {
    let home = "https://kuroshio-press.example";
    let (first, second) = ([(home, "/1")], [(home, "/2")]);
    check(
        &[&first, &second, &second],
        &[(1, 0, 0), (1, 0, 0), (0, 0, 1)],
    )
    .await;
}

#[tokio::test]
async fn a_guid_of_one_item_stays_its_name() {
    let (sent, moved) = ([("7", "/1"), ("8", "/2")], [("7", "/moved"), ("8", "/2")]);
    check(&[&sent, &moved], &[(2, 0, 0), (0, 1, 1)]).await;
    // The same item twice in one feed is one item, and its guid is not shared.
    let twice = [("7", "/1"), ("7", "/1?utm_source=x")];
    let (one, elsewhere) = ([("7", "/1")], [("7", "/moved")]);
    check(&[&one, &elsewhere], &[(1, 0, 0), (0, 1, 0)]).await;
    check(
        &[&twice, &twice, &elsewhere],
        &[(1, 0, 1), (0, 0, 2), (0, 1, 0)],
    )
    .await;
}

#[tokio::test]
async fn a_live_page_has_many_items() {
    let live = [("", "/live#p1"), ("", "/live#p2"), ("", "/live#p3")];
    check(&[&live, &live], &[(3, 0, 0), (0, 0, 3)]).await;
}
