//! What readers' functions give, and that a draft's words are never in it.

use crate::news_room::{a_story, an_item, batch, doc, editor, publication, published, steps};
use crate::site::{Site, both};
use news::front::Of;
use news::{Id, Millis, Place, Region, Section, Slug, StoryId, Teaser};
use serde_json::json;
use store::{Facts, Snapshot, Store};

both! { drafts_reach_no_reader pages_by_key lists_hold_what_they_say related_and_counts }

const LISTS: [Of; 5] = [
    Of::All,
    Of::Section(Section::Business),
    Of::Place(Place::JP),
    Of::Region(Region::EasternAsia),
    Of::SectionPlace(Section::Business, Place::JP),
];

async fn drafts_reach_no_reader(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let marked = doc("Zebra headline", "Zebra body.");
    let mut ids = vec![];
    // One that is only a draft, and one that readers have in an older version.
    let mut only = a_story("x");
    only.document = marked.clone();
    only.slug = Slug::parse("zebra");
    only.authors = vec!["Zebra".into()];
    only.topics = vec!["Zebra".into()];
    only.staff = Some(staff);
    ids.push(store.begin_story(only).await.unwrap());
    ids.push(
        published(store, a_story("Typhoon nears Kyushu"))
            .await
            .address
            .id,
    );
    let before = seen(store, &ids).await;
    for id in &ids {
        let mut batch = steps(*id, staff, 0, "b1");
        batch.headline = "Zebra".into();
        batch.standfirst = "Zebra".into();
        batch.steps = vec![json!({"stepType": "replace", "text": "Zebra"})];
        batch.snapshot = Some(Snapshot {
            doc: marked.clone(),
            headline: "Zebra".into(),
            standfirst: "Zebra".into(),
        });
        store.accept_steps(batch).await.unwrap();
    }
    let rev = store.draft(ids[0]).await.unwrap().unwrap().story.rev;
    let facts = Facts {
        story: ids[0],
        rev,
        staff,
        section: Section::Business,
        places: vec![Place::JP],
        lang: news::Lang::english(),
        genre: news::Genre::News,
        slug: Slug::parse("zebra-again"),
        topics: Some(vec!["Zebra".into()]),
    };
    store.set_facts(facts).await.unwrap();
    let after = seen(store, &ids).await;
    assert!(!after.to_lowercase().contains("zebra"), "{after}");
    // Typing moves nothing that readers see, not even a time.
    assert_eq!(before, after);
    let events = format!("{:?}", store.outbox(0, 99).await.unwrap()).to_lowercase();
    assert!(!events.contains("zebra"), "{events}");
}

/// All that readers' functions say.
async fn seen(store: &Store, ids: &[StoryId]) -> String {
    let mut all = String::new();
    for id in ids {
        all += &format!("{:?}", store.told(*id).await.unwrap());
        all += &format!("{:?}", store.block_ids(*id).await.unwrap());
        all += &format!("{:?}", store.teaser(*id).await.unwrap());
        all += &format!("{:?}", store.related(*id, 9).await.unwrap());
        for version in 0..3 {
            all += &format!("{:?}", store.words(*id, version).await.unwrap());
        }
        for slug in ["zebra", "zebra-again"] {
            all += &format!(
                "{:?}",
                store
                    .redirect(&format!("/story/{slug}-{id}"))
                    .await
                    .unwrap()
            );
        }
    }
    for of in LISTS {
        all += &format!("{:?}", store.teasers(of, None, 99).await.unwrap());
    }
    all + &format!("{:?}", store.counts().await.unwrap())
}

async fn pages_by_key(site: Site) {
    let store = &site.store;
    let start = Millis(Store::now().0 - Millis::DAY);
    let mut ids = vec![];
    for n in 0..23 {
        let id = store
            .begin_story(a_story(&format!("Story {n}")))
            .await
            .unwrap();
        let mut out = publication(store, id).await;
        // Several share a moment: the id decides.
        out.at = start.plus(n / 4 * 1_000);
        store.publish(out).await.unwrap();
        ids.push(id);
    }
    ids.reverse();
    for of in LISTS {
        let mut found: Vec<Id> = vec![];
        let mut before = None;
        loop {
            let page = store.teasers(of, before, 5).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some((last.published_at(), last.id()));
            found.extend(page.iter().map(Teaser::id));
        }
        assert_eq!(found, ids, "{of:?}");
    }
}

async fn lists_hold_what_they_say(site: Site) {
    let store = &site.store;
    let mut culture = a_story("A film from Busan");
    culture.section = Section::Culture;
    culture.places = vec![Place::KR];
    let film = published(store, culture).await.address.id;
    let ferry = published(store, a_story("Ferries stop")).await.address.id;
    store
        .file_items(batch(store, vec![an_item("chips", "h")]).await)
        .await
        .unwrap();
    let of = async |of| -> Vec<String> {
        let all = store.teasers(of, None, 99).await.unwrap();
        all.iter().map(|t| t.id().to_string()).collect()
    };
    let (film, ferry) = (film.to_string(), ferry.to_string());
    let all = of(Of::All).await;
    assert_eq!(all[..2], [ferry.clone(), film.clone()]);
    let chips = all[2].clone();
    assert_eq!(
        of(Of::Section(Section::Culture)).await,
        std::slice::from_ref(&film)
    );
    assert_eq!(
        of(Of::Place(Place::KR)).await,
        [ferry.clone(), film.clone(), chips.clone()]
    );
    assert_eq!(
        of(Of::SectionPlace(Section::Business, Place::KR)).await,
        std::slice::from_ref(&ferry)
    );
    assert_eq!(
        of(Of::Region(Region::EasternAsia)).await,
        [ferry, film, chips]
    );
    assert_eq!(
        of(Of::Region(Region::CentralAsia)).await,
        Vec::<String>::new()
    );
}

async fn related_and_counts(site: Site) {
    let store = &site.store;
    let first = published(store, a_story("Ferries stop")).await.address.id;
    let mut far = a_story("A bank in Almaty");
    far.places = vec![Place::KZ];
    let far = published(store, far).await.address.id;
    let mut near = a_story("A film from Tokyo");
    near.section = Section::Culture;
    let near = published(store, near).await.address.id;
    let mut other = a_story("Cricket");
    (other.section, other.places) = (Section::Sport, vec![Place::IN]);
    published(store, other).await;
    let related: Vec<Id> = store
        .related(first, 9)
        .await
        .unwrap()
        .iter()
        .map(Teaser::id)
        .collect();
    assert_eq!(related, [near, far]);
    let counts = store.counts().await.unwrap();
    assert_eq!(
        counts.sections,
        [
            (Section::Business, 2),
            (Section::Culture, 1),
            (Section::Sport, 1)
        ]
    );
    assert_eq!(
        counts.places,
        [
            (Place::KZ, 1),
            (Place::JP, 2),
            (Place::KR, 2),
            (Place::IN, 1)
        ]
    );
    assert!(counts.crossed.contains(&(Section::Culture, Place::JP, 1)));
}
