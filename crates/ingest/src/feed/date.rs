//! Moments as feeds write them: RFC 822 and ISO 8601, and what else is in use across Asia.

mod month;
mod zone;

use jiff::{civil, tz::TimeZone};
use news::{Millis, Place};

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

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// Its value, how many digits it has, and whether it touches what stands before it.
    Number(u32, usize, bool),
    Word(String),
    Sign(char),
}

/// Splits into numbers, words and signs; the units of Chinese, Japanese and Korean are signs.
fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut touches = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if let Some(digit) = zone::digit(c) {
            match out.last_mut() {
                Some(Token::Number(value, length, _)) if touches && *length < 9 => {
                    *value = value.saturating_mul(10).saturating_add(digit);
                    *length += 1;
                }
                _ => out.push(Token::Number(digit, 1, touches)),
            }
        } else if let Some(sign) = month::unit(c) {
            out.push(Token::Sign(sign));
        } else if c.is_alphabetic() || month::marks(c) {
            match out.last_mut() {
                Some(Token::Word(word)) if touches => word.push(c),
                _ => out.push(Token::Word(c.into())),
            }
        } else if !c.is_whitespace() {
            // The points of "a.m." and "ม.ค." belong to their word.
            if c != '.' || !matches!(out.last(), Some(Token::Word(_))) {
                out.push(Token::Sign(c));
            }
        }
        touches = !c.is_whitespace();
    }
    out
}

/// What was found so far.
struct Found<'a> {
    clock: &'a Clock,
    numbers: Vec<(u32, usize)>,
    month: Option<i8>,
    /// Added to the year that follows: eras.
    era: Option<i16>,
    hour: i8,
    minute: i8,
    second: i8,
    timed: bool,
    afternoon: Option<bool>,
    zone: Option<TimeZone>,
    universal: bool,
    hyphened: bool,
    strange_words: usize,
}

