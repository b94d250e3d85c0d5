//! Publishing and correcting: one transaction, with its event. Withdrawing is in [`crate::withdraw`].

use crate::audit::Deed;
use crate::breaking::broke;
use crate::links::{id_of, list, redirect, stale, stands};
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, count, number, row, text};
use news::{Document, Id, Millis, NewsEvent, Refusal, Slug, StaffId, StoryAddress, StoryId};
use serde_json::json;
use sqlx::types::Json;

sql! {
    BEFORE = "SELECT rev, kind, pub_status, slug, headline, standfirst, draft_version, published_version, went_out_at,
            urgency, published_at FROM story WHERE id = $1";
    GO_OUT = "UPDATE story SET rev = rev + 1, pub_status = 'usable', stage = 'draft', published_version = $3, slug = $4,
            headline = $5, standfirst = $6, draft_headline = $5, draft_standfirst = $6,
            published_at = COALESCE(published_at, $7), went_out_at = $7, updated_at = $7,
            drafted_at = COALESCE(drafted_at, $7),
            breaking_until = COALESCE($9, breaking_until), broke_at = COALESCE(broke_at, $10),
            card_at = CASE WHEN $8 THEN $7 ELSE card_at END
        WHERE id = $1 AND rev = $2 AND draft_version = $3 RETURNING rev, published_at";
    ADD_REVISION = "INSERT INTO revision(story_id, version, staff_id, at, what, doc, block_ids, headline, standfirst, note)
        VALUES ($1, $2, $3, $4, 'published', $5, $6, $7, $8, $9)
        ON CONFLICT (story_id, version) DO UPDATE SET staff_id = excluded.staff_id, at = excluded.at, what = excluded.what,
            doc = excluded.doc, block_ids = excluded.block_ids, headline = excluded.headline,
            standfirst = excluded.standfirst, note = excluded.note";
    REVISIONS = "SELECT r.version, r.staff_id, st.name, r.at, r.what, r.headline, r.note FROM revision r
        LEFT JOIN staff st ON st.id = r.staff_id WHERE r.story_id = $1 ORDER BY r.version DESC";
}

/// The calmest urgency of a flash.
const FLASH: i64 = 2;

/// A version that goes out.
#[derive(Clone, Debug)]
pub struct Publish {
    /// Which story.
    pub story: StoryId,
    /// The version of the draft the editor has seen.
    pub version: u64,
    /// The `rev` of the story's row that `version` was read with.
    pub rev: u64,
    /// The document at `version`.
    pub doc: Document,
    /// One id for each top-level block of its body.
    pub block_ids: Vec<String>,
    /// Its headline as text, for cards.
    pub headline: String,
    /// Its standfirst as text.
    pub standfirst: String,
    /// A new slug. `None` keeps the one it has; at the first publication one is made from the headline.
    pub slug: Option<Slug>,
    /// Who publishes; `None` for the sample edition.
    pub staff: Option<StaffId>,
    /// When.
    pub at: Millis,
    /// What the correction was, for the history.
    pub note: Option<String>,
}

/// What readers have now.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublishedVersion {
    /// The version.
    pub version: u64,
    /// The version before; `None` at the first publication.
    pub before: Option<u64>,
    /// The story's `rev` now.
    pub rev: u64,
    /// Where it stands.
    pub address: StoryAddress,
    /// When it went out.
    pub at: Millis,
}

/// One saved state in a story's history.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RevisionLine {
    /// Its number.
    pub version: u64,
    /// Who saved it.
    pub staff: Option<StaffId>,
    /// That person's name.
    pub name: Option<String>,
    /// When.
    pub at: Millis,
    /// `begun`, `snapshot` or `published`.
    pub what: String,
    /// The headline then.
    pub headline: String,
    /// What the correction was.
    pub note: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Before {
    rev: i64,
    kind: String,
    pub_status: String,
    slug: Option<String>,
    headline: Option<String>,
    standfirst: Option<String>,
    draft_version: i64,
    published_version: Option<i64>,
    went_out_at: Option<i64>,
    urgency: i64,
    published_at: Option<i64>,
}

