//! How the sources are doing: what came of late, what their feeds say, and what somebody should look at.
//! What one poll came to is counted in [`crate::feed`].

use crate::sql::{all, sql};
use crate::{Feed, Result, Store};
use news::{Id, Millis, Source};
use std::collections::HashMap;

sql! {
    // What wasn't news isn't counted: an item that came again, and one that was refused.
    HEALTH = "SELECT s.id, s.owner, s.silent_after_h,
            (SELECT MAX(w.at) FROM wire_item w WHERE w.source_id = s.id AND w.fate IN ('new', 'update')) AS last_at,
            (SELECT COUNT(*) FROM wire_item w WHERE w.source_id = s.id AND w.at > $1 AND w.fate IN ('new', 'update')) AS items_day,
            (SELECT COUNT(*) FROM wire_item w WHERE w.source_id = s.id AND w.at > $2 AND w.fate IN ('new', 'update')) AS items_week,
            (SELECT COUNT(*) FROM wire_item w WHERE w.source_id = s.id AND w.at > $2 AND w.fate = 'rejected') AS refused_week
        FROM source s";
}

/// A source and how it is doing.
#[derive(Clone, Debug)]
pub struct SourceHealth {
    /// Which one.
    pub source: Source,
    /// Whose it is, where that isn't itself.
    pub owner: Option<String>,
    /// How many hours it may be silent while it is polled.
    pub silent_after_h: i64,
    /// When its last item came that was new or had changed.
    pub last_item: Option<Millis>,
    /// How many such came in the last 24 hours.
    pub items_day: i64,
    /// How many in the last seven days.
    pub items_week: i64,
    /// How many items of these days may not stand here.
    pub refused_week: i64,
    /// Its feeds.
    pub feeds: Vec<Feed>,
}

/// Something somebody should look at.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Alarm {
    /// Nothing has come for longer than it may; since when, where anything ever came.
    Silent(Option<Millis>),
    /// The server of a feed has refused it for days.
    Refused(String),
    /// A feed may be somebody else's now; what is odd about it.
    Odd(String, String),
    /// What a feed brings waits for the desk: it brought far more than is usual.
    Held(String, String),
    /// A feed has failed so many times in a row.
    Failing(String, u32),
    /// A feed says that it is gone for good, or was turned off, beside others that are polled.
    Off(String),
}

impl SourceHealth {
    /// Fewer failures in a row are weather.
    const FAILING: u32 = 5;

    /// Whether any of its feeds is polled.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.feeds.iter().any(|feed| !feed.off)
    }

    /// What somebody should look at; nothing of a source that isn't polled.
    #[must_use]
    pub fn alarms(&self, now: Millis) -> Vec<Alarm> {
        if !self.is_on() {
            return vec![];
        }
        let mut alarms = vec![];
        let limit = self.silent_after_h.saturating_mul(Millis::HOUR);
        let is_silent = match self.last_item {
            Some(last) => now.since(last) > limit,
            // A source that was just turned on has had no chance to speak.
            None => self.feeds.iter().any(|feed| feed.spent.polls > 0),
        };
        if is_silent {
            alarms.push(Alarm::Silent(self.last_item));
        }
        for feed in &self.feeds {
            if let Some(why) = &feed.held {
                alarms.push(Alarm::Held(feed.url.clone(), why.clone()));
            }
            for odd in [&feed.alarm, &feed.alarm_lang].into_iter().flatten() {
                alarms.push(Alarm::Odd(feed.url.clone(), odd.clone()));
            }
            if feed.off {
                alarms.push(Alarm::Off(feed.url.clone()));
            } else if feed.is_refused(now) {
                alarms.push(Alarm::Refused(feed.url.clone()));
            } else if feed.failures >= Self::FAILING {
                alarms.push(Alarm::Failing(feed.url.clone(), feed.failures));
            }
        }
        alarms
    }
}

#[derive(sqlx::FromRow)]
struct HealthRow {
    id: i64,
    owner: Option<String>,
    silent_after_h: i64,
    last_at: Option<i64>,
    items_day: i64,
    items_week: i64,
    refused_week: i64,
}

impl Store {
    /// How every source is doing at this moment, by name.
    pub async fn health(&self, now: Millis) -> Result<Vec<SourceHealth>> {
        let (day, week) = (now.plus(-Millis::DAY).0, now.plus(-7 * Millis::DAY).0);
        let rows: Vec<HealthRow> = all!(read self.db(); HEALTH, day, week)?;
        let mut rows: HashMap<i64, HealthRow> = rows.into_iter().map(|row| (row.id, row)).collect();
        let mut feeds: HashMap<Id, Vec<Feed>> = HashMap::new();
        for feed in self.feeds().await? {
            feeds.entry(feed.source).or_default().push(feed);
        }
        let sources = self.sources().await?.into_iter();
        let health = |source: Source| {
            // One that was added between the two reads stands in the next answer.
            let row = rows.remove(&source.id.0)?;
            Some(SourceHealth {
                owner: row.owner,
                silent_after_h: row.silent_after_h,
                last_item: row.last_at.map(Millis),
                items_day: row.items_day,
                items_week: row.items_week,
                refused_week: row.refused_week,
                feeds: feeds.remove(&source.id).unwrap_or_default(),
                source,
            })
        };
        Ok(sources.filter_map(health).collect())
    }
}
