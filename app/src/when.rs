//! Moments as pages print them. The server writes absolute times only; the clock island makes them the reader's.

use jiff::{Timestamp, tz::TimeZone};
use leptos::prelude::*;
use news::{Millis, Place};

fn stamp(at: Millis) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or_default()
}

fn shown(at: Millis, zone: &TimeZone, form: &str) -> String {
    stamp(at)
        .to_zoned_datetime(zone.clone())
        .strftime(form)
        .to_string()
}

/// For machines: `2026-11-24T12:04:00Z`.
#[must_use]
pub fn iso(at: Millis) -> String {
    shown(at, &TimeZone::UTC, "%Y-%m-%dT%H:%M:%SZ")
}

/// For people: `24 Nov, 12:04 UTC`.
#[must_use]
pub fn short(at: Millis) -> String {
    shown(at, &TimeZone::UTC, "%-d %b, %H:%M UTC")
}

/// The same with its year, where that isn't this one: `24 Nov 2025, 12:04 UTC`.
fn full(at: Millis) -> String {
    let year = |at: Millis| shown(at, &TimeZone::UTC, "%Y");
    if year(at) == year(store::Store::now()) {
        short(at)
    } else {
        shown(at, &TimeZone::UTC, "%-d %b %Y, %H:%M UTC")
    }
}

/// The hour and minute: `12:04`.
#[must_use]
pub fn clock(at: Millis) -> String {
    shown(at, &TimeZone::UTC, "%H:%M")
}

/// The day: `24 November 2026`.
#[must_use]
pub fn day(at: Millis) -> String {
    shown(at, &TimeZone::UTC, "%-d %B %Y")
}

/// The beginning of the hour.
#[must_use]
pub const fn hour_of(at: Millis) -> Millis {
    Millis(at.0 - at.0.rem_euclid(Millis::HOUR))
}

/// The place's own clock and day: `21:04`, `24 Nov`; and the city that names its zone.
#[must_use]
pub fn in_place(at: Millis, place: Place) -> (String, String, String) {
    let zone = TimeZone::get(place.zone()).unwrap_or(TimeZone::UTC);
    let city = place
        .zone()
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace('_', " ");
    (city, shown(at, &zone, "%H:%M"), shown(at, &zone, "%-d %b"))
}

/// How the clock island may rewrite a time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Show {
    /// "6 min ago" while it is fresh, else the day.
    Ago,
    /// Hour and minute in the reader's zone.
    Clock,
    /// Day, hour and minute in the reader's zone, and the year where it isn't this one.
    Full,
    /// Hour, minute and day in the reader's zone, beside the story's own.
    Own,
}

/// A `<time>` with its absolute text.
pub fn time(at: Millis, show: Show) -> AnyView {
    let (name, text) = match show {
        Show::Ago => ("ago", short(at)),
        Show::Clock => ("clock", clock(at)),
        Show::Full => ("full", full(at)),
        Show::Own => ("own", shown(at, &TimeZone::UTC, "%H:%M %-d %b")),
    };
    view! { <time datetime=iso(at) data-show=name>{text}</time> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_in_two_zones() {
        let at = Millis(1_795_521_840_000);
        assert_eq!(iso(at), "2026-11-24T12:04:00Z");
        assert_eq!(short(at), "24 Nov, 12:04 UTC");
        assert_eq!(day(at), "24 November 2026");
        assert_eq!(
            in_place(at, Place::NP),
            ("Kathmandu".into(), "17:49".into(), "24 Nov".into())
        );
    }
}
