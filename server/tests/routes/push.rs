//! `POST /wire/push/{source}`: an agency's program, and whoever says to be one.

use crate::site::{Answer, ORIGIN, Site};
use axum::http::{Method, StatusCode};
use ingest::push::{SIGNATURE, TIMESTAMP, sign};
use news::front;
use store::Store;

const SECRET: &str = "5ecret";

async fn a_site() -> Site {
    let site = Site::new().await;
    let store = &site.newsroom.store;
    let kuroshio = store.source("kuroshio").await.unwrap().unwrap();
    store
        .set_push_secret(kuroshio.id, Some(SECRET))
        .await
        .unwrap();
    site
}

fn ninjs(headline: &str) -> String {
    format!(
        "{{\"uri\": \"urn:kuroshio:7\", \"pubstatus\": \"usable\", \"headline\": \"{headline}\",
        \"body_text\": \"東京で雨が降った。\", \"altids\": {{\"web\": \"https://kuroshio-press.example/7\"}}}}"
    )
}

fn now() -> String {
    (Store::now().0 / 1_000).to_string()
}

async fn push(
    site: &Site,
    source: &str,
    (timestamp, signature): (&str, &str),
    body: &str,
) -> Answer {
    let headers = [(TIMESTAMP, timestamp), (SIGNATURE, signature)];
    let path = format!("/wire/push/{source}");
    site.send(Method::POST, &path, &headers, body.to_owned())
        .await
}

async fn signed(site: &Site, at: &str, body: &str) -> Answer {
    let signature = sign(SECRET, at, body.as_bytes()).unwrap();
    push(site, "kuroshio", (at, &signature), body).await
}

async fn headlines(site: &Site) -> Vec<String> {
    let teasers = site
        .newsroom
        .store
        .teasers(front::Of::All, None, 9)
        .await
        .unwrap();
    let headline = |teaser: &news::Teaser| match teaser {
        news::Teaser::Excerpt(card) => card.headline.clone(),
        news::Teaser::Story(card) => card.headline.clone(),
    };
    teasers.iter().map(headline).collect()
}

fn refused(answer: &Answer, status: u16, refusal: &str, words: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    let said = answer.json();
    assert_eq!(said["refusal"], refusal, "{said}");
    assert!(said["sentence"].as_str().unwrap().contains(words), "{said}");
}

