//! A backup comes back, and nothing else does.

use crate::news_room::{a_story, editor, published};
use crate::opening::database;
use crate::site::Site;
use news::StoryId;
use std::path::Path;
use store::{Error, Location, Store};

#[tokio::test]
async fn only_a_whole_database_of_a_site_comes_back() {
    let ground = tempfile::tempdir().unwrap();
    let (file, data) = (ground.path().join("copy.db"), ground.path().join("data"));
    let refused = async |words: &str| {
        let sentence = match Store::restore(&data, &file).await {
            Err(error @ (Error::NotOurs { .. } | Error::Newer { .. })) => error.to_string(),
            other => panic!("{words}: {other:?}"),
        };
        assert!(sentence.contains(words), "{sentence}");
        assert!(!data.exists(), "{words}: the folder was made");
        assert_eq!(std::fs::read_dir(ground.path()).unwrap().count(), 1);
        std::fs::remove_file(&file).unwrap();
        sentence
    };
    std::fs::write(&file, "").unwrap();
    assert!(refused("is empty").await.contains("copy.db"));
    std::fs::write(&file, "Dear editor, ".repeat(1_000)).unwrap();
    assert!(refused("is no SQLite database").await.contains("copy.db"));
    database(&file, "CREATE TABLE recipe(a)").await;
    refused("is the database of another program").await;
    database(
        &file,
        "CREATE TABLE schema_version(version BIGINT, at BIGINT); INSERT INTO schema_version VALUES (17, 1);
        CREATE TABLE story(a); CREATE TABLE outbox_head(a)",
    )
    .await;
    refused("doesn't have the tables of a site").await;

    let site = Site::lite().await;
    published(&site.store, a_story("Typhoon nears Kyushu")).await;
    site.store.backup(&file).await.unwrap();
    database(
        &file,
        "PRAGMA foreign_keys = 0; INSERT INTO role_grant(staff_id, role) VALUES (4711, 'editor')",
    )
    .await;
    refused("lead nowhere").await;
    site.store.backup(&file).await.unwrap();
    database(
        &file,
        "INSERT INTO schema_version(version, at) VALUES (99, 0)",
    )
    .await;
    refused("newer program").await;
    site.store.backup(&file).await.unwrap();
    // The end of the file is lost, as in a copy that was broken off.
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    refused("is damaged").await;
    // An older schema has to be brought forward first: that is done to a copy.
    database(
        &file,
        "CREATE TABLE schema_version(version BIGINT, at BIGINT); INSERT INTO schema_version VALUES (1, 1);
        CREATE TABLE story(a); CREATE TABLE outbox_head(a)",
    )
    .await;
    let refused = async || {
        let error = Store::restore(&data, &file).await.unwrap_err().to_string();
        assert!(
            error.ends_with("copy.db doesn't have the tables of a site"),
            "{error}"
        );
    };
    refused().await;
    assert!(!data.exists());
    std::fs::create_dir(&data).unwrap();
    refused().await;
    let left: Vec<_> = std::fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["lock"]);
}

#[tokio::test]
async fn what_stood_there_is_kept_and_only_then_spoken_of() {
    let ground = tempfile::tempdir().unwrap();
    let (file, data) = (
        ground.path().join("copy.db"),
        ground.path().join("new/data"),
    );
    let site = Site::lite().await;
    let story = published(&site.store, a_story("Typhoon nears Kyushu")).await;
    site.store.backup(&file).await.unwrap();
    assert_eq!(Store::restore(&data, &file).await.unwrap(), None);
    assert!(tells(&data, story.address.id).await);
    // Again over it, after a death that left a note and somebody's half of a restore.
    std::fs::create_dir(data.join("restore-under-way")).unwrap();
    std::fs::write(data.join("restore-under-way/news.db"), "half").unwrap();
    std::fs::write(data.join("lock"), "4711\n").unwrap();
    let old = Store::restore(&data, &file).await.unwrap().unwrap();
    assert!(old.exists() && tells(&data, story.address.id).await);
    assert!(!data.join("restore-under-way").exists());
}

/// Whether the folder's site tells readers of a story.
async fn tells(data: &Path, story: StoryId) -> bool {
    let at = Location::Folder(data.to_owned());
    let store = Store::open(&at).await.unwrap();
    let told = store.told(story).await.unwrap();
    store.close().await;
    told.is_some()
}

/// Whatever ends a restore half-way, the file that stands in the folder then is the whole database.
#[tokio::test]
async fn what_a_dead_sites_log_holds_is_in_the_file_before_it_is_exchanged() {
    let ground = tempfile::tempdir().unwrap();
    let folder = |name: &str| {
        let folder = ground.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        folder
    };
    let (file, dead, alone) = (
        ground.path().join("copy.db"),
        folder("dead"),
        folder("alone"),
    );
    let site = Site::lite().await;
    site.store.backup(&file).await.unwrap();
    let story = published(&site.store, a_story("Typhoon nears Kyushu"))
        .await
        .address
        .id;
    // As kill -9 leaves it: the story stands in the log only.
    let Location::Folder(living) = &site.at else {
        panic!("a folder")
    };
    for name in ["news.db", "news.db-wal"] {
        std::fs::copy(living.join(name), dead.join(name)).unwrap();
    }
    let kept = Store::restore(&dead, &file).await.unwrap().unwrap();
    std::fs::copy(&kept, alone.join("news.db")).unwrap();
    assert!(tells(&alone, story).await);
    assert!(!tells(&dead, story).await);
    // What is kept is nobody's file but its own.
    std::fs::write(&kept, "").unwrap();
    Store::open(&Location::Folder(dead))
        .await
        .unwrap()
        .close()
        .await;
}

#[tokio::test]
async fn a_folder_in_use_is_not_restored() {
    let (from, into) = (Site::lite().await, Site::lite().await);
    let ground = tempfile::tempdir().unwrap();
    let file = ground.path().join("copy.db");
    from.store.backup(&file).await.unwrap();
    let Location::Folder(folder) = &into.at else {
        panic!("a folder")
    };
    let error = Store::restore(folder, &file).await.unwrap_err();
    assert!(matches!(error, Error::Held { .. }), "{error}");
    assert!(!folder.join("restore-under-way").exists());
}

/// Whoever restores from another folder's database gets what its log holds as well.
#[tokio::test]
async fn the_log_beside_a_database_comes_along() {
    let site = Site::lite().await;
    let mika = editor(&site.store).await;
    let Location::Folder(folder) = &site.at else {
        panic!("a folder")
    };
    assert!(folder.join("news.db-wal").metadata().unwrap().len() > 0);
    let ground = tempfile::tempdir().unwrap();
    Store::restore(ground.path(), &folder.join("news.db"))
        .await
        .unwrap();
    let copy = Store::open(&Location::Folder(ground.path().to_owned()))
        .await
        .unwrap();
    assert!(copy.staff(mika).await.unwrap().is_some());
}
