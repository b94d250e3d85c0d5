//! What editors may do with an excerpt: place it, note something beside it, cut its words.
//! What nobody is sure of waits for that: readers have it once it is placed.
//! They can't lengthen them past the source's terms: that is looked at inside the writing transaction.

use crate::audit::Deed;
use crate::db::Tx;
use crate::links::{both, set_places, stale, stands};
use crate::rights::Deal;
use crate::sql::{all, maybe, sql};
use crate::{Result, Store, count, number, row, text};
use news::excerpt::{self, Room};
use news::story::LONGEST_NOTE;
use news::{Id, Millis, NewsEvent, Place, Refusal, Section, StaffId, StoryId, UsageTerms};
use serde_json::{Value, json};
use sqlx::types::Json;

sql! {
    BEFORE = "SELECT s.rev, s.kind, s.pub_status, s.section_id, s.note, s.excerpt, s.given_chars, s.published_at,
            s.to_place, s.held, src.name, src.terms
        FROM story s LEFT JOIN source src ON src.id = s.source_id WHERE s.id = $1";
    PLACE = "UPDATE story SET rev = rev + 1, section_id = $3, note = $4, placed_by_editor = TRUE, card_at = $5,
            pub_status = CASE WHEN (to_place OR held IS NOT NULL) AND show_at IS NULL THEN 'usable' ELSE pub_status END,
            went_out_at = CASE WHEN to_place OR held IS NOT NULL THEN $5 ELSE went_out_at END, to_place = FALSE, held = NULL,
        updated_at = $5 WHERE id = $1 AND rev = $2 RETURNING rev, pub_status";
    TO_PLACE = "SELECT s.id, s.rev, s.headline, s.section_id, src.name, w.why FROM story s JOIN source src ON src.id = s.source_id
        LEFT JOIN wire_item w ON w.story_id = s.id WHERE s.to_place AND s.pub_status = 'withheld'
        ORDER BY s.published_at DESC, s.id DESC, w.id LIMIT $1";
    CUT = "UPDATE story SET rev = rev + 1, excerpt = $3, cut_by_editor = TRUE, card_at = $4, updated_at = $4
        WHERE id = $1 AND rev = $2 RETURNING rev";
}

/// Where an editor wants an excerpt.
#[derive(Clone, Debug)]
pub struct PlaceExcerpt {
    /// Which excerpt.
    pub story: StoryId,
    /// The `rev` the editor has seen.
    pub rev: u64,
    /// Who places it.
    pub staff: StaffId,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// A few words of ours beside the agency's headline.
    pub note: Option<String>,
}

/// An editor's cut of an excerpt's words.
#[derive(Clone, Debug)]
pub struct ExcerptWords {
    /// Which excerpt.
    pub story: StoryId,
    /// The `rev` the editor has seen.
    pub rev: u64,
    /// Who cuts it.
    pub staff: StaffId,
    /// The words.
    pub paragraphs: Vec<String>,
}

/// An excerpt that waits until an editor has placed it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ToPlace {
    /// Which excerpt.
    pub story: StoryId,
    /// Its `rev`, for placing it.
    pub rev: u64,
    /// The agency's headline.
    pub headline: String,
    /// Where it would stand by our best guess.
    pub guess: Section,
    /// Whose it is.
    pub source: String,
    /// Why it was guessed so.
    pub why: String,
}

#[derive(sqlx::FromRow)]
struct ToPlaceRow {
    id: i64,
    rev: i64,
    headline: Option<String>,
    section_id: i64,
    name: String,
    why: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Before {
    rev: i64,
    kind: String,
    pub_status: String,
    section_id: i64,
    note: Option<String>,
    excerpt: Option<Json<Vec<String>>>,
    given_chars: Option<i64>,
    published_at: Option<i64>,
    to_place: bool,
    held: Option<String>,
    name: Option<String>,
    terms: Option<Json<UsageTerms>>,
}

impl Before {
    /// Whether it waits for the desk.
    const fn waits(&self) -> bool {
        self.to_place || self.held.is_some()
    }
}

impl Store {
    /// Excerpts that wait for an editor to place them, the newest first.
    pub async fn to_place(&self, most: u32) -> Result<Vec<ToPlace>> {
        let rows: Vec<ToPlaceRow> = all!(read self.db(); TO_PLACE, i64::from(most))?;
        let mut all: Vec<ToPlace> = Vec::new();
        for row in rows {
            // An agency may have sent it under several names.
            if all.last().is_some_and(|last| last.story.0 == row.id) {
                continue;
            }
            all.push(ToPlace {
                story: Id(row.id),
                rev: number(row.rev)?,
                headline: row.headline.unwrap_or_default(),
                guess: row::section(row.section_id)?,
                source: row.name,
                why: row.why.unwrap_or_default(),
            });
        }
        Ok(all)
    }

