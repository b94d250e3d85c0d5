//! Terms beyond characters: words, shares, delays, days, and the end of an agreement.

use crate::news_room::{an_item, batch};
use crate::site::{Site, both};
use crate::wire::excerpt;
use news::front::Of;
use news::story::Told;
use news::{Id, Millis, NewsEvent, Place, Refusal, UsageTerms};
use store::{Fate, Store};

both! {
    words_and_shares_count_too what_is_delayed_appears_later days_pass_and_words_go
    an_agreement_that_has_ended_shows_nothing what_is_due_and_over_is_never_seen
}

async fn under(store: &Store, change: impl FnOnce(&mut UsageTerms)) {
    let mut ap = store.source("AP").await.unwrap().unwrap();
    change(&mut ap.terms);
    store.set_source(&ap).await.unwrap();
}

async fn file(store: &Store, guid: &str, published_at: Millis) -> Fate {
    let mut item = an_item(guid, "h");
    item.published_at = published_at;
    let filing = batch(store, vec![item]).await;
    store.file_items(filing).await.unwrap().remove(0)
}

fn new(fate: Fate) -> Id {
    let Fate::New(id) = fate else {
        panic!("{fate:?}")
    };
    id
}

async fn words_and_shares_count_too(site: Site) {
    let store = &site.store;
    let now = Store::now();
    // The item has six words, and all of the text that was given.
    under(store, |terms| terms.max_words = Some(6)).await;
    let id = new(file(store, "six", now).await);
    under(store, |terms| terms.max_words = Some(5)).await;
    let refused = file(store, "one too many", now).await;
    let Fate::Refused(Refusal::BeyondTerms { allow, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(allow, "2000 characters, 5 words");
    // What stands is shown as the terms are now.
    assert_eq!(excerpt(store, id).await.paragraphs, ["A first sentence."]);
    under(store, |terms| {
        terms.max_words = None;
        terms.max_share = Some(60);
    })
    .await;
    assert!(matches!(
        file(store, "all of it", now).await,
        Fate::Refused(Refusal::BeyondTerms { .. })
    ));
    assert_eq!(excerpt(store, id).await.paragraphs, ["A first sentence."]);
    let Some(news::Teaser::Excerpt(card)) = store.teaser(id).await.unwrap() else {
        panic!("a card")
    };
    assert_eq!(card.words, "A first sentence.");
}

async fn what_is_delayed_appears_later(site: Site) {
    let store = &site.store;
    under(store, |terms| terms.delay_min = 30).await;
    let now = Store::now();
    let old = new(file(store, "old", now.plus(-31 * Millis::MINUTE)).await);
    assert!(store.told(old).await.unwrap().is_some());
    let fresh = new(file(store, "fresh", now).await);
    assert!(store.told(fresh).await.unwrap().is_none());
    assert!(store.teaser(fresh).await.unwrap().is_none());
    assert!(matches!(file(store, "fresh", now).await, Fate::Duplicate(id) if id == fresh));
    let head = store.head().await.unwrap();
    let soon = now.plus(29 * Millis::MINUTE);
    assert_eq!(store.keep_licences(soon).await.unwrap(), (0, 0));
    let then = now.plus(31 * Millis::MINUTE);
    assert_eq!(store.keep_licences(then).await.unwrap(), (1, 0));
    assert_eq!(store.keep_licences(then).await.unwrap(), (0, 0));
    assert_eq!(excerpt(store, fresh).await.published_at, now);
    let told = store.outbox(head, 9).await.unwrap();
    assert!(matches!(
        told[0].event,
        NewsEvent::ExcerptFiled { story, new: true, .. } if story == fresh
    ));
    let of_place = store.teasers(Of::Place(Place::KP), None, 9).await.unwrap();
    assert!(of_place.iter().any(|t| t.id() == fresh));
}

async fn days_pass_and_words_go(site: Site) {
    let store = &site.store;
    let now = Store::now();
    let id = new(file(store, "one", now).await);
    under(store, |terms| terms.archive_days = Some(30)).await;
    let day = |n: i64| now.plus(n * Millis::DAY);
    assert_eq!(store.keep_licences(day(29)).await.unwrap(), (0, 0));
    assert_eq!(store.keep_licences(day(31)).await.unwrap(), (0, 1));
    assert_eq!(store.keep_licences(day(31)).await.unwrap(), (0, 0));
    let Some(Told::Gone(gone)) = store.told(id).await.unwrap() else {
        panic!("gone")
    };
    assert!(gone.why.contains("30 days"), "{}", gone.why);
    // What is that old already isn't filed.
    let old = file(store, "old", day(-31)).await;
    assert!(matches!(old, Fate::Refused(Refusal::Invalid(_))));
}

async fn an_agreement_that_has_ended_shows_nothing(site: Site) {
    let store = &site.store;
    let now = Store::now();
    let stands = new(file(store, "stands", now).await);
    under(store, |terms| terms.delay_min = 30).await;
    let waits = new(file(store, "waits", now).await);
    under(store, |terms| terms.contract_ends = Some(now.plus(1_000))).await;
    assert_eq!(store.keep_licences(now).await.unwrap(), (0, 0));
    let later = now.plus(2_000);
    assert_eq!(store.keep_licences(later).await.unwrap(), (0, 2));
    for id in [stands, waits] {
        assert!(matches!(store.told(id).await.unwrap(), Some(Told::Gone(_))));
    }
    under(store, |terms| terms.contract_ends = Some(now)).await;
    let refused = file(store, "late", now).await;
    assert!(matches!(refused, Fate::Refused(Refusal::Invalid(_))));
}

async fn what_is_due_and_over_is_never_seen(site: Site) {
    let store = &site.store;
    let now = Store::now();
    let day = |n: i64| now.plus(n * Millis::DAY);
    under(store, |terms| {
        terms.delay_min = 24 * 60;
        terms.archive_days = Some(3);
    })
    .await;
    let days = new(file(store, "its days", now).await);
    let head = store.head().await.unwrap();
    // Nobody looked for four days: by now it is due, and its days are over.
    assert_eq!(store.keep_licences(day(4)).await.unwrap(), (0, 1));
    under(store, |terms| {
        terms.archive_days = None;
        terms.contract_ends = Some(day(2));
    })
    .await;
    let agreement = new(file(store, "the agreement", now).await);
    assert_eq!(store.keep_licences(day(4)).await.unwrap(), (0, 1));
    for id in [days, agreement] {
        assert!(matches!(store.told(id).await.unwrap(), Some(Told::Gone(_))));
    }
    for told in store.outbox(head, 99).await.unwrap() {
        let seen = matches!(told.event, NewsEvent::ExcerptFiled { .. });
        assert!(!seen, "{:?}", told.event);
    }
}
