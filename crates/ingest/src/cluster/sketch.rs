//! What of a telling is compared: its terms, and its marks, which other languages share.

use super::{concept, numbered, sound, terms};
use crate::classify::mentioned;
use news::cluster::Telling;
use news::{Millis, StoryId};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use unicode_segmentation::UnicodeSegmentation;

/// A headline says more than the words beneath it.
const HEADLINE: f64 = 2.0;

/// A term or a mark, by its digest.
pub(super) type Key = u64;

/// What kind of thing a mark is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    /// One of our places.
    Place,
    /// A town or a province by its own name.
    Town,
    /// What it is about.
    Concept,
    /// A number.
    Number,
    /// A name by its sound.
    Name,
    /// A pair of Han, which Chinese and Japanese share.
    Han,
}

/// A telling as it is compared.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// Which story.
    pub id: StoryId,
    /// When it was published.
    pub at: Millis,
    pub(super) source: Option<String>,
    pub(super) lang: String,
    /// How often each term stands in it, in the order of the keys.
    pub(super) terms: Vec<(Key, f64)>,
    /// In the order of the keys.
    pub(super) marks: Vec<(Key, Kind)>,
    /// All its digits, by their digest.
    pub(super) digits: Key,
    /// What its headline tells of by number.
    pub(super) numbered: BTreeSet<(String, String)>,
    /// 64 bits of which near texts share nearly all.
    pub simhash: u64,
}

impl Sketch {
    /// The sketch of a telling.
    #[must_use]
    pub fn of(telling: &Telling) -> Self {
        let (title, words) = (
            terms::folded(&telling.headline),
            terms::folded(&telling.words),
        );
        let mut counts: BTreeMap<Key, f64> = BTreeMap::new();
        for (text, weight) in [(&title, HEADLINE), (&words, 1.0)] {
            for term in terms::terms(text) {
                *counts.entry(key(None, &term)).or_default() += weight;
            }
        }
        let both = format!("{}\n{}", telling.headline, telling.words);
        let folded = format!("{title}\n{words}");
        Self {
            id: telling.id,
            at: telling.at,
            source: telling.source.clone(),
            lang: telling.lang.primary().to_owned(),
            digits: key(
                None,
                &folded
                    .chars()
                    .filter(|c| c.is_numeric())
                    .collect::<String>(),
            ),
            numbered: numbered::numbered(&title),
            simhash: simhash(&folded),
            terms: counts.into_iter().collect(),
            marks: marks(telling, &both, &folded),
        }
    }
}

fn marks(telling: &Telling, text: &str, folded: &str) -> Vec<(Key, Kind)> {
    let mut all: BTreeSet<(Key, Kind)> = BTreeSet::new();
    let mut add = |kind: Kind, word: &str| all.insert((key(Some(kind), word), kind));
    for place in &telling.places {
        add(Kind::Place, place.code());
    }
    for (place, town) in mentioned(text) {
        add(Kind::Place, place.code());
        if let Some(town) = town {
            add(Kind::Town, &town.to_string());
        }
    }
    for concept in concept::concepts(folded) {
        add(Kind::Concept, &concept.to_string());
    }
    for number in terms::numbers(folded) {
        add(Kind::Number, &number);
    }
    for word in text.unicode_words().filter(|word| may_be_a_name(word)) {
        if let Some(sound) = sound::key(word) {
            add(Kind::Name, &sound);
        }
    }
    let han: Vec<char> = folded.chars().collect();
    for pair in han
        .windows(2)
        .filter(|pair| pair.iter().all(|c| is_han(*c)))
    {
        add(Kind::Han, &pair.iter().collect::<String>());
    }
    all.into_iter().collect()
}

/// In scripts with capitals a name begins with one; in the others any longer word may be one.
fn may_be_a_name(word: &str) -> bool {
    let Some(first) = word.chars().next() else {
        return false;
    };
    let cased = first.is_uppercase() || first.is_lowercase();
    !is_han(first) && word.chars().count() >= 3 && (!cased || first.is_uppercase())
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

fn key(kind: Option<Kind>, text: &str) -> Key {
    // Fixed keys: the same text has the same digest in every run.
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    text.hash(&mut hasher);
    hasher.finish()
}

/// Charikar's fingerprint over triples of characters.
fn simhash(folded: &str) -> u64 {
    let letters: Vec<char> = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut sums = [0_i32; 64];
    for triple in letters.windows(3) {
        let mut hasher = DefaultHasher::new();
        triple.hash(&mut hasher);
        let hash = hasher.finish();
        for (bit, sum) in sums.iter_mut().enumerate() {
            *sum += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    let bits = sums.iter().enumerate().filter(|(_, sum)| **sum > 0);
    bits.fold(0, |hash, (bit, _)| hash | 1 << bit)
}
