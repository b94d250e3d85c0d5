//! The authority over a story's words: one story, one lane, one order of steps.
//!
//! A batch made against the newest version is applied and stored; one made against an older version is
//! answered with what came since, and the editor's window rebases it and sends it again. A batch that
//! was stored before is answered as it was then, so that sending twice is harmless.

use crate::Desk;
use crate::schema::{document, tree};
use crate::steps::{Applied, apply};
use news::{Document, Refusal, StaffId, Story, StoryId};
use prosemirror::dynamic::DynamicNode;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Error, NewSteps, Result, Snapshot, Store, StoredStep};
use tokio::sync::OwnedMutexGuard;

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
pub const MOST_BYTES: usize = 256 * 1024;
/// How many steps one answer brings at most.
const MOST_ANSWERED: u32 = 1_000;
/// A snapshot after so many steps keeps opening a draft cheap.
const SNAPSHOT_EVERY: u64 = 100;
/// How many stories' documents are kept in memory.
const MOST_LANES: usize = 200;

/// A story's document at its newest version, as far as this process knows.
pub(crate) struct Lane {
    open: Option<Newest>,
}

#[derive(Clone)]
struct Newest {
    tree: Arc<DynamicNode>,
    version: u64,
    snapshot: u64,
}

/// All lanes. Only a cache of the store: forgetting one is always safe.
#[derive(Clone, Default)]
pub(crate) struct Lanes(Arc<Mutex<HashMap<StoryId, Arc<tokio::sync::Mutex<Lane>>>>>);

impl Lanes {
    /// Waits for the story's lane; whoever holds it is alone with the story in this process.
    pub(crate) async fn enter(&self, story: StoryId) -> OwnedMutexGuard<Lane> {
        let lane = {
            let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if lanes.len() >= MOST_LANES && !lanes.contains_key(&story) {
                lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
            }
            let fresh = || Arc::new(tokio::sync::Mutex::new(Lane { open: None }));
            Arc::clone(lanes.entry(story).or_insert_with(fresh))
        };
        lane.lock_owned().await
    }
}

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

impl Lane {
    async fn newest(&mut self, store: &Store, id: StoryId) -> Result<Newest> {
        match &self.open {
            Some(newest) => Ok(newest.clone()),
            None => self.reload(store, id).await.map(|(_, newest)| newest),
        }
    }

    /// Reads the draft from the store, whatever is in memory.
    async fn reload(&mut self, store: &Store, id: StoryId) -> Result<(Story, Newest)> {
        self.open = None;
        let draft = store
            .draft(id)
            .await?
            .ok_or(Error::Refused(Refusal::NotFound))?;
        let snapshot = draft.snapshot_version;
        let version = draft.steps.last().map_or(snapshot, |step| step.version);
        let steps: Vec<Value> = draft.steps.into_iter().map(|step| step.step).collect();
        let document = draft.story.document.clone();
        let replayed = blocking(move || {
            let tree = tree(&document)?;
            if steps.is_empty() {
                Ok(tree)
            } else {
                apply(&tree, &steps).map(|a| a.tree)
            }
        });
        // What the store holds was admitted once: if it isn't any more, that is no editor's fault.
        let broken = |why: Error| Error::Broken(format!("the draft {id} can't be opened: {why}"));
        let tree = Arc::new(replayed.await.map_err(broken)?);
        let newest = Newest {
            tree,
            version,
            snapshot,
        };
        self.open = Some(newest.clone());
        Ok((draft.story, newest))
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

async fn written(tree: &Arc<DynamicNode>) -> Result<Document> {
    let tree = Arc::clone(tree);
    blocking(move || document(&tree)).await
}

/// Applying steps is computing, not waiting: it has its own threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::result::Result<T, Refusal> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|_| Error::Refused(Refusal::Unavailable))??)
}

/// The editor has seen a version that the store doesn't have: it comes from before a restored backup.
fn older(ours: u64) -> Error {
    Error::Refused(Refusal::Invalid(format!(
        "The newsroom has only version {ours} of this story, older than yours. Please copy your \
         words and reload the page."
    )))
}
