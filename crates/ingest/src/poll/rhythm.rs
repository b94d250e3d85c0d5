//! When a feed is due again: by its own rhythm, not sooner than it or its server asks, and later with
//! every failure.

use crate::feed::LATEST;
use news::Millis;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;
use store::{Feed, Pace};

/// So many of its newest items show a feed's rhythm.
const ITEMS: usize = 20;
/// Seconds: a feed is asked between these, unless somebody set a shorter interval for it.
const SOONEST: i64 = 5 * 60;
const SELDOM: i64 = 60 * 60;
/// Seconds: nothing is news within less.
const FLOOR: i64 = 2 * 60;
/// Seconds between two fetches of a feed whose hub tells us of its changes: hubs fail, too.
const TOLD: i64 = 6 * 60 * 60;

/// Seconds between two fetches of a feed whose items are from these moments: half the median between
/// two neighbours of the newest. `None` where there are too few.
pub(crate) fn every(dates: impl Iterator<Item = Millis>, now: Millis) -> Option<i64> {
    let mut dates: Vec<Millis> = dates.filter(|date| *date <= now).collect();
    dates.sort_unstable_by(|one, other| other.cmp(one));
    dates.truncate(ITEMS);
    let mut gaps: Vec<i64> = dates
        .windows(2)
        .filter_map(|pair| match pair {
            [later, earlier] => Some(later.since(*earlier)),
            _ => None,
        })
        .collect();
    gaps.sort_unstable();
    // One gap is no rhythm.
    let median = gaps.get(gaps.len() / 2).filter(|_| gaps.len() > 1)?;
    Some((median / 2 / Millis::SECOND).clamp(0, LATEST))
}

/// When a feed is due after a fetch that went well, `wait` being what its server asked for.
pub(super) fn after(feed: &Feed, pace: Pace, now: Millis, wait: Option<Duration>) -> Millis {
    let mut bound = pace.least_s.max(wait.map_or(0, seconds));
    if feed.told_until.is_some_and(|until| until > now) {
        bound = bound.max(TOLD);
    }
    at(feed, pace, now, own(feed, pace), bound)
}

/// When it is due after so many failures in a row: twice as long each time, up to a day.
pub(super) fn after_failures(
    feed: &Feed,
    failures: u32,
    now: Millis,
    wait: Option<Duration>,
) -> Millis {
    let doubled = own(feed, feed.pace).saturating_mul(1 << failures.min(12));
    let wait = wait.map_or(0, seconds);
    at(feed, feed.pace, now, doubled, wait)
}

/// Seconds between two fetches as they'd be if nobody asked for more.
fn own(feed: &Feed, pace: Pace) -> i64 {
    let set = feed.interval_s.max(FLOOR);
    match pace.every_s {
        // An interval of hours was set on purpose, and so was one of two minutes.
        Some(every) if set <= SELDOM => every.clamp(set.min(SOONEST), SELDOM),
        _ => set,
    }
}

fn at(feed: &Feed, pace: Pace, now: Millis, own: i64, bound: i64) -> Millis {
    let (own, bound) = (own.min(LATEST), bound.min(LATEST));
    let jitter = jitter(feed, now);
    // Feeds that came due together don't stay together; no feed is asked before the time it named.
    let wait = (own * (1_000 + jitter)).max(bound * (1_000 + jitter.abs()));
    let at = open(pace, now.plus(wait));
    at.min(now.plus(LATEST * Millis::SECOND))
}

/// Thousandths, up to a hundred more or less.
fn jitter(feed: &Feed, now: Millis) -> i64 {
    let mut hash = DefaultHasher::new();
    (feed.id, now).hash(&mut hash);
    i64::try_from(hash.finish() % 201).unwrap_or(100) - 100
}

/// The same minute of the first hour that the feed doesn't ask to skip, a day later at most.
fn open(pace: Pace, at: Millis) -> Millis {
    let skipped = |at: Millis| {
        let hour = at.0.div_euclid(Millis::HOUR);
        // The first day of all was a Thursday.
        let (hour, day) = (hour.rem_euclid(24), (hour.div_euclid(24) + 3).rem_euclid(7));
        pace.skip_hours >> hour & 1 == 1 || pace.skip_days >> day & 1 == 1
    };
    let hours = (0..24).find(|hours| !skipped(at.plus(hours * Millis::HOUR)));
    at.plus(hours.unwrap_or(24) * Millis::HOUR)
}

fn seconds(wait: Duration) -> i64 {
    i64::try_from(wait.as_secs()).unwrap_or(LATEST).min(LATEST)
}

#[cfg(test)]
mod tests;
