//! Feeds are due, claimed and given back; where they move; who tells us of their changes.

use crate::news_room::{an_item, batch};
use crate::site::{Site, both};
use news::{Id, Millis};
use store::{Feed, FeedFetched, Moved, Pace, Store, Subscription};

both! { feeds_are_claimed_once a_fetch_leaves_everything_behind a_feed_moves_unless_another_is_there a_gone_feed_is_off
a_hub_tells_of_changes what_is_announced_meanwhile_is_due_still }

async fn a_feed(store: &Store, url: &str) -> Id {
    let ap = store.source("AP").await.unwrap().unwrap().id;
    store.add_feed(ap, url, 300).await.unwrap()
}

async fn one(store: &Store, id: Id) -> Feed {
    let mut feeds = store.feeds().await.unwrap().into_iter();
    feeds.find(|feed| feed.id == id).unwrap()
}

async fn claim(store: &Store, now: Millis, lease_ms: i64) -> Vec<Feed> {
    let due = store.due_feeds(now).await.unwrap();
    let ids: Vec<Id> = due.iter().map(|feed| feed.id).collect();
    store.claim_feeds(&[], &ids, now, lease_ms).await.unwrap()
}

async fn feeds_are_claimed_once(site: Site) {
    let store = &site.store;
    let ap = store.source("AP").await.unwrap().unwrap().id;
    let feed = a_feed(store, "https://apnews.com/feed.xml").await;
    let again = store.add_feed(ap, "https://apnews.com/feed.xml", 600);
    assert_eq!(again.await.unwrap(), feed);
    let kuroshio = store.source("kuroshio").await.unwrap().unwrap().id;
    let taken = store.add_feed(kuroshio, "https://apnews.com/feed.xml", 60);
    let sentence = taken.await.unwrap_err().to_string();
    assert!(sentence.contains("another source"), "{sentence}");
    let now = Store::now().plus(1_000);
    let (twice, once) = ([feed, feed], [feed]);
    let (a, b) = tokio::join!(
        store.claim_feeds(&[], &twice, now, 60_000),
        store.claim_feeds(&[], &once, now, 60_000)
    );
    let claimed = [a.unwrap(), b.unwrap()].concat();
    assert_eq!(claimed.len(), 1);
    assert_eq!((claimed[0].id, claimed[0].interval_s), (feed, 600));
    assert!(claim(store, now, 60_000).await.is_empty());
    let late = now.plus(60_000);
    assert_eq!(claim(store, late, 60_000).await.len(), 1, "the lease ended");
    let fetched = FeedFetched {
        etag: Some("\"v1\"".into()),
        error: Some("odd\0".into()),
        ..claimed[0].fetched(now, now.plus(600_000))
    };
    let mut filing = batch(store, vec![an_item("one", "h")]).await;
    (filing.feed, filing.validators) = (Some(feed), Some(fetched));
    store.file_items(filing).await.unwrap();
    let after = one(store, feed).await;
    assert_eq!(
        (after.etag.as_deref(), after.next_at),
        (Some("\"v1\""), now.plus(600_000))
    );
    assert!(claim(store, now.plus(500_000), 1).await.is_empty());
    assert_eq!(claim(store, now.plus(600_000), 1).await.len(), 1);
}

async fn a_fetch_leaves_everything_behind(site: Site) {
    let store = &site.store;
    let feed = a_feed(store, "https://apnews.com/feed.xml").await;
    let now = Store::now();
    let pace = Pace {
        every_s: Some(450),
        least_s: 3_600,
        skip_hours: 0xff_ffff,
        skip_days: 0b110_0000,
    };
    let moved = Moved {
        to: "https://apnews.com/new.xml".into(),
        since: now,
    };
    let fetched = FeedFetched {
        body_hash: Some("abc".into()),
        pace,
        moved: Some(moved.clone()),
        refused_since: Some(now),
        failures: 3,
        ..one(store, feed).await.fetched(now, now.plus(1))
    };
    store.feed_fetched(fetched).await.unwrap();
    let after = one(store, feed).await;
    assert_eq!((after.pace, after.moved.clone()), (pace, Some(moved)));
    assert_eq!(
        (after.body_hash.as_deref(), after.failures),
        (Some("abc"), 3)
    );
    assert!(!after.is_refused(now.plus(5 * Millis::DAY - 1)));
    assert!(after.is_refused(now.plus(5 * Millis::DAY)));
    // What a fetch that goes well says of a feed is what the feed had, but for its faults.
    store.feed_fetched(after.fetched(now, now)).await.unwrap();
    let well = one(store, feed).await;
    assert_eq!((well.refused_since, well.failures), (None, 0));
    assert_eq!((well.pace, well.moved), (after.pace, after.moved));
}

async fn a_feed_moves_unless_another_is_there(site: Site) {
    let store = &site.store;
    let (old, new) = ("https://apnews.com/old.xml", "https://apnews.com/new.xml");
    let (feed, other) = (a_feed(store, old).await, a_feed(store, new).await);
    let moving = |feed: &Feed, to: &str| FeedFetched {
        moves: Some(to.into()),
        ..feed.fetched(Store::now(), Store::now())
    };
    let before = one(store, feed).await;
    store.feed_fetched(moving(&before, new)).await.unwrap();
    assert_eq!(one(store, feed).await.url, old);
    let third = "https://apnews.com/third.xml";
    store.feed_fetched(moving(&before, third)).await.unwrap();
    let after = one(store, feed).await;
    assert_eq!(
        (after.url.as_str(), after.first_url.as_deref()),
        (third, Some(old))
    );
    // Who adds it by its old address means this one; nobody else moves to where it was.
    assert_eq!(a_feed(store, old).await, feed);
    store
        .feed_fetched(moving(&one(store, other).await, old))
        .await
        .unwrap();
    assert_eq!(one(store, other).await.url, new);
    assert_eq!(store.feeds().await.unwrap().len(), 2);
}

