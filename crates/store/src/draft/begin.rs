//! A story begins: its row, its first document, its links.

use crate::links::{id_of, set_places};
use crate::sql::{run, sql};
use crate::{Result, Store, text};
use news::{Document, Genre, Id, Lang, NewsEvent, Place, Refusal, Section, Slug, StaffId, StoryId};
use sqlx::types::Json;

sql! {
    ADD_STORY = "INSERT INTO story(id, rev, kind, genre, pub_status, stage, slug, lang, section_id, urgency, dateline,
            hero_media_id, owner_id, draft_headline, draft_standfirst, updated_at, drafted_at)
        VALUES ($1, 1, 'story', $2, 'draft', 'draft', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)";
    ADD_FIRST = "INSERT INTO revision(story_id, version, staff_id, at, what, doc, headline, standfirst)
        VALUES ($1, 0, $2, $3, 'begun', $4, $5, $6)";
}

/// A story that begins.
#[derive(Clone, Debug)]
pub struct NewStory {
    /// Its number, where the caller made one ([`crate::Store::next_id`]).
    pub id: Option<StoryId>,
    /// Who begins it; `None` for the sample edition.
    pub staff: Option<StaffId>,
    /// Its language.
    pub lang: Lang,
    /// Where readers will find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// What it is filed under: names.
    pub topics: Vec<String>,
    /// What kind of piece it is.
    pub genre: Genre,
    /// Its first document.
    pub document: Document,
    /// Who wrote it: names for readers.
    pub authors: Vec<String>,
    /// Where it was filed from.
    pub dateline: Option<String>,
    /// 1 flash … 9.
    pub urgency: u8,
    /// A slug already given.
    pub slug: Option<Slug>,
    /// Its lead picture.
    pub picture: Option<Id>,
}

impl Store {
    /// Begins a draft at version 0. Nothing of it is where readers' functions look.
    pub async fn begin_story(&self, new: NewStory) -> Result<StoryId> {
        text::check_json(&new.document.0)?;
        if !(1..=9).contains(&new.urgency) {
            return Err(Refusal::Invalid("The urgency is a number from 1 to 9.".into()).into());
        }
        let id = new.id.unwrap_or_else(|| self.next_id());
        let (staff, picture, at) = (id_of(new.staff), id_of(new.picture), Self::now().0);
        let slug = new.slug.as_ref().map(Slug::as_str);
        let dateline = text::optional(new.dateline.as_deref())?;
        let headline = text::line(&new.document.headline())?;
        let standfirst = text::line(&new.document.standfirst())?;
        let mut tx = self.write().await?;
        run!(tx; ADD_STORY, id.0, new.genre.slug(), slug, new.lang.as_str(), new.section.id(),
            i64::from(new.urgency), dateline.as_deref(), picture, staff,
            headline.as_str(), standfirst.as_str(), at)?;
        let doc = Json(&new.document);
        run!(tx; ADD_FIRST, id.0, staff, at, doc, headline.as_str(), standfirst.as_str())?;
        set_places(&mut tx, id, &new.places, None).await?;
        self.set_topics(&mut tx, id, &new.topics).await?;
        self.set_authors(&mut tx, id, &new.authors).await?;
        if let Some(by) = new.staff {
            tx.tell(NewsEvent::DraftChanged { story: id, by });
        }
        tx.commit().await?;
        Ok(id)
    }
}
