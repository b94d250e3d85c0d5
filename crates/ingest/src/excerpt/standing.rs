//! Whether an item may be shown, and since when it stands.

use crate::Dates;
use news::{Millis, PubStatus, WireItem};

/// A feed's clock may be ahead of ours by this much.
const AHEAD: i64 = 15 * Millis::MINUTE;

/// Whether its agency lets it be used, or why not.
pub(super) const fn leave(status: PubStatus) -> Result<(), &'static str> {
    match status {
        PubStatus::Usable => Ok(()),
        PubStatus::Canceled => Err("the agency took it back"),
        PubStatus::Draft | PubStatus::Withheld => Err("the agency holds it back"),
    }
}

/// When it was published: as the feed says, but never in the future; without a date, now.
pub(super) fn published(item: &WireItem, now: Millis, dates: Dates) -> Millis {
    match dates {
        Dates::Feeds => dated(item, now).unwrap_or(now),
        Dates::Now => now,
    }
}

/// What the feed says, where that can be.
pub(super) fn dated(item: &WireItem, now: Millis) -> Option<Millis> {
    let can_be = |moment: &Millis| moment.since(now) <= AHEAD;
    item.published.filter(can_be).map(|moment| moment.min(now))
}
