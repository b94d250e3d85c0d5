//! The inbox: everything that came in, by event, whatever became of it; and what a member has seen of it.

use crate::news_room::{an_item, batch, editor};
use crate::site::{Site, both};
use news::{Id, Lang, Millis, Place, Section, StoryId};
use store::{Fate, Inbox, InboxRow, NewExcerpt, Standing, Store, WireState};

both! {
    an_event_is_one_row each_filter_leaves_out_what_it_says it_says_what_became_of_each it_is_paged_by_key a_member_marks_what_was_seen
}

const ALL: Inbox = Inbox {
    since: Millis(0),
    section: None,
    place: None,
    lang: None,
    source: None,
    state: WireState::All,
};

async fn file(store: &Store, guid: &str, change: impl Fn(&mut NewExcerpt)) -> Fate {
    let mut item = an_item(guid, guid);
    change(&mut item);
    let filing = batch(store, vec![item]).await;
    store.file_items(filing).await.unwrap().remove(0)
}

async fn told(store: &Store, guid: &str, change: impl Fn(&mut NewExcerpt)) -> StoryId {
    match file(store, guid, change).await {
        Fate::New(id) => id,
        fate => panic!("{fate:?}"),
    }
}

fn ids(rows: &[InboxRow]) -> Vec<Vec<Option<Id>>> {
    let of = |row: &InboxRow| {
        let told = row.arrivals.iter().map(|one| one.told.as_ref());
        told.map(|told| told.map(|told| told.address.id)).collect()
    };
    rows.iter().map(of).collect()
}

async fn an_event_is_one_row(site: Site) {
    let store = &site.store;
    let one = told(store, "one", |_| {}).await;
    let alone = told(store, "alone", |_| {}).await;
    let other = told(store, "other", |item| item.section = Section::World).await;
    let rows = store.inbox(&ALL, None, 10).await.unwrap();
    assert_eq!(ids(&rows), [[Some(other)], [Some(alone)], [Some(one)]]);
    assert_eq!(rows[0].arrivals[0].why.as_deref(), Some("its category"));
    let editor = editor(store).await;
    let event = store.put_together(other, one, editor).await.unwrap();
    let rows = store.inbox(&ALL, None, 10).await.unwrap();
    assert_eq!(
        ids(&rows),
        [vec![Some(other), Some(one)], vec![Some(alone)]]
    );
    assert_eq!(rows[0].event.as_ref().unwrap().id, event);
    // Where only the older of its tellings fits, the event stands there, with all of them.
    let technology = Inbox {
        section: Some(Section::Technology),
        ..ALL
    };
    let rows = store.inbox(&technology, None, 10).await.unwrap();
    assert_eq!(
        ids(&rows),
        [vec![Some(alone)], vec![Some(other), Some(one)]]
    );
    store.withdraw(alone, 1, editor, "A test.").await.unwrap();
    let rows = store.inbox(&ALL, None, 10).await.unwrap();
    let gone = Standing::Withdrawn("A test.".into());
    assert_eq!(rows[1].arrivals[0].standing, gone);
}

/// One that readers have, another elsewhere and in another language, one that waits until `later`, and one that was
/// refused; the first three of them.
async fn four(store: &Store, later: Millis) -> (StoryId, StoryId, StoryId) {
    let plain = told(store, "plain", |_| {}).await;
    let other = told(store, "other", |item| {
        item.section = Section::World;
        item.places = vec![Place::JP];
        item.lang = Lang::parse("ms-Arab").unwrap();
    })
    .await;
    let waits = told(store, "waits", |item| item.embargo = Some(later)).await;
    let refused = file(store, "refused", |item| item.headline = String::new()).await;
    assert!(matches!(refused, Fate::Refused(_)));
    (plain, other, waits)
}

async fn each_filter_leaves_out_what_it_says(site: Site) {
    let store = &site.store;
    let later = Store::now().plus(Millis::HOUR);
    let (plain, other, waits) = four(store, later).await;
    let ap = store.source("AP").await.unwrap().unwrap().id;
    let all = [None, Some(waits), Some(other), Some(plain)];
    let lists = async |change: fn(&mut Inbox, Id, Millis)| {
        let mut asked = ALL;
        change(&mut asked, ap, later);
        let rows = store.inbox(&asked, None, 10).await.unwrap();
        ids(&rows).concat()
    };
    let other = [Some(other)];
    assert_eq!(lists(|_, _, _| {}).await, all);
    assert_eq!(
        lists(|a, _, _| a.section = Some(Section::World)).await,
        other
    );
    assert_eq!(lists(|a, _, _| a.place = Some(Place::JP)).await, other);
    assert_eq!(lists(|a, _, _| a.lang = Lang::parse("ms")).await, other);
    assert_eq!(lists(|a, ap, _| a.source = Some(ap)).await, all);
    assert_eq!(lists(|a, _, _| a.source = Some(Id(2))).await, []);
    assert_eq!(lists(|a, _, _| a.state = WireState::Shown).await, all[2..]);
    assert_eq!(
        lists(|a, _, _| a.state = WireState::Waiting).await,
        all[1..2]
    );
    assert_eq!(lists(|a, _, _| a.state = WireState::Refused).await, [None]);
    assert_eq!(lists(|a, _, later| a.since = later).await, []);
}

async fn it_says_what_became_of_each(site: Site) {
    let store = &site.store;
    let later = Store::now().plus(Millis::HOUR);
    four(store, later).await;
    let rows = store.inbox(&ALL, None, 10).await.unwrap();
    let standing = |row: usize| rows[row].arrivals[0].standing.clone();
    assert!(matches!(standing(0), Standing::Refused(why) if why.contains("no headline")));
    assert_eq!(standing(1), Standing::Waits(Some(later)));
    assert_eq!(standing(2), Standing::Shown);
}

async fn it_is_paged_by_key(site: Site) {
    let store = &site.store;
    let mut want = vec![];
    for n in 0..7 {
        want.insert(0, vec![Some(told(store, &format!("n{n}"), |_| {}).await)]);
    }
    let (mut found, mut before) = (vec![], None);
    loop {
        let rows = store.inbox(&ALL, before, 3).await.unwrap();
        let Some(last) = rows.last() else { break };
        before = Some(last.place);
        found.extend(ids(&rows));
    }
    assert_eq!(found, want);
}

async fn a_member_marks_what_was_seen(site: Site) {
    let store = &site.store;
    let (mika, other) = (editor(store).await, editor(store).await);
    assert_eq!(store.wire_seen(mika).await.unwrap(), None);
    told(store, "one", |_| {}).await;
    let seen = Store::now();
    assert_eq!(store.arrived_since(Millis(0)).await.unwrap(), 1);
    assert_eq!(store.arrived_since(seen).await.unwrap(), 0);
    store.set_wire_seen(mika, seen).await.unwrap();
    // A page that was opened before doesn't bring back what a later one has seen.
    store.set_wire_seen(mika, Millis(5)).await.unwrap();
    assert_eq!(store.wire_seen(mika).await.unwrap(), Some(seen));
    assert_eq!(store.wire_seen(other).await.unwrap(), None);
}
