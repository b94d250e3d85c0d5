//! What the pieces of a date say together.

use super::token::Token;
use super::{Clock, month, zone};
use jiff::{civil, tz::TimeZone};
use news::Place;

/// What was found so far.
pub(super) struct Found<'a> {
    clock: &'a Clock,
    numbers: Vec<(u32, usize)>,
    month: Option<i8>,
    /// Added to the year that follows: eras.
    era: Option<i16>,
    hour: i8,
    pub(super) minute: i8,
    pub(super) second: i8,
    timed: bool,
    afternoon: Option<bool>,
    pub(super) zone: Option<TimeZone>,
    pub(super) universal: bool,
    hyphened: bool,
    strange_words: usize,
}

impl<'a> Found<'a> {
    pub(super) const fn empty(clock: &'a Clock) -> Self {
        Self {
            clock,
            numbers: Vec::new(),
            month: None,
            era: None,
            hour: 0,
            minute: 0,
            second: 0,
            timed: false,
            afternoon: None,
            zone: None,
            universal: false,
            hyphened: false,
            strange_words: 0,
        }
    }

    pub(super) fn read(&mut self, tokens: &[Token]) -> Option<()> {
        let mut rest = tokens;
        while let [first, after @ ..] = rest {
            rest = match (first, after) {
                (Token::Number(hour, 1..=2, _), [Token::Sign(':'), after @ ..]) if !self.timed => {
                    self.time(*hour, after)?
                }
                (
                    Token::Sign(sign @ ('+' | '-' | '−')),
                    [Token::Number(value, length, true), after @ ..],
                ) if self.timed && self.zone.is_none() && *length != 3 && *length <= 4 => {
                    self.offset(*sign == '+', *value, *length, after)?
                }
                (Token::Number(value, 6, true), after)
                    if !self.timed && !self.numbers.is_empty() =>
                {
                    self.compact_time(*value)?;
                    after
                }
                (Token::Number(value, length, _), after) => {
                    self.numbers.push((*value, *length));
                    after
                }
                (Token::Sign(sign), after) => {
                    self.hyphened |= *sign == '-';
                    after
                }
                (Token::Word(word), after) => {
                    self.word(word);
                    after
                }
            };
        }
        Some(())
    }

