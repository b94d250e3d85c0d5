//! What a source takes back goes, and what it took back before it came never comes.

use super::{a_feed, a_store, excerpts, file};
use news::Millis;
use news::story::Told;
use std::path::Path;
use store::Store;

const NOW: Millis = super::NOW;

fn item(number: usize, title: &str, words: &str) -> String {
    format!(
        "<item><title>{title}</title><link>https://kuroshio-press.example/{number}</link>\
         <guid isPermaLink='false'>k-{number}</guid><category>Business</category><description>{words}</description></item>"
    )
}

async fn check(store: &Store, dir: &Path, items: &str, want: &str) {
    let report = file(store, dir, "kuroshio", &a_feed(items), NOW).await;
    assert!(report.to_string().starts_with(want), "{want}: {report}");
}

#[tokio::test]
async fn a_kill_in_a_feed_takes_its_excerpt_back() {
    let (store, dir) = a_store().await;
    let dir = dir.path();
    let (ferry, port) = (
        item(1, "フェリーが沈没", "乗客は無事。"),
        item(2, "港が再開", "船が入った。"),
    );
    check(&store, dir, &(ferry.clone() + &port), "2 new").await;
    let mut both = excerpts(&store).await;
    both.retain(|excerpt| excerpt.headline.starts_with("フェリー"));
    let kill = item(1, "【取消】フェリーが沈没", "");
    let taken = "0 new, 0 updated, 1 known, 0 refused, 1 taken back";
    check(&store, dir, &(kill.clone() + &port), taken).await;
    let Some(Told::Gone(gone)) = store.told(both[0].address.id).await.unwrap() else {
        panic!("it stands")
    };
    assert_eq!(gone.why, "Withdrawn at the request of Kuroshio Press.");
    assert_eq!(excerpts(&store).await.len(), 1);
    // At the next poll it is known; what is told of it again stays away; under a new id it is another telling.
    check(&store, dir, &kill, "0 new, 0 updated, 1 known, 0 refused").await;
    check(
        &store,
        dir,
        &item(1, "フェリーが沈没", "続報。"),
        "0 new, 0 updated, 0 known, 1 refused",
    )
    .await;
    assert_eq!(excerpts(&store).await.len(), 1);
    let again = item(3, "フェリーは沈没していない", "全員無事。");
    check(&store, dir, &again, "1 new").await;
    assert_eq!(excerpts(&store).await.len(), 2);
}

#[tokio::test]
async fn a_tombstone_buries_what_comes_with_it_and_after_it() {
    let (store, dir) = a_store().await;
    let feed = |entries: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'>\
             <title>t</title><id>f</id><updated>2026-11-24T10:00:00Z</updated>{entries}</feed>"
        )
    };
    let entry = |id: &str| {
        format!(
            "<entry><id>urn:{id}</id><title>台風が{id}に接近</title><updated>2026-11-24T10:00:00Z</updated>\
             <link href='https://kuroshio-press.example/{id}'/><summary>雨。</summary></entry>"
        )
    };
    let buried = "<at:deleted-entry ref='urn:a' when='2026-11-24T11:00:00Z'/>";
    let first = feed(&(entry("a") + &entry("b") + buried));
    let report = file(&store, dir.path(), "kuroshio", &first, NOW).await;
    assert_eq!(
        (report.new, report.killed, report.refused),
        (1, 1, 1),
        "{report}"
    );
    let report = file(&store, dir.path(), "kuroshio", &feed(&entry("a")), NOW).await;
    assert_eq!((report.new, report.refused), (0, 1), "{report}");
    let headlines: Vec<_> = excerpts(&store)
        .await
        .into_iter()
        .map(|e| e.headline)
        .collect();
    assert_eq!(headlines, ["台風がbに接近"]);
}
