//! `/live/{channel}` and `/live/{channel}.json`.

use crate::site::Site;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures::StreamExt;
use news::Role;
use std::time::Duration;

/// The stream's words until they contain `until`; panics after two seconds.
pub(crate) async fn heard(stream: &mut axum::body::BodyDataStream, until: &str) -> String {
    let mut text = String::new();
    let wait = async {
        while !text.contains(until) {
            let Some(Ok(bytes)) = stream.next().await else {
                break;
            };
            text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(2), wait).await;
    assert!(
        ended.is_ok() && text.contains(until),
        "no {until} in {text}"
    );
    text
}

pub(crate) async fn open(site: &Site, path: &str, cookie: &str) -> axum::body::BodyDataStream {
    let request = Request::get(path)
        .header("cookie", cookie)
        .body(Body::empty())
        .unwrap();
    let response = site.service.clone().answer(request).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

#[tokio::test]
async fn a_page_hears_what_came_after_it() {
    let site = Site::new().await;
    let seq = site.newsroom.store.head().await.unwrap();
    let (id, _) = site.one_story().await;
    for channel in [
        "front",
        "section-business",
        "section-business--japan",
        "place-japan",
        "region-eastern-asia",
        "latest",
    ] {
        let mut stream = open(&site, &format!("/live/{channel}?since={seq}"), "").await;
        let text = heard(&mut stream, "event: card").await;
        assert!(text.starts_with("retry: "), "{text}");
        let retry: u64 = text[7..].split('\n').next().unwrap().parse().unwrap();
        assert!((5_000..35_000).contains(&retry));
        assert!(text.contains(&format!("\"id\":\"{id}\"")), "{text}");
        let polled = site
            .get(&format!("/live/{channel}.json?since={seq}"))
            .await
            .json();
        assert_eq!(polled["events"][0]["event"], "card");
        assert_eq!(polled["reload"], false);
        let elsewhere = site
            .get(&format!("/live/section-business--india.json?since={seq}"))
            .await
            .json();
        assert_eq!(elsewhere["events"].as_array().map(Vec::len), Some(0));
    }
    let now = site.newsroom.live.head();
    let nothing = site
        .get(&format!("/live/front.json?since={now}"))
        .await
        .json();
    assert_eq!(nothing["events"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_correction_reaches_the_open_page() {
    let site = Site::new().await;
    let (who, _) = site.member(Role::Editor).await;
    let (id, address) = site.one_story().await;
    let seq = site.newsroom.store.head().await.unwrap();
    let mut stream = open(&site, &format!("/live/story-{id}?since={seq}"), "").await;
    let slice = serde_json::json!({ "content": [{ "type": "text", "text": "Late " }] });
    let step = serde_json::json!({ "stepType": "replace", "from": 1, "to": 1, "slice": slice });
    let batch = desk::StepBatch {
        story: id,
        version: 0,
        batch: "b1".into(),
        client: "c1".into(),
        steps: vec![step],
    };
    site.newsroom.desk.accept(who, batch).await.unwrap();
    let out = site.newsroom.desk.publish(who, id, 1).await.unwrap();
    assert_eq!(out.version, 1);
    let text = heard(&mut stream, "event: blocks").await;
    assert!(
        text.contains("\"headline\":\"Late Typhoon nears Kyushu\""),
        "{text}"
    );
    // Only the headline changed: no block travels.
    assert!(text.contains("\"blocks\":[]"), "{text}");
    site.settled().await;
    assert!(
        site.get(&out.address.to_string())
            .await
            .text()
            .contains("Late Typhoon")
    );
    site.newsroom
        .desk
        .withdraw(who, id, "It was wrong.")
        .await
        .unwrap();
    assert!(
        heard(&mut stream, "event: gone")
            .await
            .contains("It was wrong.")
    );
    site.settled().await;
    let gone = site.get(&address).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text().contains("It was wrong.") && !gone.text().contains("Ferries stop at noon"));
}

#[tokio::test]
async fn the_desks_channel_is_for_staff() {
    let site = Site::new().await;
    let (who, cookie) = site.member(Role::Editor).await;
    let id = site.draft("Typhoon", "Words.", None).await;
    let path = format!("/live/desk-{id}");
    for path in [&path, &format!("{path}.json"), &format!("{path}?since=0")] {
        assert_eq!(
            site.get(path).await.status,
            StatusCode::UNAUTHORIZED,
            "{path}"
        );
    }
    let mut stream = open(&site, &path, &cookie).await;
    heard(&mut stream, "retry").await;
    let step = serde_json::json!({ "stepType": "replace", "from": 1, "to": 2 });
    let batch = desk::StepBatch {
        story: id,
        version: 0,
        batch: "b1".into(),
        client: "c7".into(),
        steps: vec![step],
    };
    site.newsroom.desk.accept(who, batch).await.unwrap();
    let text = heard(&mut stream, "event: steps").await;
    assert!(
        text.contains("\"since\":0") && text.contains("\"clients\":[\"c7\"]"),
        "{text}"
    );
    // Those who write wait for each other, but not for as long as readers may.
    let mut again = open(&site, &path, &cookie).await;
    let retry = heard(&mut again, "retry").await;
    let retry: u64 = retry[7..].trim().parse().unwrap();
    assert!((500..2_000).contains(&retry), "{retry}");
    site.publish(id).await;
    heard(&mut stream, "event: published").await;
}

#[tokio::test]
async fn staff_are_told_that_facts_changed_and_readers_nothing_of_it() {
    let site = Site::new().await;
    let (staff, cookie) = site.member(Role::Editor).await;
    let story = site.draft("Typhoon", "Words.", None).await;
    let seq = site.newsroom.store.head().await.unwrap();
    let mut stream = open(&site, &format!("/live/desk-{story}"), &cookie).await;
    heard(&mut stream, "retry").await;
    let before = site.newsroom.store.draft(story).await.unwrap().unwrap();
    let facts = store::Facts {
        story,
        rev: before.story.rev,
        staff,
        section: news::Section::Culture,
        places: vec![],
        lang: news::Lang::english(),
        genre: news::Genre::News,
        slug: None,
        topics: None,
    };
    site.newsroom.desk.set_facts(facts).await.unwrap();
    heard(&mut stream, "event: facts").await;
    for channel in [
        format!("story-{story}"),
        "front".into(),
        "section-culture".into(),
    ] {
        let told = site.get(&format!("/live/{channel}.json?since={seq}")).await;
        assert_eq!(told.json()["events"], serde_json::json!([]), "{channel}");
    }
}

#[tokio::test]
async fn a_place_that_can_not_be_read() {
    let site = Site::new().await;
    for path in [
        "/live/front?since=x",
        "/live/front?since=-1",
        "/live/front.json?since=1e9",
    ] {
        assert_eq!(
            site.get(path).await.status,
            StatusCode::BAD_REQUEST,
            "{path}"
        );
    }
    let bad = site
        .get_with("/live/front.json", &[("last-event-id", "x")])
        .await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    let far = site.get("/live/front.json?since=999999").await.json();
    assert_eq!(far["reload"], true);
}

#[tokio::test]
async fn the_end_closes_every_stream() {
    let site = Site::new().await;
    let stream = open(&site, "/live/front", "").await;
    let reader = tokio::spawn(stream.map(|bytes| bytes.unwrap()).collect::<Vec<_>>());
    tokio::time::sleep(Duration::from_millis(20)).await;
    site.newsroom.stop.say();
    let all = tokio::time::timeout(Duration::from_secs(1), reader)
        .await
        .unwrap()
        .unwrap();
    assert!(all.last().unwrap().starts_with(b"retry: "));
    assert_eq!(
        site.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
}
