//! Moments as feeds write them: RFC 822 and ISO 8601, and what else is in use across Asia.

mod found;
mod month;
mod token;
mod zone;

use found::Found;

use jiff::{civil, tz::TimeZone};
use news::{Millis, Place};
use token::tokens;

/// What a date that doesn't say it all is read by.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    /// Where the source sits: decides what `IST` and `CST` mean, and the year 115 of Taiwan.
    pub(crate) place: Option<Place>,
    /// The zone of times without one.
    zone: TimeZone,
}

impl Clock {
    /// The clock of a source in this place; UTC where it is unknown.
    pub(crate) fn of(place: Option<Place>) -> Self {
        let zone = place
            .and_then(|p| TimeZone::get(p.zone()).ok())
            .unwrap_or(TimeZone::UTC);
        Self { place, zone }
    }

    /// Reads a date, in any of the forms this module knows.
    pub(crate) fn read(&self, text: &str) -> Option<Millis> {
        // It stands for whatever nobody has thought of yet: the items around it must survive it.
        #[cfg(test)]
        assert!(text != "a date that panics");
        let tokens = tokens(text.get(..text.floor_char_boundary(120))?);
        let mut found = Found::empty(self);
        found.read(&tokens)?;
        let date = found.date()?;
        let (hour, next_day) = found.hour();
        let time = civil::Time::new(hour, found.minute, found.second.min(59), 0).ok()?;
        let mut moment = date.to_datetime(time);
        if next_day {
            moment = moment.checked_add(jiff::Span::new().days(1)).ok()?;
        }
        let universal = found.universal.then_some(TimeZone::UTC);
        let zone = found
            .zone
            .or(universal)
            .unwrap_or_else(|| self.zone.clone());
        Some(Millis(zone.to_timestamp(moment).ok()?.as_millisecond()))
    }
}

#[cfg(test)]
mod tests;
