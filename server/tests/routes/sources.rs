//! The desk's pages of sources, and looking for a site's feeds.

use crate::site::Site;
use axum::http::{Method, StatusCode};
use news::Role;
use serde_json::json;

#[tokio::test]
async fn terms_are_tried_by_get_and_saved_by_post() {
    let site = Site::new().await;
    let path = "/desk/sources/ap?preview=1&terms%5Bmax_chars%5D=41&terms%5Bdelay_min%5D=0&terms%5Bsilent_after_h%5D=24";
    let reader = site.get(path).await;
    assert_eq!(reader.status, StatusCode::NOT_FOUND);
    let (_, cookie) = site.member(Role::Admin).await;
    let tried = site.get_with(path, &[("cookie", &cookie)]).await;
    assert_eq!(tried.status, StatusCode::OK);
    assert!(
        tried.text().contains("Nothing is changed yet"),
        "{}",
        tried.text()
    );
    assert_eq!(tried.header("x-robots-tag"), "noindex");
    assert!(
        tried.header("cache-control").contains("no-store"),
        "{}",
        tried.header("cache-control")
    );
    let ap = async || site.newsroom.store.source("ap").await.unwrap().unwrap();
    assert_eq!(ap().await.terms.max_chars, 2_000);

    let form = format!(
        "source={}&terms%5Bmax_chars%5D=41&terms%5Bdelay_min%5D=5&terms%5Bsilent_after_h%5D=12&terms%5Bindex%5D=on&terms%5Bowner%5D=A+Group",
        ap().await.id
    );
    let saved = site.post("/api/set-terms", &cookie, &json!(form)).await;
    assert!(
        saved.status.is_success() || saved.status.is_redirection(),
        "{}",
        saved.text()
    );
    let terms = ap().await.terms;
    assert_eq!(
        (terms.max_chars, terms.delay_min, terms.index, terms.photos),
        (41, 5, true, false)
    );
    let wrong = site
        .post("/api/set-terms", &cookie, &json!(form.replace("=41", "=x")))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text().contains("whole number from 1"),
        "{}",
        wrong.text()
    );
    assert_eq!(ap().await.terms, terms);
}

#[tokio::test]
async fn a_sites_feeds_are_looked_for_and_polled_when_somebody_says_so() {
    let site = Site::new().await;
    let look = json!("source=ap&address=http%3A%2F%2F127.0.0.1%2F");
    let path = "/desk/sources/discover";
    assert_eq!(
        site.post(path, "", &look).await.status,
        StatusCode::UNAUTHORIZED
    );
    let (_, chief) = site.member(Role::Chief).await;
    assert_eq!(
        site.post(path, &chief, &look).await.status,
        StatusCode::FORBIDDEN
    );
    let (_, cookie) = site.member(Role::Admin).await;
    // Nothing inside our own walls is asked.
    let answer = site.post(path, &cookie, &look).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text().contains("not one of the public web"),
        "{}",
        answer.text()
    );
    let nobody = json!("source=nobody&address=a.example");
    assert_eq!(
        site.post(path, &cookie, &nobody).await.status,
        StatusCode::NOT_FOUND
    );
    let elsewhere = [("origin", "https://evil.example"), ("cookie", &*cookie)];
    let answer = site.send(Method::POST, path, &elsewhere, "source=ap").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);

    let found = "/desk/sources/ap?found=https%3A%2F%2Fapnews.example%2Frss+javascript%3Ax";
    let page = site.get_with(found, &[("cookie", &cookie)]).await.text();
    assert_eq!(page.matches("Add feed").count(), 1, "{page}");
    assert!(
        page.contains("value=\"https://apnews.example/rss\"") && !page.contains("javascript:x")
    );
    let none = site
        .get_with("/desk/sources/ap?found=", &[("cookie", &cookie)])
        .await;
    assert!(none.text().contains("The page names no feed."));
    let ap = site.newsroom.store.source("ap").await.unwrap().unwrap().id;
    let form = json!(format!("source={ap}&url=https://apnews.example/rss"));
    let added = site.post("/api/add-feed", &cookie, &form).await;
    assert!(
        added.status.is_success() || added.status.is_redirection(),
        "{}",
        added.text()
    );
    let feeds = site.newsroom.store.feeds().await.unwrap();
    assert_eq!(
        (feeds[0].source, feeds[0].url.as_str(), feeds[0].off),
        (ap, "https://apnews.example/rss", false)
    );
    let page = site.get_with(found, &[("cookie", &cookie)]).await.text();
    assert_eq!(page.matches("Add feed").count(), 0, "it is polled");
}

#[tokio::test]
async fn a_held_feed_is_an_alarm_until_the_desk_has_said_its_word() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let store = &site.newsroom.store;
    let ap = store.source("ap").await.unwrap().unwrap().id;
    let url = "https://apnews.example/rss";
    let feed = store.add_feed(ap, url, 900).await.unwrap();
    let (one, now) = (store.feeds().await.unwrap().remove(0), store::Store::now());
    let fetched = store::FeedFetched {
        held: Some("It brought 90 new items within an hour.".into()),
        ..one.fetched(now, now)
    };
    store.feed_fetched(fetched).await.unwrap();
    let page = async |path: &str| site.get_with(path, &[("cookie", &*cookie)]).await.text();
    let list = page("/desk/sources").await;
    assert!(list.contains("90 new items"), "{list}");
    let source = page("/desk/sources/ap").await;
    assert_eq!(source.matches("action=\"/api/free-feed\"").count(), 2);
    assert!(
        source.contains("/desk/wire?source=ap&amp;state=held"),
        "{source}"
    );
    let form = json!(format!("feed={feed}&word=refuse&why="));
    let unsaid = site.post("/api/free-feed", &cookie, &form).await;
    assert!(unsaid.text().contains("say why"), "{}", unsaid.text());
    let form = json!(format!("feed={feed}&word=out"));
    let out = site.post("/api/free-feed", &cookie, &form).await;
    assert!(
        out.status.is_success() || out.status.is_redirection(),
        "{}",
        out.text()
    );
    assert_eq!(store.feed_held(feed).await.unwrap(), None);
    assert!(!page("/desk/sources").await.contains("90 new items"));
}
