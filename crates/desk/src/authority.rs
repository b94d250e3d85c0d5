//! The authority over a story's words: one story, one lane, one order of steps.
//!
//! A batch made against the newest version is applied and stored; one made against an older version is
//! answered with what came since, and the editor's window rebases it and sends it again. A batch that
//! was stored before is answered as it was then, so that sending twice is harmless.

mod lane;

pub(crate) use lane::Lanes;

use crate::Desk;
use crate::steps::{Applied, apply};
use lane::{Lane, Newest, blocking, written};
use news::{Document, Refusal, StaffId, Story, StoryId};
use serde_json::Value;
use std::sync::Arc;
use store::{Error, NewSteps, Result, Snapshot, StoredStep};

/// Editors' changes against a version, in order.
#[derive(Clone, Debug)]
pub struct StepBatch {
    /// Which story.
    pub story: StoryId,
    /// The version they were made against.
    pub version: u64,
    /// The batch's name, made by the editor's window; the same steps sent again carry the same name.
    pub batch: String,
    /// The editor's window.
    pub client: String,
    /// The steps as ProseMirror writes them.
    pub steps: Vec<Value>,
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq)]
pub enum Accepted {
    /// It is stored.
    Done {
        /// The version it led to.
        version: u64,
    },
    /// The draft has moved on: rebase on these and send again.
    Behind {
        /// The version the batch was made against.
        since: u64,
        /// What came after it, in order (the first thousand, if there are more).
        steps: Vec<StoredStep>,
    },
}

/// A draft as an editor opens it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The story; its document is the draft's newest version.
    pub story: Story,
    /// That version.
    pub version: u64,
}

/// How many steps a batch holds at most.
pub const MOST_STEPS: usize = 200;
/// How many bytes of JSON a batch's steps take at most.
pub const MOST_BYTES: usize = 1024 * 1024;
/// How many steps one answer brings at most.
const MOST_ANSWERED: u32 = 1_000;
/// A snapshot after so many steps keeps opening a draft cheap.
const SNAPSHOT_EVERY: u64 = 100;

impl Desk {
    /// Opens a draft at its newest version.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is no such draft.
    pub async fn open(&self, id: StoryId) -> Result<Opened> {
        let mut lane = self.lanes.enter(id).await;
        let (mut story, newest) = lane.reload(&self.store, id).await?;
        story.document = written(&newest.tree).await?;
        story.version = newest.version;
        Ok(Opened {
            story,
            version: newest.version,
        })
    }

    /// The steps after a version, in order (the first thousand, if there are more).
    ///
    /// # Errors
    /// A [`Refusal`] where the story has no such version yet, or where the steps after it were swept out; those
    /// of the store.
    pub async fn since(&self, id: StoryId, version: u64) -> Result<Vec<StoredStep>> {
        // First: a batch that is stored between the two looks must not seem to be missing.
        let newest = self.store.draft_version(id).await?;
        let steps = self.store.steps_since(id, version, MOST_ANSWERED).await?;
        let goes_on = steps.first().map(|step| step.version) == Some(version + 1);
        match newest {
            _ if goes_on => Ok(steps),
            Some(ours) if ours < version => Err(older(ours)),
            // An empty answer would say that nothing has happened.
            Some(ours) if ours > version => Err(Error::Refused(Refusal::Invalid(
                "This story has changed too much since you opened it. Please copy your words and reload \
                 the page."
                    .to_owned(),
            ))),
            Some(_) | None => Ok(vec![]),
        }
    }

