//! What is told of more than usual: a pure function of counts. Its numbers are printed beside each trend, so that
//! anybody can work the order out again.
//!
//! A trend's score is `z = (x - mu) / sqrt(mu + 1)`: `x` stories in the last two hours, `mu` of them on average in the
//! same hours of the last seven days. What one owner tells of one event is one of them, however often it tells it.

use crate::{Millis, Place};
use std::cmp::Ordering;

/// How far back "now" reaches.
pub const WINDOW: i64 = 2 * Millis::HOUR;
/// With how many days before it is compared.
pub const DAYS: u32 = 7;
/// By how many owners at least: one alone can't make a trend, nor can two.
pub const FLOOR: u32 = 3;

/// What stories are told of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Subject {
    /// A place.
    Place(Place),
    /// What stories are filed under: slug and name.
    Topic(String, String),
}

impl Subject {
    /// As readers see it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Place(place) => place.name(),
            Self::Topic(_, name) => name,
        }
    }
}

/// How often it was told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Count {
    /// Of what.
    pub of: Subject,
    /// Stories in the last two hours.
    pub now: u32,
    /// From how many owners; our own newsroom is one.
    pub owners: u32,
    /// Stories in the same hours of the last seven days, together.
    pub before: u32,
}

impl Count {
    /// How many are usual.
    #[must_use]
    pub fn usual(&self) -> f64 {
        f64::from(self.before) / f64::from(DAYS)
    }

    /// How far it is above that.
    #[must_use]
    pub fn z(&self) -> f64 {
        let mu = self.usual();
        (f64::from(self.now) - mu) / (mu + 1.0).sqrt()
    }
}

/// The trends, strongest first: told by enough owners, and more than usual.
#[must_use]
pub fn rank(mut counts: Vec<Count>, most: usize) -> Vec<Count> {
    counts.retain(|count| count.owners >= FLOOR && count.z() > 0.0);
    counts.sort_by(order);
    counts.truncate(most);
    counts
}

/// Of two that are equally far above, the one that is told more, by more; then by name.
fn order(one: &Count, other: &Count) -> Ordering {
    let told = |count: &Count| (count.now, count.owners);
    other
        .z()
        .total_cmp(&one.z())
        .then_with(|| told(other).cmp(&told(one)))
        .then_with(|| one.of.name().cmp(other.of.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(place: Place, now: u32, owners: u32, before: u32) -> Count {
        Count {
            of: Subject::Place(place),
            now,
            owners,
            before,
        }
    }

    #[test]
    fn what_is_above_the_usual_stands_first() {
        let counts = vec![
            // Much is always told of it.
            count(Place::CN, 40, 9, 280),
            count(Place::JP, 14, 5, 21),
            count(Place::MV, 4, 3, 0),
            // One source alone, however much it tells; and two.
            count(Place::KR, 90, 1, 0),
            count(Place::KP, 90, 2, 0),
            // As always, and less.
            count(Place::IN, 10, 9, 70),
            count(Place::PK, 2, 3, 70),
        ];
        let ranked = rank(counts, 9);
        let names: Vec<&str> = ranked.iter().map(|c| c.of.name()).collect();
        assert_eq!(names, ["Japan", "Maldives"]);
        // (14 - 3) / sqrt(3 + 1), and (4 - 0) / sqrt(1).
        assert!((ranked[0].z() - 5.5).abs() < 1e-9, "{}", ranked[0].z());
        assert!((ranked[1].z() - 4.0).abs() < 1e-9, "{}", ranked[1].z());
    }

    #[test]
    fn the_order_is_the_same_whatever_it_was() {
        let mut counts = vec![
            count(Place::JP, 5, 4, 0),
            count(Place::KR, 5, 3, 0),
            count(Place::CN, 5, 4, 0),
            count(Place::TH, 7, 3, 0),
        ];
        let first = rank(counts.clone(), 3);
        let names: Vec<&str> = first.iter().map(|c| c.of.name()).collect();
        assert_eq!(names, ["Thailand", "China", "Japan"]);
        counts.reverse();
        assert_eq!(rank(counts, 3), first);
    }
}
