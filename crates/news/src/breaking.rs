//! Breaking news: a state that a story has for a few hours, not a kind of story.

use crate::{Id, Millis, StoryId};

/// How long it lasts where nobody says otherwise.
pub const LASTS: i64 = 4 * Millis::HOUR;
/// The longest an editor may set.
pub const LONGEST: i64 = 24 * Millis::HOUR;

/// One telling of an event, as far as it matters here.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Telling {
    /// The story or excerpt.
    pub story: StoryId,
    /// Who tells it; our own newsroom is `None`.
    pub owner: Option<Id>,
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
pub fn raised(tellings: &[Telling], now: Millis) -> Option<StoryId> {
    let owners = |marked: &Telling| tellings.iter().any(|t| t.owner != marked.owner);
    if tellings.iter().any(|t| t.broke) {
        return None;
    }
    let fresh = |t: &&Telling| t.marked && now.since(t.published_at) < LASTS;
    let marked = tellings.iter().filter(fresh).filter(|t| owners(t));
    marked
        .min_by_key(|t| (t.published_at, t.story))
        .map(|t| t.story)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_needs_a_second_owner() {
        let now = Millis(100 * Millis::HOUR);
        let telling = |n: i64, owner: i64, marked: bool| Telling {
            story: Id(n),
            owner: (owner > 0).then_some(Id(owner)),
            marked,
            broke: false,
            published_at: now.plus(-n * Millis::MINUTE),
        };
        let check = |tellings: &[Telling], want: Option<i64>| {
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
        let broke = Telling {
            broke: true,
            ..telling(3, 9, false)
        };
        check(&[telling(1, 7, true), telling(2, 8, false), broke], None);
    }
}
