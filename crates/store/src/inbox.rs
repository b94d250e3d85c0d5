//! The inbox: what came in by the wire, one row for an event, whether readers have it or not; for the desk alone.
//! The lists that readers get are in [`crate::teaser`].

use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, number};
use arrival::ArrivalRow;
pub use arrival::{Arrival, Arrived, Standing};
use news::{ClusterId, EventAddress, Id, Lang, Millis, Place, Section, Slug, StaffId};

mod arrival;

/// How many tellings of one event a row holds.
const MOST_TELLINGS: i64 = 60;

/// How a member's mark in the inbox is called.
const WIRE: &str = "wire";

/// What a line of the inbox reads.
macro_rules! arrivals {
    ($from:expr) => {
        concat!(
            "SELECT w.id AS wire, COALESCE(w.at, s.published_at, s.updated_at) AS at, w.fate, w.why, w.url, src.name AS source,
                s.id AS story, s.rev, s.kind, s.slug, s.headline, s.lang, s.section_id, s.note, s.pub_status, s.to_place, s.held, s.show_at,
                s.canceled_why, s.breaking_until, s.cluster_id, s.cluster_why, c.slug AS cluster_slug,
                (SELECT string_agg(p.code, ',' ORDER BY p.position) FROM story_place p WHERE p.story_id = s.id) AS places
            FROM ",
            $from
        )
    };
}

/// Whether an item and its story are among what was asked for. What waits is told here and in `arrival.rs`.
macro_rules! fits {
    ($w:literal, $s:literal) => {
        concat!(
            $w, ".at > $3 AND (CAST($4 AS BIGINT) IS NULL OR ", $s, ".section_id = $4)
                AND (CAST($5 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM story_place fp WHERE fp.story_id = ", $s, ".id AND fp.code = $5))
                AND (CAST($6 AS TEXT) IS NULL OR ", $s, ".lang = $6 OR ", $s, ".lang LIKE CAST($6 AS TEXT) || '-%')
                AND (CAST($7 AS BIGINT) IS NULL OR ", $w, ".source_id = $7)
                AND (CAST($8 AS TEXT) = 'all' OR ($8 = 'shown' AND ", $s, ".pub_status = 'usable')
                    OR ($8 = 'waiting' AND ", $s, ".pub_status = 'withheld')
                    OR ($8 = 'held' AND ", $s, ".pub_status = 'withheld' AND ", $s, ".held IS NOT NULL)
                    OR ($8 = 'refused' AND ", $w, ".fate = 'rejected'))"
        )
    };
}

