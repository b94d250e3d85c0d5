//! The inbox, as those see it who work here.

use crate::newsroom::Newsroom;
use news::{Lang, Place, Role, Section};

#[tokio::test]
async fn readers_are_not_told_that_it_is_there() {
    let room = Newsroom::open().await;
    room.excerpt().await;
    let page = room.page("/desk/wire").await;
    assert_eq!(page.noted.status, Some(404));
    assert!(!page.html.contains("surveillance cameras"));
    assert!(page.html.contains("href=\"/sign-in?next=/desk/wire\""));
}

#[tokio::test]
async fn an_item_says_when_whose_where_and_why() {
    let room = Newsroom::open().await;
    let excerpt = room.excerpt().await;
    room.filed("ap", |item| {
        (item.guid, item.address) = ("two".into(), "https://apnews.com/two".into());
        (item.content_hash, item.headline) = ("two".into(), "北海道で大雪".into());
        item.lang = Lang::parse("ja").unwrap();
        (item.section, item.places) = (Section::World, vec![Place::JP]);
    })
    .await;
    let page = room.page_for("/desk/wire", Role::Editor).await;
    assert_eq!(page.noted.status, None, "{}", page.html);
    assert!(page.noted.no_index);
    assert_eq!(page.count("<h1"), 1);
    for words in [
        format!("href=\"{excerpt}\"").as_str(),
        "<bdi>AP</bdi>",
        "Placed so: ",
        "a test",
        "Readers have it",
        "lang=\"ja\" dir=\"ltr\"",
        "href=\"/asia/japan\"",
        "href=\"/world\"",
    ] {
        assert!(page.html.contains(words), "{words}: {}", page.html);
    }
    for form in ["place", "withdraw", "breaking"] {
        assert_eq!(
            page.count(&format!("action=\"/api/wire-{form}\"")),
            2,
            "{form}"
        );
    }
    assert_eq!(page.count("action=\"/api/wire-together\""), 1);
    assert_eq!(page.count("name=\"stories[]\""), 2);
    assert!(page.html.contains("class=\"wire__keys\""), "{}", page.html);
    assert_eq!(page.count(" style="), 0);
    // Who may change nothing of it sees the same without the forms.
    let page = room.page_for("/desk/wire", Role::Writer).await;
    assert!(page.html.contains("Placed so: "));
    assert_eq!(
        page.count("action=\"/api/wire-"),
        1,
        "only what marks as seen"
    );
}

#[tokio::test]
async fn an_event_is_one_row_with_all_its_tellings() {
    let room = Newsroom::open().await;
    let (event, ours) = room.event().await;
    let page = room.page_for("/desk/wire", Role::Editor).await;
    assert_eq!(page.count("<li class=\"wire__row"), 1);
    assert!(page.html.contains(&format!("href=\"{event}\"")));
    assert!(page.html.contains(&format!("href=\"{ours}\"")));
    assert_eq!(page.count("class=\"wire__one\""), 2);
    assert_eq!(page.count("action=\"/api/take-apart\""), 2);
    assert_eq!(page.count("name=\"stories[]\""), 1);
    // Ours is placed elsewhere.
    assert_eq!(page.count("action=\"/api/wire-place\""), 1);
}

#[tokio::test]
async fn what_is_asked_is_what_is_shown_and_what_is_unknown_is_said() {
    let room = Newsroom::open().await;
    room.excerpt().await;
    let rows = async |query: &str| {
        let page = room
            .page_for(&format!("/desk/wire?{query}"), Role::Editor)
            .await;
        assert_eq!(page.noted.status, None, "{query}");
        page.count("<li class=\"wire__row")
    };
    for (query, want) in [
        ("place=south-korea&section=&lang=&source=&state=", 1),
        ("place=japan", 0),
        ("section=technology", 1),
        ("section=sport", 0),
        ("lang=en", 1),
        ("lang=ja", 0),
        ("source=ap", 1),
        ("source=kuroshio", 0),
        ("state=shown", 1),
        ("state=waiting", 0),
        ("state=refused", 0),
        ("new=1", 1),
        ("before=1-5", 0),
    ] {
        assert_eq!(rows(query).await, want, "{query}");
    }
    for query in [
        "place=atlantis",
        "section=x",
        "lang=!",
        "source=nobody",
        "state=x",
        "before=x",
    ] {
        let page = room
            .page_for(&format!("/desk/wire?{query}"), Role::Editor)
            .await;
        assert_eq!(page.noted.status, Some(400), "{query}");
        assert!(page.html.contains("Please choose another."), "{query}");
        assert!(page.html.contains("class=\"wire__filters\""), "{query}");
    }
}

#[tokio::test]
async fn a_long_list_goes_on() {
    let room = Newsroom::open().await;
    for n in 0..31 {
        room.filed("ap", |item| {
            (item.guid, item.address) = (format!("n{n}"), format!("https://apnews.com/n{n}"));
            (item.content_hash, item.headline) = (format!("{n}"), format!("Harbour notice {n}"));
        })
        .await;
    }
    let page = room.page_for("/desk/wire?lang=en", Role::Editor).await;
    assert_eq!(page.count("<li class=\"wire__row"), 30);
    assert!(page.html.contains("<b>31</b>"), "all of them are new");
    let links = page.links();
    let next = links.iter().find(|link| link.contains("before=")).unwrap();
    assert!(next.starts_with("/desk/wire?lang=en&before="), "{next}");
    let page = room.page_for(next, Role::Editor).await;
    assert_eq!(page.count("<li class=\"wire__row"), 1);
    assert!(page.html.contains("Harbour notice 0<"));
}
