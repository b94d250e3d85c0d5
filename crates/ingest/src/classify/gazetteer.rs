//! Names of our places: the place, its capital and large towns, its people, in English and in the
//! languages of many of our sources. A first one; names that mean several things are marked.

mod names;

use names::{NOT_PLACES, PLACES};
use news::Place;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a name must stand apart from its neighbours.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Border {
    /// Scripts without spaces.
    None,
    /// Scripts with spaces.
    Both,
    /// Only before it.
    Left,
    /// As [`Border::Both`], but short words may be joined before it.
    Arabic,
}

/// One name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    text: &'static str,
    /// `None` for what only contains a place's name: the Indian Ocean.
    pub(super) place: Option<Place>,
    pub(super) border: Border,
    /// Whether it can mean only that place.
    pub(super) sure: bool,
}

/// The longest name at the start of `text` that `fits`, and its length in bytes.
pub(super) fn starting(
    text: &str,
    fits: impl Fn(&Name, usize) -> bool,
) -> Option<(&'static Name, usize)> {
    let first = text.chars().next()?;
    let candidates = NAMES.get(&first)?;
    candidates.iter().find_map(|name| {
        let head = text.get(..name.text.len())?;
        // Headlines and datelines may be all in capitals.
        let same = head == name.text
            || (name.border == Border::Both
                && head.is_ascii()
                && !head.bytes().any(|b| b.is_ascii_lowercase())
                && head.eq_ignore_ascii_case(name.text));
        (same && fits(name, head.len())).then_some((name, head.len()))
    })
}

/// The place whose name the whole text is.
pub(super) fn whole(text: &str) -> Option<Place> {
    starting(text, |name, length| {
        length == text.len() && name.place.is_some()
    })?
    .0
    .place
}

/// By first character, the longest first.
static NAMES: LazyLock<HashMap<char, Vec<Name>>> = LazyLock::new(|| {
    let mut all: HashMap<char, Vec<Name>> = HashMap::new();
    let places = PLACES.iter().map(|(place, names)| (Some(*place), *names));
    for (place, names) in places.chain([(None, NOT_PLACES)]) {
        for text in names.split('|') {
            let (text, sure) = text
                .strip_prefix('?')
                .map_or((text, true), |text| (text, false));
            if let Some(first) = text.chars().next() {
                all.entry(first).or_default().push(Name {
                    text,
                    place,
                    border: border(first),
                    sure,
                });
            }
        }
    }
    all.values_mut()
        .for_each(|names| names.sort_by_key(|n| usize::MAX - n.text.len()));
    all
});

fn border(first: char) -> Border {
    match first {
        '\u{0600}'..='\u{06ff}' => Border::Arabic,
        '\u{ac00}'..='\u{d7a3}' => Border::Left,
        '\u{3040}'..='\u{9fff}' | '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' => Border::None,
        '\u{1780}'..='\u{17ff}' => Border::None,
        _ => Border::Both,
    }
}
