//! `/api/{function}`: every server function, by every role.

use crate::site::{Answer, Site};
use axum::http::{Method, StatusCode};
use leptos::server_fn;
use news::{Act, Refusal, Role};
use serde_json::{Value, json};

/// Functions that only read, by GET. Everybody may ask for earlier stories; the facts are for staff, see `desk.rs`.
const READING: [&str; 2] = ["/api/earlier", "/api/facts"];

/// Each function that changes something, the act it is, and arguments that can be read: JSON, or a form's words.
fn of_stories() -> Vec<(&'static str, Act, Value)> {
    let facts = facts();
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
    ]
}

/// The same for what comes in by the wire.
fn of_the_wire() -> Vec<(&'static str, Act, Value)> {
    let facts = facts();
    vec![
        (
            "/api/wire-place",
            Act::PlaceExcerpt,
            json!("story=zzzz&rev=1&section=business&places[]=Japan"),
        ),
        (
            "/api/wire-together",
            Act::ArrangeEvent,
            json!("stories[]=zzzz&stories[]=zzzy"),
        ),
        (
            "/api/wire-withdraw",
            Act::Withdraw,
            json!("story=zzzz&why=x"),
        ),
        (
            "/api/wire-breaking",
            Act::MarkBreaking,
            json!("story=zzzz&hours=4"),
        ),
        ("/api/wire-seen", Act::ReadDraft, json!("until=1")),
        ("/api/take-apart", Act::ArrangeEvent, json!("story=zzzz")),
        (
            "/api/put-together",
            Act::ArrangeEvent,
            json!("with=zzzz&address=/story/zzzy"),
        ),
        ("/api/save-rule", Act::ManageRules, json!("rule=%7B%7D")),
        ("/api/switch-rule", Act::ManageRules, json!("rule=zzzz")),
        (
            "/api/remove-rule",
            Act::ManageRules,
            json!("rule=zzzz&sure=true"),
        ),
        (
            "/api/wire-free",
            Act::PlaceExcerpt,
            json!("story=zzzz&word=out"),
        ),
        (
            "/api/free-feed",
            Act::PlaceExcerpt,
            json!("feed=zzzz&word=refuse&why=x"),
        ),
        (
            "/api/move-rule",
            Act::ManageRules,
            json!("rule=zzzz&to=later"),
        ),
        (
            "/api/set-breaking",
            Act::MarkBreaking,
            json!({ "story": "zzzz", "hours": 4 }),
        ),
        (
            "/api/set-terms",
            Act::ManageSources,
            json!(
                "source=zzzz&terms%5Bmax_chars%5D=90&terms%5Bdelay_min%5D=0&terms%5Bsilent_after_h%5D=24"
            ),
        ),
        (
            "/api/feed-looked-at",
            Act::ManageSources,
            json!("feed=zzzz"),
        ),
        (
            "/api/add-feed",
            Act::ManageSources,
            json!("source=zzzz&url=https://a.example/rss"),
        ),
        (
            "/api/place-excerpt",
            Act::PlaceExcerpt,
            json!({ "facts": facts }),
        ),
    ]
}

fn facts() -> Value {
    json!({ "story": "zzzz", "rev": 1, "section": "business", "places": [], "lang": "en",
        "genre": "news", "slug": null, "note": null })
}

fn table() -> Vec<(&'static str, Act, Value)> {
    [of_stories(), of_the_wire()].concat()
}

#[tokio::test]
async fn every_function_stands_in_the_table() {
    let _site = Site::new().await;
    for (path, method) in server_fn::axum::server_fn_paths() {
        let changes = table().iter().any(|(known, ..)| *known == path);
        let wanted = if changes { Method::POST } else { Method::GET };
        assert!(
            (changes || READING.contains(&path)) && method == wanted,
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
        assert_eq!(sentence(&reader), Refusal::SignInFirst.to_string());
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
            assert!(answer.status.is_success() || !sentence(&answer).is_empty());
        }
    }
}

/// What a refusal says to a person.
fn sentence(answer: &Answer) -> String {
    let told = answer.json();
    let sentence = told["sentence"].as_str();
    sentence
        .unwrap_or_else(|| panic!("no sentence: {told}"))
        .to_owned()
}

