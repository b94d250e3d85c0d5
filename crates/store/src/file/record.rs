//! What is noted of each item: its names, what became of it, and why.

use super::Batch;
use super::known::Names;
use crate::db::Tx;
use crate::sql::{run, sql};
use crate::{Result, Store};
use news::StoryId;
use serde_json::Value;
use sqlx::types::Json;

sql! {
    RECORD = "INSERT INTO wire_item(id, source_id, feed_id, guid, url, content_hash, story_id, fate, why, at, medtop, refused, retold_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (source_id, guid) DO UPDATE SET url = COALESCE(NULLIF(excluded.url, ''), wire_item.url), content_hash = excluded.content_hash,
            story_id = COALESCE(excluded.story_id, wire_item.story_id), fate = excluded.fate,
            why = excluded.why, at = excluded.at, medtop = excluded.medtop, refused = excluded.refused,
            retold_at = COALESCE(excluded.retold_at, wire_item.retold_at)";
}

/// What is noted of an item beside what became of it.
#[derive(Default)]
pub(super) struct Record<'a> {
    /// Why it was placed so, or refused.
    pub(super) why: &'a str,
    /// Its subject.
    pub(super) medtop: Option<&'a str>,
    /// What rules can be tried on, where it was refused.
    pub(super) refused: Option<Value>,
    /// When it was told in other words, where it is now.
    pub(super) retold_at: Option<i64>,
}

impl Store {
    pub(super) async fn record(
        &self,
        tx: &mut Tx,
        batch: &Batch<'_>,
        (names, hash): (Names<'_>, &str),
        story: Option<StoryId>,
        fate: &str,
        record: Record<'_>,
    ) -> Result<()> {
        let (id, source, feed) = (self.next_id().0, batch.source.id.0, batch.feed.map(|f| f.0));
        let story = story.map(|s| s.0);
        run!(tx; RECORD, id, source, feed, names.guid, names.address, hash, story, fate, record.why, batch.at,
            record.medtop, record.refused.map(Json), record.retold_at)?;
        Ok(())
    }
}
