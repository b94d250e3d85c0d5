//! `/desk/story/{id}/steps` and `/desk/story/{id}/document`.

use crate::site::Site;
use axum::http::StatusCode;
use news::{Act, Role};
use serde_json::{Value, json};
use store::{Session, Store};

fn typed(version: u64, at: u64, words: &str) -> Value {
    let slice = json!({ "content": [{ "type": "text", "text": words }] });
    let step = json!({ "stepType": "replace", "from": at, "to": at, "slice": slice });
    json!({ "version": version, "batch": format!("b{version}{}", words.trim()), "client": "c1", "steps": [step] })
}

#[tokio::test]
async fn steps_are_taken_once_and_in_order() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let id = site.draft("Typhoon", "Ferries stop.", None).await;
    let steps = format!("/desk/story/{id}/steps");
    let first = site.post(&steps, &cookie, &typed(0, 1, "A ")).await;
    assert_eq!(
        (first.status, &first.json()["version"]),
        (StatusCode::OK, &json!(1)),
        "{}",
        first.text()
    );
    // The same batch again has one effect and the same answer.
    let again = site.post(&steps, &cookie, &typed(0, 1, "A ")).await;
    assert_eq!(
        (again.status, &again.json()["version"]),
        (StatusCode::OK, &json!(1))
    );
    let behind = site.post(&steps, &cookie, &typed(0, 1, "B ")).await;
    assert_eq!(behind.status, StatusCode::CONFLICT);
    assert_eq!(behind.json()["since"], json!(0));
    assert_eq!(behind.json()["steps"].as_array().unwrap().len(), 1);
    let since = site
        .get_with(&format!("{steps}?since=0"), &[("cookie", &cookie)])
        .await;
    assert_eq!(since.json()["clients"], json!(["c1"]));
    let whole = site
        .get_with(
            &format!("/desk/story/{id}/document"),
            &[("cookie", &cookie)],
        )
        .await;
    assert_eq!(whole.json()["version"], json!(1));
    assert!(whole.text().contains("A Typhoon"), "{}", whole.text());
}

#[tokio::test]
async fn nobodys_words_go_out_under_another_name() {
    let site = Site::new().await;
    let (mika, cookie) = site.member(Role::Editor).await;
    let (daniel, _) = site.member(Role::Chief).await;
    let (id, _) = site.one_story().await;
    let steps = format!("/desk/story/{id}/steps");
    let of = |who: news::StaffId| {
        let mut batch = typed(0, 1, "A ");
        batch["client"] = format!("{who}.c1").into();
        batch
    };
    let no = site.post(&steps, &cookie, &of(daniel)).await;
    assert_eq!(no.status, 401);
    assert_eq!(no.json()["refusal"], "somebody-else");
    assert_eq!(site.post(&steps, &cookie, &of(mika)).await.status, 200);
}

