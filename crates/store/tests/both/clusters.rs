//! Events: one line in every list, whoever tells; and editors' word, which stands.

use crate::news_room::{a_story, an_item, batch, editor, published, refusal};
use crate::site::{Site, both};
use news::front::Of;
use news::{EventLine, Lang, Millis, NewsEvent, Place, Refusal, Region, Section, StoryId};
use store::{EVENTS, Fate, Join, NewExcerpt, Store};

both! {
    several_tell_and_one_line_stands editors_have_the_last_word only_one_follower_writes
    writers_of_events_follow_one_another feeds_of_one_house_are_one_voice
}

/// A new telling of AP's or of another agency.
async fn told(
    store: &Store,
    source: &str,
    guid: &str,
    change: impl Fn(&mut NewExcerpt),
) -> StoryId {
    let mut item = an_item(guid, guid);
    change(&mut item);
    let mut filing = batch(store, vec![item]).await;
    if source != "AP" {
        let mut other = store.source("AP").await.unwrap().unwrap();
        other.id = store.next_id();
        other.slug = source.to_lowercase();
        other.name = source.to_owned();
        filing.source = store.set_source(&other).await.unwrap();
    }
    match store.file_items(filing).await.unwrap().remove(0) {
        Fate::New(id) => id,
        fate => panic!("{fate:?}"),
    }
}

/// Says that these are of the event of the first.
pub(crate) async fn join(store: &Store, stories: &[StoryId]) {
    let seen = store.mark(EVENTS).await.unwrap();
    let join = |story: &StoryId| Join {
        story: *story,
        with: stories[0],
        why: "0.61 like it".into(),
    };
    let joins: Vec<Join> = stories[1..].iter().map(join).collect();
    let head = store.head().await.unwrap();
    store
        .join_tellings((seen, head), &joins)
        .await
        .unwrap()
        .unwrap();
}

async fn list(store: &Store, of: Of) -> Vec<StoryId> {
    let teasers = store.teasers(of, None, 30).await.unwrap();
    teasers.iter().map(news::Teaser::id).collect()
}

async fn line(store: &Store, story: StoryId) -> Option<EventLine> {
    let teaser = store.teaser(story).await.unwrap().unwrap();
    teaser.event().cloned()
}

async fn several_tell_and_one_line_stands(site: Site) {
    let store = &site.store;
    let ap = told(store, "AP", "quake", |item| item.section = Section::World).await;
    let kyodo = told(store, "Kyodo", "jishin", |item| {
        item.lang = Lang::parse("ja").unwrap();
        item.places = vec![Place::JP];
    })
    .await;
    let ours = published(store, a_story("Quake off Fukushima"))
        .await
        .address
        .id;
    assert_eq!(list(store, Of::All).await, [ours, kyodo, ap]);
    assert_eq!(line(store, ap).await, None);
    join(store, &[ap, kyodo, ours]).await;
    // Ours stands for all of them; where it doesn't stand, the first of the others in English does.
    assert_eq!(list(store, Of::All).await, [ours]);
    assert_eq!(list(store, Of::Section(Section::World)).await, [ap]);
    assert_eq!(list(store, Of::Section(Section::Technology)).await, [kyodo]);
    assert_eq!(list(store, Of::Place(Place::JP)).await, [ours]);
    assert_eq!(list(store, Of::Place(Place::KP)).await, [ap]);
    assert_eq!(list(store, Of::Region(Region::EasternAsia)).await, [ours]);
    assert_eq!(
        list(store, Of::SectionPlace(Section::Technology, Place::JP)).await,
        [kyodo]
    );
    assert_eq!(
        list(store, Of::SectionPlace(Section::World, Place::JP)).await,
        [] as [StoryId; 0]
    );
    let event = line(store, kyodo).await.unwrap();
    assert_eq!(event.sources, ["AP", "Kyodo", ""]);
    assert_eq!(event.tellings, 3);
    assert_eq!(
        event.address.slug.as_ref().unwrap().as_str(),
        "chips-for-quake"
    );
    let tellings = store.tellings(event.address.id).await.unwrap();
    assert_eq!(tellings.len(), 3);
    let stands = store.event(event.address.id).await.unwrap().unwrap();
    assert_eq!(stands.address, event.address);
    // Pages that show any of them hear of it.
    let rows = store.outbox(0, 500).await.unwrap();
    let NewsEvent::Clustered {
        stories, stands, ..
    } = &rows.last().unwrap().event
    else {
        panic!()
    };
    assert_eq!(stories.len(), 3);
    assert!(stands.sections.contains(&Section::World) && stands.places.contains(&Place::KP));
    // The one that stood for all is withdrawn: another one stands there at once.
    let rev = store.draft(ours).await.unwrap().unwrap().story.rev;
    store
        .withdraw(ours, rev, editor(store).await, "It was wrong.")
        .await
        .unwrap();
    assert_eq!(list(store, Of::All).await, [ap]);
    assert_eq!(line(store, ap).await.unwrap().sources, ["AP", "Kyodo"]);
    // In the transaction that withdrew it, so that no kill -9 comes between.
    let rows = store.outbox(0, 500).await.unwrap();
    let [.., gone, told] = &rows[..] else {
        panic!()
    };
    assert!(matches!(gone.event, NewsEvent::Canceled { story, .. } if story == ours));
    let NewsEvent::Clustered { stories, .. } = &told.event else {
        panic!("{told:?}")
    };
    assert_eq!(stories.last(), Some(&ours));
    // What is told anew is a moment of the event.
    told_again(store, "quake").await;
    let moments = store.moments(event.address.id).await.unwrap();
    assert_eq!(moments.len(), 1);
    assert_eq!(
        (moments[0].story, &moments[0].what),
        (ap, &store::What::Retold)
    );
    // What to read next is no other telling of the same.
    let near = store.related(kyodo, 8).await.unwrap();
    assert!(near.iter().all(|near| near.id() != ap));
}

