//! `/api/{function}`: every server function, by every role.

use crate::site::Site;
use axum::http::{Method, StatusCode};
use leptos::server_fn;
use news::{Act, Role};
use serde_json::{Value, json};

/// Each function that changes something, the act it is, and arguments that can be read.
fn table() -> Vec<(&'static str, Act, Value)> {
    let facts = json!({ "story": "zzzz", "rev": 1, "section": "business", "places": [], "lang": "en",
        "genre": "news", "slug": null, "note": null });
    vec![
        (
            "/api/begin-story",
            Act::BeginStory,
            json!({ "lang": "en", "section": "business" }),
        ),
        (
            "/api/publish",
            Act::Publish,
            json!({ "story": "zzzz", "version": 1 }),
        ),
        (
            "/api/withdraw",
            Act::Withdraw,
            json!({ "story": "zzzz", "why": "It was wrong." }),
        ),
        (
            "/api/set-facts",
            Act::EditOwnStory,
            json!({ "facts": facts }),
        ),
        (
            "/api/place-excerpt",
            Act::PlaceExcerpt,
            json!({ "facts": facts }),
        ),
    ]
}

#[tokio::test]
async fn every_function_stands_in_the_table() {
    let _site = Site::new().await;
    for (path, method) in server_fn::axum::server_fn_paths() {
        let is_in_table = table().iter().any(|(known, ..)| *known == path);
        assert!(
            is_in_table && method == Method::POST,
            "{method} {path} has no row in the table"
        );
    }
}

#[tokio::test]
async fn role_by_function() {
    let site = Site::new().await;
    for (path, _, arguments) in table() {
        let reader = site.post(path, "", &arguments).await;
        assert_eq!(
            reader.status,
            StatusCode::UNAUTHORIZED,
            "{path}: {}",
            reader.text()
        );
    }
    for role in Role::ALL {
        let (_, cookie) = site.member(role).await;
        for (path, act, arguments) in table() {
            let answer = site.post(path, &cookie, &arguments).await;
            let refused = answer.status == StatusCode::FORBIDDEN;
            // What may be done fails here all the same: there is no such story.
            assert_eq!(
                refused,
                !role.may(act),
                "{role:?} {path}: {} {}",
                answer.status,
                answer.text()
            );
            assert!(
                answer.status.as_u16() < 500,
                "{role:?} {path}: {}",
                answer.status
            );
            assert_eq!(answer.header("cache-control"), "private, no-store");
        }
    }
}

#[tokio::test]
async fn what_is_no_call_is_answered_shortly() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Admin).await;
    let unknown = site.post("/api/%3Cscript%3E", &cookie, &json!({})).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(!unknown.text().contains("script"), "{}", unknown.text());
    assert_eq!(
        site.get("/api/publish").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    for arguments in [
        json!({}),
        json!([1]),
        json!({ "story": 7, "version": "x" }),
        json!(""),
    ] {
        let answer = site.post("/api/publish", &cookie, &arguments).await;
        assert!(
            answer.status.is_client_error(),
            "{arguments}: {} {}",
            answer.status,
            answer.text()
        );
    }
    let large = json!({ "story": "zzzz", "why": "x".repeat(1 << 20) });
    let answer = site.post("/api/withdraw", &cookie, &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_answer_never_sends_to_another_site() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Admin).await;
    let headers = [
        ("origin", crate::site::ORIGIN),
        ("cookie", &*cookie),
        ("accept", "text/html"),
        ("referer", "https://evil.example/"),
        ("content-type", "application/json"),
    ];
    let body = json!({ "lang": "en", "section": "business" }).to_string();
    let answer = site
        .send(Method::POST, "/api/begin-story", &headers, body)
        .await;
    assert!(
        !answer.header("location").contains("evil"),
        "{}",
        answer.header("location")
    );
}
