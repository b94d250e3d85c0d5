//! The outbox is dense, in order, and heard.

use crate::news_room::{a_story, an_item, batch, editor, publication, published};
use crate::site::{Site, both};
use news::NewsEvent;
use std::time::Duration;
use store::Store;

both! { dense_under_sixteen_writers one_story_alone marks_are_kept the_bell_rings }

async fn one_story_alone(site: Site) {
    let store = &site.store;
    let (one, _) = (
        published(store, a_story("One")).await,
        published(store, a_story("Two")).await,
    );
    let all = store.outbox(0, 99).await.unwrap();
    let id = one.address.id;
    let of_one: Vec<_> = all
        .iter()
        .filter(|row| row.event.story() == Some(id))
        .cloned()
        .collect();
    assert!(!of_one.is_empty() && of_one.len() < all.len());
    let told = async |after, most| store.outbox_of(id, after, most).await.unwrap();
    assert_eq!(told(0, 99).await, Some(of_one.clone()));
    assert_eq!(told(0, 1).await, Some(of_one[..1].to_vec()));
    assert_eq!(told(all.len() as u64, 99).await, Some(vec![]));
    // Nobody knows what was among the swept ones.
    let later = Store::now().plus(100 * news::Millis::DAY);
    store.sweep(later).await.unwrap();
    assert_eq!(told(0, 99).await, None);
}

async fn dense_under_sixteen_writers(site: Site) {
    let editor = editor(&site.store).await;
    let mut writers = vec![];
    for writer in 0..16 {
        let store = site.store.clone();
        writers.push(tokio::spawn(async move {
            let mut told = 0_u64;
            for round in 0..6 {
                let story = published(&store, a_story(&format!("Story {writer} {round}"))).await;
                told += 1;
                // A stale publication and a batch that is too long leave nothing behind.
                let mut stale = publication(&store, story.address.id).await;
                stale.version += 7;
                assert!(store.publish(stale).await.is_err());
                let items = (0..2).map(|n| an_item(&format!("{writer}-{round}-{n}"), "h"));
                let mut filing = batch(&store, items.collect()).await;
                filing.source = news::Id(77);
                assert!(store.file_items(filing.clone()).await.is_err());
                filing.source = store.source("ap").await.unwrap().unwrap().id;
                store.file_items(filing).await.unwrap();
                told += 2;
                let id = story.address.id;
                store
                    .withdraw(id, story.rev, editor, "Wrong.")
                    .await
                    .unwrap();
                told += 1;
            }
            told
        }));
    }
    // A reader beside them sees numbers without holes, always.
    let store = site.store.clone();
    let reader = tokio::spawn(async move {
        let mut last = 0;
        while last < 16 * 6 * 4 {
            for row in store.outbox(last, 50).await.unwrap() {
                assert_eq!(row.seq, last + 1);
                last = row.seq;
            }
        }
        last
    });
    let mut told = 0;
    for writer in writers {
        told += writer.await.unwrap();
    }
    assert_eq!(site.store.head().await.unwrap(), told);
    assert_eq!(reader.await.unwrap(), told);
}

async fn marks_are_kept(site: Site) {
    let store = &site.store;
    assert_eq!(store.mark("press").await.unwrap(), 0);
    store.set_mark("press", 4).await.unwrap();
    store.set_mark("press", 9).await.unwrap();
    assert_eq!(
        (
            store.mark("press").await.unwrap(),
            store.mark("live").await.unwrap()
        ),
        (9, 0)
    );
}

async fn the_bell_rings(site: Site) {
    let mut bell = site.store.bell();
    published(&site.store, a_story("Typhoon nears Kyushu")).await;
    let head = tokio::time::timeout(Duration::from_secs(5), bell.recv())
        .await
        .unwrap()
        .unwrap();
    let rows = site.store.outbox(head - 1, 10).await.unwrap();
    assert!(matches!(
        rows[0].event,
        NewsEvent::Published {
            before: None,
            card: true,
            ..
        }
    ));
}

#[tokio::test]
async fn a_node_hears_the_others() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    let other = Store::open(&site.at).await.unwrap();
    let mut bell = other.bell();
    // The first look at the outbox may ring by itself; what counts is hearing the news after it.
    tokio::time::sleep(Duration::from_millis(300)).await;
    published(&site.store, a_story("Typhoon nears Kyushu")).await;
    let head = site.store.head().await.unwrap();
    let heard = async { while bell.recv().await.unwrap() < head {} };
    tokio::time::timeout(Duration::from_secs(5), heard)
        .await
        .unwrap();
}