async fn a_gone_feed_is_off(site: Site) {
    let store = &site.store;
    let feed = a_feed(store, "https://apnews.com/feed.xml").await;
    let later = Store::now().plus(Millis::DAY);
    let gone = FeedFetched {
        off: true,
        ..one(store, feed).await.fetched(Store::now(), later)
    };
    store.feed_fetched(gone).await.unwrap();
    assert!(one(store, feed).await.off);
    assert!(store.due_feeds(later).await.unwrap().is_empty());
    // Turned on again it is due at once, and a fetch that goes well leaves it on.
    a_feed(store, "https://apnews.com/feed.xml").await;
    let soon = Store::now().plus(1_000);
    let claimed = claim(store, soon, 1).await;
    store
        .feed_fetched(claimed[0].fetched(soon, soon))
        .await
        .unwrap();
    assert!(!one(store, feed).await.off);
}

fn a_subscription(feed: Id, token: &str) -> Subscription {
    Subscription {
        feed,
        hub: "https://hub.example/".into(),
        topic: "https://apnews.com/feed.xml".into(),
        token: token.into(),
        secret: "5ec2e7".into(),
        asks: 0,
        asked_at: None,
        until: None,
        last_push: None,
        off: false,
    }
}

/// A feed that is told of by its hub and due in an hour.
async fn subscribed(store: &Store, now: Millis) -> Id {
    let feed = a_feed(store, "https://apnews.com/feed.xml").await;
    let fetched = one(store, feed).await.fetched(now, now.plus(Millis::HOUR));
    store.feed_fetched(fetched).await.unwrap();
    let asked = a_subscription(feed, "t1");
    store.found_hub(&asked, now).await.unwrap();
    store
        .subscription_asked("t1", now, now.plus(300_000))
        .await
        .unwrap();
    let (until, again) = (now.plus(10 * Millis::DAY), now.plus(8 * Millis::DAY));
    assert!(
        store
            .subscription_confirmed("t1", until, again)
            .await
            .unwrap()
    );
    feed
}

async fn a_hub_tells_of_changes(site: Site) {
    let (store, now) = (&site.store, Store::now());
    let feed = subscribed(store, now).await;
    let until = now.plus(10 * Millis::DAY);
    assert_eq!(one(store, feed).await.told_until, Some(until));
    // Nobody asked a second time: the second word of agreement is not the hub's.
    assert!(
        !store
            .subscription_confirmed("t1", until, now)
            .await
            .unwrap()
    );
    assert!(!store.subscription_denied("t1", now).await.unwrap());
    // The same hub again changes nothing; another is another subscription.
    store
        .found_hub(&a_subscription(feed, "t2"), now)
        .await
        .unwrap();
    assert_eq!(store.subscription("t2").await.unwrap(), None);
    assert!(store.subscriptions_to_ask(now).await.unwrap().is_empty());
    let due = store
        .subscriptions_to_ask(now.plus(8 * Millis::DAY))
        .await
        .unwrap();
    assert_eq!((due.len(), due[0].token.as_str()), (1, "t1"));

    assert!(!store.feed_pushed("t2", "one", now).await.unwrap());
    assert!(store.feed_pushed("t1", "one", now).await.unwrap());
    assert_eq!(one(store, feed).await.next_at, now);
    let fetched = one(store, feed)
        .await
        .fetched(now.plus(1), now.plus(Millis::HOUR));
    store.feed_fetched(fetched).await.unwrap();
    // The same words again are none; others within the minute wait for its end, however many.
    assert!(!store.feed_pushed("t1", "one", now.plus(2)).await.unwrap());
    assert_eq!(one(store, feed).await.next_at, now.plus(Millis::HOUR));
    for (word, at) in [("two", 5_000), ("three", 6_000), ("four", 59_000)] {
        assert!(store.feed_pushed("t1", word, now.plus(at)).await.unwrap());
        assert_eq!(
            one(store, feed).await.next_at,
            now.plus(Millis::MINUTE),
            "{word}"
        );
    }
    // After its time, and for a feed that is off, a hub's word is nothing.
    assert!(!store.feed_pushed("t1", "late", until).await.unwrap());
    store
        .found_hub(
            &Subscription {
                hub: "https://other.example/".into(),
                ..a_subscription(feed, "t3")
            },
            now,
        )
        .await
        .unwrap();
    assert_eq!(store.subscription("t1").await.unwrap(), None);
    assert_eq!(one(store, feed).await.told_until, None);
    store.lost_hub(feed).await.unwrap();
    assert_eq!(store.hub_of(feed).await.unwrap(), None);
}

async fn what_is_announced_meanwhile_is_due_still(site: Site) {
    let (store, now) = (&site.store, Store::now());
    let feed = subscribed(store, now).await;
    assert!(store.feed_pushed("t1", "one", now.plus(500)).await.unwrap());
    let fetched = one(store, feed).await.fetched(now, now.plus(Millis::HOUR));
    store.feed_fetched(fetched).await.unwrap();
    assert_eq!(one(store, feed).await.next_at, now.plus(500));
    let fetched = one(store, feed)
        .await
        .fetched(now.plus(501), now.plus(Millis::HOUR));
    store.feed_fetched(fetched).await.unwrap();
    assert_eq!(one(store, feed).await.next_at, now.plus(Millis::HOUR));
}