    fn time<'t>(&mut self, hour: u32, after: &'t [Token]) -> Option<&'t [Token]> {
        self.timed = true;
        self.hour = i8::try_from(hour).ok()?;
        let [Token::Number(minute, 1..=2, _), after @ ..] = after else {
            return Some(after);
        };
        self.minute = i8::try_from(*minute).ok()?;
        let [
            Token::Sign(':'),
            Token::Number(second, 1..=2, _),
            after @ ..,
        ] = after
        else {
            return Some(after);
        };
        self.second = i8::try_from(*second).ok()?;
        match after {
            [
                Token::Sign('.' | ','),
                Token::Number(_, _, true),
                after @ ..,
            ] => Some(after),
            _ => Some(after),
        }
    }

    fn compact_time(&mut self, value: u32) -> Option<()> {
        self.timed = true;
        self.hour = i8::try_from(value / 10_000).ok()?;
        self.minute = i8::try_from(value / 100 % 100).ok()?;
        self.second = i8::try_from(value % 100).ok()?;
        Some(())
    }

    fn offset<'t>(
        &mut self,
        east: bool,
        value: u32,
        length: usize,
        after: &'t [Token],
    ) -> Option<&'t [Token]> {
        let (hours, minutes, after) = match after {
            _ if length == 4 => (value / 100, value % 100, after),
            [Token::Sign(':'), Token::Number(minutes, 2, _), after @ ..] => {
                (value, *minutes, after)
            }
            _ => (value, 0, after),
        };
        let minutes = i32::try_from(hours.checked_mul(60)?.checked_add(minutes)?).ok()?;
        self.zone = Some(zone::fixed(if east { minutes } else { -minutes })?);
        Some(after)
    }

    fn word(&mut self, word: &str) {
        if let Some(month) = month::named(word) {
            self.month = self.month.or(Some(month));
        } else if let Some(years) = month::era(word) {
            self.era = Some(years);
            // The first year of an era is written with a word.
            if word.ends_with('元') {
                self.numbers.push((1, 1));
            }
        } else if let Some(afternoon) = month::half_of_day(word) {
            self.afternoon = Some(afternoon);
        } else if zone::is_universal(word) {
            // "GMT+9": the offset may follow.
            self.universal = true;
        } else if let Some(zone) = zone::named(word, self.clock.place) {
            self.zone = Some(zone);
        } else if !month::is_weekday_or_filler(word) {
            self.strange_words += 1;
        }
    }

    pub(super) fn date(&self) -> Option<civil::Date> {
        let n: Vec<(u32, usize)> = self.numbers.iter().copied().take(4).collect();
        if self.strange_words > 3 {
            return None;
        }
        if let (Some(month), [a, b, ..]) = (self.month, n.as_slice()) {
            let (year, day) = if a.1 > 2 || a.0 > 31 { (a, b) } else { (b, a) };
            return self.made(*year, i8::try_from(day.0).ok()?, month);
        }
        match n.as_slice() {
            [(packed, 8)] => {
                let (month, day) = (packed / 100 % 100, packed % 100);
                self.made(
                    (packed / 10_000, 4),
                    i8::try_from(day).ok()?,
                    i8::try_from(month).ok()?,
                )
            }
            [(packed, 8), (_, 1..=2)] => self.made((packed / 10_000, 4), 1, 1),
            [(year, 4), (day, 3)] => {
                let first = civil::Date::new(i16::try_from(*year).ok()?, 1, 1).ok()?;
                let days = jiff::Span::new().try_days(i64::from(*day) - 1).ok()?;
                first.checked_add(days).ok()
            }
            [(year, 4)] if self.strange_words == 0 && !self.timed => self.made((*year, 4), 1, 1),
            [(year, 4), (month, _)] if self.strange_words == 0 => {
                self.made((*year, 4), 1, i8::try_from(*month).ok()?)
            }
            [a, b, c, ..] => {
                let era = self.era.is_some() || a.1 >= 3 || a.0 > 31;
                let (year, month, day) = if era || (self.hyphened && c.1 <= 2) {
                    (a, b, c)
                } else if b.0 > 12 {
                    (c, a, b)
                } else {
                    // Day first, as nearly all of Asia writes it.
                    (c, b, a)
                };
                self.made(
                    *year,
                    i8::try_from(day.0).ok()?,
                    i8::try_from(month.0).ok()?,
                )
            }
            _ => None,
        }
    }

    fn made(&self, (year, digits): (u32, usize), day: i8, month: i8) -> Option<civil::Date> {
        let year = i16::try_from(year).ok()?;
        let year = match (self.era, year) {
            (Some(years), _) => year.checked_add(years)?,
            (None, 0..=69) if digits <= 2 => year.checked_add(2000)?,
            (None, 70..=99) if digits <= 2 => year.checked_add(1900)?,
            (None, 80..=199) if self.clock.place == Some(Place::TW) => year.checked_add(1911)?,
            // Some programs count the years from 1900.
            (None, 100..=199) => year.checked_add(1900)?,
            // The Buddhist calendar of Thailand.
            (None, 2401..) => year.checked_sub(543)?,
            _ => year,
        };
        (1900..=2200)
            .contains(&year)
            .then(|| civil::Date::new(year, month, day).ok())
            .flatten()
    }

    /// The hour of the day, and whether it is the next day's ("24:00").
    pub(super) fn hour(&self) -> (i8, bool) {
        match (self.hour, self.afternoon) {
            (24, _) => (0, true),
            (12, Some(false)) => (0, false),
            (hour @ 1..=11, Some(true)) => (hour + 12, false),
            (hour, _) => (hour, false),
        }
    }
}
