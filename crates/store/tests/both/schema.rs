//! Migrations, statements, the folder's lock.

use crate::site::{Site, both};
use news::{Place, Section};
use store::{Error, Location, Store};

both! { opens_again newer_is_refused statements_prepare first_rows_stand an_excerpt_has_no_document }

async fn opens_again(site: Site) {
    let Site { store, at, folder: _folder } = site;
    store.close().await;
    drop(store);
    let again = Store::open(&at).await.unwrap();
    assert_eq!(again.sources().await.unwrap().len(), 4);
    again.check().await.unwrap();
}

async fn newer_is_refused(site: Site) {
    site.raw("INSERT INTO schema_version(version, at) VALUES (99, 0)")
        .await
        .unwrap();
    site.store.close().await;
    let Site { store, at, folder: _folder } = site;
    drop(store);
    match Store::open(&at).await {
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
    // Each section and place is a row: a reference to another one fails.
    for code in [Place::JP.code(), Place::EG.code()] {
        site.raw(&format!(
            "UPDATE place SET zone = zone WHERE code = '{code}'"
        ))
        .await
        .unwrap();
    }
    assert_eq!(Section::ALL.len() + Place::ALL.len(), 63);
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
async fn a_heldfolder_is_named() {
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
async fn afolder_that_cannot_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    std::fs::write(&file, "").unwrap();
    let Err(error) = Store::open(&Location::Folder(file.join("data"))).await else {
        panic!("opened a file")
    };
    assert!(error.to_string().contains("can't be used"), "{error}");
}