#[tokio::test]
async fn what_is_no_call_is_answered_shortly() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Admin).await;
    let unknown = site.post("/api/%3Cscript%3E", &cookie, &json!({})).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(!unknown.text().contains("script"), "{}", unknown.text());
    let asked = site.get("/api/publish").await;
    assert_eq!(asked.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(asked.header("allow"), "POST");
    assert_eq!(sentence(&asked), "This is asked by POST.");
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
        assert!(!sentence(&answer).is_empty());
    }
    let large = json!({ "story": "zzzz", "why": "x".repeat(1 << 20) });
    let answer = site.post("/api/withdraw", &cookie, &large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(!sentence(&answer).is_empty());
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

#[tokio::test]
async fn what_reads_is_asked_by_get_and_pressed() {
    let site = Site::new().await;
    for n in 0..34 {
        site.story(&format!("Story {n}"), "Ferries stop at noon.")
            .await;
    }
    let list = site.get("/business").await.text();
    let (_, rest) = list.split_once("href=\"/business?before=").unwrap();
    let (place, _) = rest.split_once('"').unwrap();
    let path = format!("/api/earlier?list=%2Fbusiness&before={place}");
    let first = site.get_with(&path, &[("accept-encoding", "br")]).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    assert!(
        first
            .header("cache-control")
            .starts_with("public, max-age=0, s-maxage=10")
    );
    assert_eq!(first.header("set-cookie"), "");
    // Its rows are the next page's.
    let came = site.get(&path).await.json();
    let page = site.get(&format!("/business?before={place}")).await.text();
    let rows = came["html"].as_str().unwrap();
    assert_eq!(rows.matches("<article").count(), 4, "{rows}");
    assert_eq!(came["more"], false);
    for row in rows.split("<article").skip(1) {
        assert!(page.contains(row), "{row}");
    }
    // The address to which the list has grown shows the same stories again.
    let until = came["until"].as_str().unwrap();
    let grown = site.get(&format!("/business?until={until}")).await.text();
    assert!(grown.contains(rows), "{grown}");
    assert!(!grown.contains("?before="), "that is all there is");
    assert!(grown.contains("noindex"));
    // It is drawn once, known again, and thrown away by what changes the list.
    let renders = site.newsroom.shelf.renders();
    let known = [("if-none-match", first.header("etag"))];
    let again = site.get_with(&path, &known).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(site.newsroom.shelf.renders(), renders);
    site.story("Another story", "It changes the list.").await;
    site.get(&path).await;
    assert_eq!(site.newsroom.shelf.renders(), renders + 1);
}

#[tokio::test]
async fn what_is_asked_besides_makes_no_other_answer() {
    let site = Site::new().await;
    let path = "/api/earlier?list=%2Fbusiness&before=17-5";
    site.get(path).await;
    for query in [
        "list=%2Fbusiness&before=17-5&x=1",
        "before=17-5&list=/business",
        "list=/%62usiness&before=%31%37-5",
        "list=/business&before=17-5&before=18-5",
        "list=/business&before=017-5",
        "list=%252Fbusiness&before=17-5",
    ] {
        let answer = site.get(&format!("/api/earlier?{query}")).await;
        assert!(answer.status.as_u16() < 500, "{query}: {}", answer.text());
        assert_eq!(site.newsroom.shelf.keys(), [path], "{query}");
    }
}

#[tokio::test]
async fn what_reads_refuses_in_a_sentence() {
    let site = Site::new().await;
    for (query, want) in [
        ("list=%2Fbusiness&before=rubbish", 422),
        ("list=%2Fnowhere&before=1-5", 404),
        ("list=%2Fbusiness", 400),
        ("", 400),
    ] {
        let answer = site.get(&format!("/api/earlier?{query}")).await;
        assert_eq!(answer.status.as_u16(), want, "{query}: {}", answer.text());
        assert!(!sentence(&answer).is_empty(), "{query}");
    }
    assert_eq!(site.newsroom.shelf.keys().len(), 0);
    let empty = site
        .get("/api/earlier?list=%2Fbusiness&before=1-5")
        .await
        .json();
    assert!(!empty["html"].as_str().unwrap().contains("<article"));
    assert_eq!(
        (&empty["until"], &empty["more"]),
        (&json!("1-5"), &json!(false))
    );
}

#[tokio::test]
async fn what_readers_have_is_changed_by_who_may_publish() {
    let site = Site::new().await;
    let (own, contributor) = site.member(Role::Contributor).await;
    let (_, editor) = site.member(Role::Editor).await;
    let id = site
        .draft("Typhoon nears Kyushu", "Words.", Some(own))
        .await;
    let store = &site.newsroom.store;
    let set = async |cookie: &str, section: &str| {
        let rev = store.draft(id).await.unwrap().unwrap().story.rev;
        let facts = json!({ "story": id, "rev": rev, "section": section, "places": ["JP"], "lang": "en",
            "genre": "news", "slug": null });
        let answer = site
            .post("/api/set-facts", cookie, &json!({ "facts": facts }))
            .await;
        answer.status.as_u16()
    };
    assert_eq!(set(&contributor, "culture").await, 200);
    let address = site.publish(id).await;
    assert_eq!(set(&contributor, "sport").await, 403);
    assert!(site.get(&address).await.text().contains("Culture"));
    assert_eq!(set(&editor, "business").await, 200);
}