async fn feeds_of_one_house_are_one_voice(site: Site) {
    let store = &site.store;
    let ap = told(store, "AP", "quake", |_| {}).await;
    let others = ["AP Japan", "AP Sport", "Kyodo"];
    let mut all = vec![ap];
    for source in others {
        all.push(told(store, source, source, |_| {}).await);
    }
    join(store, &all).await;
    let said = async || {
        let event = line(store, ap).await.unwrap();
        let since = Store::now().plus(-Millis::DAY);
        let weighed = store.weighed(Of::All, since).await.unwrap();
        assert_eq!(weighed.len(), 1);
        (event.sources, event.tellings, weighed[0].owners)
    };
    let (sources, tellings, owners) = said().await;
    assert_eq!((sources.len(), tellings, owners), (4, 4, 4));
    // The house has the name of one of them.
    for source in &others[..2] {
        let id = store.source(source).await.unwrap().unwrap().id;
        store.set_owner(id, Some("AP")).await.unwrap();
    }
    let (sources, tellings, owners) = said().await;
    assert_eq!(sources, ["AP", "Kyodo"]);
    assert_eq!((tellings, owners), (4, 2));
    // What is left of one house is one voice, under the name of whichever is left.
    for gone in [all[0], all[3]] {
        let order = store::TakeDown {
            why: "An order.".into(),
            by: "A court".into(),
        };
        assert!(store.take_down(gone, &order).await.unwrap());
    }
    let event = line(store, all[1]).await.unwrap();
    assert_eq!(
        (event.sources.as_slice(), event.tellings),
        (&["AP Japan".to_owned()][..], 2)
    );
}

async fn told_again(store: &Store, guid: &str) {
    let again = NewExcerpt {
        paragraphs: vec!["Trains run again along the coast.".into()],
        ..an_item(guid, "other words")
    };
    let filing = batch(store, vec![again]).await;
    let fate = store.file_items(filing).await.unwrap().remove(0);
    assert!(matches!(fate, Fate::Update(_)), "{fate:?}");
}

