//! Drafts: the steps of the running draft and its snapshots. The facts around its words are set in
//! [`crate::facts`]; what readers get of it is in [`crate::publish`].

use crate::db::Tx;
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, count, number, row, text};
use news::{
    Document, Id, Kind, Millis, PubStatus, Refusal, Section, StaffId, Story, StoryAddress, StoryId,
};
use serde_json::Value;
use sqlx::types::Json;

mod begin;

pub use begin::NewStory;
pub(crate) use begin::STATEMENTS as BEGIN;

sql! {
    SNAPSHOT = "SELECT version, doc FROM revision WHERE story_id = $1 ORDER BY version DESC LIMIT 1";
    STEPS = "SELECT version, batch, client, staff_id, step FROM step
        WHERE story_id = $1 AND version > $2 ORDER BY version LIMIT $3";
    SEEN = "SELECT CAST(MAX(version) AS BIGINT) FROM step WHERE story_id = $1 AND batch = $2";
    MOVE = "UPDATE story SET draft_version = $3, draft_headline = $4, draft_standfirst = $5, drafted_at = $6
        WHERE id = $1 AND draft_version = $2 AND kind = 'story' AND pub_status <> 'canceled'
        RETURNING draft_version";
    AT = "SELECT draft_version, pub_status, kind FROM story WHERE id = $1";
    ADD_STEP = "INSERT INTO step(story_id, version, batch, client, staff_id, step, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ADD_SNAPSHOT = "INSERT INTO revision(story_id, version, staff_id, at, what, doc, headline, standfirst)
        VALUES ($1, $2, $3, $4, 'snapshot', $5, $6, $7)";
    DRAFTS = "SELECT id, slug, draft_headline, section_id, lang, pub_status, owner_id, drafted_at FROM story
        WHERE drafted_at IS NOT NULL AND kind = 'story' AND pub_status <> 'canceled'
        ORDER BY drafted_at DESC LIMIT $1";
}

/// A story as the desk opens it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The story with the document of its newest snapshot; `story.version` is that snapshot's version.
    pub story: Story,
    /// The version of the snapshot.
    pub snapshot_version: u64,
    /// The steps after it, in order: applied to the document they give `story.draft_version`.
    pub steps: Vec<StoredStep>,
}

/// One accepted step.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredStep {
    /// The version it leads to.
    pub version: u64,
    /// The batch it came in.
    pub batch: String,
    /// The editor's window it came from.
    pub client: String,
    /// Who wrote it.
    pub staff: StaffId,
    /// The step, as ProseMirror writes it.
    pub step: Value,
}

/// A batch of steps that passed the gate.
#[derive(Clone, Debug)]
pub struct NewSteps {
    /// Which story.
    pub story: StoryId,
    /// The version they were made against.
    pub base: u64,
    /// The batch's name; the same batch sent again has no second effect.
    pub batch: String,
    /// The editor's window.
    pub client: String,
    /// Who wrote them.
    pub staff: StaffId,
    /// The steps, in order.
    pub steps: Vec<Value>,
    /// The whole document after them, now and then (each 100 steps).
    pub snapshot: Option<Snapshot>,
    /// The draft's headline after them, for the desk's lists.
    pub headline: String,
    /// The draft's standfirst after them.
    pub standfirst: String,
}

/// A whole document, kept so that opening a draft needs few steps.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The document.
    pub doc: Document,
    /// Its headline as text.
    pub headline: String,
    /// Its standfirst as text.
    pub standfirst: String,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Accepted {
    /// Stored.
    Done {
        /// The draft's version now.
        version: u64,
    },
    /// Stored before; this is its first answer.
    Seen {
        /// The version it led to then.
        version: u64,
    },
    /// The draft has moved on: rebase on what came since and send again.
    Behind {
        /// The draft's version now.
        ours: u64,
    },
}

/// A draft in the desk's list.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftLine {
    /// Where it stands.
    pub address: StoryAddress,
    /// The draft's headline.
    pub headline: String,
    /// Its section.
    pub section: Section,
    /// Its language.
    pub lang: news::Lang,
    /// Whether readers have some version of it.
    pub pub_status: PubStatus,
    /// Who began it.
    pub owner: Option<StaffId>,
    /// When it last changed.
    pub updated_at: Millis,
}

impl Store {
    /// The newest version of a draft; `None` where there is no such story.
    pub async fn draft_version(&self, id: StoryId) -> Result<Option<u64>> {
        let row: Option<(i64, String, String)> = maybe!(read self.db(); AT, id.0)?;
        let row = row.filter(|(_, _, kind)| kind == "story");
        row.map(|(version, ..)| number(version)).transpose()
    }

    /// A story as the desk opens it; `None` for what is none, and for excerpts, which have no document.
    pub async fn draft(&self, id: StoryId) -> Result<Option<Draft>> {
        let mut tx = self.db().look().await?;
        let Some((row, topics)) = row::story(&mut tx, id).await? else {
            return Ok(None);
        };
        if row.kind()? == Kind::Excerpt {
            return Ok(None);
        }
        let newest: Option<(i64, Json<Document>)> = maybe!(tx tx; SNAPSHOT, id.0)?;
        let (version, doc) = newest.ok_or_else(|| row::odd("document of", &id.to_string()))?;
        let steps = steps(&mut tx, id, version).await?;
        let snapshot_version = number(version)?;
        let updated_at = row.drafted_at();
        let mut story = row.draft(topics, doc.0, snapshot_version)?;
        story.updated_at = updated_at;
        Ok(Some(Draft {
            story,
            snapshot_version,
            steps,
        }))
    }

