//! How far each stem kept its word: it was listed for a subject; how often was that what a text was about?

use super::*;

/// Before anything was seen, a stem is as often right as not; that counts as so many texts.
const BEFORE: f64 = 3.0;

/// The topics that prove a group of stems right; none where the sentences have no such topic: it counts in full.
fn proves(group: usize) -> &'static [&'static str] {
    match GROUPS[group] {
        "sport" => &["sports"],
        "politics" => &["politics"],
        "culture" => &["entertainment"],
        "travel" => &["travel"],
        "health" => &["health"],
        "science" => &["science/technology"],
        "tech" => &["science/technology", "technology"],
        "nature" => &["geography"],
        "conflict" => &["politics", "world"],
        _ => &[],
    }
}

/// What a hit of each stem counts, by its number: none where it was never right, one as often right as not, two always.
pub(super) fn words(rows: &[&Row]) -> Vec<f64> {
    let mut seen = vec![(0.0, 0.0); stems::count()];
    for row in rows {
        for stem in &row.features.stems {
            let right = proves(stems::group(*stem)).contains(&TOPICS[row.topic].0);
            let (all, kept) = &mut seen[usize::try_from(*stem).unwrap()];
            *all += row.weight;
            *kept += if right { row.weight } else { 0.0 };
        }
    }
    let counts = |(stem, (all, kept)): (u32, (f64, f64))| {
        if proves(stems::group(stem)).is_empty() {
            1.0
        } else {
            2.0 * (kept + BEFORE / 2.0) / (all + BEFORE)
        }
    };
    (0..).zip(seen).map(counts).collect()
}
