//! How a store is opened: whose database it is, whether one is there, and beside another process.

use crate::news_room::editor;
use crate::people::use_link;
use crate::site::Site;
use news::{Millis, Role};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::Path;
use std::time::{Duration, Instant};
use store::{Error, Location, NewStaff, Store};

/// A SQLite database made by these statements.
pub(crate) async fn database(file: &Path, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(file);
    let mut made: SqliteConnection = options.create_if_missing(true).connect().await.unwrap();
    made.execute(sql).await.unwrap();
    made.close().await.unwrap();
}

fn refused(opened: store::Result<Store>, words: &str) -> Error {
    let error = opened.err().unwrap();
    let sentence = error.to_string();
    assert!(sentence.contains(words), "{sentence}");
    error
}

#[tokio::test]
async fn what_is_not_ours_is_left_alone() {
    let check = async |sql: Option<&'static str>, words: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("news.db");
        match sql {
            Some(sql) => database(&file, sql).await,
            None => std::fs::write(&file, "not a database at all ".repeat(100)).unwrap(),
        }
        let before = std::fs::read(&file).unwrap();
        let at = Location::Folder(folder.path().to_owned());
        for opened in [
            Store::open(&at).await,
            Store::open_there(&at).await,
            Store::open_beside(&at).await,
        ] {
            let error = refused(opened, words);
            assert!(matches!(error, Error::NotOurs { .. }), "{error:?}");
            assert!(error.to_string().contains("news.db"), "{error}");
        }
        assert_eq!(std::fs::read(&file).unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    };
    check(Some("CREATE TABLE recipe(a)"), "another program").await;
    check(
        Some("CREATE TABLE schema_version(version BIGINT, at BIGINT)"),
        "another program",
    )
    .await;
    check(
        Some(
            "CREATE TABLE schema_version(rank); CREATE TABLE story(a); CREATE TABLE outbox_head(a)",
        ),
        "another program",
    )
    .await;
    check(None, "is no SQLite database").await;
}

#[tokio::test]
async fn a_site_is_made_only_where_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let at = Location::Folder(data.clone());
    for opened in [Store::open_there(&at).await, Store::open_beside(&at).await] {
        let error = refused(opened, "there is no site in");
        assert!(matches!(error, Error::NoSite { .. }), "{error:?}");
    }
    assert!(!data.exists());
    // A file in which nothing was made is nobody's.
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("news.db"), "").unwrap();
    refused(Store::open_there(&at).await, "there is no site in");
    Store::open(&at).await.unwrap().close().await;
    Store::open_there(&at).await.unwrap().close().await;
}

#[tokio::test]
async fn people_are_added_beside_the_process_that_has_the_folder() {
    let site = Site::lite().await;
    let beside = Store::open_beside(&site.at).await.unwrap();
    let new = NewStaff {
        email: "beside@asian-news.example".into(),
        name: "Beside".into(),
        roles: vec![Role::Editor],
    };
    let id = beside.add_staff(new).await.unwrap();
    let ends = Store::now().plus(Millis::DAY);
    beside.add_link("digest", id, ends).await.unwrap();
    assert_eq!(site.store.staff(id).await.unwrap().unwrap().name, "Beside");
    assert_eq!(
        use_link(&site.store, "digest", Store::now()).await,
        Some(id)
    );
    // And the other way round, with both open.
    let mika = editor(&site.store).await;
    assert!(beside.staff(mika).await.unwrap().is_some());
    let copies = tempfile::tempdir().unwrap();
    beside.backup(&copies.path().join("news.db")).await.unwrap();
    beside.close().await;
    // The folder is still the first one's.
    let error = refused(Store::open_there(&site.at).await, "held by another");
    assert!(matches!(error, Error::Held { .. }));
    site.store.check().await.unwrap();
}

#[tokio::test]
async fn another_schema_is_not_worked_on_beside_its_program() {
    let site = Site::lite().await;
    site.raw("DELETE FROM schema_version WHERE version > 1")
        .await
        .unwrap();
    let error = refused(Store::open_beside(&site.at).await, "an older program");
    assert!(matches!(error, Error::Older { found: 1, .. }), "{error:?}");
    site.raw("UPDATE schema_version SET version = 99")
        .await
        .unwrap();
    let error = refused(Store::open_beside(&site.at).await, "newer program");
    assert!(matches!(error, Error::Newer { found: 99, .. }), "{error:?}");
}

/// As long as a look at the folder found it damaged, every start looks again.
#[tokio::test]
async fn a_disorder_is_remembered_until_the_database_was_found_sound() {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::Folder(folder.path().to_owned());
    let store = Store::open(&at).await.unwrap();
    editor(&store).await;
    store.close().await;
    drop(store);
    let file = folder.path().join("news.db");
    database(
        &file,
        "PRAGMA foreign_keys = 0; INSERT INTO role_grant(staff_id, role) VALUES (4711, 'editor')",
    )
    .await;
    std::fs::write(folder.path().join("lock"), "4711\n").unwrap();
    for _ in 0..2 {
        refused(Store::open(&at).await, "lead nowhere");
    }
    database(&file, "DELETE FROM role_grant WHERE staff_id = 4711").await;
    Store::open(&at).await.unwrap().close().await;
    let note = std::fs::read_to_string(folder.path().join("lock")).unwrap();
    assert_eq!(note, "");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_soon() {
    let check = async |port: u16, words: &str| {
        let began = Instant::now();
        let at = Location::Postgres(format!("postgres://mika:secret@127.0.0.1:{port}/news"));
        let error = refused(Store::open(&at).await, words);
        let sentence = error.to_string();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
        assert!(
            sentence.contains(&format!("127.0.0.1:{port}")),
            "{sentence}"
        );
        assert!(!sentence.contains("secret"), "{sentence}");
        assert!(began.elapsed() < Duration::from_secs(8), "{sentence}");
    };
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    // It takes the connection and says nothing.
    check(port, "no answer within 5s").await;
    // It is something else. The one that gave up above is still in its queue.
    let other = std::thread::spawn(move || {
        for stream in silent.incoming().take(2) {
            let mut stream = stream.unwrap();
            let _ = std::io::Write::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    check(port, "can't be reached").await;
    other.join().unwrap();
    check(port, "can't be reached").await;
    let at = Location::Postgres("postgres://mika:secret@host:many/news".into());
    let error = refused(Store::open(&at).await, "can't be read");
    assert!(matches!(error, Error::Address) && !error.to_string().contains("secret"));
}
