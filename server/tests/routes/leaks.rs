//! A draft's words reach no anonymous answer, whatever is asked.

use crate::site::Site;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures::StreamExt;
use leptos::server_fn;
use news::{Id, Place, Region, Role, Section, StoryId};
use serde_json::json;
use std::time::Duration;

const DRAFTS: usize = 200;

/// The word that stands in a draft and nowhere else: ids have no u, so none holds it by chance.
fn marker(n: usize) -> String {
    format!("quzx{n:03}marker")
}

async fn leaks_nothing(site: Site) {
    let (who, cookie) = site.member(Role::Editor).await;
    let mut drafts: Vec<StoryId> = vec![];
    for n in 0..DRAFTS {
        let word = marker(n);
        let id = site
            .draft(&format!("{word} headline"), &format!("{word} words"), None)
            .await;
        drafts.push(id);
        // Every fourth is a published story whose draft has moved on; every eighth of those is withdrawn.
        if n % 4 == 0 {
            let id = site
                .story(&format!("Public {n}"), "Words for everybody.")
                .await
                .0;
            let slice = json!({ "content": [{ "type": "text", "text": word }] });
            let step = json!({ "stepType": "replace", "from": 1, "to": 1, "slice": slice });
            let batch = json!({ "version": 0, "batch": "b", "client": "c", "steps": [step] });
            let path = format!("/desk/story/{id}/steps");
            assert_eq!(site.post(&path, &cookie, &batch).await.status.as_u16(), 200);
            if n % 32 == 0 {
                site.newsroom
                    .desk
                    .withdraw(who, id, "It was wrong.")
                    .await
                    .unwrap();
            }
            drafts.push(id);
        }
    }
    site.settled().await;
    // Staff see it: the crawl below would find it if it were there.
    let desk = format!("/desk/story/{}/document", drafts[0]);
    assert!(
        site.get_with(&desk, &[("cookie", &cookie)])
            .await
            .text()
            .contains(&marker(0))
    );

    for path in every_address(&drafts) {
        // The streams of what has been are the same words as `.json`; what never ends isn't read to its end.
        let answer = site.get(&path).await;
        let text = answer.text();
        assert!(!text.contains("quzx"), "{path} leaks: {text}");
        assert!(
            !answer
                .headers
                .iter()
                .any(|(_, value)| value.to_str().unwrap().contains("quzx"))
        );
    }
    for path in every_stream(&drafts) {
        let text = stream_of(&site, &path).await;
        assert!(!text.contains("quzx"), "{path} leaks: {text}");
    }
    for (path, _) in server_fn::axum::server_fn_paths() {
        for id in drafts.iter().take(8) {
            let arguments = json!({ "story": id, "version": 0, "why": "x", "lang": "en", "section": "business" });
            let text = site.post(path, "", &arguments).await.text();
            assert!(!text.contains("quzx"), "{path} leaks: {text}");
        }
    }
}

fn every_stream(drafts: &[StoryId]) -> Vec<String> {
    let mut all = vec![
        "/live/front?since=0".to_owned(),
        "/live/latest?since=0".to_owned(),
    ];
    all.extend(Section::ALL.map(|s| format!("/live/section-{}?since=0", s.slug())));
    all.extend(Place::ALL.map(|p| format!("/live/place-{}?since=0", p.slug())));
    all.extend(drafts.iter().map(|id| format!("/live/story-{id}?since=0")));
    all
}

/// What a stream has to say at once; it stays open, so a moment of silence ends it.
async fn stream_of(site: &Site, path: &str) -> String {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = site.service.clone().answer(request).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let mut stream = response.into_body().into_data_stream();
    let mut text = String::new();
    // The first words may take their time on a busy machine; what follows them is there already.
    let mut patience = Duration::from_secs(10);
    while let Ok(Some(Ok(bytes))) = tokio::time::timeout(patience, stream.next()).await {
        text.push_str(&String::from_utf8_lossy(&bytes));
        patience = Duration::from_millis(20);
    }
    assert!(text.starts_with("retry: "), "{path}: {text}");
    text
}

fn every_address(drafts: &[StoryId]) -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/latest",
        "/contacts",
        "/sign-in",
        "/feed.xml",
        "/robots.txt",
        "/nowhere",
        "/healthz",
        "/readyz",
    ]
    .map(String::from)
    .to_vec();
    all.extend(Section::ALL.map(|s| format!("/{}", s.slug())));
    all.extend(Section::ALL.map(|s| format!("/{}/japan", s.slug())));
    all.extend(Section::ALL.map(|s| format!("/{}?until=1-5", s.slug())));
    let earlier = |slug| format!("/api/earlier?list=%2F{slug}&before=9000000000000-5");
    all.extend(Section::ALL.map(|s| earlier(s.slug())));
    all.extend(Place::ALL.map(|p| format!("/asia/{}", p.slug())));
    all.extend(Region::ALL.map(|r| format!("/asia/{}", r.slug())));
    all.push("/live/front.json?since=0".into());
    all.extend(Section::ALL.map(|s| format!("/live/section-{}.json?since=0", s.slug())));
    all.extend(Place::ALL.map(|p| format!("/live/place-{}.json?since=0", p.slug())));
    all.extend(
        [
            "/icon.svg",
            "/favicon.ico",
            "/pkg/site.js",
            "/pkg/desk.js",
            "/pkg/editor.js",
        ]
        .map(String::from),
    );
    for id in drafts {
        all.push(format!("/story/{id}"));
        all.push(format!("/live/story-{id}.json?since=0"));
        all.push(format!("/live/desk-{id}.json?since=0"));
        all.push(format!("/api/facts?story={id}"));
        all.push(format!("/desk/story/{id}/document"));
        all.push(format!("/desk/story/{id}/steps?since=0"));
    }
    all
}

#[tokio::test]
async fn no_draft_leaks() {
    Box::pin(leaks_nothing(Site::new().await)).await;
}

#[tokio::test]
async fn no_draft_leaks_on_postgres() {
    if let Some(site) = Site::on_postgres().await {
        Box::pin(leaks_nothing(site)).await;
    }
}

#[tokio::test]
async fn a_drafts_address_says_what_any_other_says_and_leads_staff_in() {
    let site = Site::new().await;
    let draft = site.draft("Not yet", "Words.", None).await.to_string();
    let other = Id(1_234_567_890_123_456).to_string();
    let page = async |id: &str| {
        let answer = site.get(&format!("/story/{id}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        answer.text().replace(id, "ID")
    };
    let said = page(&draft).await;
    assert!(said.contains("/sign-in?next=/story/ID"), "{said}");
    assert!(said == page(&other).await, "a draft is told from nothing");
    let (_, cookie) = site.member(Role::Editor).await;
    let path = format!("/story/{other}");
    let staff = site.get_with(&path, &[("cookie", &cookie)]).await;
    assert!(!staff.text().contains("/sign-in?next="));
}
