//! Breaking news: a state that a story has for a few hours, not a kind of story.

use crate::{Millis, StoryId};

/// How long it lasts where nobody says otherwise.
pub const LASTS: i64 = 4 * Millis::HOUR;
/// The longest an editor may set.
pub const LONGEST: i64 = 24 * Millis::HOUR;

/// Somebody who tells an event, as far as it matters here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Teller {
    /// The story or excerpt.
    pub story: StoryId,
    /// Whose words they are: several sources may be of one owner. Our own newsroom is the empty name.
    pub owner: String,
    /// Whether a trusted source marked it as breaking.
    pub marked: bool,
    /// Whether it was breaking at any time.
    pub broke: bool,
    /// When it was published.
    pub published_at: Millis,
}

/// Which telling of one event becomes breaking news by itself: the earliest that a trusted source marked in the last
/// hours, once somebody else tells the event, too. An event breaks once: what an editor ended stays ended.
#[must_use]
pub fn raised(tellings: &[Teller], now: Millis) -> Option<StoryId> {
    let owners = |marked: &Teller| tellings.iter().any(|t| t.owner != marked.owner);
    if tellings.iter().any(|t| t.broke) {
        return None;
    }
    let fresh = |t: &&Teller| t.marked && now.since(t.published_at) < LASTS;
    let marked = tellings.iter().filter(fresh).filter(|t| owners(t));
    marked
        .min_by_key(|t| (t.published_at, t.story))
        .map(|t| t.story)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;

    #[test]
    fn a_mark_needs_a_second_owner() {
        let now = Millis(100 * Millis::HOUR);
        let telling = |n: i64, owner: i64, marked: bool| Teller {
            story: Id(n),
            owner: format!("{owner}"),
            marked,
            broke: false,
            published_at: now.plus(-n * Millis::MINUTE),
        };
        let check = |tellings: &[Teller], want: Option<i64>| {
            assert_eq!(raised(tellings, now), want.map(Id), "{tellings:?}");
        };
        check(&[], None);
        check(&[telling(1, 7, true)], None);
        check(&[telling(1, 7, true), telling(2, 7, false)], None);
        check(&[telling(1, 7, false), telling(2, 8, false)], None);
        check(&[telling(1, 7, true), telling(2, 8, false)], Some(1));
        // Our own newsroom is somebody else.
        check(&[telling(1, 7, true), telling(2, 0, false)], Some(1));
        // The earliest of the marked.
        check(&[telling(1, 7, true), telling(2, 8, true)], Some(2));
        check(&[telling(239, 7, true), telling(2, 8, false)], Some(239));
        check(&[telling(240, 7, true), telling(2, 8, false)], None);
        let broke = Teller {
            broke: true,
            ..telling(3, 9, false)
        };
        check(&[telling(1, 7, true), telling(2, 8, false), broke], None);
    }
}