    /// Sets an excerpt's section, places and note; a later telling by the agency leaves them alone.
    pub async fn place_excerpt(&self, new: PlaceExcerpt) -> Result<u64> {
        let note = new.note.as_deref().unwrap_or_default();
        let note = text::short(note, LONGEST_NOTE, "A note")?;
        let note = Some(note).filter(|note| !note.is_empty());
        let (id, at) = (new.story, Self::now().0);
        let mut tx = self.write().await?;
        let before = before(&mut tx, id).await?;
        let stood = stands(&mut tx, id).await?;
        let set: Option<(i64, String)> =
            maybe!(tx tx; PLACE, id.0, count(new.rev)?, new.section.id(), note.as_deref(), at)?;
        let Some((rev, status)) = set else {
            return Err(stale(new.rev, before.rev));
        };
        let shown = status == "usable";
        let listed_at = before.published_at.filter(|_| shown);
        set_places(&mut tx, id, &new.places, listed_at).await?;
        let codes = |places: &[Place]| places.iter().map(|p| p.code()).collect::<Vec<_>>();
        let was = json!({ "section": before.section_id, "places": codes(&stood.places), "note": before.note });
        let is = json!({ "section": new.section.id(), "places": codes(&new.places), "note": note });
        self.note(&mut tx, &deed(new.staff, "place excerpt", id, was, is))
            .await?;
        let stands = both(stood, new.section, &new.places);
        if before.waits() && shown {
            let words = before.excerpt.as_ref().map(|words| words.0.as_slice());
            self.deal(&mut tx, id, Deal::Shown, words, Millis(at))
                .await?;
            tx.tell(NewsEvent::ExcerptFiled {
                story: id,
                stands,
                new: true,
            });
        } else if shown {
            tx.tell(NewsEvent::Placed { story: id, stands });
        }
        tx.commit().await?;
        number(rev)
    }

    /// Sets an excerpt's words; a later telling by the agency leaves them alone.
    ///
    /// # Errors
    /// [`Refusal::BeyondTerms`] where they are longer than the source's terms allow at this moment.
    pub async fn set_excerpt_words(&self, new: ExcerptWords) -> Result<u64> {
        let words = paragraphs(&new.paragraphs)?;
        if words.is_empty() {
            return Err(Refusal::Invalid("An excerpt keeps at least one sentence.".into()).into());
        }
        let (id, at) = (new.story, Self::now().0);
        let mut tx = self.write().await?;
        let before = before(&mut tx, id).await?;
        if before.waits() {
            return Err(Refusal::NotFound.into());
        }
        let (source, terms) = (before.name.unwrap_or_default(), before.terms.map(|t| t.0));
        let stood = before.excerpt.as_ref().map(|words| words.0.as_slice());
        let given = given(before.given_chars, stood.unwrap_or_default());
        within(&words, &source, &terms.unwrap_or_default(), given)?;
        let set: Option<(i64,)> = maybe!(tx tx; CUT, id.0, count(new.rev)?, Json(&words), at)?;
        let Some((rev,)) = set else {
            return Err(stale(new.rev, before.rev));
        };
        self.deal(&mut tx, id, Deal::Cut, Some(&words), Millis(at))
            .await?;
        let was = json!({ "excerpt": before.excerpt });
        self.note(
            &mut tx,
            &deed(
                new.staff,
                "cut excerpt",
                id,
                was,
                json!({ "excerpt": words }),
            ),
        )
        .await?;
        let stands = stands(&mut tx, id).await?;
        tx.tell(NewsEvent::ExcerptFiled {
            story: id,
            stands,
            new: false,
        });
        tx.commit().await?;
        number(rev)
    }
}

async fn before(tx: &mut Tx, id: StoryId) -> Result<Before> {
    let row: Option<Before> = maybe!(tx tx; BEFORE, id.0)?;
    let row = row
        .filter(|row| row.kind == "excerpt")
        .ok_or(Refusal::NotFound)?;
    match row.pub_status.as_str() {
        "usable" => Ok(row),
        "withheld" if row.waits() => Ok(row),
        "canceled" => Err(Refusal::Withdrawn.into()),
        _ => Err(Refusal::NotFound.into()),
    }
}

fn deed(staff: StaffId, what: &'static str, entity: StoryId, before: Value, after: Value) -> Deed {
    Deed {
        staff: Some(staff),
        what,
        entity,
        before,
        after,
    }
}

/// An excerpt's paragraphs as they are stored: composed, without empty ones. None at all where the agency sends no
/// more than a headline and its address.
pub(crate) fn paragraphs(given: &[String]) -> Result<Vec<String>> {
    let mut words = vec![];
    for paragraph in given {
        let paragraph = text::line(paragraph)?;
        if !paragraph.is_empty() {
            words.push(paragraph);
        }
    }
    Ok(words)
}

/// How many characters the agency gave; where nobody noted it, as many as we kept.
pub(crate) fn given(noted: Option<i64>, kept: &[String]) -> usize {
    noted
        .and_then(|chars| usize::try_from(chars).ok())
        .unwrap_or_else(|| excerpt::length(kept))
}

/// Whether the words may stand under the terms, of a text of so many `given` characters.
pub(crate) fn within(
    words: &[String],
    source: &str,
    terms: &UsageTerms,
    given: usize,
) -> std::result::Result<(), Refusal> {
    if Room::under(terms, given).holds(words) {
        return Ok(());
    }
    Err(Refusal::BeyondTerms {
        source: source.to_owned(),
        allow: terms.allowance(),
    })
}
