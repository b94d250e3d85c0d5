//! What the tests need to tell news: stories, steps, wire items, people.

use news::{
    Document, Genre, Id, Lang, Millis, Place, ReadMore, Refusal, Role, Section, StaffId, StoryId,
};
use serde_json::json;
use store::{
    Error, FileItems, NewExcerpt, NewStaff, NewSteps, NewStory, Publish, PublishedVersion, Store,
};

pub(crate) fn doc(headline: &str, words: &str) -> Document {
    Document::from_plain(headline, "What it means.", &[words.into()])
}

pub(crate) async fn editor(store: &Store) -> StaffId {
    let email = format!("mika-{}@asian-news.example", store.next_id());
    let new = NewStaff {
        email,
        name: "Mika Arai".into(),
        roles: vec![Role::Editor],
    };
    store.add_staff(new).await.unwrap()
}

pub(crate) fn a_story(headline: &str) -> NewStory {
    NewStory {
        id: None,
        staff: None,
        lang: Lang::english(),
        section: Section::Business,
        places: vec![Place::JP, Place::KR],
        topics: vec!["Shipping".into()],
        genre: Genre::News,
        document: doc(headline, "Ferries stop at noon."),
        authors: vec!["Mika Arai".into(), "Li Na".into()],
        dateline: Some("FUKUOKA".into()),
        urgency: 5,
        slug: None,
        picture: None,
    }
}

pub(crate) async fn publication(store: &Store, id: StoryId) -> Publish {
    let draft = store.draft(id).await.unwrap().unwrap();
    let doc = draft.story.document.clone();
    Publish {
        story: id,
        version: draft.story.draft_version,
        rev: draft.story.rev,
        headline: doc.headline(),
        standfirst: doc.standfirst(),
        doc,
        block_ids: vec!["b1".into()],
        slug: None,
        staff: None,
        at: Store::now(),
        note: None,
    }
}

pub(crate) async fn published(store: &Store, new: NewStory) -> PublishedVersion {
    let id = store.begin_story(new).await.unwrap();
    store.publish(publication(store, id).await).await.unwrap()
}

pub(crate) fn steps(story: StoryId, staff: StaffId, base: u64, batch: &str) -> NewSteps {
    NewSteps {
        story,
        base,
        batch: batch.into(),
        client: "c7".into(),
        staff,
        steps: vec![
            json!({"stepType": "replace", "from": 1, "to": 1}),
            json!({"stepType": "x"}),
        ],
        snapshot: None,
        headline: "A draft's headline".into(),
        standfirst: String::new(),
    }
}

pub(crate) fn an_item(guid: &str, hash: &str) -> NewExcerpt {
    NewExcerpt {
        guid: guid.into(),
        address: format!("https://apnews.com/{guid}"),
        content_hash: hash.into(),
        headline: format!("Chips for {guid}"),
        paragraphs: vec!["A first sentence.".into(), "A second one.".into()],
        given: 30,
        lang: Lang::english(),
        section: Section::Technology,
        placing: store::Placing::Sure,
        medtop: None,
        places: vec![Place::KP, Place::KR],
        topics: vec!["Politics".into()],
        dateline: Some("SEOUL".into()),
        read_more: ReadMore {
            url: format!("https://apnews.com/{guid}"),
            host: "apnews.com".into(),
        },
        published_at: Millis(Store::now().0 - Millis::HOUR),
        undated: false,
        breaking: None,
        version: None,
        embargo: None,
        refuse: None,
        hold: None,
        why: "its category".into(),
    }
}

pub(crate) async fn batch(store: &Store, items: Vec<NewExcerpt>) -> FileItems {
    let source: Id = store.source("AP").await.unwrap().unwrap().id;
    FileItems {
        source,
        feed: None,
        items,
        validators: None,
    }
}

/// Why it was refused.
pub(crate) fn refusal<T>(result: store::Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{:?}", other.err()),
    }
}
