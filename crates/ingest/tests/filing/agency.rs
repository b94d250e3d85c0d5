//! What agencies send in formats of their own: one story, however it comes.

use crate::{a_store, excerpts};
use ingest::{Dates, From, Report, ingest};
use news::{Id, Lang, Millis, Place, Section, Source, UsageTerms};
use std::path::Path;
use store::Store;

const KINDS: [&str; 6] = [
    "rss.xml",
    "ninjs.json",
    "ninjs-1.json",
    "newsml.xml",
    "in-newsml.xml",
    "nitf.xml",
];

pub(crate) fn fixture(kind: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agency");
    std::fs::read_to_string(folder.join(format!("ferry.{kind}"))).unwrap()
}

pub(crate) async fn lotus(store: &Store) -> Source {
    let mut source = Source {
        id: Id(0),
        slug: "lotus".into(),
        name: "Lotus Wire".into(),
        home_url: "https://lotus-wire.example/".into(),
        lang: Lang::parse("vi").unwrap(),
        terms: UsageTerms::default(),
    };
    source.id = store.set_source(&source).await.unwrap();
    source
}

async fn file(store: &Store, text: String) -> Report {
    let source = lotus(store).await;
    let from = From::InHand(text.into_bytes());
    ingest(store, from, &source, Store::now(), Dates::Feeds)
        .await
        .unwrap()
}

#[tokio::test]
async fn one_story_in_every_format_is_one_excerpt() {
    let mut told = Vec::new();
    for kind in KINDS {
        let (store, _dir) = a_store().await;
        let report = file(&store, fixture(kind)).await;
        assert_eq!(
            (report.new, report.complaints.len()),
            (1, 0),
            "{kind}: {report}"
        );
        let excerpt = excerpts(&store).await.remove(0);
        assert_eq!(excerpt.section, Section::Business, "{kind}");
        assert_eq!(excerpt.places, [Place::VN], "{kind}");
        assert_eq!(excerpt.lang.as_str(), "en", "{kind}");
        assert_eq!(excerpt.dateline.as_deref(), Some("HAIPHONG"), "{kind}");
        assert_eq!(excerpt.paragraphs.len(), 3, "{kind}");
        let topics: Vec<String> = excerpt.topics.iter().map(|t| t.name.clone()).collect();
        told.push((
            kind,
            (excerpt.headline, excerpt.paragraphs, topics),
            (excerpt.published_at, excerpt.read_more),
        ));
    }
    let (_, words, from) = told.remove(0);
    for (kind, others, other) in told {
        assert_eq!((others, other), (words.clone(), from.clone()), "{kind}");
    }
}

#[tokio::test]
async fn who_sends_a_story_in_two_formats_sends_it_once() {
    let (store, _dir) = a_store().await;
    let mut became = Vec::new();
    for kind in KINDS {
        let report = file(&store, fixture(kind)).await;
        became.push((report.new, report.updated, report.duplicates));
    }
    let mut want = vec![(0, 0, 1); KINDS.len()];
    want[0] = (1, 0, 0);
    assert_eq!(became, want);
}

#[tokio::test]
async fn what_may_not_be_used_is_refused_and_what_waits_is_not_shown() {
    let (store, _dir) = a_store().await;
    let with = |status: &str| fixture("ninjs.json").replace("\"usable\"", &format!("\"{status}\""));
    let report = file(&store, with("withheld")).await;
    assert_eq!((report.new, report.refused), (0, 1), "{report}");
    assert!(report.to_string().contains("holds it back"), "{report}");
    let embargo = |until: &str| {
        let field = format!("\"embargoed\": \"{until}\", \"type\"");
        fixture("ninjs.json").replace("\"type\"", &field)
    };
    let report = file(&store, embargo("2039-01-01T00:00:00Z")).await;
    assert_eq!(report.new, 1, "{report}");
    assert!(excerpts(&store).await.is_empty());
    // Again is the same; a new embargo is a change.
    let again = file(&store, embargo("2039-01-01T00:00:00Z")).await;
    assert_eq!(again.duplicates, 1, "{again}");
    let later = file(&store, embargo("2039-01-02T00:00:00Z")).await;
    assert_eq!(later.updated, 1, "{later}");
    let first = Millis(2_177_452_800_000);
    assert_eq!(store.keep_licences(first).await.unwrap().0, 0);
    let second = first.plus(Millis::DAY);
    assert_eq!(store.keep_licences(second).await.unwrap().0, 1);
    assert_eq!(excerpts(&store).await.len(), 1);
}

#[tokio::test]
async fn an_embargo_that_is_lifted_shows_what_waited() {
    let (store, _dir) = a_store().await;
    let until = "\"embargoed\": \"2039-01-01T00:00:00Z\", \"type\"";
    let waiting = fixture("ninjs.json").replace("\"type\"", until);
    assert_eq!(file(&store, waiting.clone()).await.new, 1);
    assert_eq!(file(&store, fixture("ninjs.json")).await.updated, 1);
    store.keep_licences(Store::now()).await.unwrap();
    assert_eq!(excerpts(&store).await.len(), 1);
    // What readers have can't be put under one any more: its words stay as they were.
    let changed = waiting.replace("begins its trial", "ends its trial");
    let report = file(&store, changed).await;
    assert_eq!(report.refused, 1, "{report}");
    assert!(report.to_string().contains("embargo"), "{report}");
    assert!(
        excerpts(&store).await[0]
            .headline
            .contains("begins its trial")
    );
}

#[tokio::test]
async fn of_several_states_in_a_message_the_newest_counts() {
    let (store, _dir) = a_store().await;
    let state = |version: &str, status: &str| {
        let text = fixture("ninjs.json");
        let text = text.replace("\"version\": \"3\"", &format!("\"version\": \"{version}\""));
        text.replace("\"usable\"", &format!("\"{status}\""))
    };
    let both = format!(
        "{{\"items\": [{}, {}]}}",
        state("2", "usable"),
        state("4", "canceled")
    );
    let report = file(&store, both).await;
    assert_eq!((report.new, report.killed), (0, 1), "{report}");
    // What was taken back stays so: another newsroom sees the other order.
    let (store, _dir) = a_store().await;
    let both = format!(
        "{{\"items\": [{}, {}]}}",
        state("2", "canceled"),
        state("4", "usable")
    );
    let report = file(&store, both).await;
    assert_eq!((report.new, report.refused), (1, 0), "{report}");
    // Later, too, an older one changes nothing.
    let older = state("3", "usable").replace("begins its trial", "plans a trial");
    let report = file(&store, older).await;
    assert_eq!((report.updated, report.duplicates), (0, 1), "{report}");
    assert!(
        excerpts(&store).await[0]
            .headline
            .contains("begins its trial")
    );
}