async fn editors_have_the_last_word(site: Site) {
    let store = &site.store;
    let mika = editor(store).await;
    let mut stories = vec![];
    for guid in ["one", "two", "three", "four"] {
        stories.push(told(store, "AP", guid, |_| {}).await);
    }
    let [one, two, three, four] = stories[..] else {
        panic!()
    };
    join(store, &[one, two]).await;
    join(store, &[three, four]).await;
    assert_eq!(list(store, Of::All).await.len(), 2);
    let first = line(store, one).await.unwrap().address;
    // Apart: and no follower puts them together again.
    store.take_apart(two, mika).await.unwrap();
    assert_eq!(line(store, two).await, None);
    assert_eq!(line(store, one).await, None);
    let (less, more) = (one.min(two), one.max(two));
    assert_eq!(store.kept_apart(Millis(0)).await.unwrap(), [(less, more)]);
    join(store, &[one, two]).await;
    assert_eq!(line(store, two).await, None);
    // Together: all of the other event comes with it, and its address leads on.
    let second = line(store, three).await.unwrap().address;
    assert_eq!(store.put_together(four, one, mika).await.unwrap(), first.id);
    assert_eq!(line(store, three).await.unwrap().tellings, 3);
    assert_eq!(
        store.event(second.id).await.unwrap().unwrap().merged_into,
        Some(first.id)
    );
    // An editor's own later word counts.
    store.put_together(two, one, mika).await.unwrap();
    assert_eq!(store.kept_apart(Millis(0)).await.unwrap(), []);
    assert_eq!(line(store, two).await.unwrap().tellings, 4);
    assert_eq!(
        store.why_of_event(two).await.unwrap().as_deref(),
        Some("an editor's word")
    );
    assert!(matches!(
        refusal(store.put_together(one, one, mika).await),
        Refusal::Invalid(_)
    ));
    let nobody = store.next_id();
    assert_eq!(
        refusal(store.put_together(one, nobody, mika).await),
        Refusal::NotFound
    );
}

async fn only_one_follower_writes(site: Site) {
    let store = &site.store;
    let one = told(store, "AP", "one", |_| {}).await;
    let two = told(store, "AP", "two", |_| {}).await;
    let joins = [Join {
        story: two,
        with: one,
        why: String::new(),
    }];
    let found = store.join_tellings((0, 2), &joins).await.unwrap().unwrap();
    assert_eq!(found, [Some(line(store, one).await.unwrap().address.id)]);
    assert_eq!(store.mark(EVENTS).await.unwrap(), 2);
    // Another node that saw the same finds the mark moved: it writes nothing and begins anew.
    assert_eq!(store.join_tellings((0, 2), &joins).await.unwrap(), None);
    // Told once more, what stands stays as it is.
    let again = store.join_tellings((2, 3), &joins).await.unwrap().unwrap();
    assert_eq!(again, found);
}

/// Two editors put two events to each other at once, a third takes one telling out, and a follower joins one more.
async fn writers_of_events_follow_one_another(site: Site) {
    let store = &site.store;
    let mika = editor(store).await;
    for round in 0..12 {
        let mut stories = vec![];
        for guid in ["one", "two", "three", "four", "five"] {
            let guid = format!("{guid} {round}");
            stories.push(told(store, "AP", &guid, |_| {}).await);
        }
        let [one, two, three, four, five] = stories[..] else {
            panic!()
        };
        join(store, &[one, two]).await;
        join(store, &[three, four]).await;
        let address = async |story| line(store, story).await.unwrap().address.id;
        let events = [address(one).await, address(three).await];
        let (seen, head) = (
            store.mark(EVENTS).await.unwrap(),
            store.head().await.unwrap(),
        );
        let follows = [Join {
            story: five,
            with: two,
            why: "0.61 like it".into(),
        }];
        let (to, fro, out, more) = tokio::join!(
            store.put_together(one, three, mika),
            store.put_together(four, two, mika),
            store.take_apart(two, mika),
            store.join_tellings((seen, head), &follows),
        );
        // Whoever was second found what the first had written: none failed, and none wrote over another.
        to.unwrap();
        fro.unwrap();
        out.unwrap();
        more.unwrap().unwrap();
        for mut at in events {
            let mut walked = 0;
            while let Some(next) = store.event(at).await.unwrap().unwrap().merged_into {
                (at, walked) = (next, walked + 1);
                assert!(walked < 9, "round {round}: events lead to each other");
            }
            // Where an address leads there is something to read.
            assert_ne!(store.tellings(at).await.unwrap(), [], "round {round}");
        }
        let leads_on = "SELECT COUNT(*) FROM story s JOIN cluster c ON c.id = s.cluster_id WHERE c.merged_into IS NOT NULL";
        assert_eq!(site.number(leads_on).await, 0, "round {round}");
    }
}
