//! `/desk/rules`: whose page it is, and what a trial shows before anything is saved.

use crate::newsroom::Newsroom;
use news::rule::{Conditions, Effects};
use news::{Id, Role, Rule, Section};

const TEST: &str = "/desk/rules?test=1&name=Cameras&words=cameras%2C+%E6%B8%AF&section=society";

#[tokio::test]
async fn the_rules_are_the_chiefs() {
    let room = Newsroom::open().await;
    assert_eq!(room.page("/desk/rules").await.noted.status, Some(404));
    for (role, may) in [
        (Role::Editor, false),
        (Role::Chief, true),
        (Role::Admin, true),
    ] {
        let page = room.page_for("/desk/rules", role).await;
        assert_eq!(page.noted.status.is_none(), may, "{role:?}");
        assert_eq!(page.html.contains("Test on the last 7 days"), may);
        assert!(page.noted.no_index);
    }
}

#[tokio::test]
async fn a_rule_is_tried_before_it_can_be_saved() {
    let room = Newsroom::open().await;
    let excerpt = room.excerpt().await;
    let empty = room.page_for("/desk/rules", Role::Chief).await;
    assert_eq!(empty.count("/api/save-rule"), 0);
    let page = room.page_for(TEST, Role::Chief).await;
    assert!(page.html.contains("1 of 1 items"), "{}", page.html);
    assert_eq!(page.count("action=\"/api/save-rule\""), 1);
    assert!(
        page.html
            .contains("<td>Technology</td><td>Society</td><td>1</td>"),
        "{}",
        page.html
    );
    assert!(page.html.contains(&format!("href=\"{excerpt}\"")));
    // Trying changed nothing.
    assert!(room.store.rules().await.unwrap().is_empty());
    assert!(room.page(&excerpt).await.html.contains("Technology"));
    let none = room
        .page_for(&TEST.replace("cameras", "xylophones"), Role::Chief)
        .await;
    assert!(none.html.contains("0 of 1 items"), "{}", none.html);
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_kept() {
    let room = Newsroom::open().await;
    for (query, want) in [
        ("name=Cameras&section=society", "needs a condition"),
        ("name=Cameras&words=cameras", "needs an effect"),
        ("words=cameras&section=society", "give the rule a name"),
        (
            "name=Cameras&words=cameras&places=Atlantis",
            "“Atlantis” is no place",
        ),
        ("name=Cameras&lang=?&section=society", "is no language"),
    ] {
        let path = format!("/desk/rules?test=1&{query}");
        let page = room.page_for(&path, Role::Chief).await;
        assert_eq!(page.noted.status, None, "{query}");
        assert!(page.html.contains(want), "{query}: {}", page.html);
        assert_eq!(page.count("/api/save-rule"), 0, "{query}");
        assert_eq!(
            page.html.contains("value=\"Cameras\""),
            query.contains("name=")
        );
    }
}

#[tokio::test]
async fn a_kept_rule_comes_back_into_the_form() {
    let room = Newsroom::open().await;
    let rule = Rule {
        id: Id(0),
        name: "Harbours".into(),
        when: Conditions {
            words: vec!["harbour".into(), "\u{6e2f}".into()],
            ..Conditions::default()
        },
        then: Effects {
            section: Some(Section::Business),
            ..Effects::default()
        },
    };
    let chief = room.member(Role::Chief).await;
    let id = room.store.add_rule(rule, chief).await.unwrap();
    let page = room
        .page_for(&format!("/desk/rules?change={id}"), Role::Chief)
        .await;
    assert!(page.html.contains("value=\"Harbours\""), "{}", page.html);
    assert!(page.html.contains("harbour, \u{6e2f}"));
    assert_eq!(page.count("action=\"/api/switch-rule\""), 1);
    assert_eq!(page.count("action=\"/api/move-rule\""), 2);
    let missing = room.page_for("/desk/rules?change=zzzz", Role::Chief).await;
    assert_eq!(missing.noted.status, Some(404));
}

#[tokio::test]
async fn a_rule_may_hold_and_be_removed() {
    let room = Newsroom::open().await;
    room.excerpt().await;
    let path = TEST.replace("section=society", "hold=1");
    let page = room.page_for(&path, Role::Chief).await;
    assert!(
        page.html
            .contains("<td>Technology</td><td>held</td><td>1</td>"),
        "{}",
        page.html
    );
    assert_eq!(page.count("action=\"/api/save-rule\""), 1);
    assert_eq!(page.count("action=\"/api/remove-rule\""), 0);
    let rule = Rule {
        id: Id(0),
        name: "Offers".into(),
        when: Conditions {
            words: vec!["offer".into()],
            ..Conditions::default()
        },
        then: Effects {
            hold: true,
            ..Effects::default()
        },
    };
    let chief = room.member(Role::Chief).await;
    room.store.add_rule(rule, chief).await.unwrap();
    let page = room.page_for("/desk/rules", Role::Chief).await;
    assert!(page.html.contains("says offer → held"), "{}", page.html);
    assert_eq!(page.count("action=\"/api/remove-rule\""), 1);
}
