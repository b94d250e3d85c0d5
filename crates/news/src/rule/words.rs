//! Whether a word stands in a text: folded, and whole where its script puts spaces between words.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text as it is compared: NFKC in small letters, with single spaces. What is only a way of writing a letter
/// (the last sigma, the dotless i, the stretched line of Arabic) makes no difference.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.nfkc().flat_map(char::to_lowercase) {
        let c = match c {
            'ς' => 'σ',
            'ı' => 'i',
            // Small letters of the dotted I come with a dot above of their own.
            '\u{307}' if out.ends_with('i') => continue,
            '\u{640}' | '\u{ad}' | '\u{200b}' | '\u{feff}' => continue,
            other => other,
        };
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Both are folded. An empty word stands nowhere.
pub(super) fn stands_in(text: &str, word: &str) -> bool {
    let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) else {
        return false;
    };
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
        // A mark that follows belongs to the last letter, and makes another one of it.
        let begins = unspaced(first) || !before.is_some_and(continues);
        let ends = !after.is_some_and(is_combining_mark)
            && (unspaced(last) || hangul(last) || !after.is_some_and(continues));
        begins && ends
    })
}

/// Whether a word of a spaced script goes on with this character.
fn continues(c: char) -> bool {
    !unspaced(c)
        && (c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}'))
}

/// Chinese, Japanese, Thai, Lao, Tibetan, Burmese, Khmer: words stand side by side.
const fn unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0e00..=0x0fff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x2fdf | 0x3005..=0x3007
        | 0x3040..=0x312f | 0x31a0..=0x31bf | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

/// Korean has spaces, but what a word does in its sentence is written onto its end.
const fn hangul(c: char) -> bool {
    matches!(c as u32, 0xac00..=0xd7a3)
}
