//! Many feeds on many hosts, some of which hang: nobody waits for them, and no host is pressed.

use crate::near::{QUICK, a_poll, say, serving, tagged};
use crate::{a_feed, a_store, an_item, source};
use ingest::fetch::Limits;
use ingest::poll::Settings;
use news::Millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::Store;

const HOSTS: usize = 15;
const FEEDS: usize = 60;
const HUNG: usize = 6;

const PATIENT: Limits = Limits {
    first_byte: Duration::from_secs(40),
    whole: Duration::from_secs(50),
    ..QUICK.limits
};

/// What the hosts saw.
#[derive(Default)]
struct Seen {
    served: AtomicUsize,
    open: AtomicUsize,
    most_open: AtomicUsize,
    pressed: AtomicUsize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_that_hang_delay_no_other() {
    let (store, _dir) = a_store().await;
    let kuroshio = source(&store, "kuroshio").await;
    let seen = Arc::new(Seen::default());
    let mut addresses = Vec::new();
    for host in 0..HOSTS + HUNG {
        let (seen, at_this) = (seen.clone(), Arc::new(AtomicUsize::new(0)));
        let serve = move |head: String, stream| {
            let (seen, at_this) = (seen.clone(), at_this.clone());
            async move {
                let open = seen.open.fetch_add(1, Ordering::SeqCst) + 1;
                seen.most_open.fetch_max(open, Ordering::SeqCst);
                let here = at_this.fetch_add(1, Ordering::SeqCst) + 1;
                seen.pressed.fetch_max(here, Ordering::SeqCst);
                if head.starts_with("get /hung") {
                    // Says nothing before all the others have been served: were they to wait, none would be.
                    while seen.served.load(Ordering::SeqCst) < FEEDS - HUNG {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                } else {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    seen.served.fetch_add(1, Ordering::SeqCst);
                }
                seen.open.fetch_sub(1, Ordering::SeqCst);
                at_this.fetch_sub(1, Ordering::SeqCst);
                let number = head.split(['/', ' ']).nth(3).unwrap_or_default().parse();
                say(
                    stream,
                    tagged(&a_feed(&an_item(number.unwrap_or(0), "雨。"))),
                )
                .await;
            }
        };
        let (high, low) = (host / 200, host % 200 + 1);
        addresses.push(serving(&format!("127.1.{high}.{low}:0"), serve).await);
    }
    // The hung ones have waited longest: they get their turn first.
    for number in 0..FEEDS {
        let (host, kind) = match number {
            0..HUNG => (HOSTS + number, "hung"),
            _ => (number % HOSTS, "good"),
        };
        let url = format!("http://{}/{kind}/{number}", addresses[host]);
        store.add_feed(kuroshio.id, &url, 600).await.unwrap();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let settings = Settings {
        at_once: HUNG + 2,
        limits: PATIENT,
        ..QUICK
    };
    let now = Store::now().plus(1_000);
    let polled = a_poll(&store, settings).all_due(now).await.unwrap();
    assert_eq!(polled.len(), FEEDS);
    for one in &polled {
        let report = one.outcome.as_ref().unwrap().as_ref().unwrap();
        assert_eq!(
            (report.new, report.refused),
            (1, 0),
            "{}: {report}",
            one.feed.url
        );
    }
    assert_eq!(
        seen.pressed.load(Ordering::SeqCst),
        1,
        "one at a time at a host"
    );
    assert!(seen.most_open.load(Ordering::SeqCst) <= HUNG + 2);
    let feeds = store.feeds().await.unwrap();
    assert!(
        feeds
            .iter()
            .all(|feed| feed.next_at > now && feed.failures == 0)
    );
}

/// Those that hung the last time get a part of the room, not all of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_that_hung_before_leave_room_for_others() {
    let (store, _dir) = a_store().await;
    let kuroshio = source(&store, "kuroshio").await;
    let (asked, served) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let feed = || tagged(&a_feed(&an_item(1, "雨。")));
    for host in 1..=4 {
        let (asked, served) = (asked.clone(), served.clone());
        let serve = move |_, stream| {
            let (asked, served) = (asked.clone(), served.clone());
            async move {
                asked.fetch_add(1, Ordering::SeqCst);
                while served.load(Ordering::SeqCst) == 0 {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                say(stream, feed()).await;
            }
        };
        let at = serving(&format!("127.2.0.{host}:0"), serve).await;
        let url = format!("http://{at}/hung");
        store.add_feed(kuroshio.id, &url, 600).await.unwrap();
    }
    let settings = Settings {
        at_once: 4,
        ..QUICK
    };
    let now = Store::now().plus(1_000);
    let polled = a_poll(&store, settings).all_due(now).await.unwrap();
    assert!(polled.len() == 4 && polled.iter().all(|one| one.outcome.is_err()));

    // Patient from now on: were the room theirs alone, the one that comes due meanwhile would wait as long.
    let settings = Settings {
        limits: PATIENT,
        ..settings
    };
    let seen = served.clone();
    let good = serving("127.2.1.1:0", move |_, stream| {
        seen.fetch_add(1, Ordering::SeqCst);
        say(stream, feed())
    })
    .await;
    let poll = a_poll(&store, settings);
    let polling = tokio::spawn(async move { poll.all_due(now.plus(Millis::DAY)).await });
    while asked.load(Ordering::SeqCst) < 5 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let url = format!("http://{good}/good");
    store.add_feed(kuroshio.id, &url, 600).await.unwrap();
    let polled = polling.await.unwrap().unwrap();
    assert_eq!(polled.len(), 5);
    assert!(polled.iter().all(|one| one.outcome.is_ok()), "{polled:?}");
}

#[tokio::test]
async fn a_host_has_a_pause_between_two_requests() {
    let (store, _dir) = a_store().await;
    let kuroshio = source(&store, "kuroshio").await;
    let times = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = times.clone();
    let at = serving("127.0.0.1:0", move |_, stream| {
        seen.lock().unwrap().push(Instant::now());
        say(stream, tagged(&a_feed(&an_item(1, "雨。"))))
    })
    .await;
    for number in 0..4 {
        let url = format!("http://{at}/{number}");
        store.add_feed(kuroshio.id, &url, 600).await.unwrap();
    }
    let settings = Settings {
        pause: Duration::from_millis(120),
        ..QUICK
    };
    let now = Store::now().plus(1_000);
    let polled = a_poll(&store, settings).all_due(now).await.unwrap();
    assert_eq!(polled.len(), 4);
    let times = times.lock().unwrap();
    for pair in times.windows(2) {
        assert!(
            pair[1] - pair[0] >= settings.pause,
            "{:?}",
            pair[1] - pair[0]
        );
    }
}
