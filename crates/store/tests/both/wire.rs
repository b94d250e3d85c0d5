//! Filing, placing, terms.

use crate::news_room::{a_story, an_item, batch, editor};
use crate::site::{Site, both};
use news::story::{Excerpt, Told};
use news::{Millis, NewsEvent, Place, Refusal, Section, StoryId};
use store::{Error, ExcerptWords, Fate, PlaceExcerpt, Store};

both! {
    an_item_becomes_an_excerpt twice_adds_nothing editors_placing_stays bad_items_leave_the_good
    words_stay_within_the_terms narrower_terms_show_less withdrawn_stays_withdrawn two_fetches_at_once
}

pub(crate) async fn excerpt(store: &Store, id: StoryId) -> Excerpt {
    match store.told(id).await.unwrap() {
        Some(Told::Excerpt(excerpt)) => *excerpt,
        other => panic!("{other:?}"),
    }
}

async fn file_one(store: &Store, guid: &str, hash: &str) -> Fate {
    let filing = batch(store, vec![an_item(guid, hash)]).await;
    store.file_items(filing).await.unwrap().remove(0)
}

async fn an_item_becomes_an_excerpt(site: Site) {
    let store = &site.store;
    let mut item = an_item("one", "h1");
    item.published_at = Store::now().plus(Millis::DAY);
    let filing = batch(store, vec![item]).await;
    let Fate::New(id) = store.file_items(filing).await.unwrap().remove(0) else {
        panic!("new")
    };
    let told = excerpt(store, id).await;
    assert_eq!(told.paragraphs, ["A first sentence.", "A second one."]);
    assert_eq!(told.read_more.text(), "Read more on apnews.com");
    assert_eq!(
        (told.source.name.as_str(), told.dateline.as_deref()),
        ("AP", Some("SEOUL"))
    );
    assert_eq!(
        (told.section, told.topics[0].name.as_str()),
        (Section::Technology, "Politics")
    );
    assert_eq!(told.places, [Place::KP, Place::KR]);
    assert!(
        told.published_at <= Store::now(),
        "nothing stands before now"
    );
    assert!(
        store.draft(id).await.unwrap().is_none(),
        "an excerpt has no document"
    );
    let mut steps = crate::news_room::steps(id, editor(store).await, 0, "b");
    steps.steps.truncate(1);
    assert!(store.accept_steps(steps).await.is_err());
}

async fn twice_adds_nothing(site: Site) {
    let store = &site.store;
    let items = || {
        (0..20)
            .map(|n| an_item(&n.to_string(), "h"))
            .collect::<Vec<_>>()
    };
    let first = store.file_items(batch(store, items()).await).await.unwrap();
    assert!(first.iter().all(|f| matches!(f, Fate::New(_))));
    let head = store.head().await.unwrap();
    assert_eq!(head, 20);
    let again = store.file_items(batch(store, items()).await).await.unwrap();
    assert!(again.iter().all(|f| matches!(f, Fate::Duplicate(_))));
    assert_eq!(store.head().await.unwrap(), head);
    // Once in the same batch, too.
    let pair = vec![an_item("pair", "h"), an_item("pair", "h")];
    let fates = store.file_items(batch(store, pair).await).await.unwrap();
    assert!(matches!((&fates[0], &fates[1]), (Fate::New(a), Fate::Duplicate(b)) if a == b));
    let many = (0..101).map(|n| an_item(&format!("m{n}"), "h")).collect();
    assert!(store.file_items(batch(store, many).await).await.is_err());
}

async fn editors_placing_stays(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let Fate::New(id) = file_one(store, "one", "h1").await else {
        panic!("new")
    };
    let rev = excerpt(store, id).await.rev;
    let place = PlaceExcerpt {
        story: id,
        rev,
        staff,
        section: Section::Science,
        places: vec![Place::JP],
        note: Some("What our readers asked about".into()),
    };
    let rev = store.place_excerpt(place.clone()).await.unwrap();
    assert!(matches!(
        store.place_excerpt(place).await,
        Err(Error::Refused(Refusal::Stale { .. }))
    ));
    let event = store.outbox(0, 99).await.unwrap().pop().unwrap().event;
    let NewsEvent::Placed { stands, .. } = event else {
        panic!("{event:?}")
    };
    assert_eq!(stands.sections, [Section::Technology, Section::Science]);
    assert_eq!(stands.places, [Place::KP, Place::KR, Place::JP]);
    let words = ExcerptWords {
        story: id,
        rev,
        staff,
        paragraphs: vec!["Cut.".into()],
    };
    store.set_excerpt_words(words).await.unwrap();

    let mut later = an_item("one", "h2");
    later.headline = "Chips, a later telling".into();
    let fates = store
        .file_items(batch(store, vec![later]).await)
        .await
        .unwrap();
    assert_eq!(fates, [Fate::Update(id)]);
    let told = excerpt(store, id).await;
    assert_eq!(told.headline, "Chips, a later telling");
    assert_eq!(
        (told.section, told.places),
        (Section::Science, vec![Place::JP])
    );
    assert_eq!(told.note.as_deref(), Some("What our readers asked about"));
    assert_eq!(told.paragraphs, ["Cut."]);
}

