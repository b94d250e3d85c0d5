//! What the program does not do: one line, an exit code, and nothing touched.

use super::{Served, check, command, done, ended, program, site};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

/// A SQLite database, made or changed by these statements.
fn database(file: &Path, sql: &'static str) {
    let made = async {
        let options = SqliteConnectOptions::new().filename(file);
        let mut made: SqliteConnection = options.create_if_missing(true).connect().await.unwrap();
        made.execute(sql).await.unwrap();
        made.close().await.unwrap();
    };
    tokio::runtime::Runtime::new().unwrap().block_on(made);
}

/// Any free port: these commands should end before they listen, or at once after it.
const LISTEN: &str = "127.0.0.1:0";

#[test]
fn what_goes_wrong_is_one_line_and_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let served = Served::new(&data);
    let port = format!("localhost:{}", served.port);
    let other = folder.path().join("other");
    check(
        &program(&other, &["serve", "--listen", &port]),
        69,
        "another program listens there",
    );
    drop(served);
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    check(&program(&file, &["migrate"]), 73, "can't be used");
    check(
        &program(&data, &["ingest", "/nowhere.xml", "--source", "Nobody"]),
        65,
        "AP",
    );
    let nobody = ["staff", "link", "--email", "nobody@asian-news.example"];
    check(&program(&data, &nobody), 65, "staff list");
    check(
        &program(&data, &["restore", "/nowhere.db"]),
        66,
        "there is no file",
    );
    for (arguments, code, words) in [
        (
            &["backup", "/nowhere/copy.db"][..],
            73,
            "/nowhere/copy.db can't be written",
        ),
        (
            &["ingest", "ftp://a.example/x", "--source", "AP"],
            64,
            "by http or https",
        ),
        (
            &["ingest", "HTTP://127.0.0.1/x", "--source", "AP"],
            66,
            "public",
        ),
        (
            &[
                "staff",
                "add",
                "--name",
                "",
                "--email",
                "a@b.example",
                "--role",
                "editor",
            ],
            65,
            "name",
        ),
    ] {
        check(&program(&data, arguments), code, words);
    }
}

#[test]
fn a_folder_with_a_pipe_and_a_huge_file_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let feeds = folder.path();
    let huge = std::fs::File::create(feeds.join("huge.xml")).unwrap();
    huge.set_len(1 << 40).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(feeds.join("pipe.xml"))
        .status();
    assert!(made.unwrap().success());
    let quiet = r#"<rss version="2.0"><channel><title>AP</title></channel></rss>"#;
    std::fs::write(feeds.join("quiet.xml"), quiet).unwrap();
    let said = done(&program(feeds, &["feeds-report", feeds.to_str().unwrap()]));
    for words in [
        "huge.xml: it is larger than 10 MiB",
        "pipe.xml: is no file",
        "100.0 %",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_missing_site_is_not_made_by_looking_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy.db"));
    let copy = copy.to_str().unwrap();
    let add: Vec<&str> = "staff add --name Mika --email m@a.example --role chief"
        .split(' ')
        .collect();
    for words in [
        &["backup", copy][..],
        &["migrate"],
        &["staff", "list"],
        &["staff", "link", "--email", "m@a.example"],
        &add,
    ] {
        check(&program(&data, words), 66, "there is no site in");
        let made = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(made, 0, "{words:?}");
    }
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("copy.db"));
    let restore = || program(&data, &["restore", file.to_str().unwrap()]);
    std::fs::write(&file, "").unwrap();
    check(&restore(), 65, "copy.db is empty");
    std::fs::write(&file, "words and words ".repeat(400)).unwrap();
    check(&restore(), 65, "copy.db is no SQLite database");
    std::fs::remove_file(&file).unwrap();
    database(&file, "CREATE TABLE recipe(name TEXT)");
    check(&restore(), 65, "copy.db is the database of another program");
    assert!(!data.exists());
    // A site's, but its tables aren't those of the schema it says it has: found out by trying.
    std::fs::remove_file(&file).unwrap();
    site(&folder.path().join("site"));
    std::fs::rename(folder.path().join("site/news.db"), &file).unwrap();
    database(&file, "DELETE FROM schema_version WHERE version > 1");
    check(&restore(), 65, "copy.db");
    assert!(!data.exists());
}

#[test]
fn what_came_to_nothing_leaves_no_new_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let feed = folder.path().join("feed.xml");
    std::fs::write(&feed, r#"<rss version="2.0"><channel/></rss>"#).unwrap();
    let feed = feed.to_str().unwrap();
    for (from, source, code) in [
        (feed, "Nobody", 65),
        ("/nowhere.xml", "AP", 66),
        ("/", "AP", 66),
        ("http://127.0.0.1/feed.xml", "AP", 66),
        ("ftp://a.example/feed.xml", "AP", 64),
    ] {
        let words = ["ingest", from, "--source", source];
        check(&program(&data, &words), code, "");
        assert!(!data.exists(), "{from} {source}");
    }
    // A folder that somebody made is left to them.
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("notes.txt"), "ours").unwrap();
    check(
        &program(&data, &["ingest", "/nowhere.xml", "--source", "AP"]),
        66,
        "",
    );
    assert!(data.join("notes.txt").exists());
}

