//! What is usual for a feed: how much it brings in an hour, and in which languages.

use crate::sql::{all, maybe, sql};
use crate::{Result, Store};
use news::{Id, Millis};
use std::collections::HashMap;

sql! {
    // By hour and language; what the desk refused or withdrew isn't usual.
    OF_WEEK = "SELECT w.at / 3600000 AS hour, s.lang, COUNT(*), MIN(w.at), COUNT(CASE WHEN w.at > $3 AND w.fate = 'new' THEN 1 END),
            COUNT(CASE WHEN w.at <= $4 THEN 1 END)
        FROM wire_item w JOIN story s ON s.id = w.story_id
        WHERE w.feed_id = $1 AND w.at > $2 AND w.fate IN ('new', 'update') AND s.pub_status <> 'canceled' GROUP BY 1, 2";
    POLLED = "SELECT polls, COALESCE(let_out_at, 0) FROM feed WHERE id = $1";
    WHY_HELD = "SELECT held FROM feed WHERE id = $1";
}

/// What a feed brought in the last seven days.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Usual {
    /// How often it was polled of late.
    pub polls: i64,
    /// New items of the last hour; what the desk has let out since isn't counted again.
    pub last_hour: i64,
    /// Items before that.
    pub before: i64,
    /// The most of them in one hour, the feed's first hour aside: it brings all at once.
    pub busiest: i64,
    /// When the first of them came.
    pub since: Option<Millis>,
    /// How many came in which language, without script and region.
    pub langs: HashMap<String, i64>,
}

/// Hour, language, items, the first of them, new ones of the last hour, those before it.
type Hour = (i64, String, i64, i64, i64, i64);

impl Store {
    /// Why what a feed brings waits for the desk, where it does.
    pub async fn feed_held(&self, feed: Id) -> Result<Option<String>> {
        let row: Option<(Option<String>,)> = maybe!(read self.db(); WHY_HELD, feed.0)?;
        Ok(row.and_then(|row| row.0))
    }

    /// What is usual for a feed at this moment.
    pub async fn usual_of(&self, feed: Id, now: Millis) -> Result<Usual> {
        let hour = now.plus(-Millis::HOUR);
        let polled: Option<(i64, i64)> = maybe!(read self.db(); POLLED, feed.0)?;
        let (polls, let_out_at) = polled.unwrap_or_default();
        let counted = hour.max(Millis(let_out_at));
        let week = now.plus(-7 * Millis::DAY);
        let rows: Vec<Hour> = all!(read self.db(); OF_WEEK, feed.0, week.0, counted.0, hour.0)?;
        let since = rows.iter().map(|row| row.3).min();
        let mut usual = Usual {
            polls,
            since: since.map(Millis),
            ..Usual::default()
        };
        let first = since.map(|at| at / Millis::HOUR);
        let mut hours: HashMap<i64, i64> = HashMap::new();
        for (hour, lang, items, _, new, before) in rows {
            usual.last_hour += new;
            usual.before += before;
            let primary = lang.split('-').next().unwrap_or_default();
            *usual.langs.entry(primary.to_owned()).or_default() += items;
            if Some(hour) != first {
                *hours.entry(hour).or_default() += before;
            }
        }
        usual.busiest = hours.into_values().max().unwrap_or_default();
        Ok(usual)
    }
}
