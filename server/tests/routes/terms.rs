//! Ten thousand random items under random terms, and every answer there is: none holds more of an agency's words
//! than its terms allow, each ends where words end, and the way to the rest stands once.
//!
//! Every item goes from a feed's bytes into the store and is looked at there, as a card and as an open page is told
//! of it; one page in `RENDERS_EVERY` is drawn, all of them with the full counts.

mod answers;
mod made;
mod measure;
mod several;

use crate::site::Site;
use answers::{cards, fronts, lists, pages};
use ingest::{Dates, From};
use made::{Dice, Item};
use measure::{Given, ends_badly};
use news::story::Told;
use news::{ExcerptCard, Id, Lang, Millis, ReadMore, Refusal, Section, Source, Teaser};
use std::collections::HashMap;
use store::{Fate, FileItems, NewExcerpt, Store};

const SOURCES: usize = 200;
const ITEMS: usize = 50;

/// All that was sent: by story its source's number and its own.
struct Sent {
    sources: Vec<Source>,
    items: Vec<Vec<Item>>,
    stories: HashMap<Id, (usize, usize)>,
    addresses: HashMap<Id, String>,
}

impl Sent {
    fn of(&self, id: Id) -> (&Source, &Item) {
        let (source, item) = self.stories[&id];
        (&self.sources[source], &self.items[source][item])
    }

    /// These words, all of them the agency's, are within the terms.
    fn words_within(&self, id: Id, words: &[String], what: &str) {
        let (source, item) = self.of(id);
        // The mark is ours.
        let shown: Vec<String> = words
            .iter()
            .map(|w| w.trim_end_matches('…').to_owned())
            .collect();
        if let Some(why) = Given::of(&item.paragraphs).beyond(&source.terms, &shown) {
            panic!("{what} of {}: {why}: {shown:?}", item.url);
        }
    }

