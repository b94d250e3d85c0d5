//! Places in a list and the parts between them, as addresses name them.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use news::{Id, Millis};

/// A place in a list: the moment and the id of the story that stands there.
pub(crate) type Cursor = (Millis, Id);

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    /// Its newest stories.
    Top,
    /// From the top to this place: what a reader who went on in place has before them.
    Until(Cursor),
    /// A page of what comes after this place.
    After(Cursor),
}

impl Part {
    /// The part that the address under way asks for.
    pub(crate) fn asked() -> Result<Self, NotACursor> {
        let query = use_query_map();
        let named = |name: &str| query.read_untracked().get(name);
        let read = |text: String| cursor(&text).ok_or(NotACursor);
        match (named("before"), named("until")) {
            (Some(text), _) => read(text).map(Self::After),
            (None, Some(text)) => read(text).map(Self::Until),
            (None, None) => Ok(Self::Top),
        }
    }

    pub(crate) const fn is_from_the_top(self) -> bool {
        matches!(self, Self::Top | Self::Until(_))
    }
}

/// Not a place in a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotACursor;

/// Reads a place in a list as addresses write it, and in no other way: each would be a page of its own.
pub(crate) fn cursor(text: &str) -> Option<Cursor> {
    let (at, id) = text.split_once('-')?;
    let place = (Millis(at.parse().ok()?), id.parse().ok()?);
    Some(place).filter(|place| written(*place) == text)
}

/// Writes it.
pub(crate) fn written((at, id): Cursor) -> String {
    format!("{}-{id}", at.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back() {
        let place = (Millis(1_795_521_840_000), Id(77));
        assert_eq!(cursor(&written(place)), Some(place));
        for bad in ["", "1", "-1-5", "x-5", "1-u", "01-5", "+1-5", "1-05"] {
            assert_eq!(cursor(bad), None, "{bad}");
        }
    }
}
