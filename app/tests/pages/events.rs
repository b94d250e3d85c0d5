//! An event's page, and the line that leads to it.

use crate::newsroom::Newsroom;
use news::{Role, Shows};

#[tokio::test]
async fn an_event_stands_once_and_leads_to_all_who_tell_it() {
    let room = Newsroom::open().await;
    let (event, ours) = room.event().await;
    for path in ["/", "/business", "/asia/taiwan", ours.as_str()] {
        let page = room.page(path).await;
        assert!(page.html.contains(&format!("href=\"{event}\"")), "{path}");
        assert!(page.html.contains("2 sources"), "{path}");
    }
    let front = room.page("/").await;
    assert!(
        !front.html.contains("North Korea is buying Chinese"),
        "one line"
    );
    let page = room.page(&event).await;
    assert_eq!((page.noted.status, page.count("<h1")), (None, 1));
    assert!(page.html.contains("First told by"));
    assert_eq!(page.count("event__first"), 1);
    assert_eq!(page.count("Read more on apnews.com"), 1);
    assert!(page.html.contains("content=\"event-"), "{}", page.html);
    assert!(!page.html.contains("Not this event"));
    let id = event.rsplit('-').next().unwrap().parse().unwrap();
    assert!(page.noted.shows.contains(&Shows::Event(id)));
    let wrong = room.page(&format!("/event/another-slug-{id}")).await;
    assert_eq!(wrong.noted.redirect.as_deref(), Some(event.as_str()));
    for nothing in ["/event/x", "/event/no-such-5k2f9"] {
        assert_eq!(
            room.page(nothing).await.noted.status,
            Some(404),
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn two_feeds_of_one_house_count_once_wherever_it_is_said() {
    let room = Newsroom::open().await;
    let (event, ours) = room.event().await;
    let editor = room.member(Role::Editor).await;
    let again = room
        .filed("kuroshio", |item| {
            item.guid = "urn:k:1".into();
            item.address = "https://kuroshio.example/1".into();
        })
        .await;
    let with = ours.rsplit('-').next().unwrap().parse().unwrap();
    room.store.put_together(again, with, editor).await.unwrap();
    let says = async |words: &str| {
        for path in ["/", "/business", "/asia/taiwan", "/latest", &ours, &event] {
            let page = room.page(path).await;
            assert!(page.html.contains(words), "{path}: {words}");
            // Where its rank is printed, it is the same number.
            let rank = format!("{words} × fresh");
            assert_eq!(
                page.html.contains(" × fresh"),
                page.html.contains(&rank),
                "{path}"
            );
        }
    };
    says("3 sources").await;
    let kuroshio = room.store.source("kuroshio").await.unwrap().unwrap();
    room.store.set_owner(kuroshio.id, Some("AP")).await.unwrap();
    says("2 sources").await;
    // The timeline names each.
    let timeline = room.page(&event).await.html;
    let (_, timeline) = timeline.split_once("event__timeline").unwrap();
    assert!(timeline.contains(&kuroshio.name) && timeline.contains(">AP<"));
}

#[tokio::test]
async fn editors_arrange_it_on_the_page_itself() {
    let room = Newsroom::open().await;
    let (event, _) = room.event().await;
    let seen = room.page_for(&event, Role::Editor).await;
    assert_eq!(seen.count("action=\"/api/take-apart\""), 2);
    assert_eq!(seen.count("action=\"/api/put-together\""), 1);
    let seen = room.page_for(&event, Role::Writer).await;
    assert_eq!(seen.count("Not this event"), 0);
}

#[tokio::test]
async fn what_is_withdrawn_is_no_part_of_it() {
    let room = Newsroom::open().await;
    let (event, ours) = room.event().await;
    room.withdraw(&ours, "It was wrong.").await;
    let page = room.page(&event).await;
    assert_eq!(page.noted.status, None);
    assert!(!page.html.contains("Cameras watch"), "{}", page.html);
    // One alone is no event in a list.
    let front = room.page("/").await;
    assert!(front.html.contains("North Korea is buying Chinese"));
    assert!(!front.html.contains(&event));
}