    /// What the desk touched last, newest first.
    pub async fn drafts(&self, most: u32) -> Result<Vec<DraftLine>> {
        let rows: Vec<LineRow> = all!(read self.db(); DRAFTS, i64::from(most))?;
        rows.into_iter().map(LineRow::line).collect()
    }

    /// The steps after `version`, in order.
    pub async fn steps_since(
        &self,
        id: StoryId,
        version: u64,
        most: u32,
    ) -> Result<Vec<StoredStep>> {
        let rows: Vec<StepRow> =
            all!(read self.db(); STEPS, id.0, count(version)?, i64::from(most))?;
        rows.into_iter().map(StepRow::step).collect()
    }

    /// Takes a batch. The same batch sent again has no second effect; a batch made against an older
    /// version is not taken.
    pub async fn accept_steps(&self, new: NewSteps) -> Result<Accepted> {
        new.steps.iter().try_for_each(text::check_json)?;
        let (batch, client) = (text::clean(&new.batch)?, text::clean(&new.client)?);
        let (headline, standfirst) = (text::line(&new.headline)?, text::line(&new.standfirst)?);
        if new.steps.is_empty() {
            return Err(Refusal::Invalid("There is no change in this batch.".into()).into());
        }
        let (id, staff, base, at) = (new.story.0, new.staff.0, count(new.base)?, Self::now().0);
        let to = base.saturating_add(i64::try_from(new.steps.len()).unwrap_or(i64::MAX));
        let mut tx = self.write().await?;
        if let Some(version) = seen(&mut tx, new.story, &batch).await? {
            return Ok(Accepted::Seen { version });
        }
        let moved: Option<(i64,)> =
            maybe!(tx tx; MOVE, id, base, to, headline.as_str(), standfirst.as_str(), at)?;
        if moved.is_none() {
            // The row may have moved by this very batch, sent twice at once.
            return match seen(&mut tx, new.story, &batch).await? {
                Some(version) => Ok(Accepted::Seen { version }),
                None => behind(&mut tx, new.story).await,
            };
        }
        for (version, step) in (base.saturating_add(1)..).zip(&new.steps) {
            run!(tx; ADD_STEP, id, version, batch.as_str(), client.as_str(), staff, Json(step), at)?;
        }
        if let Some(shot) = new.snapshot {
            text::check_json(&shot.doc.0)?;
            let (headline, standfirst) =
                (text::line(&shot.headline)?, text::line(&shot.standfirst)?);
            let doc = Json(&shot.doc);
            run!(tx; ADD_SNAPSHOT, id, to, staff, at, doc, headline.as_str(), standfirst.as_str())?;
        }
        let version = number(to)?;
        tx.tell(news::NewsEvent::StepsAccepted {
            story: new.story,
            from: new.base,
            to: version,
        });
        tx.commit().await?;
        Ok(Accepted::Done { version })
    }
}

async fn steps(tx: &mut Tx, id: StoryId, after: i64) -> Result<Vec<StoredStep>> {
    let rows: Vec<StepRow> = all!(tx tx; STEPS, id.0, after, i64::MAX)?;
    rows.into_iter().map(StepRow::step).collect()
}

async fn seen(tx: &mut Tx, id: StoryId, batch: &str) -> Result<Option<u64>> {
    let row: Option<(Option<i64>,)> = maybe!(tx tx; SEEN, id.0, batch)?;
    row.and_then(|row| row.0).map(number).transpose()
}

async fn behind(tx: &mut Tx, id: StoryId) -> Result<Accepted> {
    let row: Option<(i64, String, String)> = maybe!(tx tx; AT, id.0)?;
    match row {
        Some((ours, status, kind)) if kind == "story" && status != "canceled" => {
            Ok(Accepted::Behind {
                ours: number(ours)?,
            })
        }
        Some((_, _, kind)) if kind == "story" => Err(Refusal::Withdrawn.into()),
        Some(_) => Err(Refusal::NotYours.into()),
        None => Err(Refusal::NotFound.into()),
    }
}

#[derive(sqlx::FromRow)]
struct StepRow {
    version: i64,
    batch: String,
    client: String,
    staff_id: i64,
    step: Json<Value>,
}

impl StepRow {
    fn step(self) -> Result<StoredStep> {
        Ok(StoredStep {
            version: number(self.version)?,
            batch: self.batch,
            client: self.client,
            staff: Id(self.staff_id),
            step: self.step.0,
        })
    }
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: i64,
    slug: Option<String>,
    draft_headline: Option<String>,
    section_id: i64,
    lang: String,
    pub_status: String,
    owner_id: Option<i64>,
    drafted_at: i64,
}

impl LineRow {
    fn line(self) -> Result<DraftLine> {
        Ok(DraftLine {
            address: row::address(self.id, self.slug.as_deref()),
            headline: self.draft_headline.unwrap_or_default(),
            section: row::section(self.section_id)?,
            lang: row::lang(&self.lang)?,
            pub_status: PubStatus::from_slug(&self.pub_status)
                .ok_or_else(|| row::odd("pub_status", &self.pub_status))?,
            owner: self.owner_id.map(Id),
            updated_at: Millis(self.drafted_at),
        })
    }
}