async fn bad_items_leave_the_good(site: Site) {
    let store = &site.store;
    let mut long = an_item("long", "h");
    long.paragraphs = vec!["字".repeat(2_001)];
    let mut nul = an_item("nul", "h");
    nul.headline = "a\0b".into();
    let mut nul_topic = an_item("topic", "h");
    nul_topic.topics = vec!["\0".into()];
    let mut script = an_item("script", "h");
    script.read_more.url = "javascript:alert(1)".into();
    // A headline with its address is news enough.
    let mut bare = an_item("bare", "h");
    bare.paragraphs = vec![" ".into()];
    let bad_guid = an_item("x\0", "h");
    let mut unseen = an_item("unseen", "h");
    unseen.headline = "\u{200b} \u{2800}".into();
    let items = vec![
        an_item("a", "h"),
        long,
        nul,
        nul_topic,
        script,
        bare,
        bad_guid,
        unseen,
        an_item("b", "h"),
    ];
    let fates = store
        .file_items(batch(store, items.clone()).await)
        .await
        .unwrap();
    let new = |f: &Fate| matches!(f, Fate::New(_));
    assert_eq!(
        fates.iter().map(new).collect::<Vec<_>>(),
        [true, false, false, false, false, true, false, false, true]
    );
    assert_eq!(
        fates[1],
        Fate::Refused(Refusal::BeyondTerms {
            source: "AP".into(),
            allow: "2000 characters".into()
        })
    );
    assert_eq!(store.head().await.unwrap(), 3);
    // Refused again the same way, and taken once it is short enough.
    let again = store.file_items(batch(store, items).await).await.unwrap();
    assert_eq!(again[1], fates[1]);
    assert!(matches!(file_one(store, "long", "h").await, Fate::New(_)));
}

async fn words_stay_within_the_terms(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let Fate::New(id) = file_one(store, "one", "h1").await else {
        panic!("new")
    };
    let mut words = ExcerptWords {
        story: id,
        rev: 1,
        staff,
        paragraphs: vec!["字".repeat(2_001)],
    };
    let no = store.set_excerpt_words(words.clone()).await.unwrap_err();
    assert!(matches!(&no, Error::Refused(Refusal::BeyondTerms { .. })));
    assert!(
        no.to_string()
            .contains("The terms of AP allow 2000 characters"),
        "{no}"
    );
    words.paragraphs = vec!["字".repeat(2_000)];
    store.set_excerpt_words(words).await.unwrap();
    assert_eq!(
        excerpt(store, id).await.paragraphs[0].chars().count(),
        2_000
    );
    // Our note beside them is a note and not the rest of the story.
    let told = excerpt(store, id).await;
    let place = |note: String| PlaceExcerpt {
        story: id,
        rev: told.rev,
        staff,
        section: Section::Technology,
        places: vec![],
        note: Some(note),
    };
    let no = store.place_excerpt(place("x".repeat(141))).await;
    assert!(no.unwrap_err().to_string().contains("140 characters"));
    assert_eq!(excerpt(store, id).await.note, told.note);
    let no = store.withdraw(id, told.rev, staff, &"x".repeat(501)).await;
    assert!(no.unwrap_err().to_string().contains("500 characters"));
    // A story of ours is not an excerpt.
    let ours = store.begin_story(a_story("Typhoon")).await.unwrap();
    let words = ExcerptWords {
        story: ours,
        rev: 1,
        staff,
        paragraphs: vec!["x".into()],
    };
    assert!(store.set_excerpt_words(words).await.is_err());
}

async fn withdrawn_stays_withdrawn(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let Fate::New(id) = file_one(store, "one", "h1").await else {
        panic!("new")
    };
    store
        .withdraw(id, 1, staff, "The agency killed it.")
        .await
        .unwrap();
    assert_eq!(
        file_one(store, "one", "h2").await,
        Fate::Refused(Refusal::Withdrawn)
    );
    assert!(matches!(store.told(id).await.unwrap(), Some(Told::Gone(_))));
}

async fn two_fetches_at_once(site: Site) {
    let store = &site.store;
    let items = || {
        (0..30)
            .map(|n| an_item(&n.to_string(), "h"))
            .collect::<Vec<_>>()
    };
    let (first, second) = (batch(store, items()).await, batch(store, items()).await);
    let (a, b) = tokio::join!(store.file_items(first), store.file_items(second));
    let fates = [a.unwrap(), b.unwrap()].concat();
    assert_eq!(
        fates.iter().filter(|f| matches!(f, Fate::New(_))).count(),
        30
    );
    assert_eq!(store.head().await.unwrap(), 30);
}

async fn narrower_terms_show_less(site: Site) {
    let store = &site.store;
    let Fate::New(id) = file_one(store, "one", "h1").await else {
        panic!("new")
    };
    let mut ap = store.source("AP").await.unwrap().unwrap();
    ap.terms.max_chars = 20;
    assert_eq!(store.set_source(&ap).await.unwrap(), ap.id);
    assert_eq!(store.source("AP").await.unwrap(), Some(ap.clone()));
    assert_eq!(excerpt(store, id).await.paragraphs, ["A first sentence."]);
    ap.terms.max_chars = 10;
    store.set_source(&ap).await.unwrap();
    // The page is cut as the card is: where a sentence is longer than the terms, inside it.
    assert_eq!(excerpt(store, id).await.paragraphs, ["A first…"]);
    let Some(news::Teaser::Excerpt(card)) = store.teaser(id).await.unwrap() else {
        panic!("a card")
    };
    assert_eq!(card.words, "A first…");
    let event = store.outbox(0, 99).await.unwrap().pop().unwrap().event;
    assert_eq!(event, NewsEvent::SiteChanged);
}
