//! What matters now, as open pages and the desk have it.

use crate::site::Site;
use axum::http::StatusCode;
use news::breaking::LASTS;
use news::{Lang, Place, ReadMore, Role, Section, StoryId};
use serde_json::{Value, json};
use store::{EVENTS, Fate, FileItems, Join, NewExcerpt, Store};

/// A telling of one event by this source.
pub(crate) async fn told_by(
    site: &Site,
    source: &str,
    change: impl FnOnce(&mut NewExcerpt),
) -> StoryId {
    let store = &site.newsroom.store;
    let source = store.source(source).await.unwrap().unwrap();
    let url = format!("{}quake", source.home_url);
    let mut item = NewExcerpt {
        guid: url.clone(),
        address: url.clone(),
        content_hash: "1".into(),
        headline: "Quake shakes the coast of Miyagi".into(),
        paragraphs: vec!["Trains stopped.".into()],
        given: 15,
        lang: Lang::english(),
        section: Section::Society,
        places: vec![Place::JP],
        topics: vec![],
        dateline: None,
        read_more: ReadMore {
            url,
            host: "kuroshio-press.example".into(),
        },
        published_at: Store::now(),
        placing: store::Placing::Sure,
        medtop: None,
        undated: false,
        breaking: None,
        version: None,
        embargo: None,
        refuse: None,
        hold: None,
        why: "a test".into(),
    };
    change(&mut item);
    let batch = FileItems {
        source: source.id,
        feed: None,
        items: vec![item],
        validators: None,
    };
    match store.file_items(batch).await.unwrap().remove(0) {
        Fate::New(id) => id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_latest_hear_of_what_has_a_date() {
    let site = Site::new().await;
    let seq = site.newsroom.store.head().await.unwrap();
    told_by(&site, "kuroshio", |item| item.undated = true).await;
    let dated = told_by(&site, "formosa", |_| {}).await;
    site.settled().await;
    let heard = async |channel: &str| {
        let path = format!("/live/{channel}.json?since={seq}");
        let told = site.get(&path).await.json();
        let events = told["events"].as_array().unwrap().clone();
        let ids = events.into_iter().map(|event| event["data"]["id"].clone());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(heard("front").await.len(), 2);
    assert_eq!(heard("latest").await, [json!(dated)]);
}

#[tokio::test]
async fn nobody_is_told_of_what_is_old_when_it_comes() {
    let site = Site::new().await;
    let seq = site.newsroom.store.head().await.unwrap();
    let old = Store::now().plus(-8 * news::Millis::DAY);
    let found = told_by(&site, "kuroshio", |item| item.published_at = old).await;
    let fresh = told_by(&site, "formosa", |_| {}).await;
    site.settled().await;
    for channel in ["front", "latest", "section-society", "place-japan"] {
        let path = format!("/live/{channel}.json?since={seq}");
        let told = site.get(&path).await.json();
        let events = told["events"].as_array().unwrap().clone();
        let cards = events.iter().filter(|event| event["event"] == "card");
        let cards: Vec<_> = cards.map(|event| event["data"]["id"].clone()).collect();
        assert_eq!(cards, [json!(fresh)], "{channel}");
    }
    // It is there all the same, for whoever looks.
    let stands = site.get("/asia/japan").await.text();
    assert!(stands.contains(&format!("data-card=\"{found}\"")));
    let latest = site.get("/latest").await.text();
    assert!(!latest.contains(&format!("data-card=\"{found}\"")));
    assert!(latest.contains(&format!("data-card=\"{fresh}\"")));
}

/// What a channel heard of breaking news since then: the stories, and whether each broke or was over.
async fn heard(site: &Site, channel: &str, since: u64) -> Vec<(Value, bool)> {
    site.settled().await;
    let path = format!("/live/{channel}.json?since={since}");
    let told = site.get(&path).await.json();
    let events = told["events"].as_array().unwrap().clone();
    let breaking = events.into_iter().filter(|e| e["event"] == "breaking");
    let told = breaking.map(|e| (e["data"]["id"].clone(), e["data"]["html"].is_string()));
    told.collect()
}

#[tokio::test]
async fn an_editors_click_brings_the_bar_and_takes_it_away() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let (id, address) = site.one_story().await;
    let seq = site.newsroom.store.head().await.unwrap();
    let bar = format!("data-breaking=\"{id}\"");
    let its = [
        "/",
        "/latest",
        "/business",
        "/business/japan",
        "/asia/japan",
        "/asia/eastern-asia",
    ];
    let others = ["/culture", "/asia/india", "/asia/southern-asia", &address];
    let click = async |hours: Value| {
        let asked = json!({ "story": id, "hours": hours });
        let answer = site.post("/api/set-breaking", &cookie, &asked).await;
        site.settled().await;
        answer
    };
    for path in its.iter().chain(&others) {
        assert!(
            !site.get(path).await.text().contains("data-breaking"),
            "{path}"
        );
    }
    assert_eq!(click(json!(4)).await.status, StatusCode::OK);
    for path in its {
        assert_eq!(
            site.get(path).await.text().matches(&bar).count(),
            1,
            "{path}"
        );
    }
    for path in others {
        assert!(
            !site.get(path).await.text().contains("data-breaking"),
            "{path}"
        );
    }
    let came = vec![(json!(id), true)];
    for channel in [
        "front",
        "latest",
        "section-business",
        "place-japan",
        "region-eastern-asia",
    ] {
        assert_eq!(heard(&site, channel, seq).await, came, "{channel}");
    }
    assert_eq!(heard(&site, "section-culture", seq).await, []);
    let path = format!("/api/facts?story={id}");
    let facts = site.get_with(&path, &[("cookie", &*cookie)]).await;
    assert!(facts.json()["breaking_until"].is_number());
    assert_eq!(click(json!(null)).await.status, StatusCode::OK);
    for path in its {
        assert!(
            !site.get(path).await.text().contains("data-breaking"),
            "{path}"
        );
    }
    assert_eq!(
        heard(&site, "front", seq).await,
        [(json!(id), true), (json!(id), false)]
    );
    for hours in [0, 25] {
        assert_eq!(
            click(json!(hours)).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
}

#[tokio::test]
async fn two_owners_and_a_mark_bring_the_bar_and_the_clock_takes_it_away() {
    let site = Site::new().await;
    let store = &site.newsroom.store;
    let kuroshio = store.source("kuroshio").await.unwrap().unwrap();
    store.set_trust(kuroshio.id, 1).await.unwrap();
    let seq = store.head().await.unwrap();
    let mark = |item: &mut NewExcerpt| item.breaking = Some("速報".into());
    let marked = told_by(&site, "kuroshio", mark).await;
    let second = told_by(&site, "formosa", |_| {}).await;
    let joins = [Join {
        story: second,
        with: marked,
        why: String::new(),
    }];
    let seen = store.mark(EVENTS).await.unwrap();
    let joined = store.join_tellings((seen, seen), &joins).await;
    assert!(joined.unwrap().is_some());
    let now = Store::now();
    let bar = format!("data-breaking=\"{marked}\"");
    let shown = async || site.get("/asia/japan").await.text().contains(&bar);
    assert_eq!(
        heard(&site, "place-japan", seq).await,
        [(json!(marked), true)]
    );
    assert!(shown().await);
    assert_eq!(store.end_breaking(now.plus(LASTS)).await.unwrap(), 1);
    assert_eq!(heard(&site, "place-japan", seq).await.len(), 2);
    assert!(!shown().await);
}

#[tokio::test]
async fn a_telling_that_changes_is_told_to_its_page_and_its_event() {
    let site = Site::new().await;
    let store = &site.newsroom.store;
    let one = told_by(&site, "kuroshio", |_| {}).await;
    let two = told_by(&site, "formosa", |_| {}).await;
    let joins = [Join {
        story: two,
        with: one,
        why: String::new(),
    }];
    let seen = store.mark(EVENTS).await.unwrap();
    let found = store.join_tellings((seen, seen), &joins).await.unwrap();
    let event = found.unwrap()[0].unwrap();
    let since = store.head().await.unwrap();
    let changed = async |channel: String| {
        let path = format!("/live/{channel}.json?since={since}");
        let told = site.get(&path).await.json();
        let events = told["events"].as_array().unwrap();
        let is_it = |told: &&Value| told["event"] == "changed" && told["data"]["id"] == json!(one);
        events.iter().filter(is_it).count()
    };
    site.settled().await;
    assert_eq!(changed(format!("story-{one}")).await, 0);
    let section = Section::Culture;
    let rev = {
        let Some(news::story::Told::Excerpt(excerpt)) = store.told(one).await.unwrap() else {
            panic!("no excerpt")
        };
        excerpt.rev
    };
    let (mika, _) = site.member(Role::Editor).await;
    let place = store::PlaceExcerpt {
        story: one,
        rev,
        staff: mika,
        section,
        places: vec![Place::JP],
        note: None,
    };
    store.place_excerpt(place).await.unwrap();
    site.settled().await;
    for channel in [
        format!("story-{one}"),
        format!("event-{event}"),
        "front".into(),
    ] {
        assert_eq!(changed(channel.clone()).await, 1, "{channel}");
    }
}
