//! Ends of sentences and borders of words, script by script.
//! Positions count graphemes: `end` lies between `graphemes[end - 1]` and `graphemes[end]`.

#[cfg(test)]
mod tests;

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
    let (Some(left), Some(right)) = (before(graphemes, end), graphemes.get(end)) else {
        return false;
    };
    let right = right.chars().next().unwrap_or(' ');
    if left.is_whitespace() || left == '\u{200b}' {
        return false;
    }
    if right.is_whitespace() || right == '\u{200b}' {
        return true;
    }
    if may_not_end(left) || may_not_begin(right) {
        return false;
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

/// What may not stand before "…": spaces, commas, dashes, opening quotes and brackets.
pub(super) fn hangs(c: char) -> bool {
    c.is_whitespace()
        || opens(c)
        || matches!(
            c,
            ',' | ';' | ':' | '-' | '–' | '—' | '/' | '、' | '，' | '；' | '：' | '・'
        )
        || matches!(c, '،' | '؛' | '\u{200b}' | '\u{200c}' | '\u{200d}')
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

fn stops(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '。' | '．' | '！' | '？' | '｡' | '।' | '॥' | '؟' | '۔'
    ) || matches!(c, '။' | '។' | '៕' | '։' | '።' | '།')
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '“' | '‘' | '«' | '「' | '『' | '（' | '［' | '【' | '《' | '〈'
    )
}

fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '”' | '’' | '"' | '\'' | '»' | '」' | '』' | '）' | '］' | '】'
    ) || matches!(c, '》' | '〉')
}

fn may_not_end(left: char) -> bool {
    // Thai and Lao vowels that are written before their consonant.
    opens(left) || matches!(left, 'เ'..='ไ' | 'ເ'..='ໄ')
}

fn may_not_begin(right: char) -> bool {
    closes(right)
        || stops(right)
        || matches!(
            right,
            ',' | ';' | ':' | '%' | '、' | '，' | '；' | '：' | '・' | '％'
        )
        || matches!(right, 'ー' | '々' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '〜' | '～')
        || matches!(
            right,
            'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ'
        )
        || matches!(
            right,
            'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ'
        )
        || matches!(right, 'ะ' | 'า' | 'ำ' | 'ๅ' | 'ๆ' | 'ฯ' | 'ະ' | 'າ' | 'ໆ')
}

/// Scripts written without spaces between words.
#[derive(Clone, Copy)]
enum Unspaced {
    /// Broken between any two characters.
    Character,
    /// Broken between syllables, better at a space.
    Syllable,
}

fn unspaced(c: char) -> Option<Unspaced> {
    match c {
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => {
            Some(Unspaced::Character)
        }
        '\u{20000}'..='\u{323af}' | '々' | '〆' => Some(Unspaced::Character),
        // Punctuation of full width breaks like the characters beside it.
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ff01}'..='\u{ff5e}' => {
            Some(Unspaced::Character)
        }
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
            Some(Unspaced::Syllable)
        }
        _ => None,
    }
}
