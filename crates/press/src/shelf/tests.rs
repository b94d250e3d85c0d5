use super::*;
use crate::page::Keep;
use http::{HeaderMap, StatusCode};
use news::Section;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

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
    text(&page)
}

fn text(page: &PressedPage) -> String {
    let answer = page.answer(&HeaderMap::new());
    String::from_utf8(answer.into_body().to_vec()).unwrap()
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

/// A press of the front that ends when it is told to.
async fn slow(shelf: &Arc<Shelf>, status: StatusCode) -> (oneshot::Sender<()>, JoinHandle<String>) {
    let (go, wait) = oneshot::channel::<()>();
    let (begun, begins) = oneshot::channel::<()>();
    let asks = shelf.clone();
    let asked = tokio::spawn(async move {
        let render = || async move {
            begun.send(()).unwrap();
            wait.await.unwrap();
            // What isn't there shows nothing.
            let shows = [Shows::Front].into_iter();
            let shows: Vec<Shows> = shows.filter(|_| status == StatusCode::OK).collect();
            let page = fresh("old", &shows);
            Fresh { status, ..page }
        };
        let page = asks.get_or_press("/", Instant::now(), render).await;
        text(&page.unwrap())
    });
    begins.await.unwrap();
    (go, asked)
}

/// Somebody who asks for the front while it is pressed.
async fn follower(shelf: &Arc<Shelf>, body: &'static str) -> JoinHandle<String> {
    let shelf = shelf.clone();
    let asked = tokio::spawn(async move { get(&shelf, "/", body, &[Shows::Front]).await });
    tokio::time::sleep(Duration::from_millis(5)).await;
    asked
}

#[tokio::test]
async fn a_render_older_than_a_change_is_not_kept_nor_given_to_who_asks_after_it() {
    for status in [StatusCode::OK, StatusCode::NOT_FOUND] {
        let shelf = Arc::new(Shelf::new(1 << 20));
        let (go, first) = slow(&shelf, status).await;
        shelf.evict(&[Shows::Front], 7);
        let after = follower(&shelf, "new").await;
        go.send(()).unwrap();
        assert_eq!(first.await.unwrap(), "old");
        assert_eq!(after.await.unwrap(), "new");
        assert_eq!(get(&shelf, "/", "newer", &[Shows::Front]).await, "new");
    }
}

#[tokio::test]
async fn what_changes_elsewhere_begins_no_second_render() {
    let shelf = Arc::new(Shelf::new(1 << 20));
    let (go, first) = slow(&shelf, StatusCode::OK).await;
    let mut followers = vec![first];
    for seq in 1..50 {
        shelf.evict(&[Shows::Section(Section::Politics)], seq);
        followers.push(follower(&shelf, "new").await);
    }
    go.send(()).unwrap();
    for follower in followers {
        assert_eq!(follower.await.unwrap(), "old");
    }
    assert_eq!(get(&shelf, "/", "newer", &[Shows::Front]).await, "old");
    assert_eq!(shelf.renders(), 1);
}

#[tokio::test]
async fn a_render_that_never_ends_is_given_up_for_all_who_wait() {
    let shelf = Arc::new(Shelf {
        deadline: Duration::from_millis(50),
        ..Shelf::new(1 << 20)
    });
    let never = || shelf.get_or_press("/feed.xml", Instant::now(), std::future::pending);
    let ended = tokio::time::timeout(DEADLINE, async { tokio::join!(never(), never()) });
    let (first, follower) = ended.await.unwrap();
    assert_eq!(first.err(), Some(NotPressed::Late));
    assert_eq!(follower.err(), Some(NotPressed::Late));
    // The next one is rendered again.
    assert_eq!(get(&shelf, "/feed.xml", "here", &[]).await, "here");
}

#[tokio::test]
async fn invented_queries_take_no_room_from_pages() {
    let shelf = Arc::new(Shelf::new(64 << 10));
    // So short that no time goes into codings.
    let body = "0".repeat(500);
    let pages: Vec<String> = (0..16).map(|n| format!("/{n}")).collect();
    for page in &pages {
        get(&shelf, page, &body, &[Shows::Front]).await;
    }
    for n in 0..200 {
        let key = format!("/politics?before={n}-5");
        get(&shelf, &key, &body, &[Shows::Front]).await;
        assert!(
            shelf.get(&key, Instant::now()).is_some(),
            "the newest is kept"
        );
        assert!(shelf.bytes() <= 64 << 10);
    }
    let keys = shelf.keys();
    assert!(pages.iter().all(|page| keys.contains(page)), "{keys:?}");
}

#[tokio::test]
async fn a_key_costs_room_as_well() {
    let shelf = Arc::new(Shelf::new(1 << 20));
    let mut costs = vec![];
    for key in ["/", &format!("/?{}", "x".repeat(998))] {
        let before = shelf.bytes();
        get(&shelf, key, "page", &[]).await;
        costs.push(shelf.bytes() - before);
    }
    assert_eq!(costs[1] - costs[0], 999);
    shelf.clear(1);
    assert_eq!(shelf.bytes(), 0);
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

#[tokio::test]
async fn who_waits_for_a_change_finds_no_older_page() {
    let shelf = Arc::new(Shelf::new(1 << 20));
    get(&shelf, "/", "old", &[Shows::Front]).await;
    let waits = shelf.clone();
    let waiting = tokio::spawn(async move {
        waits.has_heard(7).await;
        waits.get("/", Instant::now()).is_none()
    });
    shelf.evict(&[], 6);
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    shelf.evict(&[Shows::Front], 7);
    assert!(waiting.await.unwrap());
}
