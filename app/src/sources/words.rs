//! What is said of a feed, an alarm and a cost.

use crate::when::{self, Show};
use leptos::prelude::*;
use news::Millis;
use store::{Alarm, Spent};

/// The alarms as a list; nothing where there are none.
pub(super) fn alarms(alarms: &[Alarm], now: Millis) -> Option<AnyView> {
    let lines = alarms
        .iter()
        .map(|alarm| view! { <li>{sentence(alarm, now)}</li> })
        .collect_view();
    let view = view! { <ul class="sources__alarms">{lines}</ul> };
    (!alarms.is_empty()).then(|| view.into_any())
}

fn sentence(alarm: &Alarm, now: Millis) -> String {
    match alarm {
        Alarm::Silent(Some(since)) => format!("Silent for {}", age(now.since(*since))),
        Alarm::Silent(None) => "It is polled, and nothing has ever come".into(),
        Alarm::Refused(url) => format!("Its server has refused us for five days: {url}"),
        Alarm::Failing(url, times) => format!("Failed {times} times in a row: {url}"),
        Alarm::Held(url, why) => format!("Held: what it brings waits for the desk. {why} {url}"),
        Alarm::Odd(url, odd) => format!("Perhaps somebody else's now. {odd} {url}"),
        Alarm::Off(url) => format!("Off, while others of it are polled: {url}"),
    }
}

/// When the last item came, and how long ago that is.
pub(super) fn last_item(at: Option<Millis>, now: Millis) -> AnyView {
    match at {
        Some(at) => view! { {when::time(at, Show::Full)}" ("{age(now.since(at))}")" }.into_any(),
        None => "never".into_any(),
    }
}

/// How long something takes or has taken: minutes, then hours, then days.
pub(super) fn age(ms: i64) -> String {
    match ms {
        ms if ms < Millis::HOUR => format!("{} min", ms.max(0) / Millis::MINUTE),
        ms if ms < 2 * Millis::DAY => format!("{} h", ms / Millis::HOUR),
        ms => format!("{} days", ms / Millis::DAY),
    }
}

/// What several feeds' polls came to.
pub(super) fn together(all: impl Iterator<Item = Spent>) -> Spent {
    all.fold(Spent::default(), |sum, one| Spent {
        polls: sum.polls.saturating_add(one.polls),
        unchanged: sum.unchanged.saturating_add(one.unchanged),
        bytes: sum.bytes.saturating_add(one.bytes),
        ms: sum.ms.saturating_add(one.ms),
    })
}

/// How many of a hundred polls found nothing new.
pub(super) fn unchanged(spent: Spent) -> String {
    let share = spent.unchanged_percent();
    share.map_or_else(|| "–".into(), |percent| format!("{percent} %"))
}

/// What one poll costs.
pub(super) fn for_one(spent: Spent) -> String {
    let Some((bytes, ms)) = spent.for_one() else {
        return "–".into();
    };
    format!("{} KiB, {ms} ms", bytes.saturating_add(512) / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_and_ages_are_said_shortly() {
        let one = Spent {
            polls: 4,
            unchanged: 3,
            bytes: 40_960,
            ms: 200,
        };
        assert_eq!(
            (unchanged(one), for_one(one)),
            ("75 %".into(), "10 KiB, 50 ms".into())
        );
        let none = together([].into_iter());
        assert_eq!((unchanged(none), for_one(none)), ("–".into(), "–".into()));
        assert_eq!(together([one, one].into_iter()).polls, 8);
        let ages = [
            -5,
            59 * Millis::MINUTE,
            47 * Millis::HOUR,
            48 * Millis::HOUR,
        ]
        .map(age);
        assert_eq!(ages, ["0 min", "59 min", "47 h", "2 days"]);
    }
}
