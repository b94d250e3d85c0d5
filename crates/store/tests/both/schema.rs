//! Migrations, statements, the folder's lock.

use crate::site::{Site, both};
use news::{Place, Section};
use store::{Error, Location, Store};

both! { opens_again an_older_schema_is_brought_forward newer_is_refused statements_prepare first_rows_stand an_excerpt_has_no_document }

/// Closes it and opens it again. The folder goes when the second value does.
async fn again(site: Site) -> (Result<Store, Error>, Option<tempfile::TempDir>) {
    let Site { store, at, folder } = site;
    store.close().await;
    drop(store);
    (Store::open(&at).await, folder)
}

async fn opens_again(site: Site) {
    let (store, _folder) = again(site).await;
    let store = store.unwrap();
    assert_eq!(store.sources().await.unwrap().len(), 4);
    store.check().await.unwrap();
}

async fn an_older_schema_is_brought_forward(site: Site) {
    let polling = [
        "body_hash",
        "every_s",
        "least_s",
        "skip_hours",
        "skip_days",
        "moved_to",
        "moved_at",
        "first_url",
        "refused_since",
        "pinged_at",
        "polls",
        "polls_unchanged",
        "polls_bytes",
        "polls_ms",
        "host",
        "alarm",
        "held",
        "let_out_at",
        "alarm_lang",
    ];
    let polling: String = polling
        .iter()
        .map(|column| format!("ALTER TABLE feed DROP COLUMN {column}; "))
        .collect();
    let later = format!("ALTER TABLE story DROP COLUMN archive; ALTER TABLE wire_item DROP COLUMN retold_at;
        DROP INDEX story_held; DROP INDEX wire_item_of_feed; ALTER TABLE story DROP COLUMN held; ALTER TABLE wire_item DROP COLUMN refused;
        DROP INDEX wire_item_of_source; ALTER TABLE source DROP COLUMN silent_after_h; DROP TABLE staff_mark; DROP INDEX wire_item_at; DROP TABLE rule; ALTER TABLE wire_item DROP COLUMN medtop; DROP INDEX story_to_place;
        ALTER TABLE story DROP COLUMN to_place;
        DROP TABLE rights; ALTER TABLE wire_item DROP COLUMN killed_at;
        DROP TABLE subscription; {polling}
        DROP TABLE way_in; ALTER TABLE wire_item DROP COLUMN version;
        DROP INDEX story_breaking; ALTER TABLE story DROP COLUMN breaking_until; ALTER TABLE story DROP COLUMN broke_at;
        ALTER TABLE story DROP COLUMN breaking_mark; ALTER TABLE story DROP COLUMN undated;
        ALTER TABLE source DROP COLUMN owner; DROP INDEX wire_item_story; DROP INDEX story_cluster; ALTER TABLE story DROP COLUMN cluster_id; ALTER TABLE story DROP COLUMN cluster_rank;
        ALTER TABLE story DROP COLUMN cluster_why; DROP TABLE cluster_link; DROP TABLE cluster;
        ALTER TABLE feed DROP COLUMN off; DROP INDEX story_waiting; DROP INDEX story_of_source; ALTER TABLE story DROP COLUMN given_chars;
        ALTER TABLE story DROP COLUMN show_at; DROP INDEX outbox_entity; DROP INDEX wire_item_url; DROP INDEX step_at; DROP INDEX outbox_at");
    let back = format!("{later}; DELETE FROM schema_version WHERE version > 1");
    site.raw(&back).await.unwrap();
    let at = site.at.clone();
    let (store, folder) = again(site).await;
    let store = store.unwrap();
    assert_eq!(store.sources().await.unwrap().len(), 4);
    // What was taken away stands there again.
    let site = Site { store, at, folder };
    site.raw(&later).await.unwrap();
}

async fn newer_is_refused(site: Site) {
    site.raw("INSERT INTO schema_version(version, at) VALUES (99, 0)")
        .await
        .unwrap();
    match again(site).await.0 {
        Err(error @ Error::Newer { found: 99, .. }) => {
            assert!(error.to_string().contains("newer program"), "{error}");
        }
        other => panic!("{:?}", other.err()),
    }
}

async fn statements_prepare(site: Site) {
    assert_eq!(
        site.store.prepare_all().await.unwrap(),
        Vec::<String>::new()
    );
}

async fn first_rows_stand(site: Site) {
    let ap = site.store.source("ap").await.unwrap().unwrap();
    assert_eq!(
        (ap.name.as_str(), ap.terms.max_chars, ap.terms.index),
        ("AP", 2_000, false)
    );
    let kuroshio = site.store.source("Kuroshio Press").await.unwrap().unwrap();
    assert_eq!(
        (kuroshio.lang.as_str(), kuroshio.terms.max_chars),
        ("ja", 280)
    );
    let mut renamed = kuroshio.clone();
    renamed.name = "École de Séoul".into();
    site.store.set_source(&renamed).await.unwrap();
    let found = site.store.source("éCOLE DE SÉOUL").await.unwrap();
    assert_eq!(found.map(|source| source.id), Some(kuroshio.id));
    // Each section and place is a row: a reference to a missing one would fail.
    for section in Section::ALL {
        let mut new = crate::news_room::a_story("Typhoon");
        (new.section, new.places) = (section, Place::ALL.to_vec());
        site.store.begin_story(new).await.unwrap();
    }
}

async fn an_excerpt_has_no_document(site: Site) {
    let store = &site.store;
    let filing = crate::news_room::batch(store, vec![crate::news_room::an_item("one", "h")]).await;
    store.file_items(filing).await.unwrap();
    for sql in [
        "INSERT INTO revision(story_id, version, at, what, doc, headline, standfirst) SELECT id, 0, 0, 'begun', '{}', '', '' FROM story",
        "INSERT INTO revision(story_id, version, kind, at, what, doc, headline, standfirst) SELECT id, 0, 'excerpt', 0, 'begun', '{}', '', '' FROM story",
        "UPDATE story SET published_version = 1",
        "UPDATE story SET source_url = NULL",
        "UPDATE story SET draft_headline = 'the whole text'",
    ] {
        assert!(site.raw(sql).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_held_folder_is_named() {
    let site = Site::lite().await;
    let Err(error) = Store::open(&site.at).await else {
        panic!("opened twice")
    };
    let sentence = error.to_string();
    assert!(
        matches!(error, Error::Held { pid: Some(_), .. }),
        "{sentence}"
    );
    assert!(
        sentence.contains("held by another process (pid "),
        "{sentence}"
    );
    let Location::Folder(folder) = &site.at else {
        panic!("a folder")
    };
    assert!(
        sentence.contains(&folder.display().to_string()),
        "{sentence}"
    );
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    std::fs::write(&file, "").unwrap();
    let Err(error) = Store::open(&Location::Folder(file.join("data"))).await else {
        panic!("opened a file")
    };
    assert!(error.to_string().contains("can't be used"), "{error}");
}

#[tokio::test]
async fn a_folder_left_in_disorder_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::Folder(folder.path().to_owned());
    Store::open(&at).await.unwrap().close().await;
    // As a killed process leaves it, and with a file that is none of ours.
    std::fs::write(folder.path().join("lock"), "4711\n").unwrap();
    std::fs::write(
        folder.path().join("news.db"),
        "not a database at all, not even nearly",
    )
    .unwrap();
    assert!(Store::open(&at).await.is_err());
    std::fs::remove_file(folder.path().join("news.db")).unwrap();
    Store::open(&at).await.unwrap().check().await.unwrap();
}
