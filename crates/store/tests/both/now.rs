//! What matters now, counted: by owner, in the last hours and in the same hours of the days before.

use crate::news_room::{a_story, an_item, published};
use crate::site::{Site, both};
use news::front::Of;
use news::trend::{Count, Subject};
use news::{Millis, Place, Region, Section};
use store::{EVENTS, FileItems, Join, NewExcerpt, Store};

both! { trends_count_owners_and_the_same_hours_before what_one_owner_tells_of_one_event_counts_once a_list_is_weighed
the_latest_have_a_date_and_a_depth what_is_old_when_it_comes_is_no_news }

/// Items of a source, each so many minutes old.
async fn file(store: &Store, source: &str, ages: &[i64], now: Millis) {
    let item = |age: &i64| NewExcerpt {
        guid: format!("{source} {age}"),
        address: format!("https://{source}.example/{age}"),
        published_at: now.plus(-age * Millis::MINUTE),
        ..an_item("any", "h")
    };
    let items = ages.iter().map(item).collect();
    file_all(store, source, items).await;
}

async fn file_all(store: &Store, source: &str, items: Vec<NewExcerpt>) {
    let source = store.source(source).await.unwrap().unwrap().id;
    let batch = FileItems {
        source,
        feed: None,
        items,
        validators: None,
    };
    store.file_items(batch).await.unwrap();
}

fn of(counts: &[Count], name: &str) -> Option<(u32, u32, u32)> {
    let count = counts.iter().find(|count| count.of.name() == name)?;
    Some((count.now, count.owners, count.before))
}

async fn trends_count_owners_and_the_same_hours_before(site: Site) {
    let store = &site.store;
    let now = Store::now();
    let day = 24 * 60;
    // In the hours and just outside them; a day and seven days before, and eight.
    let ap = [
        5,
        119,
        121,
        day - 1,
        day + 5,
        day + 119,
        day + 121,
        7 * day + 119,
        7 * day + 121,
        8 * day + 5,
    ];
    file(store, "ap", &ap, now).await;
    file(store, "kuroshio", &[7], now).await;
    let two = store.trend_counts(Of::All, now).await.unwrap();
    assert_eq!(two, []);
    file(store, "formosa", &[9], now).await;
    let undated = NewExcerpt {
        undated: true,
        ..an_item("undated", "h")
    };
    file_all(store, "gulf-courier", vec![undated]).await;
    let counts = store.trend_counts(Of::All, now).await.unwrap();
    assert_eq!(of(&counts, "North Korea"), Some((4, 3, 3)));
    assert_eq!(of(&counts, "Politics"), Some((4, 3, 3)));
    // Our own newsroom is one more owner of what its stories are about; alone it makes no trend.
    published(store, a_story("Ferries stop")).await;
    published(store, a_story("Ferries wait")).await;
    let counts = store.trend_counts(Of::All, now).await.unwrap();
    assert_eq!(of(&counts, "South Korea"), Some((6, 4, 3)));
    assert_eq!(of(&counts, "North Korea"), Some((4, 3, 3)));
    assert_eq!(of(&counts, "Shipping"), None);
    let topic = counts.iter().find(|count| count.of.name() == "Politics");
    assert_eq!(
        topic.unwrap().of,
        Subject::Topic("politics".into(), "Politics".into())
    );
    for (list, has) in [
        (Of::Section(Section::Technology), true),
        (Of::Section(Section::Business), false),
        (Of::Place(Place::KP), true),
        (Of::Place(Place::JP), false),
        (Of::Region(Region::EasternAsia), true),
        (Of::Region(Region::SouthernAsia), false),
        (Of::SectionPlace(Section::Technology, Place::KP), true),
        (Of::SectionPlace(Section::Culture, Place::KP), false),
    ] {
        let counts = store.trend_counts(list, now).await.unwrap();
        assert_eq!(of(&counts, "North Korea").is_some(), has, "{list:?}");
    }
}

async fn what_one_owner_tells_of_one_event_counts_once(site: Site) {
    let store = &site.store;
    let now = Store::now();
    let ages: Vec<i64> = (1..60).chain(1_440 + 1..1_440 + 20).collect();
    file(store, "ap", &ages, now).await;
    let all = store.teasers(Of::All, None, 99).await.unwrap();
    let joins = all[1..].iter().map(|telling| Join {
        story: telling.id(),
        with: all[0].id(),
        why: String::new(),
    });
    let joins: Vec<Join> = joins.collect();
    let seen = store.mark(EVENTS).await.unwrap();
    store
        .join_tellings((seen, seen), &joins)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(store.trend_counts(Of::All, now).await.unwrap(), []);
    file(store, "kuroshio", &[7], now).await;
    file(store, "formosa", &[9], now).await;
    let counts = store.trend_counts(Of::All, now).await.unwrap();
    assert_eq!(of(&counts, "North Korea"), Some((3, 3, 1)));
    assert_eq!(of(&counts, "Politics"), Some((3, 3, 1)));
}

