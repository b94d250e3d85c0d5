//! Breaking news: an editor's word, a trusted mark with a second owner, and the clock.

use crate::news_room::{a_story, an_item, editor, published, refusal};
use crate::site::{Site, both};
use news::breaking::LASTS;
use news::front::Of;
use news::{Id, Millis, NewsEvent, Refusal, StoryId};
use store::{EVENTS, Fate, FileItems, Join, Store};

both! {
    an_editor_begins_and_ends_it the_clock_ends_it a_flash_breaks_as_it_goes_out
    a_trusted_mark_needs_a_second_owner a_mark_may_come_with_a_change what_was_withdrawn_breaks_no_more
}

async fn told_by(store: &Store, source: &str, mark: Option<&str>) -> StoryId {
    let mut item = an_item(source, "h");
    (item.breaking, item.published_at) = (mark.map(str::to_owned), Store::now());
    let source = store.source(source).await.unwrap().unwrap().id;
    let batch = FileItems {
        source,
        feed: None,
        items: vec![item],
        validators: None,
    };
    match store.file_items(batch).await.unwrap().remove(0) {
        Fate::New(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn trust(store: &Store, source: &str) {
    let id = store.source(source).await.unwrap().unwrap().id;
    store.set_trust(id, 1).await.unwrap();
}

async fn breaks(store: &Store, now: Millis) -> Vec<StoryId> {
    let all = store.breaking(Of::All, now).await.unwrap();
    all.iter().map(|it| it.teaser.id()).collect()
}

/// The newest events: of which story, and until when it breaks.
async fn told(store: &Store, after: u64) -> Vec<(StoryId, Option<Millis>)> {
    let rows = store.outbox(after, 100).await.unwrap();
    let event = |row: store::OutboxRow| match row.event {
        NewsEvent::Breaking { story, until, .. } => Some((story, until)),
        _ => None,
    };
    rows.into_iter().filter_map(event).collect()
}

async fn an_editor_begins_and_ends_it(site: Site) {
    let store = &site.store;
    let (mika, now) = (editor(store).await, Store::now());
    let story = published(store, a_story("Typhoon nears Kyushu")).await;
    let id = story.address.id;
    let head = store.head().await.unwrap();
    let until = store
        .set_breaking(id, mika, Some(LASTS), now)
        .await
        .unwrap();
    assert_eq!(until, Some(now.plus(LASTS)));
    assert_eq!(breaks(store, now).await, [id]);
    assert_eq!(told(store, head).await, [(id, until)]);
    // The story's words and facts can be changed meanwhile: it counts no change of the row.
    let draft = store.draft(id).await.unwrap().unwrap().story;
    assert_eq!((draft.rev, draft.breaking_until), (story.rev, until));
    assert_eq!(store.set_breaking(id, mika, None, now).await.unwrap(), None);
    assert_eq!(store.set_breaking(id, mika, None, now).await.unwrap(), None);
    assert_eq!(breaks(store, now).await, []);
    assert_eq!(told(store, head).await, [(id, until), (id, None)]);
    for lasts in [0, -1, 25 * Millis::HOUR] {
        let no = refusal(store.set_breaking(id, mika, Some(lasts), now).await);
        assert!(matches!(no, Refusal::Invalid(_)), "{no:?}");
    }
    let draft = store.begin_story(a_story("Not yet")).await.unwrap();
    for nobodys in [draft, Id(7)] {
        let no = refusal(store.set_breaking(nobodys, mika, Some(LASTS), now).await);
        assert_eq!(no, Refusal::NotFound);
    }
}

async fn the_clock_ends_it(site: Site) {
    let store = &site.store;
    let (mika, now) = (editor(store).await, Store::now());
    let id = published(store, a_story("Typhoon nears Kyushu"))
        .await
        .address
        .id;
    store
        .set_breaking(id, mika, Some(LASTS), now)
        .await
        .unwrap();
    let head = store.head().await.unwrap();
    let last = now.plus(LASTS - 1);
    assert_eq!(breaks(store, last).await, [id]);
    assert_eq!(store.end_breaking(last).await.unwrap(), 0);
    let over = now.plus(LASTS);
    assert_eq!(breaks(store, over).await, []);
    assert_eq!(store.end_breaking(over).await.unwrap(), 1);
    assert_eq!(store.end_breaking(over).await.unwrap(), 0);
    assert_eq!(told(store, head).await, [(id, None)]);
}

async fn a_flash_breaks_as_it_goes_out(site: Site) {
    let store = &site.store;
    let head = store.head().await.unwrap();
    let mut flash = a_story("Typhoon turns on Kyushu");
    flash.urgency = 2;
    let id = published(store, flash).await.address.id;
    let mut calm = a_story("Rice is cheap");
    calm.urgency = 3;
    published(store, calm).await;
    assert_eq!(breaks(store, Store::now()).await, [id]);
    assert_eq!(told(store, head).await.len(), 1);
    // A correction of it doesn't.
    store.end_breaking(Store::now().plus(LASTS)).await.unwrap();
    let again = crate::news_room::publication(store, id).await;
    let again = store::Publish {
        note: Some("A name was wrong.".into()),
        ..again
    };
    store.publish(again).await.unwrap();
    assert_eq!(breaks(store, Store::now()).await, []);
}

async fn a_trusted_mark_needs_a_second_owner(site: Site) {
    let (store, now) = (&site.store, Store::now());
    // Nobody trusts it yet: its mark isn't kept, also when it is trusted afterwards.
    let early = told_by(store, "kuroshio", Some("速報")).await;
    trust(store, "AP").await;
    trust(store, "kuroshio").await;
    assert_eq!(store.trusted().await.unwrap(), ["ap", "kuroshio"]);
    let marked = told_by(store, "ap", Some("BREAKING")).await;
    let second = told_by(store, "formosa", None).await;
    let head = store.head().await.unwrap();
    // One owner's second voice is no second owner.
    let ap = store.source("ap").await.unwrap().unwrap();
    let formosa = store.source("formosa").await.unwrap().unwrap();
    for source in [ap.id, formosa.id] {
        store.set_owner(source, Some("Island Media")).await.unwrap();
    }
    join(store, second, marked).await;
    assert_eq!(breaks(store, now).await, []);
    // Nor does an item that was marked before anybody trusted its source count.
    store.set_owner(formosa.id, None).await.unwrap();
    join(store, early, marked).await;
    assert_eq!(breaks(store, now).await, [marked]);
    // Once for the event, whoever joins it later, and also when it is over.
    let over = Store::now().plus(LASTS);
    store.end_breaking(over).await.unwrap();
    let later = told_by(store, "gulf-courier", None).await;
    join(store, later, marked).await;
    assert_eq!(breaks(store, now).await, []);
    let told = told(store, head).await;
    assert!(
        matches!(told[..], [(one, Some(_)), (other, None)] if one == marked && other == marked),
        "{told:?}"
    );
    // And one line of the bar, whoever of them an editor marks besides.
    let mika = editor(store).await;
    for story in [second, later] {
        store
            .set_breaking(story, mika, Some(LASTS), now)
            .await
            .unwrap();
    }
    assert_eq!(breaks(store, now).await.len(), 1);
}

async fn a_mark_may_come_with_a_change(site: Site) {
    let (store, now) = (&site.store, Store::now());
    trust(store, "ap").await;
    let first = told_by(store, "ap", None).await;
    let second = told_by(store, "formosa", None).await;
    join(store, second, first).await;
    assert_eq!(breaks(store, now).await, []);
    let mut item = an_item("ap", "h2");
    (item.breaking, item.published_at) = (Some("BREAKING".into()), Store::now());
    let batch = crate::news_room::batch(store, vec![item]).await;
    let fate = store.file_items(batch).await.unwrap().remove(0);
    assert_eq!(fate, Fate::Update(first));
    assert_eq!(breaks(store, now).await, [first]);
}

async fn join(store: &Store, story: StoryId, with: StoryId) {
    let seen = store.mark(EVENTS).await.unwrap();
    let why = String::new();
    let joins = [Join { story, with, why }];
    store
        .join_tellings((seen, seen), &joins)
        .await
        .unwrap()
        .unwrap();
}

async fn what_was_withdrawn_breaks_no_more(site: Site) {
    let store = &site.store;
    let (mika, now) = (editor(store).await, Store::now());
    let story = published(store, a_story("Typhoon nears Kyushu")).await;
    let id = story.address.id;
    store
        .set_breaking(id, mika, Some(LASTS), now)
        .await
        .unwrap();
    store
        .withdraw(id, story.rev, mika, "It was wrong.")
        .await
        .unwrap();
    assert_eq!(breaks(store, now).await, []);
    let no = refusal(store.set_breaking(id, mika, Some(LASTS), now).await);
    assert_eq!(no, Refusal::Withdrawn);
}
