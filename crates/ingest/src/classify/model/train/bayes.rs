//! The first witness: a complement naive Bayes over the pieces of words.

use super::*;

/// Keeps a piece that was never seen beside a topic from deciding alone.
const SMOOTH: f64 = 0.3;

/// Pieces of fewer sentences than this say more of those than of their topic.
const SENTENCES: usize = 3;

/// The pieces that tell most.
pub(super) fn chosen(rows: &[Row], most: usize) -> BTreeSet<u32> {
    let mut seen: HashMap<u32, (BTreeSet<(usize, usize)>, f64)> = HashMap::new();
    for row in rows {
        for piece in &row.features.pieces {
            let (groups, count) = seen.entry(*piece).or_default();
            // Enough is enough: three are told from two, not from thirty.
            if groups.len() < SENTENCES {
                groups.insert((row.half, row.group));
            }
            *count += 1.0;
        }
    }
    seen.retain(|_, (groups, _)| groups.len() >= SENTENCES);
    let candidates: BTreeSet<u32> = seen.keys().copied().collect();
    let all: Vec<&Row> = rows.iter().collect();
    let mut ranked: Vec<(f64, u32)> = learnt(&all, &candidates)
        .into_iter()
        .map(|(hash, piece)| {
            let most = piece.says.into_iter().fold(f64::MIN, f64::max);
            let least = piece.says.into_iter().fold(f64::MAX, f64::min);
            ((most - least) * f64::sqrt(seen[&hash].1), hash)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked
        .into_iter()
        .take(most)
        .map(|(_, hash)| hash)
        .collect()
}

/// What these pieces say of the topics, learnt from the rows.
pub(super) fn learnt(rows: &[&Row], pieces: &BTreeSet<u32>) -> HashMap<u32, Piece> {
    let places: HashMap<u32, usize> = pieces.iter().copied().zip(0..).collect();
    let found: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| {
            row.features
                .pieces
                .iter()
                .filter_map(|p| places.get(p).copied())
                .collect()
        })
        .collect();
    let mut rows_with = vec![0.0; pieces.len()];
    found.iter().flatten().for_each(|at| rows_with[*at] += 1.0);
    let all = f64::from(u32::try_from(rows.len()).unwrap());
    let rare: Vec<f64> = rows_with
        .iter()
        .map(|with| f64::ln((1.0 + all) / (1.0 + with)))
        .collect();
    let mut sums = vec![Scores::default(); pieces.len()];
    for (row, places) in rows.iter().zip(&found) {
        let length: f64 = places.iter().map(|at| rare[*at] * rare[*at]).sum();
        let length = if length > 0.0 { f64::sqrt(length) } else { 1.0 };
        for at in places {
            sums[*at][row.topic] += row.weight * rare[*at] / length;
        }
    }
    // What all other topics say of a piece speaks against this one.
    let mut others = vec![Scores::default(); pieces.len()];
    let mut totals = Scores::default();
    for (sum, other) in sums.iter().zip(&mut others) {
        let all: f64 = sum.iter().sum();
        for topic in 0..TOPICS.len() {
            other[topic] = all + SMOOTH - sum[topic];
            totals[topic] += other[topic];
        }
    }
    let piece = |((hash, rare), other): ((&u32, f64), &Scores)| {
        let mut says = Scores::default();
        for topic in 0..TOPICS.len() {
            says[topic] = -f64::ln(other[topic] / totals[topic]);
        }
        let mean = says.iter().sum::<f64>() / f64::from(u32::try_from(TOPICS.len()).unwrap());
        (
            *hash,
            Piece {
                rare,
                says: says.map(|one| one - mean),
            },
        )
    };
    pieces.iter().zip(rare).zip(&others).map(piece).collect()
}