async fn a_list_is_weighed(site: Site) {
    let store = &site.store;
    let now = Store::now();
    file(store, "ap", &[30, 90], now).await;
    let mut urgent = a_story("Ferries stop");
    urgent.urgency = 3;
    let urgent = published(store, urgent).await.address.id;
    let weighed = async |list: Of, minutes: i64| {
        let since = now.plus(-minutes * Millis::MINUTE);
        store.weighed(list, since).await.unwrap()
    };
    let all = weighed(Of::All, 60).await;
    let said: Vec<_> = all.iter().map(|w| (w.urgency, w.owners)).collect();
    assert_eq!(said, [(3, 1), (5, 1)]);
    assert_eq!(all[0].story, urgent);
    assert_eq!(all[1].published_at, now.plus(-30 * Millis::MINUTE));
    assert_eq!(weighed(Of::All, 120).await.len(), 3);
    assert_eq!(weighed(Of::Section(Section::Business), 120).await.len(), 1);
    assert_eq!(weighed(Of::Place(Place::KP), 120).await.len(), 2);
    assert_eq!(weighed(Of::Region(Region::EasternAsia), 120).await.len(), 3);
    // Told by two of one event it weighs twice, and stands there once.
    let seen = store.mark(EVENTS).await.unwrap();
    let joins = [Join {
        story: all[1].story,
        with: urgent,
        why: String::new(),
    }];
    store
        .join_tellings((seen, seen), &joins)
        .await
        .unwrap()
        .unwrap();
    let all = weighed(Of::All, 60).await;
    let said: Vec<_> = all.iter().map(|w| (w.story, w.owners)).collect();
    assert_eq!(said, [(urgent, 2)]);
    let told = weighed(Of::Place(Place::KP), 60).await;
    assert_eq!(told[0].owners, 2);
}

async fn the_latest_have_a_date_and_a_depth(site: Site) {
    let store = &site.store;
    let now = Store::now();
    file(store, "ap", &[1, 60, 120], now).await;
    let undated = NewExcerpt {
        undated: true,
        ..an_item("undated", "h")
    };
    file_all(store, "ap", vec![undated]).await;
    let since = now.plus(-90 * Millis::MINUTE);
    let latest = store.teasers(Of::Since(since), None, 9).await.unwrap();
    let ages: Vec<_> = latest.iter().map(|t| now.since(t.published_at())).collect();
    assert_eq!(ages, [Millis::MINUTE, Millis::HOUR]);
    let all = store.teasers(Of::All, None, 9).await.unwrap();
    assert_eq!(all.len(), 4);
    let stands = async |at: usize| store.is_since(all[at].id(), since).await.unwrap();
    let mut stand = vec![];
    for at in 0..all.len() {
        stand.push(stands(at).await);
    }
    assert_eq!(stand.iter().filter(|stands| **stands).count(), 2);
    let cursor = latest.first().map(|t| (t.published_at(), t.id()));
    let next = store.teasers(Of::Since(since), cursor, 9).await.unwrap();
    assert_eq!(next, latest[1..]);
}

/// An item is judged when it first comes, not by how old it has become.
async fn what_is_old_when_it_comes_is_no_news(site: Site) {
    let store = &site.store;
    let now = Store::now();
    let week = 7 * 24 * 60;
    file(store, "ap", &[week + 1, week - 1, 5], now).await;
    // Deeper than any of these lists goes: age alone doesn't keep it out.
    let since = now.plus(-30 * Millis::DAY);
    let ages = |moments: Vec<Millis>| -> Vec<i64> {
        let age = |at: &Millis| now.since(*at) / Millis::MINUTE;
        moments.iter().map(age).collect()
    };
    let listed = async |of: Of| {
        let list = store.teasers(of, None, 9).await.unwrap();
        ages(list.iter().map(|t| t.published_at()).collect())
    };
    assert_eq!(listed(Of::Since(since)).await, [5, week - 1]);
    let weighed = store.weighed(Of::All, since).await.unwrap();
    let weighed = ages(weighed.iter().map(|w| w.published_at).collect());
    assert_eq!(weighed, [5, week - 1]);
    // Its own lists have it at its place.
    for of in [
        Of::All,
        Of::Section(Section::Technology),
        Of::Place(Place::KP),
    ] {
        assert_eq!(listed(of).await, [5, week - 1, week + 1], "{of:?}");
    }
    let all = store.teasers(Of::All, None, 9).await.unwrap();
    let mut archive = vec![];
    for teaser in &all {
        assert!(store.told(teaser.id()).await.unwrap().is_some());
        archive.push(store.is_archive(teaser.id()).await.unwrap());
        let stands = store.is_since(teaser.id(), since).await.unwrap();
        assert_eq!(stands, !archive.last().unwrap());
    }
    assert_eq!(archive, [false, false, true]);
    // On the page of its event it stands, and never for it.
    let joins = [Join {
        story: all[2].id(),
        with: all[0].id(),
        why: String::new(),
    }];
    let seen = store.mark(EVENTS).await.unwrap();
    let found = store.join_tellings((seen, seen), &joins).await.unwrap();
    let event = found.unwrap()[0].unwrap();
    assert_eq!(store.tellings(event).await.unwrap().len(), 2);
    assert_eq!(listed(Of::All).await, [5, week - 1]);
    // Why it is so stands with the reasons of the other things.
    let inbox = store::Inbox {
        since: Millis(0),
        section: None,
        place: None,
        lang: None,
        source: None,
        state: store::WireState::All,
    };
    let rows = store.inbox(&inbox, None, 9).await.unwrap();
    let said = rows.iter().flat_map(|row| &row.arrivals);
    let said: Vec<_> = said.filter_map(|a| a.why.as_deref()).collect();
    let archive = |why: &&&str| why.ends_with("date: 7 days old when it came, for the archive");
    assert_eq!(said.iter().filter(archive).count(), 1, "{said:?}");
}
