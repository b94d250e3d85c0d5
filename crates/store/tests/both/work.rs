//! Jobs and pictures.

use crate::news_room::{a_story, published};
use crate::site::{Site, both};
use news::{Millis, Teaser};
use serde_json::json;
use store::{Media, Store};

both! { a_job_is_claimed_once jobs_come_back a_picture_stands_on_its_card }

async fn a_job_is_claimed_once(site: Site) {
    let now = Store::now();
    for n in 0..20 {
        site.store
            .add_job("sketch", None, json!({ "n": n }), now)
            .await
            .unwrap();
    }
    let mut workers = vec![];
    for _ in 0..2 {
        let store = site.store.clone();
        workers.push(tokio::spawn(async move {
            let mut mine = vec![];
            while let Some(job) = store
                .claim_job(now, 60_000, &["other", "sketch"])
                .await
                .unwrap()
            {
                mine.push(job.id);
            }
            mine
        }));
    }
    let mut all = vec![];
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    assert_eq!(all.len(), 20);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 20);
}

async fn jobs_come_back(site: Site) {
    let (store, now) = (&site.store, Store::now());
    let added = store
        .add_job("poll", Some("feed-1"), json!({}), now)
        .await
        .unwrap();
    assert!(added.is_some());
    assert_eq!(
        store
            .add_job("poll", Some("feed-1"), json!({}), now)
            .await
            .unwrap(),
        None
    );
    let first = store
        .claim_job(now, 1_000, &["poll"])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(store.claim_job(now, 1_000, &["poll"]).await.unwrap(), None);
    // The first worker was too slow: the second has it now, the first one's word no longer counts.
    let later = now.plus(2_000);
    let second = store
        .claim_job(later, 1_000, &["poll"])
        .await
        .unwrap()
        .unwrap();
    assert_eq!((second.id, second.attempts), (first.id, 2));
    assert!(!store.done_job(&first).await.unwrap());
    assert!(
        store
            .failed_job(&second, "no route\0", later.plus(5_000))
            .await
            .unwrap()
    );
    assert_eq!(
        store.claim_job(later, 1_000, &["poll"]).await.unwrap(),
        None
    );
    let third = store
        .claim_job(later.plus(5_000), 1_000, &["poll"])
        .await
        .unwrap()
        .unwrap();
    assert!(store.done_job(&third).await.unwrap());
    assert_eq!(
        store
            .claim_job(later.plus(Millis::DAY), 1, &["poll"])
            .await
            .unwrap(),
        None
    );
}

async fn a_picture_stands_on_its_card(site: Site) {
    let store = &site.store;
    let media = Media {
        id: store.next_id(),
        sha256: "ab".repeat(32),
        mime: "image/jpeg".into(),
        bytes: 4_000,
        width: 1_200,
        height: 800,
        credit: "Asian-News.net".into(),
        licence: "own".into(),
        alt: "Waves at a pier".into(),
        caption: "Kagoshima on Tuesday.".into(),
    };
    let id = store.add_media(media.clone()).await.unwrap();
    let again = Media {
        id: store.next_id(),
        ..media.clone()
    };
    assert_eq!(store.add_media(again).await.unwrap(), id);
    assert_eq!(store.media(id).await.unwrap(), Some(media.clone()));
    assert_eq!(
        store.media_by_sha256(&media.sha256).await.unwrap(),
        Some(media)
    );
    let mut story = a_story("Typhoon nears Kyushu");
    story.picture = Some(id);
    let story = published(store, story).await.address.id;
    let Some(Teaser::Story(card)) = store.teaser(story).await.unwrap() else {
        panic!("a card")
    };
    let picture = card.picture.unwrap();
    assert_eq!(picture.url, format!("/media/{}.jpg", "ab".repeat(32)));
    assert_eq!(
        (picture.width, picture.alt.as_str()),
        (1_200, "Waves at a pier")
    );
}
