//! How sources are doing.

use crate::news_room::{an_item, batch, editor};
use crate::site::{Site, both};
use news::Millis;
use store::{Alarm, Cost, FeedFetched, SourceHealth, Spent, Store};

both! { what_is_odd_stays_until_somebody_has_looked what_came_is_counted silence_is_an_alarm polls_are_counted_and_old_ones_fade }

async fn ap(store: &Store, now: Millis) -> SourceHealth {
    let mut all = store.health(now).await.unwrap().into_iter();
    all.find(|health| health.source.slug == "ap").unwrap()
}

async fn what_came_is_counted(site: Site) {
    let (store, now) = (&site.store, Store::now().plus(1_000));
    let before = ap(store, now).await;
    assert_eq!((before.last_item, before.items_week), (None, 0));
    assert_eq!(before.silent_after_h, 24);
    assert_eq!(store.health(now).await.unwrap().len(), 4);
    let mut headless = an_item("three", "h3");
    headless.headline = String::new();
    let items = vec![an_item("one", "h1"), an_item("two", "h2"), headless];
    store.file_items(batch(store, items).await).await.unwrap();
    let after = ap(store, now).await;
    assert_eq!(
        (after.items_day, after.items_week, after.refused_week),
        (2, 2, 1)
    );
    assert!(after.last_item.is_some());
    // The same items are two days old the day after tomorrow, and after a week they count no more.
    let later = ap(store, now.plus(2 * Millis::DAY)).await;
    assert_eq!((later.items_day, later.items_week), (0, 2));
    assert_eq!(ap(store, now.plus(8 * Millis::DAY)).await.items_week, 0);
}

async fn silence_is_an_alarm(site: Site) {
    let (store, now) = (&site.store, Store::now());
    let filing = batch(store, vec![an_item("one", "h1")]).await;
    let source = filing.source;
    store.file_items(filing).await.unwrap();
    let late = now.plus(25 * Millis::HOUR);
    assert_eq!(ap(store, late).await.alarms(late), [], "it isn't polled");
    let url = "https://apnews.com/feed.xml";
    let feed = store.add_feed(source, url, 300).await.unwrap();
    let last = ap(store, now).await.last_item;
    assert_eq!(ap(store, now).await.alarms(now), []);
    assert_eq!(ap(store, late).await.alarms(late), [Alarm::Silent(last)]);
    // Refused for days, failing, and gone beside another.
    let health = ap(store, now).await;
    let fetched = |change: fn(&mut FeedFetched)| {
        let mut fetched = health.feeds[0].fetched(now, now);
        fetched.feed = feed;
        change(&mut fetched);
        fetched
    };
    store
        .feed_fetched(fetched(|f| f.failures = 5))
        .await
        .unwrap();
    assert_eq!(
        ap(store, now).await.alarms(now),
        [Alarm::Failing(url.into(), 5)]
    );
    let refused = FeedFetched {
        refused_since: Some(now.plus(-5 * Millis::DAY)),
        ..fetched(|_| {})
    };
    store.feed_fetched(refused).await.unwrap();
    assert_eq!(
        ap(store, now).await.alarms(now),
        [Alarm::Refused(url.into())]
    );
    store
        .add_feed(source, "https://apnews.com/two.xml", 300)
        .await
        .unwrap();
    store.feed_fetched(fetched(|f| f.off = true)).await.unwrap();
    assert_eq!(ap(store, now).await.alarms(now), [Alarm::Off(url.into())]);
}

async fn polls_are_counted_and_old_ones_fade(site: Site) {
    let (store, now) = (&site.store, Store::now());
    let source = store.source("ap").await.unwrap().unwrap().id;
    store
        .add_feed(source, "https://apnews.com/feed.xml", 300)
        .await
        .unwrap();
    let feed = ap(store, now).await.feeds.remove(0);
    assert_eq!(
        (feed.spent.unchanged_percent(), feed.spent.for_one()),
        (None, None)
    );
    let poll = |unchanged| FeedFetched {
        cost: Cost {
            unchanged,
            bytes: 1_000,
            ms: 40,
        },
        ..feed.fetched(now, now)
    };
    for n in 0..4 {
        store.feed_fetched(poll(n != 0)).await.unwrap();
    }
    let spent = ap(store, now).await.feeds.remove(0).spent;
    assert_eq!(
        spent,
        Spent {
            polls: 4,
            unchanged: 3,
            bytes: 4_000,
            ms: 160
        }
    );
    assert_eq!(
        (spent.unchanged_percent(), spent.for_one()),
        (Some(75), Some((1_000, 40)))
    );
    for _ in 4..201 {
        store.feed_fetched(poll(true)).await.unwrap();
    }
    let spent = ap(store, now).await.feeds.remove(0).spent;
    assert_eq!((spent.polls, spent.unchanged), (101, 100));
    assert_eq!(spent.for_one(), Some((1_000, 40)));
}

async fn what_is_odd_stays_until_somebody_has_looked(site: Site) {
    let (store, now) = (&site.store, Store::now());
    let source = store.source("ap").await.unwrap().unwrap().id;
    let url = "https://apnews.com/feed.xml";
    store.add_feed(source, url, 300).await.unwrap();
    let feed = async || ap(store, now).await.feeds.remove(0);
    let mut fetched = feed().await.fetched(now, now);
    (fetched.host, fetched.alarm) = (
        Some("other.example".into()),
        Some("It is read from other.example.".into()),
    );
    store.feed_fetched(fetched).await.unwrap();
    // A fetch with nothing odd about it takes nothing back, and another oddity doesn't hide the first.
    let before = feed().await;
    assert_eq!(before.host.as_deref(), Some("other.example"));
    store.feed_fetched(before.fetched(now, now)).await.unwrap();
    let again = FeedFetched {
        alarm: Some("Another.".into()),
        ..before.fetched(now, now)
    };
    store.feed_fetched(again).await.unwrap();
    let odd = Alarm::Odd(url.into(), "It is read from other.example.".into());
    assert!(ap(store, now).await.alarms(now).contains(&odd));
    let by = editor(store).await;
    store.feed_looked_at(before.id, by).await.unwrap();
    assert!(!ap(store, now).await.alarms(now).contains(&odd));
    assert_eq!(feed().await.host.as_deref(), Some("other.example"));
    assert!(store.feed_looked_at(before.id, by).await.is_err());
}
