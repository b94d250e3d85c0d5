//! How alike two tellings are, from nothing in common (0) to the same words (1).
//!
//! In one language the words decide; across languages what their marks say. A thing that every second
//! telling has says little, so everything is weighed by how rare it is in these days.

use super::numbered;
use super::sketch::{Key, Kind, Sketch};
use news::Millis;

/// From this on two tellings are of one event.
pub(super) const ENOUGH: f64 = 0.42;
/// What words and marks count in one language.
const WORDS: f64 = 0.6;
const MARKS: f64 = 0.4;
/// Marks that weigh less than this together are too few for a share of them to mean much.
const FEW: f64 = 8.0;
/// In how many hours a telling is worth half to a new one.
const HALF_LIFE: f64 = 48.0;
/// Which share of the terms of one source's two items makes them a form that is filled in, however common they are.
const SERIES: f64 = 0.75;
/// Words that weigh less than this together are too few for a share of them to mean much.
const SHORT: f64 = 2.2;
/// Texts whose fingerprints differ in no more bits than this are the same text.
const SAME_TEXT: u32 = 3;

/// How rare things are.
pub(super) trait Rarity {
    /// From 0 (everywhere) to 1 (never seen before).
    fn of(&self, key: Key) -> f64;
}

pub(super) fn likeness(one: &Sketch, other: &Sketch, rarity: &impl Rarity) -> f64 {
    if is_a_series(one, other) || numbered::differ(&one.numbered, &other.numbered) {
        return 0.0;
    }
    let near = (one.simhash ^ other.simhash).count_ones() <= SAME_TEXT;
    if near && one.lang == other.lang {
        return 1.0;
    }
    let marks = common_marks(one, other, rarity);
    let raw = if one.lang == other.lang {
        WORDS * cosine(one, other, rarity) + MARKS * marks
    } else {
        marks
    };
    raw * decay(one.at, other.at)
}

/// One source's gold price of today and of yesterday: the same words around other numbers.
fn is_a_series(one: &Sketch, other: &Sketch) -> bool {
    one.source == other.source && one.digits != other.digits && same_form(one, other)
}

fn same_form(one: &Sketch, other: &Sketch) -> bool {
    let shared = in_both(&one.terms, &other.terms, |term| term.0).count();
    let size = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    size(shared) >= SERIES * size(one.terms.len().max(other.terms.len()))
}

/// The cosine of the two, terms weighed by rarity.
fn cosine(one: &Sketch, other: &Sketch, rarity: &impl Rarity) -> f64 {
    let weight = |(key, count): &(Key, f64)| (1.0 + count.ln()) * rarity.of(*key);
    let length = |sketch: &Sketch| {
        let squares = sketch.terms.iter().map(|term| weight(term).powi(2));
        squares.sum::<f64>().sqrt().max(SHORT)
    };
    let shared = in_both(&one.terms, &other.terms, |term| term.0);
    let product: f64 = shared.map(|(a, b)| weight(a) * weight(b)).sum();
    product / (length(one) * length(other))
}

/// What share of the marks of the poorer one stands in the other.
fn common_marks(one: &Sketch, other: &Sketch, rarity: &impl Rarity) -> f64 {
    if one.lang != other.lang && !is_of_two_kinds(one, other) {
        return 0.0;
    }
    let han = one.lang != other.lang && is_han(one) && is_han(other);
    let weight = |(key, kind): &(Key, Kind)| match kind {
        Kind::Han if !han => 0.0,
        kind => importance(*kind) * rarity.of(*key),
    };
    let all = |sketch: &Sketch| sketch.marks.iter().map(weight).sum::<f64>();
    let shared: f64 = in_both(&one.marks, &other.marks, |mark| mark.0)
        .map(|(mark, _)| weight(mark))
        .sum();
    shared / all(one).min(all(other)).max(FEW)
}

/// Whether what both have is of two kinds at least: a number or a place alone is chance.
fn is_of_two_kinds(one: &Sketch, other: &Sketch) -> bool {
    let mut kinds = in_both(&one.marks, &other.marks, |mark| mark.0).map(|(mark, _)| mark.1);
    let first = kinds.next();
    kinds.any(|kind| Some(kind) != first)
}

fn is_han(sketch: &Sketch) -> bool {
    matches!(sketch.lang.as_str(), "zh" | "ja" | "yue")
}

const fn importance(kind: Kind) -> f64 {
    match kind {
        Kind::Town => 3.0,
        Kind::Concept => 2.0,
        Kind::Place => 1.5,
        Kind::Number => 1.5,
        Kind::Name => 1.0,
        Kind::Han => 0.5,
    }
}

/// The entries of both, by merging two ordered lists.
fn in_both<'a, T, K: Ord>(
    one: &'a [T],
    other: &'a [T],
    key: impl Fn(&T) -> K + 'a,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    let mut rest = other;
    one.iter().filter_map(move |a| {
        while rest.first().is_some_and(|b| key(b) < key(a)) {
            rest = rest.get(1..).unwrap_or_default();
        }
        rest.first().filter(|b| key(b) == key(a)).map(|b| (a, b))
    })
}

fn decay(one: Millis, other: Millis) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "hours, not milliseconds, matter"
    )]
    let hours = one.since(other).unsigned_abs() as f64 / 3_600_000.0;
    0.5_f64.powf(hours / HALF_LIFE)
}