#[tokio::test]
async fn what_is_signed_is_taken_and_again_is_harmless() {
    let site = a_site().await;
    let (at, body) = (now(), ninjs("台風が接近"));
    let answer = signed(&site, &at, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(
        (answer.json()["items"].clone(), answer.json()["new"].clone()),
        (1.into(), 1.into())
    );
    assert_eq!(headlines(&site).await, ["台風が接近"]);
    // A correction, and then whoever has overheard the first one sends that again.
    let later = (Store::now().0 / 1_000 + 1).to_string();
    let corrected = signed(&site, &later, &ninjs("台風が上陸")).await;
    assert_eq!(corrected.json()["updated"], 1, "{}", corrected.text());
    let replay = signed(&site, &at, &body).await;
    assert_eq!(
        (replay.status, replay.text()),
        (StatusCode::OK, answer.text())
    );
    assert_eq!(headlines(&site).await, ["台風が上陸"]);
    let old = (Store::now().0 / 1_000 - 301).to_string();
    refused(
        &signed(&site, &old, &body).await,
        401,
        "not-timely",
        "five minutes",
    );
}

#[tokio::test]
async fn what_is_not_signed_by_the_source_is_refused() {
    let site = a_site().await;
    let (at, body) = (now(), ninjs("台風が接近"));
    let right = sign(SECRET, &at, body.as_bytes()).unwrap();
    let wrong = sign("another", &at, body.as_bytes()).unwrap();
    for signature in [wrong.as_str(), "", "sha256=", &right[7..]] {
        let answer = push(&site, "kuroshio", (&at, signature), &body).await;
        refused(&answer, 401, "not-signed", "this source's secret");
    }
    let other = push(&site, "kuroshio", (&at, &right), &ninjs("雨")).await;
    refused(&other, 401, "not-signed", "this body");
    for source in ["nobodys", "formosa", "Kuroshio", "Kuroshio%20Press"] {
        let answer = push(&site, source, (&at, &right), &body).await;
        refused(&answer, 404, "no-such-source", "No source of this name");
    }
    for timestamp in ["", "soon", "99999999999999999999"] {
        let answer = push(&site, "kuroshio", (timestamp, &right), &body).await;
        refused(&answer, 401, "not-timely", "timestamp");
    }
    assert!(headlines(&site).await.is_empty());
    // Taken away, the secret opens nothing.
    let store = &site.newsroom.store;
    let kuroshio = store.source("kuroshio").await.unwrap().unwrap();
    store.set_push_secret(kuroshio.id, None).await.unwrap();
    refused(
        &signed(&site, &at, &body).await,
        404,
        "no-such-source",
        "pushes here",
    );
}

#[tokio::test]
async fn what_is_read_into_memory_has_its_turns() {
    let site = a_site().await;
    let (at, body) = (now(), ninjs("台風が接近"));
    let turns = &site.newsroom.handed_in;
    let most = u32::try_from(turns.available_permits()).unwrap();
    let all = turns.try_acquire_many(most).unwrap();
    let answer = signed(&site, &at, &body).await;
    refused(&answer, 503, "busy", "again in a moment");
    assert_eq!(answer.headers["retry-after"], "1");
    // What can't be right takes no turn, and is told so at once.
    let unsigned = push(&site, "kuroshio", (&at, "sha256="), &body).await;
    refused(&unsigned, 401, "not-signed", "this source's secret");
    assert!(headlines(&site).await.is_empty());
    drop(all);
    let answer = signed(&site, &at, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    // It gave its turn back.
    assert_eq!(turns.available_permits(), usize::try_from(most).unwrap());
}

#[tokio::test]
async fn what_is_too_large_or_no_document_is_refused() {
    let site = a_site().await;
    let large = " ".repeat(ingest::feed::MAX_BYTES + 1);
    refused(
        &signed(&site, &now(), &large).await,
        413,
        "too-large",
        "10 MiB",
    );
    let headers = [
        (TIMESTAMP, now()),
        ("content-length", large.len().to_string()),
    ];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let said = site
        .send(Method::POST, "/wire/push/kuroshio", &headers, "")
        .await;
    refused(&said, 413, "too-large", "10 MiB");
    let page = signed(&site, &now(), "<html><p>Not found</p></html>").await;
    refused(&page, 422, "nothing-taken", "no RSS");
    let killed = ninjs("台風が接近").replace("usable", "canceled");
    let answer = signed(&site, &now(), &killed).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["killed"], 1);
    assert_eq!(
        site.get("/wire/push/kuroshio").await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

/// The door for agencies opens no other: what pages send must still come from our pages.
#[tokio::test]
async fn only_this_door_is_open_to_others() {
    let site = a_site().await;
    let elsewhere = [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    for path in [
        "/sign-out",
        "/sign-in",
        "/desk/story/1/steps",
        "/api/anything",
        "/wire/push/",
        "/wire/push/kuroshio/steps",
        "/wire/push/../../sign-out",
        "/wire/push/kuroshio%2F..%2F..%2Fsign-out/x",
        "/nowhere",
    ] {
        for headers in [&elsewhere[..], &[]] {
            let answer = site.send(Method::POST, path, headers, "").await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert!(answer.text().contains("wrong-origin"), "{path}");
        }
    }
    let own = [("origin", ORIGIN)];
    let answer = site.send(Method::POST, "/sign-out", &own, "").await;
    assert_ne!(answer.status, StatusCode::FORBIDDEN);
}