    /// The agency's words in each of these texts are within the terms.
    fn within<'a>(&self, id: Id, texts: impl IntoIterator<Item = &'a str>, what: &str) {
        let (source, item) = self.of(id);
        let given = Given::of(&item.paragraphs);
        for text in texts {
            let shown = given.in_text(&text.replace(&item.headline, "\n"));
            if let Some(why) = given.beyond(&source.terms, &shown) {
                panic!("{what} of {}: {why}: {shown:?}", item.url);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_output_holds_more_than_the_terms_allow() {
    let site = Site::new().await;
    let mut sent = Box::pin(send(&site)).await;
    assert_eq!(sent.stories.len(), SOURCES * ITEMS);
    Box::pin(stored(&site, &sent)).await;
    Box::pin(pages(&site, &sent)).await;
    Box::pin(lists(&site, &sent)).await;
    // Terms that are narrower by now hold for what stands already.
    let mut dice = Dice(20_270_101);
    for (number, source) in sent.sources.iter_mut().enumerate() {
        source.terms = made::source(number, &mut dice).terms;
        site.newsroom.store.set_source(source).await.unwrap();
    }
    site.settled().await;
    Box::pin(stored(&site, &sent)).await;
    Box::pin(pages(&site, &sent)).await;
    Box::pin(fronts(&site, &sent)).await;
    Box::pin(several::events(&site, &sent)).await;
    // Lines of events stand in the lists now.
    site.settled().await;
    Box::pin(fronts(&site, &sent)).await;
    Box::pin(several::river(&site, &sent)).await;
    Box::pin(several::inbox(&site, &sent)).await;
}

/// Files everything, and looks at what open pages are told meanwhile.
async fn send(site: &Site) -> Sent {
    let store = &site.newsroom.store;
    let mut dice = Dice(20_261_128);
    let mut sent = Sent {
        sources: vec![],
        items: vec![],
        stories: HashMap::new(),
        addresses: HashMap::new(),
    };
    let start = Store::now().plus(-3 * Millis::DAY);
    for number in 0..SOURCES {
        let mut source = made::source(number, &mut dice);
        source.id = store.set_source(&source).await.unwrap();
        let moment = |n: usize| start.plus(i64::try_from(n * SOURCES + number).unwrap() * 1_000);
        let items: Vec<Item> = (0..ITEMS)
            .map(|n| made::item(number, n, moment(n), &mut dice))
            .collect();
        let from = From::InHand(made::feed(&items));
        let since = store.head().await.unwrap();
        let report = ingest::ingest(store, from, &source, Store::now(), Dates::Feeds).await;
        let report = report.unwrap();
        assert_eq!((report.new, report.refused), (ITEMS, 0), "{report}");
        refused(store, &source, &items).await;
        sent.sources.push(source);
        sent.items.push(items);
        site.settled().await;
        told_of(site, &mut sent, number, since).await;
        if number % 20 == 0 {
            fronts(site, &sent).await;
        }
    }
    sent
}

/// What nobody has cut comes past no door where it is too long.
async fn refused(store: &Store, source: &Source, items: &[Item]) {
    let all = |item: &&Item| {
        let given = Given::of(&item.paragraphs);
        given.beyond(&source.terms, &item.paragraphs).is_some()
    };
    let whole = |item: &Item| NewExcerpt {
        guid: format!("whole {}", item.url),
        address: String::new(),
        content_hash: "whole".into(),
        headline: item.headline.clone(),
        paragraphs: item.paragraphs.clone(),
        given: news::excerpt::length(&item.paragraphs),
        lang: Lang::english(),
        section: Section::World,
        places: vec![],
        topics: vec![],
        dateline: None,
        read_more: ReadMore {
            url: item.url.clone(),
            host: "wire.example".into(),
        },
        published_at: item.at,
        refuse: None,
        hold: None,
        placing: store::Placing::Sure,
        medtop: None,
        undated: false,
        breaking: None,
        version: None,
        embargo: None,
        why: "too long".into(),
    };
    let batch = FileItems {
        source: source.id,
        feed: None,
        items: items.iter().filter(all).map(whole).collect(),
        validators: None,
    };
    for fate in store.file_items(batch).await.unwrap() {
        let no = matches!(fate, Fate::Refused(Refusal::BeyondTerms { .. }));
        assert!(no, "{fate:?} under {:?}", source.terms);
    }
}

/// The cards that open pages get, by the poll that says the same as the stream.
async fn told_of(site: &Site, sent: &mut Sent, number: usize, since: u64) {
    let store = &site.newsroom.store;
    let poll = site
        .get(&format!("/live/front.json?since={since}"))
        .await
        .json();
    let events = poll["events"].as_array().unwrap();
    assert_eq!(events.len(), ITEMS, "{poll}");
    for event in events {
        let id: Id = event["data"]["id"].as_str().unwrap().parse().unwrap();
        let Some(Teaser::Excerpt(card)) = store.teaser(id).await.unwrap() else {
            panic!("an excerpt")
        };
        let url = &card.read_more.url;
        let item: usize = url.rsplit('/').next().unwrap().parse().unwrap();
        sent.stories.insert(id, (number, item));
        sent.addresses.insert(id, card.address.to_string());
        assert_eq!(sent.of(id).1.url, *url);
        card_is_right(sent, &card);
        cards(
            sent,
            event["data"]["html"].as_str().unwrap(),
            "a stream's card",
        );
    }
}

fn card_is_right(sent: &Sent, card: &ExcerptCard) {
    let id = card.address.id;
    let (source, item) = sent.of(id);
    sent.words_within(id, std::slice::from_ref(&card.words), "a card");
    ends_well(source, item, &card.words, "a card");
}

/// What begins with the words of its first paragraph ends as it should.
fn ends_well(source: &Source, item: &Item, words: &str, what: &str) {
    let words: Vec<String> = (!words.is_empty())
        .then(|| words.to_owned())
        .into_iter()
        .collect();
    if let Some(why) = ends_badly(&item.paragraphs[..1], &words) {
        panic!(
            "{what} under {:?}: {why}: {words:?} of {:?}",
            source.terms, item.paragraphs
        );
    }
}

/// What the store tells of every item.
async fn stored(site: &Site, sent: &Sent) {
    for id in sent.stories.keys() {
        let Some(Told::Excerpt(told)) = site.newsroom.store.told(*id).await.unwrap() else {
            panic!("an excerpt")
        };
        let (source, item) = sent.of(*id);
        sent.words_within(*id, &told.paragraphs, "the stored words");
        if let Some(why) = ends_badly(&item.paragraphs, &told.paragraphs) {
            panic!(
                "under {:?}: {why}: {:?} of {:?}",
                source.terms, told.paragraphs, item.paragraphs
            );
        }
    }
}
