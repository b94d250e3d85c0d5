//! After each kind of change every page on the shelf is what a fresh render would be.

use crate::site::{Answer, Site};
use news::{Genre, Lang, Place, ReadMore, Role, Section, Slug, StoryId};
use store::{Facts, FileItems, NewExcerpt, PlaceExcerpt, Store};

const PAGES: [&str; 17] = [
    "/",
    "/latest",
    "/latest?until=1-5",
    "/business",
    "/world",
    "/business/japan",
    "/world/japan",
    "/asia/japan",
    "/asia/korea",
    "/asia/south-korea",
    "/asia/eastern-asia",
    "/asia/east-asia",
    "/contacts",
    "/feed.xml",
    "/business?until=1-5",
    "/world?before=9000000000000-5",
    "/api/earlier?list=%2Fbusiness&before=9000000000000-5",
];

/// Asks for every page, so that all stand on the shelf before the next change.
async fn fill(site: &Site, stories: &[String]) {
    for path in PAGES
        .iter()
        .map(|p| (*p).to_owned())
        .chain(stories.iter().cloned())
    {
        site.get(&path).await;
    }
}

/// What the shelf has against what is drawn anew, for every key on it.
async fn fresh(site: &Site, after: &str) {
    site.settled().await;
    // Some numbers move by the clock, each five minutes: nothing is compared across that moment.
    let left = 300_000 - Store::now().0.rem_euclid(300_000);
    if left < 10_000 {
        tokio::time::sleep(std::time::Duration::from_millis(left.unsigned_abs())).await;
    }
    let keys = site.newsroom.shelf.keys();
    let mut kept = vec![];
    for key in &keys {
        kept.push(site.get(key).await);
    }
    site.newsroom.shelf.clear(0);
    for (key, kept) in keys.iter().zip(kept) {
        let drawn = site.get(key).await;
        assert_eq!(kept.status, drawn.status, "{key} after {after}");
        // Among them where a moved story leads. The ETag follows from the words; a length is added on the way out.
        let said = |answer: &Answer| {
            let mut headers = answer.headers.clone();
            headers.remove("etag");
            headers.remove("content-length");
            headers
        };
        assert_eq!(said(&kept), said(&drawn), "{key} after {after}");
        let (kept, drawn) = (without_seq(&kept.text()), without_seq(&drawn.text()));
        assert!(
            kept == drawn,
            "{key} is stale after {after}:\n{kept}\n---\n{drawn}"
        );
    }
}

/// The number a page was pressed at is the one thing that may differ: an older one asks for more events.
fn without_seq(html: &str) -> String {
    match html.split_once("<meta name=\"seq\" content=\"") {
        Some((before, rest)) => {
            let (_, after) = rest.split_once('"').unwrap();
            format!("{before}{after}")
        }
        None => html.to_owned(),
    }
}

async fn never_stale(site: Site) {
    let (who, _) = site.member(Role::Editor).await;
    let (store, desk) = (&site.newsroom.store, &site.newsroom.desk);
    let (one, first) = site.one_story().await;
    let (two, second) = site
        .story("Ports are open again", "The first ship came in at six.")
        .await;
    let mut stories = vec![first, second];

    fill(&site, &stories).await;
    stories.push(site.story("A third story", "More words.").await.1);
    fresh(&site, "publish").await;

    fill(&site, &stories).await;
    correct(&site, who, one).await;
    fresh(&site, "correct").await;

    for (slug, section, places) in [
        (
            Some("typhoon-reaches-kyushu"),
            Section::Business,
            vec![Place::JP],
        ),
        (None, Section::World, vec![Place::JP]),
        (None, Section::World, vec![Place::KR]),
    ] {
        fill(&site, &stories).await;
        let story = store.draft(one).await.unwrap().unwrap().story;
        let facts = Facts {
            story: one,
            rev: story.rev,
            staff: who,
            section,
            places,
            lang: Lang::english(),
            genre: Genre::Analysis,
            slug: slug.and_then(Slug::parse),
            topics: Some(vec!["Weather".into()]),
        };
        desk.set_facts(facts).await.unwrap();
        fresh(&site, "new facts").await;
    }

    fill(&site, &stories).await;
    desk.withdraw(who, two, "It was wrong.").await.unwrap();
    fresh(&site, "withdraw").await;

    fill(&site, &stories).await;
    let excerpt = ingest(store, "Robots weld faster.").await;
    stories.push(format!("/story/{excerpt}"));
    fresh(&site, "ingest").await;

    let path = store.teaser(excerpt).await.unwrap().unwrap();
    let news::Teaser::Excerpt(card) = path else {
        panic!("an excerpt")
    };
    stories.push(card.address.to_string());
    fill(&site, &stories).await;
    ingest(store, "Robots weld much faster.").await;
    fresh(&site, "ingest of a changed item").await;

    fill(&site, &stories).await;
    let Some(news::story::Told::Excerpt(told)) = store.told(excerpt).await.unwrap() else {
        panic!("an excerpt")
    };
    let place = PlaceExcerpt {
        story: excerpt,
        rev: told.rev,
        staff: who,
        section: Section::Business,
        places: vec![Place::JP, Place::KR],
        note: Some("Welding".into()),
    };
    store.place_excerpt(place).await.unwrap();
    fresh(&site, "placing an excerpt").await;

    for lasts in [Some(news::breaking::LASTS), None] {
        fill(&site, &stories).await;
        store
            .set_breaking(excerpt, who, lasts, Store::now())
            .await
            .unwrap();
        fresh(&site, "breaking").await;
    }
}

async fn correct(site: &Site, who: news::StaffId, id: StoryId) {
    let slice = serde_json::json!({ "content": [{ "type": "text", "text": "Late " }] });
    let step = serde_json::json!({ "stepType": "replace", "from": 1, "to": 1, "slice": slice });
    let batch = desk::StepBatch {
        story: id,
        version: 0,
        batch: "b1".into(),
        client: "c1".into(),
        steps: vec![step],
    };
    site.newsroom.desk.accept(who, batch).await.unwrap();
    site.newsroom.desk.publish(who, id, 1).await.unwrap();
}

async fn ingest(store: &Store, words: &str) -> StoryId {
    let source = store.source("kuroshio").await.unwrap().unwrap();
    let url = "https://kuroshio-press.example/news/robots".to_owned();
    let item = NewExcerpt {
        guid: url.clone(),
        address: url.clone(),
        content_hash: words.into(),
        headline: "Robots weld faster".into(),
        paragraphs: vec![words.into()],
        given: news::excerpt::length(&[words]),
        lang: Lang::english(),
        section: Section::World,
        placing: store::Placing::Sure,
        medtop: None,
        places: vec![Place::JP],
        topics: vec![],
        dateline: None,
        read_more: ReadMore {
            url,
            host: "kuroshio-press.example".into(),
        },
        published_at: Store::now(),
        undated: false,
        breaking: None,
        version: None,
        embargo: None,
        refuse: None,
        hold: None,
        why: "test".into(),
    };
    let batch = FileItems {
        source: source.id,
        feed: None,
        items: vec![item],
        validators: None,
    };
    match store.file_items(batch).await.unwrap().first() {
        Some(store::Fate::New(id) | store::Fate::Update(id)) => *id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn no_page_is_stale() {
    Box::pin(never_stale(Site::new().await)).await;
}

#[tokio::test]
async fn no_page_is_stale_on_postgres() {
    if let Some(site) = Site::on_postgres().await {
        Box::pin(never_stale(site)).await;
    }
}
