//! Copies, soundness, sweeping.

use crate::news_room::{a_story, editor, published, steps};
use crate::site::{Site, both};
use news::Millis;
use store::{Error, Location, Store};

both! { sweeping_keeps_what_is_needed }

#[tokio::test]
async fn a_backup_opens_as_a_site() {
    let site = Site::lite().await;
    let story = published(&site.store, a_story("Typhoon nears Kyushu")).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("news.db");
    site.store.backup(&file).await.unwrap();
    assert!(
        site.store.backup(&file).await.is_err(),
        "a backup never overwrites"
    );
    let copy = Store::open(&Location::Folder(folder.path().to_owned()))
        .await
        .unwrap();
    copy.check().await.unwrap();
    assert!(copy.told(story.address.id).await.unwrap().is_some());
    assert_eq!(copy.head().await.unwrap(), site.store.head().await.unwrap());
}

#[tokio::test]
async fn postgres_says_how_it_is_backed_up() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    let error = site
        .store
        .backup(std::path::Path::new("/tmp/never"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NotHere(_)) && error.to_string().contains("pg_dump"));
}

async fn sweeping_keeps_what_is_needed(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let id = store.begin_story(a_story("Typhoon")).await.unwrap();
    store.accept_steps(steps(id, staff, 0, "b1")).await.unwrap();
    let head = store.head().await.unwrap();
    store
        .sweep(Store::now().plus(100 * Millis::DAY))
        .await
        .unwrap();
    assert_eq!(store.head().await.unwrap(), head);
    assert_eq!(store.outbox(0, 10).await.unwrap(), vec![]);
    // The draft still needs them: its newest saved state is older than the steps.
    assert_eq!(store.draft(id).await.unwrap().unwrap().steps.len(), 2);
}
