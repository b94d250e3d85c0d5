//! What works beside a site that is being served, what doesn't, and whom its first link is for.

use super::{Served, check, done, program, site};
use std::path::Path;

/// Adds somebody; the path of their link.
fn add(data: &Path, name: &str, role: &str) -> String {
    let email = format!("{name}@asian-news.example");
    let words = [
        "staff", "add", "--name", name, "--email", &email, "--role", role,
    ];
    link(&done(&program(data, &words)))
}

fn link(said: &str) -> String {
    let at = said.find("/sign-in/").unwrap();
    said[at..].trim().to_owned()
}

/// Opens a link as a browser does: the page, then its form with a password.
fn sign_in(served: &Served, link: &str) -> String {
    let page = served.ask(&format!(
        "GET {link} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    ));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let (origin, form) = (
        format!("http://localhost:{}", served.port),
        "password=correct+horse+battery",
    );
    served.ask(&format!(
        "POST {link} HTTP/1.1\r\nhost: localhost\r\norigin: {origin}\r\nconnection: close\r\n\
        content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    ))
}

fn staff(data: &Path) -> Vec<store::Staff> {
    let read = async {
        let at = store::Location::Folder(data.to_owned());
        let store = store::Store::open(&at).await.unwrap();
        let staff = store.list_staff().await.unwrap();
        store.close().await;
        staff
    };
    tokio::runtime::Runtime::new().unwrap().block_on(read)
}

#[test]
fn people_are_added_while_the_site_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::new(folder.path());
    let anew = || {
        let words = ["staff", "link", "--email", "mika@asian-news.example"];
        link(&done(&program(folder.path(), &words)))
    };
    // A new password ends the links that were made before it.
    let first = add(folder.path(), "mika", "editor");
    for link in [
        Box::new(|| first.clone()) as Box<dyn Fn() -> String>,
        Box::new(anew),
    ] {
        let link = link();
        let answer = sign_in(&served, &link);
        assert!(
            answer.starts_with("HTTP/1.1 303") && answer.contains("sid-dev="),
            "{answer}"
        );
    }
    let list = done(&program(folder.path(), &["staff", "list"]));
    assert!(
        list.contains("First editor") && list.contains("mika@"),
        "{list}"
    );
}

#[test]
fn a_site_is_saved_while_it_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("saved.db"));
    done(&program(&data, &["seed"]));
    let served = Served::new(&data);
    done(&program(&data, &["backup", file.to_str().unwrap()]));
    let elsewhere = folder.path().join("elsewhere");
    done(&program(&elsewhere, &["restore", file.to_str().unwrap()]));
    let feed = |served: &Served| {
        let feed = served.ask("GET /feed.xml HTTP/1.1\r\nhost: l\r\nconnection: close\r\n\r\n");
        feed.matches("<item>").count()
    };
    let items = feed(&served);
    assert!(items > 0 && feed(&Served::new(&elsewhere)) == items);
}

#[test]
fn what_changes_stories_waits_until_the_site_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("saved.db"));
    let _served = Served::new(&data);
    done(&program(&data, &["backup", file.to_str().unwrap()]));
    for words in [
        &["migrate"][..],
        &["seed"],
        &["ingest", "/nowhere.xml", "--source", "AP"],
        &["restore", file.to_str().unwrap()],
        &["serve", "--listen", "127.0.0.1:0"],
    ] {
        check(&program(&data, words), 75, "held by another process");
    }
}

#[test]
fn the_first_link_is_an_admins() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    // A newsroom without an admin: whoever was added has a link already.
    add(folder.path(), "aiko", "editor");
    let served = Served::without_link(folder.path());
    assert_eq!(served.end(), "");
    // Not for the first by name, but for the first who may do everything.
    add(folder.path(), "zhen", "admin");
    let served = Served::new(folder.path());
    let answer = sign_in(&served, &link(&served.lines[1]));
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    served.end();
    let with_password = staff(folder.path())
        .into_iter()
        .filter(|staff| staff.password_hash.is_some());
    assert_eq!(
        with_password.map(|staff| staff.name).collect::<Vec<_>>(),
        ["zhen"]
    );
    // Now somebody has a password.
    let served = Served::without_link(folder.path());
    assert_eq!(served.end(), "");
}
