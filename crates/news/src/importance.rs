//! What matters most: a pure function of who tells it, how fresh it is, and an editor's weight.
//!
//! `score = owners × fresh × weight`, in whole numbers throughout, so that whoever multiplies what is printed gets what
//! is printed.

use crate::{Millis, StoryId};
use std::cmp::Reverse;
use std::fmt;

/// After so long a story is half as fresh.
pub const HALF: i64 = 6 * Millis::HOUR;
/// What is older no longer counts.
pub const OLDEST: i64 = 24 * Millis::HOUR;

/// A story as it is weighed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Weighed {
    /// Which one.
    pub story: StoryId,
    /// When readers first had it.
    pub published_at: Millis,
    /// 1 flash … 9; 5 where no editor said anything.
    pub urgency: u8,
    /// Who tells the event: distinct owners, our own newsroom being one.
    pub owners: u32,
}

/// A story with its place in the order, and the numbers that gave it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ranked {
    /// Which one.
    pub story: StoryId,
    /// Distinct owners.
    pub owners: u32,
    /// Minutes since it was published.
    pub age_min: u32,
    /// How fresh, in hundredths: `100 × 6 h / (6 h + age)`, rounded.
    pub fresh: u32,
    /// An editor's weight, in tenths: 10 for urgency 5, two more or less a step.
    pub weight: u32,
}

impl Ranked {
    /// Their product, in thousandths.
    #[must_use]
    pub const fn score(&self) -> u64 {
        self.owners as u64 * self.fresh as u64 * self.weight as u64
    }
}

/// `5 sources × fresh 0.80 × weight 1.2 = 4.800`.
impl fmt::Display for Ranked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = if self.owners == 1 {
            "source"
        } else {
            "sources"
        };
        let (fresh, weight, score) = (self.fresh, self.weight, self.score());
        write!(
            f,
            "{} {of} × fresh {}.{:02} × weight {}.{} = {}.{:03}",
            self.owners,
            fresh / 100,
            fresh % 100,
            weight / 10,
            weight % 10,
            score / 1_000,
            score % 1_000
        )
    }
}

/// The most important first; of equals the newest.
#[must_use]
pub fn rank(stories: &[Weighed], now: Millis, most: usize) -> Vec<Ranked> {
    let mut all: Vec<(Millis, Ranked)> = stories
        .iter()
        .filter(|story| now.since(story.published_at) < OLDEST)
        .map(|story| (story.published_at, ranked(story, now)))
        .collect();
    all.sort_by_key(|(at, ranked)| Reverse((ranked.score(), *at, ranked.story)));
    all.truncate(most);
    all.into_iter().map(|(_, ranked)| ranked).collect()
}

fn ranked(story: &Weighed, now: Millis) -> Ranked {
    let minutes = now.since(story.published_at).max(0) / Millis::MINUTE;
    let half = HALF / Millis::MINUTE;
    let fresh = (100 * half + (half + minutes) / 2) / (half + minutes);
    let steps = 5 - i64::from(story.urgency.clamp(1, 9));
    Ranked {
        story: story.story,
        owners: story.owners,
        age_min: u32::try_from(minutes).unwrap_or(u32::MAX),
        fresh: u32::try_from(fresh).unwrap_or_default(),
        weight: u32::try_from(10 + 2 * steps).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;

    const NOW: Millis = Millis(1_795_521_840_000);

    fn story(id: i64, minutes: i64, urgency: u8, owners: u32) -> Weighed {
        Weighed {
            story: Id(id),
            published_at: NOW.plus(-minutes * Millis::MINUTE),
            urgency,
            owners,
        }
    }

    #[test]
    fn the_numbers_make_the_order() {
        let stories = [
            story(1, 0, 5, 1),
            story(2, 90, 4, 5),
            story(3, 360, 5, 9),
            story(4, 10, 1, 1),
            story(5, 24 * 60, 1, 50),
        ];
        let ranked = rank(&stories, NOW, 9);
        let said: Vec<String> = ranked
            .iter()
            .map(|r| format!("{} {r}", r.story.0))
            .collect();
        assert_eq!(
            said,
            [
                "2 5 sources × fresh 0.80 × weight 1.2 = 4.800",
                "3 9 sources × fresh 0.50 × weight 1.0 = 4.500",
                "4 1 source × fresh 0.97 × weight 1.8 = 1.746",
                "1 1 source × fresh 1.00 × weight 1.0 = 1.000",
            ]
        );
        assert_eq!(rank(&stories, NOW, 2), ranked[..2]);
    }

    #[test]
    fn of_equals_the_newest_stands_first_whatever_the_order_was() {
        let mut stories = vec![story(1, 5, 5, 1), story(2, 4, 5, 1), story(3, 5, 5, 1)];
        let first = rank(&stories, NOW, 9);
        let ids: Vec<i64> = first.iter().map(|r| r.story.0).collect();
        assert_eq!(ids, [2, 3, 1]);
        stories.reverse();
        assert_eq!(rank(&stories, NOW, 9), first);
        // What is dated a moment ahead is new, and no more than that.
        assert_eq!(rank(&[story(1, -3, 5, 1)], NOW, 9)[0].fresh, 100);
    }
}
