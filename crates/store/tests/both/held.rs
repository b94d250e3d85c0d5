//! What is held: readers get it once the desk lets it out, and nothing of it is lost.

use crate::news_room::{an_item, batch, editor, refusal};
use crate::site::{Site, both};
use news::front::Of;
use news::{Id, Millis, NewsEvent, Refusal, StoryId, story::Told};
use store::{
    Alarm, Fate, FeedFetched, Inbox, NewExcerpt, Placing, Standing, Store, WireState, Word,
};

both! { what_is_held_waits_for_the_desk a_held_feed_is_let_out_at_once a_held_feed_is_refused_at_once
what_is_usual_is_counted_by_the_hour }

const WHY: &str = "It brought 31 new items within an hour, where about 3 are usual.";

fn held(guid: &str, hash: &str, why: &str) -> NewExcerpt {
    NewExcerpt {
        hold: Some(why.into()),
        ..an_item(guid, hash)
    }
}

async fn file(store: &Store, feed: Option<Id>, items: Vec<NewExcerpt>) -> Vec<StoryId> {
    let mut filing = batch(store, items).await;
    filing.feed = feed;
    let fates = store.file_items(filing).await.unwrap();
    let id = |fate| match fate {
        Fate::New(id) | Fate::Update(id) => id,
        other => panic!("{other:?}"),
    };
    fates.into_iter().map(id).collect()
}

async fn a_feed(store: &Store) -> Id {
    let ap = store.source("AP").await.unwrap().unwrap().id;
    let url = "https://apnews.com/feed.xml";
    store.add_feed(ap, url, 300).await.unwrap()
}

async fn a_held_feed(store: &Store) -> Id {
    let feed = a_feed(store).await;
    let one = store.feeds().await.unwrap().remove(0);
    let now = Store::now();
    let fetched = FeedFetched {
        held: Some(WHY.into()),
        ..one.fetched(now, now)
    };
    store.feed_fetched(fetched).await.unwrap();
    feed
}

async fn listed(store: &Store) -> usize {
    store.teasers(Of::All, None, 200).await.unwrap().len()
}

async fn standings(store: &Store, state: WireState) -> Vec<Standing> {
    let asked = Inbox {
        since: Millis(0),
        section: None,
        place: None,
        lang: None,
        source: None,
        state,
    };
    let rows = store.inbox(&asked, None, 300).await.unwrap();
    rows.into_iter()
        .map(|mut row| row.arrivals.remove(0).standing)
        .collect()
}

async fn what_is_held_waits_for_the_desk(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let ids = file(
        store,
        None,
        vec![held("one", "1", "Rule Ads"), held("two", "1", "Rule Ads")],
    )
    .await;
    let head = store.head().await.unwrap();
    assert!(store.told(ids[0]).await.unwrap().is_none());
    assert_eq!(listed(store).await, 0);
    let held_one = Standing::Held("Rule Ads".into());
    assert_eq!(
        standings(store, WireState::Held).await,
        [held_one.clone(), held_one.clone()]
    );
    // Neither the clock nor a newer telling of the agency lets it out.
    let later = Store::now().plus(Millis::DAY);
    assert_eq!(store.keep_licences(later).await.unwrap(), (0, 0));
    file(store, None, vec![an_item("one", "2")]).await;
    assert_eq!(standings(store, WireState::Held).await.len(), 2);
    assert_eq!(store.head().await.unwrap(), head, "nobody is told of it");

    store
        .free_story(ids[0], &Word::LetOut, staff)
        .await
        .unwrap();
    assert_eq!(listed(store).await, 1);
    let event = store.outbox(0, 99).await.unwrap().pop().unwrap().event;
    assert!(
        matches!(event, NewsEvent::ExcerptFiled { new: true, .. }),
        "{event:?}"
    );
    let again = store.free_story(ids[0], &Word::LetOut, staff).await;
    assert_eq!(refusal(again), Refusal::NotFound);
    let unsaid = store
        .free_story(ids[1], &Word::Refuse(" ".into()), staff)
        .await;
    assert!(refusal(unsaid).to_string().contains("why"));
    let no = Word::Refuse("An advertisement.".into());
    store.free_story(ids[1], &no, staff).await.unwrap();
    assert!(matches!(
        store.told(ids[1]).await.unwrap(),
        Some(Told::Gone(_))
    ));
    assert_eq!(standings(store, WireState::Held).await, []);
    // What was guessed as well waits for its place still.
    let mut guess = held("three", "1", "Rule Ads");
    guess.placing = Placing::Guess;
    let three = file(store, None, vec![guess]).await[0];
    store.free_story(three, &Word::LetOut, staff).await.unwrap();
    assert_eq!(
        standings(store, WireState::Waiting).await,
        [Standing::ToPlace]
    );
    assert_eq!(listed(store).await, 1);
}

