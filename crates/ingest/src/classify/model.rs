//! What a text is about where no rule says so: a small trained model, the same for all languages.
//!
//! Two witnesses are heard: the pieces of its words by a complement naive Bayes, and the stems that we listed for each
//! language, each as far as it kept its word on what was learnt from. How much each witness counts is a logistic regression over both. `model/README.md` says what it was trained on;
//! `cargo xtask train sections` makes `model/weights.bin` anew.

mod features;
mod stems;
#[cfg(test)]
mod train;

use features::Features;
use news::{Lang, Section};
use std::collections::HashMap;
use std::sync::LazyLock;
use stems::GROUPS;

/// What the model tells apart; finer than sections where a section is of several minds.
pub(super) const TOPICS: [(&str, Section); 12] = [
    ("politics", Section::Politics),
    ("sports", Section::Sport),
    ("entertainment", Section::Culture),
    ("travel", Section::Culture),
    ("health", Section::Science),
    ("science/technology", Section::Science),
    ("geography", Section::Climate),
    ("business", Section::Business),
    ("technology", Section::Technology),
    ("society", Section::Society),
    ("opinion", Section::Opinion),
    ("world", Section::World),
];

/// A number for each topic.
type Scores = [f64; TOPICS.len()];

/// Both witnesses, and the constant.
const INPUTS: usize = TOPICS.len() + GROUPS.len() + 1;

/// How much the first witness is stretched to be of the other's size.
const STRETCH: f64 = 3.0;

/// The section of a text as the model sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Guess {
    pub(super) section: Section,
    /// How probable it is, of one.
    pub(super) sure: f64,
}

/// What this text is about.
pub(super) fn guess(text: &str, lang: &Lang) -> Guess {
    MODEL.guess(&Features::of(text, lang))
}

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("model/weights.bin")).unwrap_or_default());

/// A piece's weight in a text, and what it says of each topic.
#[derive(Clone, Copy, Debug)]
struct Piece {
    rare: f64,
    says: Scores,
}

/// What was learnt.
#[derive(Default)]
struct Model {
    pieces: HashMap<u32, Piece>,
    /// What one hit of each stem counts, by its number.
    stems: Vec<f64>,
    /// For each topic what each input counts.
    mix: [[f64; INPUTS]; TOPICS.len()],
}

impl Model {
    fn guess(&self, features: &Features) -> Guess {
        let topics = self.topics(features);
        // Where none of our stems stands in a text, pieces alone are a guess.
        let told = !features.stems.is_empty();
        let of = |section: Section| {
            let both = topics.iter().zip(TOPICS);
            let sum: f64 = both
                .filter(|(_, topic)| topic.1 == section)
                .map(|(p, _)| p)
                .sum();
            if told { sum } else { sum / 2.0 }
        };
        let sections = Section::ALL.map(|section| Guess {
            section,
            sure: of(section),
        });
        let best = sections
            .into_iter()
            .reduce(|a, b| if b.sure > a.sure { b } else { a });
        best.unwrap_or(Guess {
            section: Section::World,
            sure: 0.0,
        })
    }

    /// The probability of each topic.
    fn topics(&self, features: &Features) -> Scores {
        softmax(&self.mix, &self.inputs(features))
    }

    /// What both witnesses say.
    fn inputs(&self, features: &Features) -> [f64; INPUTS] {
        let both = self.said(features).map(|score| score * STRETCH);
        let both = both.into_iter().chain(self.groups(features)).chain([1.0]);
        let mut inputs = [0.0; INPUTS];
        inputs
            .iter_mut()
            .zip(both)
            .for_each(|(input, value)| *input = value);
        inputs
    }

    /// How much the stems say of each group: the root of what their hits count.
    fn groups(&self, features: &Features) -> [f64; GROUPS.len()] {
        let mut groups = [0.0; GROUPS.len()];
        for stem in &features.stems {
            let place = usize::try_from(*stem).unwrap_or(usize::MAX);
            let counts = self.stems.get(place).copied().unwrap_or_default();
            if let Some(sum) = groups.get_mut(stems::group(*stem)) {
                *sum = f64::min(*sum + counts, MOST);
            }
        }
        groups.map(f64::sqrt)
    }

    /// What the pieces say of each topic.
    fn said(&self, features: &Features) -> Scores {
        let mut scores = Scores::default();
        let mut length = 0.0;
        for piece in features.pieces.iter().filter_map(|p| self.pieces.get(p)) {
            length += piece.rare * piece.rare;
            for (score, says) in scores.iter_mut().zip(piece.says) {
                *score += piece.rare * says;
            }
        }
        let length = if length > 0.0 { f64::sqrt(length) } else { 1.0 };
        scores.map(|score| score / length)
    }

    /// `None` where the bytes aren't a model.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let scale = f64::from(number(&mut rest)?);
        let mut mix = [[0.0; INPUTS]; TOPICS.len()];
        for count in mix.iter_mut().flatten() {
            *count = f64::from(number(&mut rest)?);
        }
        let (many, after) = rest.split_first_chunk::<4>()?;
        let many = usize::try_from(u32::from_le_bytes(*many)).ok()?;
        let (bytes, after) = after.split_at_checked(many)?;
        // The stems were changed since: their numbers are others'.
        if many != stems::count() {
            return None;
        }
        rest = after;
        let stems = bytes.iter().map(|byte| f64::from(*byte) / STEM).collect();
        let mut pieces = HashMap::new();
        while let Some((hash, after)) = rest.split_first_chunk::<4>() {
            let (rare, after) = after.split_first()?;
            let (steps, after) = after.split_first_chunk::<{ TOPICS.len() / 2 }>()?;
            let mut says = Scores::default();
            let steps = steps.iter().flat_map(|pair| [pair & 15, pair >> 4]);
            for (one, step) in says.iter_mut().zip(steps) {
                // Four bits with a sign.
                let step = f64::from(step) - if step > 7 { 16.0 } else { 0.0 };
                *one = step * scale;
            }
            let piece = Piece {
                rare: f64::from(*rare) / RARE,
                says,
            };
            pieces.insert(u32::from_le_bytes(*hash), piece);
            rest = after;
        }
        Some(Self { pieces, stems, mix })
    }
}

/// Steps of one in which a piece's weight is written.
const RARE: f64 = 20.0;

/// Steps of one in which what a stem counts is written.
const STEM: f64 = 127.0;

/// More than this of one group says no more.
const MOST: f64 = 4.0;

fn number(rest: &mut &[u8]) -> Option<f32> {
    let (bytes, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(f32::from_le_bytes(*bytes))
}

fn softmax(mix: &[[f64; INPUTS]; TOPICS.len()], inputs: &[f64; INPUTS]) -> Scores {
    let scores = mix.map(|counts| {
        let products = counts.iter().zip(inputs).map(|(a, b)| a * b);
        products.sum::<f64>()
    });
    let most = scores.into_iter().fold(f64::MIN, f64::max);
    let powers = scores.map(|score| f64::exp(score - most));
    let all: f64 = powers.iter().sum();
    powers.map(|power| power / all)
}
