//! The feeds of real publishers, of other parsers' tests, and of attackers. They are no part of the
//! repository: where they are absent, each test says so by its name.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use ingest::feed::{FeedComplaint, SourceHint, read_feed};
use ingest::report::{FoldersReport, folders};
use ingest::{Dates, From, ingest, registrable};
use news::Source;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use store::{Location, Store};

/// The corpora's folder; `None` says that the test is skipped.
fn corpus(test: &str, folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("CORPUS_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = root.join(folder);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: no corpus ({test})");
    None
}

fn read(test: &str, folder: &str) -> Option<FoldersReport> {
    let report = folders(&corpus(test, folder)?).unwrap();
    eprintln!("{report}");
    for folder in &report.folders {
        for path in &folder.refused {
            eprintln!("refused: {}", path.display());
        }
    }
    Some(report)
}

#[test]
fn nearly_every_feed_is_read() {
    let Some(report) = read("nearly_every_feed_is_read", "feeds") else {
        return;
    };
    let xml: usize = report.folders.iter().map(|f| f.xml).sum();
    let parsed: usize = report.folders.iter().map(|f| f.parsed()).sum();
    assert!(xml > 3000, "{xml}");
    assert!(parsed * 100 >= xml * 97, "{parsed} of {xml}");
    for folder in report.folders.iter().filter(|f| f.name.ends_with("-real")) {
        assert_eq!(folder.parsed(), folder.xml, "{}", folder.name);
        assert_eq!(folder.empty, 0, "{}", folder.name);
    }
}

/// A second each; without optimisation and beside other tests it may be a few.
#[test]
fn hostile_files_cost_little() {
    for folder in ["hostile/feeds", "hostile/xml"] {
        let Some(report) = read("hostile_files_cost_little", folder) else {
            return;
        };
        for folder in report.folders {
            let (slowest, path) = folder.slowest.unwrap();
            let most = Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 });
            assert!(slowest < most, "{slowest:?} {}", path.display());
        }
    }
}

/// Markup made to be slow: each costs far less than a second a megabyte.
#[test]
fn nothing_takes_long_to_read() {
    let head = "<rss version='2.0'><channel><item><title>x</title><description>";
    for unit in [
        "<a b=\"",
        "<b>",
        "<!--",
        "<![CDATA[",
        "&amp",
        "<title>",
        "<item>",
        "<a b=c ",
        "</",
        "<",
        "&",
    ] {
        let text = format!("{head}{}", unit.repeat(1_000_000 / unit.len()));
        let began = Instant::now();
        let _ = read_feed(text.as_bytes(), None, &SourceHint::default());
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "{unit} {:?}",
            began.elapsed()
        );
    }
}

#[tokio::test]
async fn a_real_feed_filed_again_adds_and_changes_nothing() {
    let Some(root) = corpus("a_real_feed_filed_again_adds_and_changes_nothing", "feeds") else {
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Location::Folder(dir.path().join("data")))
        .await
        .unwrap();
    let ap = store.source("AP").await.unwrap().unwrap();
    let (mut feeds, mut filed, mut refused) = (0, 0, 0);
    for folder in std::fs::read_dir(root).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.to_string_lossy().ends_with("-real") {
            continue;
        }
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            if file
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('_'))
            {
                continue;
            }
            // A source for each: the feeds of two publishers have nothing to do with one another. All that it
            // leads to is its own.
            let slug = format!("real-{feeds}");
            let read = read_feed(&std::fs::read(&file).unwrap(), None, &SourceHint::default());
            let mut ap = ap.clone();
            ap.terms.hosts = read
                .items
                .iter()
                .filter_map(|i| registrable(&i.url))
                .collect();
            let id = store
                .set_source(&Source {
                    slug: slug.clone(),
                    name: slug,
                    ..ap.clone()
                })
                .await
                .unwrap();
            let source = Source { id, ..ap.clone() };
            let file_it = || {
                ingest(
                    &store,
                    From::File(file.clone()),
                    &source,
                    Store::now(),
                    Dates::Feeds,
                )
            };
            let first = file_it().await.unwrap();
            let again = file_it().await.unwrap();
            let known = first.new + first.updated + first.duplicates;
            assert_eq!(
                (again.new, again.updated, again.duplicates, again.refused),
                (0, 0, known, first.refused),
                "{}: {again}",
                file.display()
            );
            assert_eq!(first.updated, 0, "{}", file.display());
            // What has no address of the web leads nowhere, what has neither headline nor words says nothing.
            let lacks = [
                "no address",
                "no host of the public web",
                "neither a headline nor words",
            ];
            let lacking = |complaint: &FeedComplaint| {
                lacks.iter().any(|why| complaint.to_string().contains(why))
            };
            let is_told =
                first.new > 0 || first.is_no_feed() || first.complaints.iter().all(lacking);
            assert!(is_told, "{}: {first}", file.display());
            (feeds, filed, refused) = (feeds + 1, filed + first.new, refused + first.refused);
        }
    }
    eprintln!("{feeds} real feeds: {filed} items filed, {refused} refused");
    assert!(feeds > 50 && filed > 500, "{feeds} {filed}");
}
