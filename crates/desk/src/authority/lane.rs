//! One lane a story: whoever holds it is alone with the story's document in this process.

use crate::schema::{document, tree};
use crate::steps::apply;
use news::{Document, Refusal, Story, StoryId};
use prosemirror::dynamic::DynamicNode;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Error, Result, Store};
use tokio::sync::OwnedMutexGuard;

/// How many stories' documents are kept in memory.
const MOST_LANES: usize = 200;

/// A story's document at its newest version, as far as this process knows.
pub(crate) struct Lane {
    pub(super) open: Option<Newest>,
}

#[derive(Clone)]
pub(super) struct Newest {
    pub(super) tree: Arc<DynamicNode>,
    pub(super) version: u64,
    pub(super) snapshot: u64,
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

impl Lane {
    pub(super) async fn newest(&mut self, store: &Store, id: StoryId) -> Result<Newest> {
        match &self.open {
            Some(newest) => Ok(newest.clone()),
            None => self.reload(store, id).await.map(|(_, newest)| newest),
        }
    }

    /// Reads the draft from the store, whatever is in memory.
    pub(super) async fn reload(&mut self, store: &Store, id: StoryId) -> Result<(Story, Newest)> {
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

pub(super) async fn written(tree: &Arc<DynamicNode>) -> Result<Document> {
    let tree = Arc::clone(tree);
    blocking(move || document(&tree)).await
}

/// Applying steps is computing, not waiting: it has its own threads.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::result::Result<T, Refusal> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|_| Error::Refused(Refusal::Unavailable))??)
}
