use super::*;
use crate::page::Keep;
use http::{HeaderMap, StatusCode};
use news::Section;
use std::time::Duration;
use tokio::sync::oneshot;

fn fresh(body: &str, shows: &[Shows]) -> Fresh {
    Fresh {
        content_type: "text/html; charset=utf-8".into(),
        body: body.into(),
        shows: shows.to_vec(),
        keep: Keep::Shared,
        ..Fresh::default()
    }
}

async fn get(shelf: &Arc<Shelf>, key: &str, body: &str, shows: &[Shows]) -> String {
    let fresh = fresh(body, shows);
    let page = shelf
        .get_or_press(key, Instant::now(), || async move { fresh })
        .await
        .unwrap();
    String::from_utf8(page.answer(&HeaderMap::new()).into_body().to_vec()).unwrap()
}

#[tokio::test]
async fn a_page_is_rendered_once_until_it_changes() {
    let shelf = Arc::new(Shelf::new(1 << 20));
    let politics = Shows::Section(Section::Politics);
    assert_eq!(get(&shelf, "/politics", "one", &[politics]).await, "one");
    assert_eq!(get(&shelf, "/politics", "two", &[politics]).await, "one");
    shelf.evict(&[Shows::Front], 1);
    assert_eq!(get(&shelf, "/politics", "two", &[politics]).await, "one");
    shelf.evict(&[politics], 2);
    assert_eq!(get(&shelf, "/politics", "two", &[politics]).await, "two");
    assert_eq!((shelf.renders(), shelf.heard()), (2, 2));
    shelf.clear(3);
    assert_eq!((shelf.bytes(), shelf.keys().len()), (0, 0));
}

#[tokio::test]
async fn a_thousand_readers_one_render() {
    let shelf = Arc::new(Shelf::new(1 << 20));
    let readers = (0..1000).map(|_| {
        let shelf = shelf.clone();
        tokio::spawn(async move { get(&shelf, "/", "front", &[Shows::Front]).await })
    });
    for reader in futures::future::join_all(readers).await {
        assert_eq!(reader.unwrap(), "front");
    }
    assert_eq!(shelf.renders(), 1);
}

#[tokio::test]
async fn a_render_older_than_a_change_is_shown_but_not_kept() {
    let shelf = Arc::new(Shelf::new(1 << 20));
    let (go, wait) = oneshot::channel::<()>();
    let slow = {
        let shelf = shelf.clone();
        tokio::spawn(async move {
            shelf
                .get_or_press("/", Instant::now(), || async move {
                    wait.await.unwrap();
                    fresh("old", &[Shows::Front])
                })
                .await
        })
    };
    tokio::task::yield_now().await;
    tokio::time::sleep(Duration::from_millis(5)).await;
    shelf.evict(&[Shows::Front], 7);
    // Who asks after the change doesn't wait for the old render.
    assert_eq!(get(&shelf, "/", "new", &[Shows::Front]).await, "new");
    go.send(()).unwrap();
    assert!(slow.await.unwrap().is_ok());
    assert_eq!(get(&shelf, "/", "newer", &[Shows::Front]).await, "new");
}

#[tokio::test]
async fn the_shelf_is_bounded_and_forgets_what_nobody_asks_for() {
    let shelf = Arc::new(Shelf::new(64 << 10));
    for n in 0..200 {
        let body = format!("{n:0600}");
        get(&shelf, &format!("/{n}"), &body, &[Shows::Front]).await;
        get(&shelf, "/0", "kept", &[Shows::Front]).await;
        assert!(shelf.bytes() <= 64 << 10);
    }
    let keys = shelf.keys();
    assert!(keys.iter().any(|k| k == "/0") && keys.iter().any(|k| k == "/199"));
    assert!(!keys.iter().any(|k| k == "/1"));
}

#[tokio::test]
async fn missing_pages_failures_and_old_pages_are_not_kept() {
    let shelf = Arc::new(Shelf::new(1 << 20));
    let missing = || async {
        Fresh {
            status: StatusCode::NOT_FOUND,
            ..fresh("no", &[])
        }
    };
    assert_eq!(
        shelf
            .get_or_press("/x", Instant::now(), missing)
            .await
            .unwrap()
            .status,
        StatusCode::NOT_FOUND
    );
    let panics = || async { panic!("a render failed on purpose") };
    let failed = shelf.get_or_press("/y", Instant::now(), panics).await;
    assert_eq!(failed.err(), Some(NotPressed::Failed));
    assert_eq!(shelf.keys().len(), 0);
    let brief = || async {
        Fresh {
            live_for: Some(Duration::from_secs(60)),
            ..fresh("brief", &[Shows::Front])
        }
    };
    let now = Instant::now();
    shelf.get_or_press("/", now, brief).await.unwrap();
    assert!(shelf.get("/", now + Duration::from_secs(59)).is_some());
    assert!(shelf.get("/", now + Duration::from_secs(61)).is_none());
}