impl Store {
    /// Makes a version public, or corrects a published story by a newer one.
    ///
    /// # Errors
    /// [`Refusal::Stale`] where the draft or its facts moved since `version` and `rev` were read. A
    /// version that readers have already is answered as it was, without a second effect.
    pub async fn publish(&self, new: Publish) -> Result<PublishedVersion> {
        text::check_json(&new.doc.0)?;
        let (headline, standfirst) = (text::line(&new.headline)?, text::line(&new.standfirst)?);
        let note = text::optional(new.note.as_deref())?;
        if headline.is_empty() {
            return Err(
                Refusal::Invalid("A story needs a headline before it goes out.".into()).into(),
            );
        }
        let (id, version) = (new.story, count(new.version)?);
        let mut tx = self.write().await?;
        let before: Option<Before> = maybe!(tx tx; BEFORE, id.0)?;
        let before = before.ok_or(Refusal::NotFound)?;
        if before.kind != "story" {
            return Err(Refusal::NotYours.into());
        }
        if before.pub_status == "canceled" {
            return Err(Refusal::Withdrawn.into());
        }
        let usable = before.pub_status == "usable";
        let slug = slug(&new, &before, &headline);
        let same_slug = slug.as_deref() == before.slug.as_deref();
        if usable && before.published_version == Some(version) && same_slug && note.is_none() {
            return before.answer(id);
        }
        let card = !usable
            || !same_slug
            || before.headline.as_deref() != Some(&headline)
            || before.standfirst.as_deref() != Some(&standfirst);
        let breaks = before.breaks(new.at, Self::now());
        let out: Option<(i64, i64)> = maybe!(tx tx; GO_OUT, id.0, count(new.rev)?, version,
            slug.as_deref(), headline.as_str(), standfirst.as_str(), new.at.0, card,
            breaks.map(|until| until.0), breaks.map(|_| new.at.0))?;
        let Some((rev, published_at)) = out else {
            return Err(match before.draft_version == version {
                true => stale(new.rev, before.rev),
                false => stale(new.version, before.draft_version),
            });
        };
        let (staff, doc, ids) = (id_of(new.staff), Json(&new.doc), Json(&new.block_ids));
        run!(tx; ADD_REVISION, id.0, version, staff, new.at.0, doc, ids,
            headline.as_str(), standfirst.as_str(), note.as_deref())?;
        list(&mut tx, id, Some(published_at)).await?;
        if before.published_version.is_some() && !same_slug {
            redirect(&mut tx, id, before.slug.as_deref(), slug.as_deref(), new.at).await?;
        }
        let was = before.published_version.map(number).transpose()?;
        let deed = Deed {
            staff: new.staff,
            what: "publish",
            entity: id,
            before: json!({ "version": was, "headline": before.headline, "slug": before.slug }),
            after: json!({ "version": new.version, "headline": headline, "slug": slug, "note": note }),
        };
        self.note(&mut tx, &deed).await?;
        let stands = stands(&mut tx, id).await?;
        let (version, at) = (new.version, new.at);
        tx.tell(NewsEvent::Published {
            story: id,
            version,
            before: was,
            stands: stands.clone(),
            card,
        });
        if breaks.is_some() {
            tx.tell(broke(id, stands, breaks));
        }
        tx.commit().await?;
        let address = row::address(id.0, slug.as_deref());
        Ok(PublishedVersion {
            version,
            before: was,
            rev: number(rev)?,
            address,
            at,
        })
    }

    /// The story's saved states, newest first.
    pub async fn revisions(&self, id: StoryId) -> Result<Vec<RevisionLine>> {
        let rows: Vec<LineRow> = all!(read self.db(); REVISIONS, id.0)?;
        rows.into_iter().map(LineRow::line).collect()
    }
}

/// The address is settled by the first publication; afterwards only an editor changes it.
fn slug(new: &Publish, before: &Before, headline: &str) -> Option<String> {
    let given = new
        .slug
        .as_ref()
        .map(|s| s.as_str().to_owned())
        .or_else(|| before.slug.clone());
    if before.published_version.is_some() {
        return given;
    }
    given.or_else(|| Slug::from_headline(headline).map(|s| s.as_str().to_owned()))
}

impl Before {
    /// A flash that goes out for the first time is breaking news; until when.
    fn breaks(&self, at: Millis, now: Millis) -> Option<Millis> {
        let until = at.plus(news::breaking::LASTS);
        (self.urgency <= FLASH && self.published_at.is_none() && until > now).then_some(until)
    }

    fn answer(&self, id: StoryId) -> Result<PublishedVersion> {
        let version = number(self.published_version.unwrap_or_default())?;
        Ok(PublishedVersion {
            version,
            before: Some(version),
            rev: number(self.rev)?,
            address: row::address(id.0, self.slug.as_deref()),
            at: Millis(self.went_out_at.unwrap_or_default()),
        })
    }
}

#[derive(sqlx::FromRow)]
struct LineRow {
    version: i64,
    staff_id: Option<i64>,
    name: Option<String>,
    at: i64,
    what: String,
    headline: String,
    note: Option<String>,
}

impl LineRow {
    fn line(self) -> Result<RevisionLine> {
        Ok(RevisionLine {
            version: number(self.version)?,
            staff: self.staff_id.map(Id),
            name: self.name,
            at: Millis(self.at),
            what: self.what,
            headline: self.headline,
            note: self.note,
        })
    }
}