async fn a_held_feed_is_let_out_at_once(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let feed = a_held_feed(store).await;
    let burst = |from: usize, to: usize| {
        (from..to)
            .map(|n| held(&format!("n{n}"), "1", WHY))
            .collect()
    };
    // More than one transaction takes.
    file(store, Some(feed), burst(0, 100)).await;
    file(store, Some(feed), burst(100, 120)).await;
    file(store, Some(feed), vec![held("ad", "1", "Rule Ads")]).await;
    assert_eq!(store.feed_held(feed).await.unwrap().as_deref(), Some(WHY));
    let now = Store::now();
    let ap = async || {
        let mut all = store.health(now).await.unwrap().into_iter();
        all.find(|one| one.source.slug == "ap").unwrap().alarms(now)
    };
    let alarm = Alarm::Held("https://apnews.com/feed.xml".into(), WHY.into());
    assert!(ap().await.contains(&alarm));
    assert_eq!(listed(store).await, 0);
    let freed = store.free_feed(feed, &Word::LetOut, staff).await.unwrap();
    assert_eq!((freed, listed(store).await), (120, 120));
    assert_eq!(store.feed_held(feed).await.unwrap(), None);
    assert!(!ap().await.contains(&alarm));
    // What a rule holds is not the feed's.
    assert_eq!(
        standings(store, WireState::Held).await,
        [Standing::Held("Rule Ads".into())]
    );
    let again = store.free_feed(feed, &Word::LetOut, staff).await;
    assert_eq!(refusal(again), Refusal::NotFound);
    // What was let out makes no burst of what comes next.
    let usual = store.usual_of(feed, Store::now()).await.unwrap();
    assert_eq!(usual.last_hour, 0);
}

async fn a_held_feed_is_refused_at_once(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let feed = a_held_feed(store).await;
    let ids = file(
        store,
        Some(feed),
        vec![held("one", "1", WHY), held("two", "1", WHY)],
    )
    .await;
    let word = Word::Refuse("Somebody else's pages.".into());
    assert_eq!(store.free_feed(feed, &word, staff).await.unwrap(), 2);
    assert!(matches!(
        store.told(ids[0]).await.unwrap(),
        Some(Told::Gone(_))
    ));
    assert_eq!(
        (listed(store).await, store.feed_held(feed).await.unwrap()),
        (0, None)
    );
    // Nor do they come back, or count as what is usual.
    let mut filing = batch(store, vec![an_item("one", "2")]).await;
    filing.feed = Some(feed);
    let fates = store.file_items(filing).await.unwrap();
    assert_eq!(fates, [Fate::Refused(Refusal::Withdrawn)]);
    let usual = store.usual_of(feed, Store::now()).await.unwrap();
    assert_eq!((usual.since, usual.langs.len()), (None, 0));
}

async fn what_is_usual_is_counted_by_the_hour(site: Site) {
    let store = &site.store;
    let feed = a_feed(store).await;
    let items =
        |from: usize, to: usize| (from..to).map(|n| an_item(&format!("n{n}"), "1")).collect();
    file(store, Some(feed), items(0, 9)).await;
    let hours = |n: i64| Store::now().plus(-n * Millis::HOUR).0;
    site.raw(&format!("UPDATE wire_item SET at = {}", hours(100)))
        .await
        .unwrap();
    file(store, Some(feed), items(9, 12)).await;
    let third = format!(
        "UPDATE wire_item SET at = {} WHERE at > {}",
        hours(50),
        hours(90)
    );
    site.raw(&third).await.unwrap();
    file(store, Some(feed), items(12, 16)).await;
    let usual = store.usual_of(feed, Store::now()).await.unwrap();
    assert_eq!((usual.last_hour, usual.before, usual.busiest), (4, 12, 3));
    assert_eq!(usual.langs.get("en"), Some(&16));
}
