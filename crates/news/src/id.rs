//! Numbers for life: made by the application, sortable by time, never reused.

use crate::time::Millis;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// Ten digits and the twenty-one consonants: no vowel, so that no id ever spells a word.
const ALPHABET: &[u8; 31] = b"0123456789bcdfghjklmnpqrstvwxyz";

/// An id of anything in the store: 42 bits of milliseconds, 8 of node, 13 of counter.
/// In JSON and in addresses it is a short string (see [`fmt::Display`]), for it passes 2^53.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Id(pub i64);

/// A story's number, independent of its address (`uri` in ninjs, guid in NewsML-G2).
pub type StoryId = Id;
/// A member of the staff.
pub type StaffId = Id;

impl Id {
    /// The id of the `counter`-th thing (mod 8192) that `node` made at `at`.
    #[must_use]
    pub const fn new(at: Millis, node: u8, counter: u16) -> Self {
        let at = at.0 & ((1 << 42) - 1);
        Self((at << 21) | ((node as i64) << 13) | (counter as i64 & 0x1fff))
    }

    /// When it was made.
    #[must_use]
    pub const fn made_at(self) -> Millis {
        Millis(self.0 >> 21)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.unsigned_abs();
        let mut digits = Vec::with_capacity(13);
        loop {
            let digit = usize::try_from(rest % 31).unwrap_or_default();
            digits.push(ALPHABET.get(digit).copied().unwrap_or(b'0'));
            rest /= 31;
            if rest == 0 {
                break;
            }
        }
        digits.reverse();
        f.write_str(&String::from_utf8_lossy(&digits))
    }
}

/// What is not an id.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotAnId;

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.is_empty() || text.len() > 13 || (text.len() > 1 && text.starts_with('0')) {
            return Err(NotAnId);
        }
        let mut value: i64 = 0;
        for byte in text.bytes() {
            let digit = ALPHABET.iter().position(|&d| d == byte).ok_or(NotAnId)?;
            value = value
                .checked_mul(31)
                .and_then(|v| v.checked_add(i64::try_from(digit).ok()?))
                .ok_or(NotAnId)?;
        }
        Ok(Self(value))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse()
            .map_err(|NotAnId| serde::de::Error::custom("not an id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_back() {
        for value in [0, 1, 30, 31, 1 << 42, i64::MAX] {
            assert_eq!(Id(value).to_string().parse(), Ok(Id(value)), "{value}");
        }
        let id = Id::new(Millis(1_795_550_400_000), 3, 7);
        assert_eq!(id.made_at(), Millis(1_795_550_400_000));
    }

    #[test]
    fn one_id_has_one_spelling() {
        for text in ["", "01", "a", "5K", "zzzzzzzzzzzzz", "-1", "12345678901234"] {
            assert_eq!(text.parse::<Id>(), Err(NotAnId), "{text}");
        }
    }
}
