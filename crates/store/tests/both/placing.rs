//! What nobody is sure of: it waits until an editor has placed it.

use crate::news_room::{an_item, batch, editor};
use crate::site::{Site, both};
use crate::wire::excerpt;
use news::front::Of;
use news::{Millis, NewsEvent, Place, Section, StoryId};
use std::time::Duration;
use store::{Error, ExcerptWords, Fate, NewExcerpt, PlaceExcerpt, Placing, Store};

both! {
    a_guess_waits_for_an_editor a_surer_telling_shows_it a_guess_moves_nothing_that_stands
    a_guess_is_over_with_its_days a_withdrawn_guess_waits_no_more an_embargo_that_comes_later_counts
}

fn a_guess(guid: &str, hash: &str) -> NewExcerpt {
    NewExcerpt {
        placing: Placing::Guess,
        medtop: Some("medtop:13000000".into()),
        ..an_item(guid, hash)
    }
}

async fn file(store: &Store, item: NewExcerpt) -> StoryId {
    let filing = batch(store, vec![item]).await;
    match store.file_items(filing).await.unwrap().remove(0) {
        Fate::New(id) | Fate::Update(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn listed(store: &Store) -> usize {
    let places = store.teasers(Of::Place(Place::KP), None, 9).await.unwrap();
    let all = store.teasers(Of::All, None, 9).await.unwrap();
    assert_eq!(places.len(), all.len());
    all.len()
}

async fn newest(store: &Store) -> NewsEvent {
    store.outbox(0, 99).await.unwrap().pop().unwrap().event
}

async fn a_guess_waits_for_an_editor(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let id = file(store, a_guess("one", "h1")).await;
    let head = store.head().await.unwrap();
    assert!(store.told(id).await.unwrap().is_none());
    assert!(store.teaser(id).await.unwrap().is_none());
    assert_eq!(
        (listed(store).await, store.counts().await.unwrap().all),
        (0, 0)
    );
    assert_eq!(store.keep_licences(Store::now()).await.unwrap(), (0, 0));

    let waiting = store.to_place(9).await.unwrap();
    assert_eq!(waiting.len(), 1);
    let first = &waiting[0];
    assert_eq!((first.story, first.guess), (id, Section::Technology));
    assert_eq!(
        (first.source.as_str(), first.why.as_str()),
        ("AP", "its category")
    );
    let words = ExcerptWords {
        story: id,
        rev: first.rev,
        staff,
        paragraphs: vec!["Cut.".into()],
    };
    let cut = store.set_excerpt_words(words).await;
    assert!(matches!(cut, Err(Error::Refused(_))));
    assert_eq!(store.head().await.unwrap(), head, "nobody is told of it");

    let place = PlaceExcerpt {
        story: id,
        rev: first.rev,
        staff,
        section: Section::Science,
        places: vec![Place::KP],
        note: None,
    };
    store.place_excerpt(place).await.unwrap();
    let event = newest(store).await;
    assert!(
        matches!(event, NewsEvent::ExcerptFiled { new: true, .. }),
        "{event:?}"
    );
    assert_eq!(excerpt(store, id).await.section, Section::Science);
    assert_eq!(listed(store).await, 1);
    assert!(store.to_place(9).await.unwrap().is_empty());
    // Another guess of the agency's item is not asked.
    file(store, a_guess("one", "h2")).await;
    assert_eq!(excerpt(store, id).await.section, Section::Science);
}

async fn a_surer_telling_shows_it(site: Site) {
    let store = &site.store;
    let id = file(store, a_guess("one", "h1")).await;
    assert_eq!(file(store, a_guess("one", "h2")).await, id);
    assert_eq!(listed(store).await, 0);
    assert_eq!(file(store, an_item("one", "h3")).await, id);
    let event = newest(store).await;
    assert!(
        matches!(event, NewsEvent::ExcerptFiled { new: true, .. }),
        "{event:?}"
    );
    assert_eq!(
        (listed(store).await, store.to_place(9).await.unwrap().len()),
        (1, 0)
    );
}

async fn a_guess_moves_nothing_that_stands(site: Site) {
    let store = &site.store;
    let id = file(store, an_item("one", "h1")).await;
    let guess = NewExcerpt {
        section: Section::Sport,
        ..a_guess("one", "h2")
    };
    file(store, guess).await;
    assert_eq!(excerpt(store, id).await.section, Section::Technology);
    assert_eq!(listed(store).await, 1);
}

async fn a_guess_is_over_with_its_days(site: Site) {
    let store = &site.store;
    let mut ap = store.source("AP").await.unwrap().unwrap();
    ap.terms.archive_days = Some(3);
    store.set_source(&ap).await.unwrap();
    file(store, a_guess("one", "h1")).await;
    let later = Store::now().plus(4 * Millis::DAY);
    assert_eq!(store.keep_licences(later).await.unwrap(), (0, 1));
    assert!(store.to_place(9).await.unwrap().is_empty());
}

async fn an_embargo_that_comes_later_counts(site: Site) {
    let store = &site.store;
    let soon = Store::now().plus(3 * Millis::HOUR);
    let under = |item: NewExcerpt| NewExcerpt {
        embargo: Some(soon),
        ..item
    };
    // Somebody is sure of it by now; the embargo has the last word.
    let id = file(store, a_guess("one", "h1")).await;
    assert_eq!(file(store, under(an_item("one", "h2"))).await, id);
    assert_eq!(listed(store).await, 0);
    // Nobody is: an editor's placing doesn't lift it.
    let two = file(store, a_guess("two", "h1")).await;
    assert_eq!(file(store, under(a_guess("two", "h2"))).await, two);
    let waiting = store.to_place(9).await.unwrap();
    let rev = waiting.iter().find(|it| it.story == two).unwrap().rev;
    let place = PlaceExcerpt {
        story: two,
        rev,
        staff: editor(store).await,
        section: Section::Technology,
        places: vec![Place::KP],
        note: None,
    };
    store.place_excerpt(place).await.unwrap();
    assert_eq!(listed(store).await, 0);
    assert_eq!(store.keep_licences(Store::now()).await.unwrap(), (0, 0));
    assert_eq!(store.keep_licences(soon).await.unwrap(), (2, 0));
    assert_eq!(listed(store).await, 2);
}

async fn a_withdrawn_guess_waits_no_more(site: Site) {
    let store = &site.store;
    let id = file(store, a_guess("one", "h1")).await;
    let rev = store.to_place(9).await.unwrap()[0].rev;
    let staff = editor(store).await;
    let withdrawn = store.withdraw(id, rev, staff, "It was wrong.").await;
    withdrawn.unwrap();
    let mut ap = store.source("AP").await.unwrap().unwrap();
    ap.terms.archive_days = Some(3);
    store.set_source(&ap).await.unwrap();
    let later = Store::now().plus(4 * Millis::DAY);
    // What can't end must not be looked for again and again.
    let kept = tokio::time::timeout(Duration::from_secs(20), store.keep_licences(later)).await;
    assert_eq!(kept.unwrap().unwrap(), (0, 0));
}
