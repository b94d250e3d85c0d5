//! What a story is tied to: places, topics, authors; and the redirects its address leaves behind.

use crate::db::Tx;
use crate::sql::{maybe, run, sql};
use crate::{Error, Result, Store, row, text};
use news::event::Stands;
use news::{Id, Millis, Place, Refusal, Section, Slug, StoryId};
use serde_json::json;
use sqlx::types::Json;

sql! {
    STANDS = "SELECT s.section_id, (SELECT string_agg(p.code, ',' ORDER BY p.position) FROM story_place p
        WHERE p.story_id = s.id) FROM story s WHERE s.id = $1";
    DROP_PLACES = "DELETE FROM story_place WHERE story_id = $1";
    ADD_PLACE = "INSERT INTO story_place(story_id, code, region, position, listed_at) VALUES ($1, $2, $3, $4, $5)";
    LIST = "UPDATE story_place SET listed_at = $2 WHERE story_id = $1";
    TOPIC = "SELECT id, merged_into FROM topic WHERE slug = $1";
    NEW_TOPIC = "INSERT INTO topic(id, slug, names) VALUES ($1, $2, $3) ON CONFLICT (slug) DO NOTHING";
    DROP_TOPICS = "DELETE FROM story_topic WHERE story_id = $1";
    ADD_TOPIC = "INSERT INTO story_topic(story_id, topic_id, position) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    AUTHOR = "SELECT id, staff_id FROM author WHERE slug = $1";
    NEW_AUTHOR = "INSERT INTO author(id, slug, name) VALUES ($1, $2, $3) ON CONFLICT (slug) DO NOTHING";
    DROP_AUTHORS = "DELETE FROM story_author WHERE story_id = $1";
    ADD_AUTHOR = "INSERT INTO story_author(story_id, author_id, position) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    RETARGET = "UPDATE redirect SET target = $2 WHERE target = $1";
    NOT_FROM = "DELETE FROM redirect WHERE path = $1";
    ADD_REDIRECT = "INSERT INTO redirect(path, target, at) VALUES ($1, $2, $3)
        ON CONFLICT (path) DO UPDATE SET target = excluded.target, at = excluded.at";
}

/// Where a story's card stands.
pub(crate) async fn stands(tx: &mut Tx, id: StoryId) -> Result<Stands> {
    let found: Option<(i64, Option<String>)> = maybe!(tx tx; STANDS, id.0)?;
    let Some((section, codes)) = found else {
        return Err(Refusal::NotFound.into());
    };
    Ok(Stands {
        sections: vec![row::section(section)?],
        places: row::places(codes.as_deref())?,
    })
}

/// Where it stood as well as where it stands.
pub(crate) fn both(mut before: Stands, section: Section, places: &[Place]) -> Stands {
    if !before.sections.contains(&section) {
        before.sections.push(section);
    }
    for place in places {
        if !before.places.contains(place) {
            before.places.push(*place);
        }
    }
    before
}

/// Sets the places; `listed_at` is when readers first had the story, `None` while they don't have it.
pub(crate) async fn set_places(
    tx: &mut Tx,
    id: StoryId,
    places: &[Place],
    listed_at: Option<i64>,
) -> Result<()> {
    run!(tx; DROP_PLACES, id.0)?;
    let mut set: Vec<Place> = vec![];
    for place in places {
        if !set.contains(place) {
            set.push(*place);
        }
    }
    for (position, place) in (0_i64..).zip(set) {
        let region = place.region().map(|r| r.slug());
        run!(tx; ADD_PLACE, id.0, place.code(), region, position, listed_at)?;
    }
    Ok(())
}

/// Puts the story into the lists by place, or takes it out.
pub(crate) async fn list(tx: &mut Tx, id: StoryId, listed_at: Option<i64>) -> Result<()> {
    run!(tx; LIST, id.0, listed_at)?;
    Ok(())
}

impl Store {
    /// Sets the topics by name; new names become topics.
    pub(crate) async fn set_topics(
        &self,
        tx: &mut Tx,
        id: StoryId,
        names: &[String],
    ) -> Result<()> {
        run!(tx; DROP_TOPICS, id.0)?;
        for (position, name) in (0_i64..).zip(names) {
            let name = text::line(name)?;
            let Some(slug) = Slug::parse(&name) else {
                continue;
            };
            let (fresh, names) = (self.next_id().0, Json(json!({ "en": name })));
            run!(tx; NEW_TOPIC, fresh, slug.as_str(), names)?;
            let found: Option<(i64, Option<i64>)> = maybe!(tx tx; TOPIC, slug.as_str())?;
            let (topic, merged) = found.ok_or_else(|| row::odd("topic", &name))?;
            run!(tx; ADD_TOPIC, id.0, merged.unwrap_or(topic), position)?;
        }
        Ok(())
    }

    /// Sets the authors by name; new names become authors.
    pub(crate) async fn set_authors(
        &self,
        tx: &mut Tx,
        id: StoryId,
        names: &[String],
    ) -> Result<()> {
        run!(tx; DROP_AUTHORS, id.0)?;
        for (position, name) in (0_i64..).zip(names) {
            let name = text::line(name)?;
            let Some(slug) = Slug::parse(&name) else {
                continue;
            };
            run!(tx; NEW_AUTHOR, self.next_id().0, slug.as_str(), name.as_str())?;
            let found: Option<(i64, Option<i64>)> = maybe!(tx tx; AUTHOR, slug.as_str())?;
            let (author, _) = found.ok_or_else(|| row::odd("author", &name))?;
            run!(tx; ADD_AUTHOR, id.0, author, position)?;
        }
        Ok(())
    }
}

/// A published address answers for ever: the old one leads to the new one, in one hop.
pub(crate) async fn redirect(
    tx: &mut Tx,
    id: StoryId,
    old: Option<&str>,
    new: Option<&str>,
    at: Millis,
) -> Result<()> {
    let path = |slug| row::address(id.0, slug).to_string();
    let (old, new) = (path(old), path(new));
    run!(tx; RETARGET, old.as_str(), new.as_str())?;
    run!(tx; NOT_FROM, new.as_str())?;
    run!(tx; ADD_REDIRECT, old.as_str(), new.as_str(), at.0)?;
    Ok(())
}

/// Why an UPDATE that names a `rev` touched no row.
pub(crate) fn stale(yours: u64, ours: i64) -> Error {
    Refusal::Stale {
        yours,
        ours: u64::try_from(ours).unwrap_or_default(),
    }
    .into()
}

pub(crate) fn id_of(value: Option<Id>) -> Option<i64> {
    value.map(|id| id.0)
}
