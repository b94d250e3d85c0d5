//! What an agency changes: when readers are told that it did, and when its page only follows.

use crate::clusters::join;
use crate::news_room::{an_item, batch};
use crate::site::{Site, both};
use crate::wire::excerpt;
use news::{Millis, StoryId};
use store::{Fate, NewExcerpt, Store, What};

both! { a_mended_letter_is_no_update }

const LONG: &str =
    "Ferries between the islands stop at noon because of high waves, the harbour office says.";

fn told(guid: &str, words: &str) -> NewExcerpt {
    NewExcerpt {
        content_hash: words.into(),
        paragraphs: vec![words.into()],
        ..an_item(guid, "")
    }
}

async fn file(store: &Store, item: NewExcerpt) -> Fate {
    let filing = batch(store, vec![item]).await;
    store.file_items(filing).await.unwrap().remove(0)
}

async fn new(store: &Store, item: NewExcerpt) -> StoryId {
    match file(store, item).await {
        Fate::New(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn a_mended_letter_is_no_update(site: Site) {
    let store = &site.store;
    let id = new(store, told("ferries", LONG)).await;
    let other = new(store, told("other", "Buses run as usual on all islands.")).await;
    join(store, &[id, other]).await;
    let event = store.teaser(id).await.unwrap().unwrap();
    let event = event.event().unwrap().address.id;
    let first = excerpt(store, id).await;
    let retold = async || {
        let moments = store.moments(event).await.unwrap();
        moments.iter().filter(|m| m.what == What::Retold).count()
    };
    // The words follow; nobody is told of a change, and the page is as old as it was.
    let mended = LONG.replace("noon", "one");
    assert_eq!(
        file(store, told("ferries", &mended)).await,
        Fate::Update(id)
    );
    let now = excerpt(store, id).await;
    assert_eq!(
        (&now.paragraphs[0], now.updated_at),
        (&mended, first.updated_at)
    );
    assert!(now.rev > first.rev);
    assert_eq!(retold().await, 0);
    // More than a tenth is another: an update, at the place it had. Its own date doesn't bring it back to the top.
    let more = NewExcerpt {
        published_at: Store::now(),
        ..told("ferries", &format!("{mended} They may run again at six."))
    };
    tokio::time::sleep(std::time::Duration::from_millis(3)).await;
    assert_eq!(file(store, more).await, Fate::Update(id));
    let now = excerpt(store, id).await;
    assert!(now.updated_at > first.updated_at);
    assert_eq!(now.published_at, first.published_at);
    assert!(now.updated_at.since(now.published_at) > 59 * Millis::MINUTE);
    assert_eq!(retold().await, 1);
    let other = NewExcerpt {
        headline: "Chips for all of the islands".into(),
        ..told("other", "Buses run as usual on all islands.")
    };
    let other = NewExcerpt {
        content_hash: "another headline".into(),
        ..other
    };
    assert!(matches!(file(store, other).await, Fate::Update(_)));
    assert_eq!(retold().await, 2);
}
