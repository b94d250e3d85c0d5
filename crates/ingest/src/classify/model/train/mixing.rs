//! How much each witness counts: a logistic regression by gradient descent, and the bytes of all that was learnt.

use super::*;

/// What says more than this many times the usual says that much.
const LIMIT: f64 = 3.5;

type Mix = [[f64; INPUTS]; TOPICS.len()];

const STEPS: i32 = 250;
const PACE: f64 = 0.05;
/// Draws what is counted towards nothing.
const DECAY: f64 = 1e-4;

/// What each input counts for each topic; a rare topic weighs more than its rows, a common one less.
pub(super) fn mix(said: &[(&Row, [f64; INPUTS])]) -> Mix {
    let rows: Vec<(usize, [f64; INPUTS], f64)> = said
        .iter()
        .map(|(row, inputs)| (row.topic, *inputs, row.weight))
        .collect();
    let mut weights = Scores::default();
    rows.iter().for_each(|row| weights[row.0] += row.2);
    let total: f64 = weights.into_iter().map(f64::sqrt).sum();
    let (mut mix, mut first, mut second) =
        (Mix::default_all(), Mix::default_all(), Mix::default_all());
    for step in 1..=STEPS {
        let mut slope = Mix::default_all();
        for (topic, inputs, weight) in &rows {
            let share = weight / (f64::sqrt(weights[*topic]) * total);
            let found = softmax(&mix, inputs);
            for (at, probability) in found.iter().enumerate() {
                let off = share * (probability - if at == *topic { 1.0 } else { 0.0 });
                slope[at]
                    .iter_mut()
                    .zip(inputs)
                    .for_each(|(sum, input)| *sum += off * input);
            }
        }
        let (one, two) = (1.0 - f64::powi(0.9, step), 1.0 - f64::powi(0.999, step));
        for topic in 0..TOPICS.len() {
            for input in 0..INPUTS {
                let way = slope[topic][input] + DECAY * mix[topic][input];
                first[topic][input] = 0.9 * first[topic][input] + 0.1 * way;
                second[topic][input] = 0.999 * second[topic][input] + 0.001 * way * way;
                let down =
                    (first[topic][input] / one) / (f64::sqrt(second[topic][input] / two) + 1e-8);
                mix[topic][input] -= PACE * down;
            }
        }
    }
    mix
}

trait DefaultAll {
    fn default_all() -> Self;
}

impl DefaultAll for Mix {
    fn default_all() -> Self {
        [[0.0; INPUTS]; TOPICS.len()]
    }
}

/// As [`Model::read`] reads it.
pub(super) fn bytes(model: &Model) -> Vec<u8> {
    let pieces: BTreeMap<u32, &Piece> = model
        .pieces
        .iter()
        .map(|(hash, piece)| (*hash, piece))
        .collect();
    let says = || pieces.values().flat_map(|piece| piece.says);
    let count = f64::from(u32::try_from(says().count().max(1)).unwrap());
    let most = LIMIT * f64::sqrt(says().map(|one| one * one).sum::<f64>() / count);
    #[expect(clippy::cast_possible_truncation, reason = "that many digits are kept")]
    let small = |number: f64| number as f32;
    let scale = f64::from(small(most / 7.0));
    let mut bytes = small(scale).to_le_bytes().to_vec();
    for count in model.mix.iter().flatten() {
        bytes.extend(small(*count).to_le_bytes());
    }
    let many = u32::try_from(model.stems.len()).unwrap_or_default();
    bytes.extend(many.to_le_bytes());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most two"
    )]
    let steps = |counts: &f64| (counts * STEM).round() as u8;
    bytes.extend(model.stems.iter().map(steps));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float is cast to the nearest there is"
    )]
    let byte = |number: f64| number.round() as i8;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the same"
    )]
    let rare = |number: f64| (number * RARE).round() as u8;
    for (hash, piece) in pieces {
        bytes.extend(hash.to_le_bytes());
        bytes.push(rare(piece.rare));
        let steps = piece
            .says
            .map(|one| byte((one / scale).clamp(-7.0, 7.0)).cast_unsigned() & 15);
        bytes.extend(steps.chunks(2).map(|pair| pair[0] | pair[1] << 4));
    }
    bytes
}
