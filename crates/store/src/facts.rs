//! The facts around a story's words: section, places, language, genre, slug, topics.
//! They count for readers at once where the story is published.

use crate::audit::Deed;
use crate::links::{both, redirect, set_places, stale, stands};
use crate::sql::{maybe, sql};
use crate::{Result, Store, count, number};
use news::{Genre, Lang, NewsEvent, Place, Refusal, Section, Slug, StaffId, StoryId};
use serde_json::json;

sql! {
    BEFORE = "SELECT rev, kind, pub_status, slug, headline, published_version, published_at, lang, genre FROM story WHERE id = $1";
    SET = "UPDATE story SET rev = rev + 1, section_id = $3, lang = $4, genre = $5, slug = $6, drafted_at = $7,
            card_at = CASE WHEN pub_status = 'usable' THEN $7 ELSE card_at END,
            updated_at = CASE WHEN pub_status = 'usable' THEN $7 ELSE updated_at END
        WHERE id = $1 AND rev = $2 RETURNING rev";
}

/// The facts around a story's words, as an editor sets them.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Which story.
    pub story: StoryId,
    /// The `rev` the editor has seen.
    pub rev: u64,
    /// Who sets them.
    pub staff: StaffId,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// Its language.
    pub lang: Lang,
    /// What kind of piece it is.
    pub genre: Genre,
    /// The slug; `None` makes one from the headline readers have, or leaves that to the first publication.
    pub slug: Option<Slug>,
    /// What it is filed under; `None` keeps it.
    pub topics: Option<Vec<String>>,
}

#[derive(sqlx::FromRow)]
struct Before {
    rev: i64,
    kind: String,
    pub_status: String,
    slug: Option<String>,
    headline: Option<String>,
    published_version: Option<i64>,
    published_at: Option<i64>,
    lang: String,
    genre: String,
}

impl Before {
    /// What the first publication would have made of the headline.
    fn automatic_slug(&self) -> Option<Slug> {
        self.published_version?;
        Slug::from_headline(self.headline.as_deref()?)
    }
}

impl Store {
    /// Sets the facts; the story's new `rev`. Where readers have the story, its lists hear of it.
    pub async fn set_facts(&self, facts: Facts) -> Result<u64> {
        let id = facts.story;
        let mut tx = self.write().await?;
        let before: Option<Before> = maybe!(tx tx; BEFORE, id.0)?;
        let before = before.ok_or(Refusal::NotFound)?;
        if before.kind != "story" {
            return Err(Refusal::NotYours.into());
        }
        if before.pub_status == "canceled" {
            return Err(Refusal::Withdrawn.into());
        }
        let stood = stands(&mut tx, id).await?;
        let slug = facts.slug.clone().or_else(|| before.automatic_slug());
        let slug = slug.as_ref().map(Slug::as_str);
        let (section, lang, at) = (facts.section.id(), facts.lang.as_str(), Self::now());
        let set: Option<(i64,)> = maybe!(tx tx; SET, id.0, count(facts.rev)?, section, lang,
            facts.genre.slug(), slug, at.0)?;
        let Some((rev,)) = set else {
            return Err(stale(facts.rev, before.rev));
        };
        let usable = before.pub_status == "usable";
        let listed_at = before.published_at.filter(|_| usable);
        set_places(&mut tx, id, &facts.places, listed_at).await?;
        if let Some(topics) = &facts.topics {
            self.set_topics(&mut tx, id, topics).await?;
        }
        if before.published_at.is_some() && slug != before.slug.as_deref() {
            redirect(&mut tx, id, before.slug.as_deref(), slug, at).await?;
        }
        let codes = |places: &[Place]| places.iter().map(|p| p.code()).collect::<Vec<_>>();
        let deed = Deed {
            staff: Some(facts.staff),
            what: "set facts",
            entity: id,
            before: json!({ "section": stood.sections.first().map(|s| s.slug()), "places": codes(&stood.places),
                "lang": before.lang, "genre": before.genre, "slug": before.slug }),
            after: json!({ "section": facts.section.slug(), "places": codes(&facts.places),
                "lang": lang, "genre": facts.genre.slug(), "slug": slug, "topics": facts.topics }),
        };
        self.note(&mut tx, &deed).await?;
        tx.tell(
            match before
                .published_version
                .filter(|_| usable)
                .map(number)
                .transpose()?
            {
                Some(version) => NewsEvent::Published {
                    story: id,
                    version,
                    before: Some(version),
                    stands: both(stood, facts.section, &facts.places),
                    card: true,
                },
                None => NewsEvent::DraftChanged {
                    story: id,
                    by: facts.staff,
                },
            },
        );
        tx.commit().await?;
        number(rev)
    }
}
