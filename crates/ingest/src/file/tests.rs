//! Which items are the same next time. The whole way of a feed is walked in `tests/filing.rs`.

use super::*;
use store::Location;

const NOW: Millis = Millis(1_795_600_000_000);

/// A feed of items with these guids and addresses; what follows a bar is the headline.
fn a_feed(items: &[(&str, &str)]) -> String {
    let one = |(guid, path): &(&str, &str)| {
        let (path, headline) = path.split_once('|').unwrap_or((path, "台風が接近"));
        format!(
            "<item><title>{headline} {path}</title><link>https://kuroshio-press.example{path}</link>\
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

/// Each of them comes alone, as in a feed that holds the newest only.
#[tokio::test]
async fn a_guid_for_all_overwrites_nothing_over_time() {
    let alpha = [("const", "/alpha|Rice prices fall in Manila")];
    let beta = [("const", "/beta|Chip exports rise in Busan")];
    let gamma = [("const", "/gamma|円相場が下落")];
    check(
        &[&alpha, &beta, &gamma, &alpha, &beta, &gamma],
        &[
            (1, 0, 0),
            (1, 0, 0),
            (1, 0, 0),
            (0, 0, 1),
            (0, 0, 1),
            (0, 0, 1),
        ],
    )
    .await;
    // First together, where the guid is seen to be none.
    let both = [alpha[0], beta[0]];
    check(
        &[&both, &beta, &gamma, &alpha, &both],
        &[(2, 0, 0), (0, 0, 1), (1, 0, 0), (0, 0, 1), (0, 0, 2)],
    )
    .await;
    check(&[&alpha, &both, &beta], &[(1, 0, 0), (1, 0, 1), (0, 0, 1)]).await;
}

#[tokio::test]
async fn a_new_guid_at_each_fetch_adds_nothing() {
    check(
        &[
            &[("a", "/1|Rice prices fall")],
            &[("b", "/1|Rice prices fall")],
            &[("c", "/1?utm_source=rss|Rice prices fall")],
            &[("d", "/1|Rice prices fall again")],
        ],
        &[(1, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 0)],
    )
    .await;
}

#[tokio::test]
async fn a_story_with_both_names_may_say_something_else_by_now() {
    let (first, later) = ([("7", "/1|Rice prices fall")], [("7", "/1|台風が接近")]);
    check(&[&first, &later], &[(1, 0, 0), (0, 1, 0)]).await;
}

#[tokio::test]
async fn items_of_one_address_are_known_by_their_guids() {
    let (one, two) = (
        ("a", "/live|Typhoon nears"),
        ("b", "/live|Typhoon nears land"),
    );
    let later = [("c", "/live|Typhoon nears Luzon"), two, one];
    check(
        &[&[one, two], &[one, two], &later, &later],
        &[(2, 0, 0), (0, 0, 2), (1, 0, 2), (0, 0, 3)],
    )
    .await;
    // All lead to the site itself, and have no guids: their headlines are what is left.
    let (one, two) = (("", "|Typhoon nears"), ("", "|Rice prices fall"));
    check(
        &[&[one, two], &[two, one], &[two]],
        &[(2, 0, 0), (0, 0, 2), (0, 0, 1)],
    )
    .await;
}
