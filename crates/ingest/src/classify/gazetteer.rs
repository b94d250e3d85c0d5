//! Names of our places: the place, its capital, divisions and towns, its people, in English and in the
//! languages of our sources. `names.tsv` has a line for each country, division and town; names that mean
//! several things are marked. `not-places.txt` has what only contains a place's name: the Indian Ocean.

use aho_corasick::{AhoCorasick, Input, MatchKind};
use news::Place;
use std::collections::HashMap;
use std::sync::LazyLock;

const NAMES: &str = include_str!("gazetteer/names.tsv");
const NOT_PLACES: &str = include_str!("gazetteer/not-places.txt");

/// Texts longer than this are looked at in part.
const MOST_BYTES: usize = 64 * 1024;

/// A division or a town, by its line in the table.
pub(crate) type Town = u16;

/// What a name names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Named {
    pub(super) place: Place,
    /// Absent for the country as a whole and its people.
    pub(super) town: Option<Town>,
    /// Whether it can mean only that place.
    pub(super) sure: bool,
}

/// Every name in a text, in its order, the longest where several begin; a name of several places is each of them.
pub(super) fn names_in(text: &str) -> Vec<Named> {
    let gazetteer = &*GAZETTEER;
    let text = text
        .get(..text.floor_char_boundary(MOST_BYTES))
        .unwrap_or(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hit) = gazetteer.finder.find(Input::new(text).range(at..)) {
        let stands_alone = gazetteer
            .patterns
            .get(hit.pattern().as_usize())
            .filter(|pattern| pattern.border.holds(text, hit.start(), hit.end()));
        match stands_alone {
            Some(pattern) => {
                found.extend(&pattern.named);
                at = hit.end();
            }
            None => at = text.ceil_char_boundary(hit.start() + 1),
        }
    }
    found
}

/// The place whose name the whole text is.
pub(super) fn whole(text: &str) -> Option<Place> {
    let hit = GAZETTEER.finder.find(text)?;
    let all = hit.start() == 0 && hit.end() == text.len();
    let pattern = GAZETTEER.patterns.get(hit.pattern().as_usize())?;
    pattern
        .named
        .first()
        .filter(|_| all)
        .map(|named| named.place)
}

/// How a name must stand apart from its neighbours.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Border {
    /// Scripts without spaces.
    None,
    /// Scripts with spaces.
    Both,
    /// Only before it: cases and particles follow their noun.
    Left,
    /// As [`Border::Both`], but short words may be joined before it.
    Arabic,
}

impl Border {
    fn of(name: &str) -> Self {
        match name.chars().next().unwrap_or_default() {
            '\u{0600}'..='\u{06ff}' => Self::Arabic,
            '\u{ac00}'..='\u{d7a3}' | '\u{0b80}'..='\u{0dff}' => Self::Left,
            '\u{3040}'..='\u{9fff}' | '\u{0e00}'..='\u{0fff}' => Self::None,
            '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Self::None,
            _ => Self::Both,
        }
    }

    /// Whether what stands from `start` to `end` stands alone as its script demands.
    fn holds(self, text: &str, start: usize, end: usize) -> bool {
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(end..).and_then(|rest| rest.chars().next());
        let left = before.chars().next_back().is_none_or(|c| !is_letter(c));
        let right = after.is_none_or(|c| !is_letter(c));
        match self {
            Self::None => true,
            Self::Both => left && right,
            Self::Left => left,
            // Arabic writes "and", "in", "to" and "the" together with the next word.
            Self::Arabic => {
                let word: Vec<char> = before
                    .chars()
                    .rev()
                    .take_while(|c| is_letter(*c))
                    .take(5)
                    .collect();
                let prefixed = word
                    .iter()
                    .all(|c| matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'ا'));
                prefixed && word.len() < 4 && right
            }
        }
    }
}

fn is_letter(c: char) -> bool {
    // Signs of vowels belong to their word.
    c.is_alphanumeric() || matches!(c, '\u{0900}'..='\u{0dff}')
}

/// One spelling, and all that it names: nothing where it is none of our places.
struct Pattern {
    border: Border,
    named: Vec<Named>,
}

struct Gazetteer {
    finder: AhoCorasick,
    patterns: Vec<Pattern>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut spellings: HashMap<String, Vec<Named>> = HashMap::new();
    for name in NOT_PLACES.lines().flat_map(|line| line.split('|')) {
        for spelling in spelled(name) {
            spellings.entry(spelling).or_default();
        }
    }
    for (line, number) in NAMES.lines().filter(|l| !l.starts_with('#')).zip(0..) {
        let mut cells = line.split('\t');
        let (code, kind) = (cells.next(), cells.next().unwrap_or_default());
        let Some(place) = code.and_then(Place::from_code) else {
            continue;
        };
        let town = matches!(kind, "capital" | "division" | "city").then_some(number);
        for name in cells.next().unwrap_or_default().split('|') {
            let bare = name.strip_prefix('?');
            let named = Named {
                place,
                town,
                sure: bare.is_none(),
            };
            for spelling in spelled(bare.unwrap_or(name)) {
                spellings.entry(spelling).or_default().push(named);
            }
        }
    }
    let mut all: Vec<(String, Vec<Named>)> = spellings.into_iter().collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(all.iter().map(|(spelling, _)| spelling));
    let patterns = all.into_iter().map(|(spelling, named)| Pattern {
        border: Border::of(&spelling),
        named,
    });
    Gazetteer {
        patterns: patterns.collect(),
        #[expect(clippy::expect_used, reason = "the table is ours, and a test reads it")]
        finder: finder.expect("the gazetteer's names"),
    }
});

/// As it is written, and all in capitals, as headlines and datelines may be.
fn spelled(name: &str) -> Vec<String> {
    let capitals = name.to_uppercase();
    if capitals == name {
        vec![capitals]
    } else {
        vec![name.to_owned(), capitals]
    }
}
