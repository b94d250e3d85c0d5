//! `/websub/{token}`: the one address that programs of other sites send to.

use crate::site::{Answer, ORIGIN, Site};
use axum::http::{Method, StatusCode};
use news::Millis;
use store::{Store, Subscription};

const TOPIC: &str = "https://apnews.com/feed.xml";
const QUERY: &str = "hub.mode=subscribe&hub.topic=https%3A%2F%2Fapnews.com%2Ffeed.xml\
    &hub.challenge=a%26b&hub.lease_seconds=86400";
/// Of the body `ping` with the secret `5ec2e7`.
const SIGNED: &str = "sha256=5315730193dc4859f5b92504bad7cb13369a187c81fc514ed2f72d4d951f5d8a";

/// A site whose feed was asked for at its hub, with the address token `t0ken`.
async fn asked(public_url: Option<&str>) -> Site {
    let site = Site::with(|config| config.public_url = public_url.map(str::to_owned)).await;
    let store = &site.newsroom.store;
    let ap = store.source("AP").await.unwrap().unwrap().id;
    let feed = store.add_feed(ap, TOPIC, 600).await.unwrap();
    let now = Store::now();
    let claimed = store
        .claim_feeds(&[], &[feed], now.plus(1), 1)
        .await
        .unwrap();
    let fetched = claimed[0].fetched(now, now.plus(Millis::HOUR));
    store.feed_fetched(fetched).await.unwrap();
    let new = Subscription {
        feed,
        hub: "https://hub.example/".into(),
        topic: TOPIC.into(),
        token: "t0ken".into(),
        secret: "5ec2e7".into(),
        asks: 0,
        asked_at: None,
        until: None,
        last_push: None,
        off: false,
    };
    store.found_hub(&new, now).await.unwrap();
    store
        .subscription_asked("t0ken", now, now.plus(Millis::HOUR))
        .await
        .unwrap();
    site
}

async fn push(site: &Site, token: &str, signature: &str) -> Answer {
    // As a hub sends it: from another site, without a session.
    let headers = [
        ("x-hub-signature", signature),
        ("content-type", "application/rss+xml"),
        ("origin", "https://hub.example"),
    ];
    let path = format!("/websub/{token}");
    site.send(Method::POST, &path, &headers, "ping").await
}

async fn is_due(site: &Site) -> bool {
    let due = site.newsroom.store.due_feeds(Store::now()).await;
    !due.unwrap().is_empty()
}

#[tokio::test]
async fn a_hub_is_answered_and_heard() {
    let site = asked(Some("https://asian-news.example")).await;
    assert_eq!(
        push(&site, "t0ken", SIGNED).await.status,
        StatusCode::NOT_FOUND
    );
    let said = site.get(&format!("/websub/t0ken?{QUERY}")).await;
    assert_eq!((said.status, said.text().as_str()), (StatusCode::OK, "a&b"));
    assert!(said.header("content-type").starts_with("text/plain"));
    assert_eq!(said.header("cache-control"), "no-store");
    assert_eq!(said.header("x-content-type-options"), "nosniff");
    let again = site.get(&format!("/websub/t0ken?{QUERY}")).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);

    // Whoever guesses a signature learns nothing from the answer, and nothing comes of it.
    let forged = push(&site, "t0ken", &SIGNED.replace('a', "b")).await;
    assert_eq!(forged.status, StatusCode::ACCEPTED);
    assert!(!is_due(&site).await);
    let heard = push(&site, "t0ken", SIGNED).await;
    assert_eq!(
        (heard.status, heard.text().as_str()),
        (StatusCode::ACCEPTED, "")
    );
    assert!(is_due(&site).await);
    let unknown = push(&site, "another", SIGNED).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_stranger_ends_nothing() {
    let site = asked(Some("https://asian-news.example")).await;
    site.get(&format!("/websub/t0ken?{QUERY}")).await;
    let until = site.newsroom.store.feeds().await.unwrap()[0].told_until;
    assert!(until.is_some());
    for mode in ["unsubscribe", "denied"] {
        let query = QUERY.replace("subscribe", mode);
        let answer = site.get(&format!("/websub/t0ken?{query}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{mode}");
    }
    assert_eq!(
        site.newsroom.store.feeds().await.unwrap()[0].told_until,
        until
    );
}

#[tokio::test]
async fn only_a_site_with_a_public_address_has_it() {
    let site = asked(None).await;
    let said = site.get(&format!("/websub/t0ken?{QUERY}")).await;
    assert_eq!(said.status, StatusCode::NOT_FOUND);
    assert_eq!(
        push(&site, "t0ken", SIGNED).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        site.newsroom.store.feeds().await.unwrap()[0].told_until,
        None
    );
}

/// The door beside it stays as narrow as it was.
#[tokio::test]
async fn what_stands_beside_it_still_asks_where_one_comes_from() {
    let site = asked(Some("https://asian-news.example")).await;
    let elsewhere = [("origin", "https://hub.example")];
    for path in [
        "/sign-out",
        "/sign-in",
        "/api/facts",
        "/websub",
        "/websub/a/b",
        "/",
    ] {
        let refused = site.send(Method::POST, path, &elsewhere, "ping").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        let odd = site
            .send(Method::POST, path, &[("origin", ORIGIN)], "ping")
            .await;
        assert_eq!(
            odd.status,
            StatusCode::FORBIDDEN,
            "{path}: not this site's origin"
        );
    }
}
