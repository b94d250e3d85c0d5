//! The edition's own stories: begun, published at their time, corrected where the edition says so.

use super::edition::{self, Block, Written};
use anyhow::Context;
use news::body::{Block as Plain, ids};
use news::{Document, Genre, Id, Millis, StoryId};
use std::collections::HashMap;
use store::{NewStory, Publish, Store};

/// Files all of them; how many there were.
pub(super) async fn file(
    store: &Store,
    pictures: &HashMap<String, Id>,
    now: Millis,
) -> anyhow::Result<usize> {
    let mut stories = edition::stories()?;
    stories.sort_by_key(|story| std::cmp::Reverse(story.minutes_ago));
    let sample_line = edition::sample_lines()?;
    let begun = begun(store).await?;
    for story in &stories {
        let key = &story.key;
        let line = sample_line(&story.lang);
        let (begun, picture) = (begun.get(&story.headline), pictures.get(key));
        one(store, story, line, begun.copied(), picture.copied(), now)
            .await
            .with_context(|| format!("the story {key}"))?;
    }
    Ok(stories.len())
}

/// What an interrupted seeding has begun: nobody's stories, by their headlines.
async fn begun(store: &Store) -> anyhow::Result<HashMap<String, StoryId>> {
    let lines = store.drafts(1_000).await?.into_iter();
    let nobodys = lines.filter(|line| line.owner.is_none());
    Ok(nobodys
        .map(|line| (line.headline, line.address.id))
        .collect())
}

/// Files one, or what is missing of it.
async fn one(
    store: &Store,
    story: &Written,
    sample_line: String,
    begun: Option<StoryId>,
    picture: Option<Id>,
    now: Millis,
) -> anyhow::Result<()> {
    let document = document(story, sample_line);
    let id = match begun {
        Some(id) => id,
        None => begin(store, story, document.clone(), picture).await?,
    };
    let first = (edition::ago(now, story.minutes_ago), None);
    let second = story
        .corrected
        .as_ref()
        .map(|c| (edition::ago(now, c.minutes_ago), Some(c.note.clone())));
    let all = [Some(first), second].into_iter().flatten();
    for (nth, (at, note)) in (1..).zip(all) {
        let draft = store
            .draft(id)
            .await?
            .context("the story just begun is not there")?;
        // The row's number is 1 when the story has begun, and one more with each publication.
        if draft.story.rev > nth {
            continue;
        }
        store
            .publish(Publish {
                story: id,
                version: draft.story.draft_version,
                rev: draft.story.rev,
                block_ids: ids::align(None, &document, draft.story.draft_version),
                doc: document.clone(),
                headline: story.headline.clone(),
                standfirst: story.standfirst.clone(),
                slug: None,
                staff: None,
                at,
                note,
            })
            .await?;
    }
    Ok(())
}

async fn begin(
    store: &Store,
    story: &Written,
    document: Document,
    picture: Option<Id>,
) -> anyhow::Result<StoryId> {
    let new = NewStory {
        id: None,
        staff: None,
        lang: story.lang.clone(),
        section: edition::section(&story.section)?,
        places: edition::places(&story.places)?,
        topics: story.topics.clone(),
        genre: Genre::from_slug(&story.genre).with_context(|| story.genre.clone())?,
        document,
        authors: story.authors.clone(),
        dateline: Some(story.dateline.clone()),
        urgency: story.urgency,
        slug: None,
        picture,
    };
    Ok(store.begin_story(new).await?)
}

fn document(story: &Written, sample_line: String) -> Document {
    let mut blocks: Vec<Plain> = story
        .body
        .iter()
        .map(|block| match block {
            Block::Paragraph { p } => Plain::Paragraph(p.clone()),
            Block::Heading { h } => Plain::Heading(h.clone()),
            Block::Quote { quote, by } => Plain::Quote(vec![quote.clone(), format!("— {by}")]),
            Block::List { list } => Plain::Bullets(list.clone()),
        })
        .collect();
    blocks.push(Plain::Paragraph(sample_line));
    Document::from_plain(&story.headline, &story.standfirst, &blocks)
}