impl<'a> Found<'a> {
    const fn empty(clock: &'a Clock) -> Self {
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

    fn read(&mut self, tokens: &[Token]) -> Option<()> {
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
        let minutes = i32::try_from(hours * 60 + minutes).ok()?;
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

    fn date(&self) -> Option<civil::Date> {
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
            (Some(years), _) => year + years,
            (None, 0..=69) if digits <= 2 => 2000 + year,
            (None, 70..=99) if digits <= 2 => 1900 + year,
            (None, 80..=199) if self.clock.place == Some(Place::TW) => 1911 + year,
            // Some programs count the years from 1900.
            (None, 100..=199) => 1900 + year,
            // The Buddhist calendar of Thailand.
            (None, 2401..) => year - 543,
            _ => year,
        };
        (1900..=2200)
            .contains(&year)
            .then(|| civil::Date::new(year, month, day).ok())
            .flatten()
    }

    /// The hour of the day, and whether it is the next day's ("24:00").
    fn hour(&self) -> (i8, bool) {
        match (self.hour, self.afternoon) {
            (24, _) => (0, true),
            (12, Some(false)) => (0, false),
            (hour @ 1..=11, Some(true)) => (hour + 12, false),
            (hour, _) => (hour, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, place: Option<Place>, want: &str) {
        let found = Clock::of(place)
            .read(text)
            .map(|m| jiff::Timestamp::from_millisecond(m.0).unwrap().to_string());
        let want = (!want.is_empty()).then(|| want.to_owned());
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn what_the_standards_say() {
        check(
            "Tue, 24 Nov 2026 10:00:00 +0000",
            None,
            "2026-11-24T10:00:00Z",
        );
        check("Tue, 24 Nov 26 10:00 GMT", None, "2026-11-24T10:00:00Z");
        check(
            "Tue, 24 Nov 2026 10:00:00 EST",
            None,
            "2026-11-24T15:00:00Z",
        );
        check("24 Nov 2026 10:00:00 Z", None, "2026-11-24T10:00:00Z");
        check("2026-11-24T10:00:00Z", None, "2026-11-24T10:00:00Z");
        check(
            "2026-11-24T10:00:00.123+09:00",
            None,
            "2026-11-24T01:00:00Z",
        );
        check("2026-11-24T10:00:00-0530", None, "2026-11-24T15:30:00Z");
        check("2026-11-24", None, "2026-11-24T00:00:00Z");
        check("2026-11", None, "2026-11-01T00:00:00Z");
        check("20261124T100000Z", None, "2026-11-24T10:00:00Z");
        check("2026-328", None, "2026-11-24T00:00:00Z");
        check("Tue Nov 24 10:00:00 2026", None, "2026-11-24T10:00:00Z");
        check("Tue Nov 24 10:00:00 JST 2026", None, "2026-11-24T01:00:00Z");
    }

    #[test]
    fn zones_by_name() {
        check(
            "Tue, 24 Nov 2026 10:00:00 JST",
            None,
            "2026-11-24T01:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 KST",
            None,
            "2026-11-24T01:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 IST",
            Some(Place::IN),
            "2026-11-24T04:30:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 IST",
            Some(Place::IL),
            "2026-11-24T08:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 CST",
            Some(Place::CN),
            "2026-11-24T02:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 CST",
            None,
            "2026-11-24T16:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 PKT",
            None,
            "2026-11-24T05:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 WIB",
            None,
            "2026-11-24T03:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 SGT",
            None,
            "2026-11-24T02:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 MMT",
            None,
            "2026-11-24T03:30:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 NPT",
            None,
            "2026-11-24T04:15:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 GMT+8",
            None,
            "2026-11-24T02:00:00Z",
        );
        check(
            "Tue, 24 Nov 2026 10:00:00 UTC+05:30",
            None,
            "2026-11-24T04:30:00Z",
        );
    }

    #[test]
    fn a_time_without_a_zone_is_the_sources() {
        check(
            "2026-11-24 10:00:00",
            Some(Place::JP),
            "2026-11-24T01:00:00Z",
        );
        check("2026/11/24 10:00", Some(Place::TW), "2026-11-24T02:00:00Z");
        check("24 Nov 2026 10:00", Some(Place::IN), "2026-11-24T04:30:00Z");
        check("Tue 24 Nov 2026 10:00:00", None, "2026-11-24T10:00:00Z");
        check("November 24, 2026 10:00 PM", None, "2026-11-24T22:00:00Z");
        check("Nov 24, 2026, 12:05 a.m.", None, "2026-11-24T00:05:00Z");
    }

    #[test]
    fn dates_as_asia_writes_them() {
        check(
            "2026年11月24日 10:00",
            Some(Place::JP),
            "2026-11-24T01:00:00Z",
        );
        check(
            "2026年11月24日10時30分",
            Some(Place::JP),
            "2026-11-24T01:30:00Z",
        );
        check(
            "令和8年11月24日 午後1時5分",
            Some(Place::JP),
            "2026-11-24T04:05:00Z",
        );
        check("令和元年5月1日", Some(Place::JP), "2019-04-30T15:00:00Z");
        check(
            "2026年11月24日 下午3:20",
            Some(Place::CN),
            "2026-11-24T07:20:00Z",
        );
        check("民國115年11月24日", Some(Place::TW), "2026-11-23T16:00:00Z");
        check("115/11/24 08:00", Some(Place::TW), "2026-11-24T00:00:00Z");
        check(
            "2026년 11월 24일 오후 3시 20분",
            Some(Place::KR),
            "2026-11-24T06:20:00Z",
        );
        check(
            "24 พ.ย. 2569 10:00",
            Some(Place::TH),
            "2026-11-24T03:00:00Z",
        );
        check("๒๔ พฤศจิกายน ๒๕๖๙", Some(Place::TH), "2026-11-23T17:00:00Z");
        check(
            "٢٤ نوفمبر ٢٠٢٦ ١٠:٠٠",
            Some(Place::SA),
            "2026-11-24T07:00:00Z",
        );
        check(
            "२४ नवंबर २०२६ १०:००",
            Some(Place::IN),
            "2026-11-24T04:30:00Z",
        );
        check(
            "24 Desember 2026 10:00 WIB",
            Some(Place::ID),
            "2026-12-24T03:00:00Z",
        );
        check("24/11/2026 10:00", Some(Place::VN), "2026-11-24T03:00:00Z");
        check("11/24/2026 10:00", None, "2026-11-24T10:00:00Z");
        check("24.11.2026", None, "2026-11-24T00:00:00Z");
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "yesterday",
            "24",
            "2026-13-40",
            "99:99",
            "Tue, 32 Nov 2026",
            "0000-00-00",
        ] {
            check(text, None, "");
        }
        check("2026-11-24T24:00:00Z", None, "2026-11-25T00:00:00Z");
    }
}
