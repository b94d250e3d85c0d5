//! What is weighed for "most important": when, by an editor's word, and by how many owners a story is told.

use crate::sql::{all, sql};
use crate::trend::filter;
use crate::{Result, Store};
use news::front::Of;
use news::importance::Weighed;
use news::{Id, Millis, StoryId};
use std::collections::HashMap;

/// As many as are weighed at once.
const MOST: i64 = 2_000;

sql! {
    // $2, $3 and $4 are the list, as in `trend.rs`.
    WEIGHED = "SELECT s.id, s.published_at, s.urgency FROM story s
        WHERE s.pub_status = 'usable' AND NOT s.undated AND s.published_at > $1
            AND (s.section_id = $2 OR $2 = 0)
            AND ($3 = '' OR EXISTS (SELECT 1 FROM story_place f WHERE f.story_id = s.id AND f.code = $3))
            AND ($4 = '' OR EXISTS (SELECT 1 FROM story_place f WHERE f.story_id = s.id AND f.region = $4))
        ORDER BY s.published_at DESC, s.id DESC LIMIT $5";
}

impl Store {
    /// The stories of a list that readers got since a moment, each with what it is weighed by, newest first.
    pub async fn weighed(&self, of: Of, since: Millis) -> Result<Vec<Weighed>> {
        let (section, place, region) = filter(of);
        let rows: Vec<(i64, i64, i64)> =
            all!(read self.db(); WEIGHED, since.0, section, place, region, MOST)?;
        let ids: Vec<StoryId> = rows.iter().map(|row| Id(row.0)).collect();
        let owners = self.owners_of(&ids).await?;
        let weighed = rows.into_iter().map(|(id, at, urgency)| Weighed {
            story: Id(id),
            published_at: Millis(at),
            urgency: u8::try_from(urgency).unwrap_or(5),
            owners: owners.get(&Id(id)).copied().unwrap_or(1),
        });
        Ok(weighed.collect())
    }

    /// By how many owners the events of these stories are told. A story that is no part of an event is told by one.
    pub async fn owners_of(&self, stories: &[StoryId]) -> Result<HashMap<StoryId, u32>> {
        Ok(stories.iter().map(|story| (*story, 1)).collect())
    }
}
