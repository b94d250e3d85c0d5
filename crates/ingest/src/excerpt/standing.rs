//! Whether an item may be shown, and since when it stands.

use crate::Dates;
use news::{Millis, PubStatus, WireItem};

/// A feed's clock may be ahead of ours by this much.
const AHEAD: i64 = 15 * Millis::MINUTE;
/// No two zones lie further apart.
const ZONES: i64 = Millis::DAY;

/// Whether its agency lets it be used, or why not.
pub(super) const fn leave(status: PubStatus) -> Result<(), &'static str> {
    match status {
        PubStatus::Usable => Ok(()),
        PubStatus::Canceled => Err("the agency took it back"),
        PubStatus::Draft | PubStatus::Withheld => Err("the agency holds it back"),
    }
}

/// When an item was published, as far as its feed can be believed.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Dated {
    /// The moment it stands at; never in the future.
    pub(super) at: Millis,
    /// Whether that is only when it came in.
    pub(super) undated: bool,
    /// Why it isn't what the feed says, for the record.
    pub(super) why: Option<String>,
}

/// When it was published: as the feed says, but never in the future; without a date, now.
///
/// Up to a day ahead it is the feed that has its zone wrong (a local time that is called GMT): then the time of the
/// fetch is nearly right, and the item is as new as it looks. What is dated later than that announces something, or its
/// clock is broken: nobody knows when it was published.
pub(super) fn dated(item: &WireItem, now: Millis, dates: Dates) -> Dated {
    let fetched = |undated, why| Dated {
        at: now,
        undated,
        why,
    };
    let said = match (dates, item.published) {
        (Dates::Now, _) => return fetched(false, None),
        (Dates::Feeds, None) => return fetched(true, None),
        (Dates::Feeds, Some(said)) => said,
    };
    let ahead = said.since(now);
    if ahead <= AHEAD {
        return Dated {
            at: said.min(now),
            undated: false,
            why: None,
        };
    }
    let (hours, minutes) = (ahead / Millis::HOUR, ahead % Millis::HOUR / Millis::MINUTE);
    let why = format!("date: {hours} h {minutes} min in the future, the time of the fetch instead");
    fetched(ahead > ZONES, Some(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_to_come_is_the_time_of_the_fetch_and_says_so() {
        let now = Millis(100 * Millis::DAY);
        let check = |ahead: Option<i64>, undated: bool, why: Option<&str>| {
            let item = WireItem {
                published: ahead.map(|ahead| now.plus(ahead)),
                ..WireItem::default()
            };
            let dated = dated(&item, now, Dates::Feeds);
            let at = ahead.map_or(now, |ahead| {
                now.plus(if why.is_some() { 0 } else { ahead.min(0) })
            });
            assert_eq!((dated.at, dated.undated), (at, undated), "{ahead:?}");
            assert_eq!(dated.why.is_some(), why.is_some(), "{ahead:?}");
            let said = dated.why.unwrap_or_default();
            assert!(said.contains(why.unwrap_or_default()), "{said}");
        };
        check(None, true, None);
        check(Some(-Millis::HOUR), false, None);
        check(Some(15 * Millis::MINUTE), false, None);
        // A local time of Tokyo that is called GMT.
        let tokyo = 9 * Millis::HOUR - 5 * Millis::MINUTE;
        check(Some(tokyo), false, Some("date: 8 h 55 min in the future"));
        check(Some(Millis::DAY), false, Some("24 h 0 min"));
        check(Some(Millis::DAY + 1), true, Some("24 h 0 min"));
        check(Some(400 * Millis::DAY), true, Some("9600 h"));
        check(Some(i64::MAX / 2), true, Some("in the future"));
    }
}
