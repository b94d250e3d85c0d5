//! The names of blocks. A document has none while it is edited; each publication gives every
//! top-level block of the body the name it had in the version before, so that an open page can be
//! told which blocks changed.

use super::Document;
use serde_json::Value;

/// Names for the blocks of `now`, one each, no two alike.
///
/// Equal blocks keep their names (the longest common subsequence). Between two kept ones a changed
/// block keeps the name of the one that stood in its place. The others get a name that no earlier
/// version used: the number of this version and a count.
#[must_use]
pub fn align(before: Option<(&Document, &[String])>, now: &Document, version: u64) -> Vec<String> {
    let now = now.blocks();
    let (old, old_ids) = before
        .map(|(document, ids)| (document.blocks(), ids))
        .unwrap_or_default();
    // A list of names that doesn't belong to the document names only what both have.
    let old = old.get(..old_ids.len()).unwrap_or(old);
    let mut kept = same(old, now);
    // The end of both is a fixed point too: it closes the last gap.
    kept.push((old.len(), now.len()));
    let mut ids = Vec::with_capacity(now.len());
    let mut fresh = 0_usize;
    let mut at = 0;
    for (old_end, new_end) in kept {
        while ids.len() < new_end {
            let place = if at < old_end { old_ids.get(at) } else { None };
            at += 1;
            ids.push(place.cloned().unwrap_or_else(|| {
                fresh += 1;
                format!("{version}-{fresh}")
            }));
        }
        if let Some(id) = old_ids.get(old_end).filter(|_| new_end < now.len()) {
            ids.push(id.clone());
        }
        at = old_end + 1;
    }
    ids
}

/// The pairs (old, new) of a longest common subsequence, ascending.
fn same(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let mut pairs: Vec<_> = (0..start).map(|i| (i, i)).collect();
    let middle = |all: &[Value]| -> Vec<Value> {
        all.iter()
            .take(all.len() - end)
            .skip(start)
            .cloned()
            .collect()
    };
    pairs.extend(
        longest(&middle(old), &middle(new))
            .into_iter()
            .map(|(i, j)| (i + start, j + start)),
    );
    pairs.extend(
        (0..end)
            .rev()
            .map(|back| (old.len() - 1 - back, new.len() - 1 - back)),
    );
    pairs
}

/// The largest table we fill. Beyond it (a thousand changed blocks) names go by position alone.
const MOST_CELLS: usize = 1_000_000;

/// The classic table, only over what differs: `lengths[i][j]` is for the suffixes from `i` and `j`.
fn longest(old: &[Value], new: &[Value]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MOST_CELLS {
        return vec![];
    }
    let mut lengths = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    let get = |table: &[Vec<usize>], i: usize, j: usize| -> usize {
        table
            .get(i)
            .and_then(|row| row.get(j))
            .copied()
            .unwrap_or_default()
    };
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let value = if a == b {
                get(&lengths, i + 1, j + 1) + 1
            } else {
                get(&lengths, i + 1, j).max(get(&lengths, i, j + 1))
            };
            if let Some(cell) = lengths.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = value;
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        if a == b {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if get(&lengths, i + 1, j) >= get(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(blocks: &str) -> Document {
        let blocks: Vec<_> = blocks
            .chars()
            .map(|c| c.to_string().as_str().into())
            .collect();
        Document::from_plain("h", "s", &blocks)
    }

    #[test]
    fn blocks_keep_their_names() {
        let check = |old: &str, ids: &str, new: &str, want: &str| {
            let ids: Vec<String> = ids.split_whitespace().map(Into::into).collect();
            let got = align(Some((&document(old), &ids)), &document(new), 9);
            assert_eq!(got.join(" "), want, "{old} -> {new}");
        };
        check("abc", "1 2 3", "abc", "1 2 3");
        check("abc", "1 2 3", "axc", "1 2 3");
        check("abc", "1 2 3", "abxc", "1 2 9-1 3");
        check("abc", "1 2 3", "ac", "1 3");
        check("abc", "1 2 3", "xabc", "9-1 1 2 3");
        check("abc", "1 2 3", "abcxy", "1 2 3 9-1 9-2");
        check("abc", "1 2 3", "xyz", "1 2 3");
        check("abc", "1 2 3", "bca", "2 3 9-1");
        check("abcd", "1 2 3 4", "axyd", "1 2 3 4");
        check("abcd", "1 2 3 4", "axd", "1 2 4");
        check("aaa", "1 2 3", "aa", "1 2");
        check("abc", "1 2", "abc", "1 2 9-1");
        check("a", "1 2 3", "ab", "1 9-1");
    }

    #[test]
    fn the_first_names_are_fresh() {
        assert_eq!(align(None, &document("abc"), 3), ["3-1", "3-2", "3-3"]);
    }
}
