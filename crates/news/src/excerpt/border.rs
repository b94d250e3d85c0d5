//! Ends of sentences and borders of words, script by script.
//! Positions count graphemes: `end` lies between `graphemes[end - 1]` and `graphemes[end]`. Which sign is what, in
//! every script, stands in [`signs`].

#[cfg(test)]
mod scripts;
mod signs;
#[cfg(test)]
mod tests;

pub(super) use signs::hangs;
use signs::{Unspaced, closes, joins, may_not_begin, may_not_end, stops, unspaced};

/// Whether a text may end here without a mark: after a full stop and what closes with it.
pub(super) fn ends_sentence(graphemes: &[&str], end: usize) -> bool {
    // A closing quote that follows belongs to the sentence.
    let next = graphemes.get(end).and_then(|g| g.chars().next());
    if next.is_some_and(|c| closes(c) || stops(c)) {
        return false;
    }
    closes_sentence(graphemes, end)
}

/// Whether the text before `end` is closed by a full stop (quotes and brackets may follow it).
pub(super) fn closes_sentence(graphemes: &[&str], end: usize) -> bool {
    let mut at = end;
    let last = loop {
        let Some(c) = before(graphemes, at) else {
            return false;
        };
        if !closes(c) {
            break c;
        }
        at -= 1;
    };
    if !stops(last) {
        return false;
    }
    if last == '．' {
        // Numbers of full width have it inside, too.
        let next = graphemes.get(end).and_then(|g| g.chars().next());
        return !next.is_some_and(char::is_numeric);
    }
    if !matches!(last, '.' | '!' | '?' | '…' | '؟' | '۔') {
        return true;
    }
    // These also stand inside numbers, names and addresses: only white space after them ends.
    let spaced = graphemes
        .get(end)
        .is_none_or(|g| g.chars().all(char::is_whitespace));
    spaced && (last != '.' || !abbreviated(graphemes, at - 1))
}

/// Whether the word before the full stop at `stop` is an initial (`U.S.`, `J.`) or a short form.
fn abbreviated(graphemes: &[&str], stop: usize) -> bool {
    const SHORT: [&str; 29] = [
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "gen", "col", "lt", "sgt", "capt",
        "sen", "rep", "gov", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "jr", "sr", "dept",
        "etc", "rs", "ft",
    ];
    let word: String = graphemes
        .iter()
        .take(stop)
        .rev()
        .take_while(|g| g.chars().all(|c| c.is_alphanumeric() || c == '.'))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .copied()
        .collect();
    let initials = word.split('.').all(|part| part.chars().count() <= 1)
        && word.chars().any(char::is_alphabetic);
    initials || SHORT.contains(&word.to_lowercase().as_str())
}

/// Whether a text may be broken off here, with a mark.
pub(super) fn between_words(graphemes: &[&str], end: usize) -> bool {
    let (Some(left), Some(after)) = (before(graphemes, end), graphemes.get(end)) else {
        return false;
    };
    let right = after.chars().next().unwrap_or(' ');
    if left.is_whitespace() || left == '\u{200b}' {
        return false;
    }
    if right.is_whitespace() || right == '\u{200b}' {
        return true;
    }
    if !may_break(graphemes, end) {
        return false;
    }
    if left == '\u{f0b}' {
        // Tibetan marks the end of every syllable, and has spaces only after sentences.
        return true;
    }
    match (unspaced(left), unspaced(right)) {
        // Latin words inside Japanese or Chinese text have no spaces around them.
        (Some(Unspaced::Character), _) => true,
        (None, Some(Unspaced::Character)) => left.is_alphanumeric() || closes(left),
        // Thai has spaces between phrases; inside one, only when there is none for long.
        (Some(Unspaced::Syllable), Some(Unspaced::Syllable)) => !graphemes
            .iter()
            .take(end)
            .rev()
            .take(60)
            .any(|g| g.chars().all(char::is_whitespace)),
        _ => false,
    }
}

/// Whether nothing stands against a break here, be it between two words or inside one that is too long.
pub(super) fn may_break(graphemes: &[&str], end: usize) -> bool {
    let (Some(left), Some(right)) = (
        end.checked_sub(1).and_then(|at| graphemes.get(at)),
        graphemes.get(end),
    ) else {
        return false;
    };
    !left.chars().next().is_some_and(may_not_end) && !joins(left) && !may_not_begin(right)
}

/// An address is never torn: half of it leads elsewhere.
pub(super) fn starts_with_url(graphemes: &[&str]) -> bool {
    let start: String = graphemes
        .iter()
        .take(8)
        .copied()
        .collect::<String>()
        .to_lowercase();
    start.starts_with("http") || start.starts_with("www.")
}

fn before(graphemes: &[&str], end: usize) -> Option<char> {
    graphemes
        .get(end.checked_sub(1)?)
        .and_then(|g| g.chars().next())
}
