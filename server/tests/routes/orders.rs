//! What is killed or taken down is gone from every address and every open page, and no cache may keep it for long.

use crate::live::{heard, open};
use crate::site::{Answer, Site};
use axum::http::StatusCode;
use ingest::{Dates, From};
use news::{StoryId, Teaser, front};
use store::{Store, TakeDown};

/// A word of the agency's that stands nowhere else.
const WORDS: &str = "渡船は東京の港で夜を明かした";

async fn send(store: &Store, title: &str, words: &str) -> ingest::Report {
    let feed = format!(
        "<rss version='2.0'><channel><title>t</title><item><title>{title}</title><guid isPermaLink='false'>f-1</guid>\
         <link>https://kuroshio-press.example/ferry</link><description>{words}。</description></item></channel></rss>"
    );
    let source = store.source("kuroshio").await.unwrap().unwrap();
    let from = From::InHand(feed.into_bytes());
    let report = ingest::ingest(store, from, &source, Store::now(), Dates::Feeds).await;
    report.unwrap()
}

/// An excerpt that stands, its headline and its address.
async fn stands(store: &Store, headline: &str) -> (StoryId, String) {
    send(store, headline, WORDS).await;
    let teasers = store.teasers(front::Of::All, None, 9).await.unwrap();
    match teasers.first() {
        Some(Teaser::Excerpt(card)) => (card.address.id, card.address.to_string()),
        other => panic!("{other:?}"),
    }
}

/// Gone everywhere after `order`, with this notice.
async fn check(site: Site, notice: &str, order: impl AsyncFnOnce(&Store, StoryId)) {
    let store = &site.newsroom.store;
    let headline = "渡船が港に戻る";
    let (id, address) = stands(store, headline).await;
    site.settled().await;
    let teaser = store.teaser(id).await.unwrap().unwrap();
    let section = format!("/{}", teaser.section().slug());
    let earlier = format!(
        "/api/earlier?list=%2F{}&before=9000000000000-5",
        teaser.section().slug()
    );
    let lists = [
        "/",
        &section,
        "/asia/japan",
        "/asia/eastern-asia",
        "/feed.xml",
        &earlier,
    ];
    for path in lists.iter().copied().chain([&*address]) {
        let answer = site.get(path).await;
        assert!(answer.text().contains(headline), "{path}");
        forgets(path, &answer);
    }
    let seq = store.head().await.unwrap();
    let mut page = open(&site, &format!("/live/story-{id}?since={seq}"), "").await;
    let mut list = open(&site, &format!("/live/front?since={seq}"), "").await;

    order(store, id).await;
    let gone = heard(&mut page, notice).await;
    assert!(
        gone.contains("event: gone") && !gone.contains(WORDS),
        "{gone}"
    );
    heard(&mut list, "event: removed").await;
    site.settled().await;
    let answer = site.get(&address).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.text().contains(notice), "{}", answer.text());
    forgets(&address, &answer);
    let polls = ["front", "place-japan", &format!("story-{id}")]
        .map(|channel| format!("/live/{channel}.json?since={seq}"));
    let told: Vec<String> = {
        let mut told = vec![];
        for path in &polls {
            told.push(site.get(path).await.json()["events"][0]["event"].to_string());
        }
        told
    };
    assert_eq!(told, ["\"removed\"", "\"removed\"", "\"gone\""]);
    let before = polls.map(|path| path.replace(&format!("={seq}"), "=0"));
    for path in lists
        .iter()
        .copied()
        .chain([&*address])
        .chain(before.iter().map(|p| &**p))
    {
        let text = site.get(path).await.text();
        assert!(
            !text.contains(headline) && !text.contains(WORDS),
            "{path}: {text}"
        );
    }
    // However the agency sends it again.
    send(store, headline, "渡船は港にいる").await;
    assert_eq!(site.get(&address).await.status, StatusCode::GONE);
    assert!(
        store
            .teasers(front::Of::All, None, 9)
            .await
            .unwrap()
            .is_empty()
    );
}

/// No cache, a browser's or one between, may show this longer than a minute, not even while we are away.
fn forgets(path: &str, answer: &Answer) {
    let said = answer.header("cache-control");
    assert!(!said.is_empty(), "{path}");
    let seconds = |name: &str| {
        let mut parts = said
            .split(',')
            .filter_map(|part| part.trim().split_once('='));
        let found = parts.find(|(key, _)| *key == name);
        found.map_or(0, |(_, value)| value.parse::<u64>().unwrap())
    };
    let fresh = seconds("max-age").max(seconds("s-maxage"));
    let stale = seconds("stale-while-revalidate").max(seconds("stale-if-error"));
    assert!(fresh + stale < 60, "{path}: {said}");
}

async fn is_killed(site: Site) {
    let notice = "Withdrawn at the request of Kuroshio Press.";
    check(site, notice, async |store, _| {
        let report = send(store, "【取消】渡船が港に戻る", "").await;
        assert_eq!(report.killed, 1, "{report}");
    })
    .await;
}

async fn is_taken_down(site: Site) {
    let order = TakeDown {
        why: "Taken down by order of a court.".into(),
        by: "A court".into(),
    };
    let notice = order.why.clone();
    check(site, &notice, async move |store, id| {
        assert!(store.take_down(id, &order).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_kill_reaches_every_output() {
    Box::pin(is_killed(Site::new().await)).await;
}

#[tokio::test]
async fn a_kill_reaches_every_output_on_postgres() {
    if let Some(site) = Site::on_postgres().await {
        Box::pin(is_killed(site)).await;
    }
}

#[tokio::test]
async fn a_take_down_reaches_every_output() {
    Box::pin(is_taken_down(Site::new().await)).await;
}

#[tokio::test]
async fn no_cache_keeps_an_answer_for_a_minute() {
    let site = Site::new().await;
    let (_, story) = site.one_story().await;
    let bare = format!("/story/{}", story.rsplit('-').next().unwrap());
    for path in [
        "/",
        "/business",
        "/contacts",
        "/feed.xml",
        "/nope",
        "/asia/jp",
        &story,
        &bare,
    ] {
        forgets(path, &site.get(path).await);
    }
}