sql! {
    // An event stands where the newest of its fitting items came in: a walk along the index by time, with a look at
    // the few others of the same event for each.
    PAGE = concat!(arrivals!("wire_item w LEFT JOIN story s ON s.id = w.story_id LEFT JOIN source src ON src.id = w.source_id
        LEFT JOIN cluster c ON c.id = s.cluster_id WHERE (w.at, w.id) < ($1, $2) AND "), fits!("w", "s"), "
        AND NOT EXISTS (SELECT 1 FROM wire_item n WHERE n.story_id = w.story_id AND (n.at, n.id) > (w.at, w.id) AND ",
        fits!("n", "s"), ")
        AND NOT EXISTS (SELECT 1 FROM story f JOIN wire_item n ON n.story_id = f.id
            WHERE f.cluster_id = s.cluster_id AND f.id <> s.id AND (n.at, n.id) > (w.at, w.id) AND ", fits!("n", "f"), ")
        ORDER BY w.at DESC, w.id DESC LIMIT $9");
    OF_EVENT = arrivals!("story s LEFT JOIN wire_item w ON w.story_id = s.id LEFT JOIN source src ON src.id = s.source_id
        LEFT JOIN cluster c ON c.id = s.cluster_id WHERE s.cluster_id = $1 ORDER BY 2 DESC, s.id DESC LIMIT $2");
    NEWER = "SELECT COUNT(*) FROM wire_item WHERE at > $1";
    SEEN = "SELECT at FROM staff_mark WHERE staff_id = $1 AND what = $2";
    // Of two windows the one that has seen more counts.
    SET_SEEN = "INSERT INTO staff_mark(staff_id, what, at) VALUES ($1, $2, $3)
        ON CONFLICT (staff_id, what) DO UPDATE SET at = excluded.at WHERE excluded.at > staff_mark.at";
}

/// What is asked of the inbox.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Inbox {
    /// Only what came in after this moment.
    pub since: Millis,
    /// Only of this section.
    pub section: Option<Section>,
    /// Only about this place.
    pub place: Option<Place>,
    /// Only in this language, however it is written.
    pub lang: Option<Lang>,
    /// Only of this agency.
    pub source: Option<Id>,
    /// Only what became this of it.
    pub state: WireState,
}

/// What became of an item, as the inbox is asked for it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum WireState {
    /// Whatever became of it.
    #[default]
    All,
    /// Readers have it.
    Shown,
    /// Readers don't have it yet.
    Waiting,
    /// It waits for the desk's word.
    Held,
    /// It was refused.
    Refused,
}

/// An event, or an item alone.
#[derive(Clone, Debug, PartialEq)]
pub struct InboxRow {
    /// Where it stands in the inbox: the page after it begins here.
    pub place: (Millis, Id),
    /// The event.
    pub event: Option<EventAddress>,
    /// Its tellings, the newest first; never empty.
    pub arrivals: Vec<Arrival>,
}

impl Store {
    /// What came in, newest first; the page after `before`, the last row's place.
    pub async fn inbox(
        &self,
        asked: &Inbox,
        before: Option<(Millis, Id)>,
        most: u32,
    ) -> Result<Vec<InboxRow>> {
        let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.0, id.0));
        let found: Vec<ArrivalRow> = all!(read self.db(); PAGE, at, id, asked.since.0,
            asked.section.map(Section::id), asked.place.map(Place::code), asked.lang.as_ref().map(Lang::as_str),
            asked.source.map(|source| source.0), asked.state.slug(), i64::from(most))?;
        let mut rows = vec![];
        for first in found {
            let place = (Millis(first.at), Id(first.wire.unwrap_or_default()));
            let event = first.cluster_id.map(|id| EventAddress {
                slug: first.cluster_slug.as_deref().and_then(Slug::parse),
                id: Id(id),
            });
            let arrivals = match &event {
                Some(event) => self.arrivals(event.id).await?,
                None => vec![first.arrival()?],
            };
            rows.push(InboxRow {
                place,
                event,
                arrivals,
            });
        }
        Ok(rows)
    }

    async fn arrivals(&self, event: ClusterId) -> Result<Vec<Arrival>> {
        let mut rows: Vec<ArrivalRow> = all!(read self.db(); OF_EVENT, event.0, MOST_TELLINGS)?;
        // A telling that came under two names is one.
        rows.dedup_by_key(|row| row.story);
        rows.into_iter().map(ArrivalRow::arrival).collect()
    }

    /// How many items came in after a moment.
    pub async fn arrived_since(&self, since: Millis) -> Result<u64> {
        let row: Option<(i64,)> = maybe!(read self.db(); NEWER, since.0)?;
        number(row.map_or(0, |row| row.0))
    }

    /// Up to when this member has seen the inbox.
    pub async fn wire_seen(&self, staff: StaffId) -> Result<Option<Millis>> {
        let row: Option<(i64,)> = maybe!(read self.db(); SEEN, staff.0, WIRE)?;
        Ok(row.map(|row| Millis(row.0)))
    }

    /// Notes that this member has seen the inbox up to a moment.
    pub async fn set_wire_seen(&self, staff: StaffId, until: Millis) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; SET_SEEN, staff.0, WIRE, until.0)?;
        tx.commit().await
    }
}

impl WireState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Shown,
        Self::Waiting,
        Self::Held,
        Self::Refused,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Shown => "shown",
            Self::Waiting => "waiting",
            Self::Held => "held",
            Self::Refused => "refused",
        }
    }
}