    /// Takes a batch into the draft.
    ///
    /// # Errors
    /// A [`Refusal`] where the batch can't be taken as it is; nothing of it is stored then.
    pub async fn accept(&self, who: StaffId, batch: StepBatch) -> Result<Accepted> {
        limits(&batch)?;
        let id = batch.story;
        let mut lane = self.lanes.enter(id).await;
        let mut newest = lane.newest(&self.store, id).await?;
        if newest.version < batch.version {
            // Another process may have written, or the editor comes from before a restored backup.
            newest = lane.reload(&self.store, id).await?.1;
        }
        if newest.version < batch.version {
            return Err(older(newest.version));
        }
        if newest.version > batch.version {
            return self.behind(&batch).await;
        }
        let (batch, applied) = {
            let tree = Arc::clone(&newest.tree);
            blocking(move || apply(&tree, &batch.steps).map(|applied| (batch, applied))).await?
        };
        self.keep(who, batch, newest, applied, &mut lane).await
    }

    async fn keep(
        &self,
        who: StaffId,
        batch: StepBatch,
        newest: Newest,
        applied: Applied,
        lane: &mut Lane,
    ) -> Result<Accepted> {
        let version = newest.version + u64::try_from(applied.steps.len()).unwrap_or(u64::MAX);
        let snapshot = version - newest.snapshot >= SNAPSHOT_EVERY;
        let tree = Arc::new(applied.tree);
        let doc = written(&tree).await?;
        let (headline, standfirst) = (doc.headline(), doc.standfirst());
        let snapshot = snapshot.then(|| Snapshot {
            doc,
            headline: headline.clone(),
            standfirst: standfirst.clone(),
        });
        let after = Newest {
            tree,
            version,
            snapshot: if snapshot.is_some() {
                version
            } else {
                newest.snapshot
            },
        };
        // Until the store has answered nobody knows whether the steps are in.
        lane.open = None;
        let new = NewSteps {
            story: batch.story,
            base: batch.version,
            batch: batch.batch.clone(),
            client: batch.client.clone(),
            staff: who,
            steps: applied.steps,
            snapshot,
            headline,
            standfirst,
        };
        match self.store.accept_steps(new).await? {
            store::Accepted::Done { version } => {
                if version == after.version {
                    lane.open = Some(after);
                }
                Ok(Accepted::Done { version })
            }
            store::Accepted::Seen { version } => Ok(Accepted::Done { version }),
            store::Accepted::Behind { .. } => self.behind(&batch).await,
        }
    }

    /// What an older batch is answered: the version it led to if it is in already, else what it missed.
    async fn behind(&self, batch: &StepBatch) -> Result<Accepted> {
        let steps = self.since(batch.story, batch.version).await?;
        let own = steps
            .iter()
            .filter(|s| s.batch == batch.batch && s.client == batch.client);
        match own.map(|step| step.version).max() {
            Some(version) => Ok(Accepted::Done { version }),
            None => Ok(Accepted::Behind {
                since: batch.version,
                steps,
            }),
        }
    }

    /// The draft's document at its newest version, with the story it belongs to.
    pub(crate) async fn draft(&self, lane: &mut Lane, id: StoryId) -> Result<(Story, Document)> {
        let (story, newest) = lane.reload(&self.store, id).await?;
        Ok((story, written(&newest.tree).await?))
    }
}

fn limits(batch: &StepBatch) -> Result<()> {
    let too_large = |what: String| Err(Error::Refused(Refusal::TooLarge(what)));
    if batch.steps.len() > MOST_STEPS {
        return too_large(format!("a batch holds at most {MOST_STEPS} steps"));
    }
    let bytes: usize = batch.steps.iter().map(|step| step.to_string().len()).sum();
    if bytes > MOST_BYTES {
        return too_large(format!("a batch holds at most {} KiB", MOST_BYTES / 1024));
    }
    let name =
        |name: &str| (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_graphic());
    if batch.steps.is_empty() || !name(&batch.batch) || !name(&batch.client) {
        let why = "it has no steps, or no name";
        return Err(Error::Refused(Refusal::NotOurSchema(why.to_owned())));
    }
    Ok(())
}

/// The editor has seen a version that the store doesn't have: it comes from before a restored backup.
fn older(ours: u64) -> Error {
    Error::Refused(Refusal::Invalid(format!(
        "The newsroom has only version {ours} of this story, older than yours. Please copy your \
         words and reload the page."
    )))
}
