//! What is weighed for "most important": when, by an editor's word, and by how many owners a story is told.

use crate::sql::{all, sql};
use crate::trend::filter;
use crate::voice::voices_of_event;
use crate::{Result, Store};
use news::front::Of;
use news::importance::Weighed;
use news::{Id, Millis};

/// As many as are weighed at once.
const MOST: i64 = 2_000;

sql! {
    // $2, $3 and $4 are the list, as in `trend.rs`.
    // Of an event the telling counts that stands for it in the list.
    WEIGHED = concat!("SELECT s.id, s.published_at, s.urgency, ", voices_of_event!("s"), "
        FROM story s
        WHERE s.pub_status = 'usable' AND NOT s.undated AND NOT s.archive AND s.published_at > $1
            AND (s.section_id = $2 OR $2 = 0)
            AND ($3 = '' OR EXISTS (SELECT 1 FROM story_place f WHERE f.story_id = s.id AND f.code = $3))
            AND ($4 = '' OR EXISTS (SELECT 1 FROM story_place f WHERE f.story_id = s.id AND f.region = $4))
            AND NOT EXISTS (SELECT 1 FROM story f WHERE f.cluster_id = s.cluster_id AND f.pub_status = 'usable'
                AND NOT f.undated AND NOT f.archive AND f.published_at > $1
                AND (f.cluster_rank, f.published_at, f.id) < (s.cluster_rank, s.published_at, s.id)
                AND (f.section_id = $2 OR $2 = 0)
                AND ($3 = '' OR EXISTS (SELECT 1 FROM story_place p WHERE p.story_id = f.id AND p.code = $3))
                AND ($4 = '' OR EXISTS (SELECT 1 FROM story_place p WHERE p.story_id = f.id AND p.region = $4)))
        ORDER BY s.published_at DESC, s.id DESC LIMIT $5");
}

impl Store {
    /// The stories of a list that readers got since a moment, each with what it is weighed by, newest first.
    pub async fn weighed(&self, of: Of, since: Millis) -> Result<Vec<Weighed>> {
        let (section, place, region) = filter(of);
        let rows: Vec<(i64, i64, i64, i64)> =
            all!(read self.db(); WEIGHED, since.0, section, place, region, MOST)?;
        let weighed = rows.into_iter().map(|(id, at, urgency, owners)| Weighed {
            story: Id(id),
            published_at: Millis(at),
            urgency: u8::try_from(urgency).unwrap_or(5),
            // A story that is of no event is told by one.
            owners: u32::try_from(owners).unwrap_or(1).max(1),
        });
        Ok(weighed.collect())
    }
}