#[test]
fn somebody_elses_database_is_not_written_into() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("news.db");
    let each = |words: &str| {
        let before = std::fs::read(&file).unwrap();
        let copy = folder.path().join("copy.db");
        for command in [
            &["serve", "--listen", LISTEN][..],
            &["seed"],
            &["migrate"],
            &["ingest", "/nowhere.xml", "--source", "AP"],
            &["staff", "list"],
            &["backup", copy.to_str().unwrap()],
        ] {
            check(&program(folder.path(), command), 65, words);
        }
        assert_eq!(std::fs::read(&file).unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    };
    database(&file, "CREATE TABLE recipe(name TEXT)");
    each("news.db is the database of another program");
    std::fs::write(&file, "words and words ".repeat(400)).unwrap();
    each("news.db is no SQLite database");
}

#[test]
fn a_newer_programs_database_is_left_to_it() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    let newer = "INSERT INTO schema_version(version, at) VALUES (99, 0)";
    database(&folder.path().join("news.db"), newer);
    for words in [
        &["serve", "--listen", LISTEN][..],
        &["migrate"],
        &["staff", "list"],
    ] {
        check(&program(folder.path(), words), 78, "use the newer program");
    }
}

#[test]
fn a_database_that_takes_no_writes_is_not_served() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    let file = folder.path().join("news.db");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o444)).unwrap();
    let mut serve = command(folder.path(), &["serve", "--listen", LISTEN]);
    // Root may write whatever is forbidden, so somebody else serves.
    if std::fs::metadata(folder.path()).unwrap().uid() == 0 {
        for path in [folder.path(), &folder.path().join("lock"), &file] {
            chown(path, Some(65_534), Some(65_534)).unwrap();
        }
        serve.uid(65_534).gid(65_534);
    }
    check(&ended(serve), 73, "news.db can't be written");
}

#[test]
fn only_https_leaves_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let serve = |url: &str| {
        let words = ["serve", "--listen", LISTEN, "--public-url", url];
        ended(command(&folder.path().join("data"), &words))
    };
    for url in ["http://asian-news.example", "http://192.168.1.7:3000"] {
        check(&serve(url), 64, "only https:// will do beyond this machine");
        assert!(!folder.path().join("data").exists());
    }
    // Nobody says at which https address a proxy stands: then every session would cross the network readable.
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.7:0"] {
        let serve = command(&folder.path().join("data"), &["serve", "--listen", listen]);
        check(&ended(serve), 64, "say with --public-url");
        assert!(!folder.path().join("data").exists());
    }
}

#[test]
fn a_file_that_is_no_feed_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("feed.xml"));
    let feed = file.to_str().unwrap();
    let ingest = || program(&data, &["ingest", feed, "--source", "AP"]);
    for bytes in ["", "Dear editor,", "<html><p>Not found</p></html>", "{}"] {
        std::fs::write(&file, bytes).unwrap();
        check(&ingest(), 65, "feed.xml: this is no RSS, Atom or JSON Feed");
        assert!(!data.exists());
    }
    // A quiet day is no fault.
    let quiet = r#"<rss version="2.0"><channel><title>AP</title></channel></rss>"#;
    std::fs::write(&file, quiet).unwrap();
    assert!(done(&ingest()).contains("0 new"));
}

#[test]
fn a_database_server_that_is_away_is_named_soon() {
    let folder = tempfile::tempdir().unwrap();
    // A port that was free a moment ago; silence instead of a refusal is the store's own test.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let port = port.unwrap().port();
    let began = Instant::now();
    let ask = |url: &str, command: &[&str]| {
        program(folder.path(), &[command, &["--database", url]].concat())
    };
    let url = format!("postgres://mika:secret@127.0.0.1:{port}/news");
    for words in [&["serve", "--listen", LISTEN][..], &["staff", "list"]] {
        let output = ask(&url, words);
        check(&output, 69, &format!("127.0.0.1:{port} can't be reached"));
        assert!(!String::from_utf8_lossy(&output.stderr).contains("secret"));
    }
    assert!(began.elapsed() < Duration::from_secs(12));
    for url in ["mysql://mika:secret@host/news", "news", "sqlite:news.db"] {
        let output = ask(url, &["staff", "list"]);
        check(&output, 64, "only postgres:// (or postgresql://)");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("secret"));
    }
    check(
        &ask("postgres://host:many/news", &["staff", "list"]),
        64,
        "can't be read",
    );
}