#[tokio::test]
async fn what_can_not_be_is_refused_with_a_sentence() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let id = site.draft("Typhoon", "Ferries stop.", None).await;
    let steps = format!("/desk/story/{id}/steps");
    let hostile = [
        json!({ "version": 0, "batch": "x", "client": "c", "steps": [{ "stepType": "replace", "from": 99_999, "to": 1 }] }),
        json!({ "version": 0, "batch": "y", "client": "c", "steps": [{ "stepType": "nonsense" }] }),
        json!({ "version": 0, "batch": "z", "client": "c", "steps": [], "role": "admin" }),
        json!({ "steps": 1 }),
        json!([]),
    ];
    for batch in hostile {
        let answer = site.post(&steps, &cookie, &batch).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{batch}");
        assert!(!answer.json()["sentence"].as_str().unwrap().is_empty());
    }
    let large =
        json!({ "version": 0, "batch": "l", "client": "c", "steps": ["x".repeat(2 << 20)] });
    assert_eq!(
        site.post(&steps, &cookie, &large).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let bad = site
        .get_with(&format!("{steps}?since=x"), &[("cookie", &cookie)])
        .await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    for path in ["/desk/story/zzzz/steps", "/desk/story/%00/steps"] {
        assert_eq!(
            site.post(path, &cookie, &typed(0, 1, "A")).await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn who_may_edit() {
    let site = Site::new().await;
    let (own, contributor) = site.member(Role::Contributor).await;
    let (_, writer) = site.member(Role::Writer).await;
    let theirs = site.draft("Theirs", "Words.", None).await;
    let mine = site.draft("Mine", "Words.", Some(own)).await;
    let path = |id| format!("/desk/story/{id}/steps");
    let ended = auth::session::token().unwrap();
    let session = Session {
        token_hash: auth::session::token_hash(&ended),
        staff: own,
        expires_at: Store::now().plus(-1),
    };
    site.newsroom.store.add_session(session).await.unwrap();
    for (cookie, id, want) in [
        ("", theirs, 401),
        ("sid-dev=nobodys", theirs, 401),
        (&*format!("sid-dev={ended}"), mine, 401),
        (&*contributor, theirs, 403),
        (&*contributor, mine, 200),
        (&*writer, theirs, 200),
    ] {
        let answer = site.post(&path(id), cookie, &typed(0, 1, "A")).await;
        assert_eq!(answer.status.as_u16(), want, "{}", answer.text());
        assert_eq!(answer.text().contains("Please sign in first"), want == 401);
    }
    let reader = site.get(&format!("/desk/story/{mine}/document")).await;
    assert_eq!(reader.status, StatusCode::UNAUTHORIZED);
    // A version that no story has is no empty answer: the editor would think all its words are kept.
    let ahead = format!("{}?since=999", path(mine));
    let answer = site.get_with(&ahead, &[("cookie", &*contributor)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text().contains("older than yours"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn the_facts_as_they_stand_are_for_staff() {
    let site = Site::new().await;
    let id = site.draft("Typhoon", "Ferries stop.", None).await;
    let path = format!("/api/facts?story={id}");
    assert_eq!(site.get(&path).await.status, StatusCode::UNAUTHORIZED);
    for role in Role::ALL {
        let (_, cookie) = site.member(role).await;
        let answer = site.get_with(&path, &[("cookie", &*cookie)]).await;
        assert_eq!(
            answer.status.is_success(),
            role.may(Act::ReadDraft),
            "{role:?}"
        );
        assert_eq!(answer.header("cache-control"), "private, no-store");
    }
}

#[tokio::test]
async fn the_facts_say_what_the_page_says() {
    let site = Site::new().await;
    let id = site.draft("Typhoon", "Ferries stop.", None).await;
    let path = format!("/api/facts?story={id}");
    let (who, cookie) = site.member(Role::Chief).await;
    let facts = async |path: &str| site.get_with(path, &[("cookie", &*cookie)]).await;
    let draft = facts(&path).await.json();
    assert_eq!(
        (&draft["pub_status"], &draft["version"]),
        (&json!("draft"), &json!(0))
    );
    assert_eq!(draft["may"]["withdraw"], json!(true));
    // They are what the page says of itself.
    site.publish(id).await;
    site.settled().await;
    let page = site
        .get_with(&format!("/story/typhoon-{id}"), &[("cookie", &*cookie)])
        .await;
    let known = facts(&path).await;
    let (_, rest) = page
        .text()
        .split_once("data-desk=\"")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let said = rest.split('"').next().unwrap().replace("&quot;", "\"");
    assert_eq!(said, known.text());
    site.newsroom
        .desk
        .withdraw(who, id, "It was wrong.")
        .await
        .unwrap();
    let gone = facts(&path).await;
    assert_eq!(gone.status, StatusCode::GONE, "{}", gone.text());
    assert_eq!(
        facts("/api/facts?story=zzzz").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        facts("/api/facts?story=%00").await.status,
        StatusCode::BAD_REQUEST
    );
}
