//! What the model looks at in a text: pieces of its words by a hash, and the stems that stand in it.

use super::stems::Stems;
use crate::language::simplified;
use news::Lang;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What was found in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Features {
    /// Hashes of its pieces, each once.
    pub(super) pieces: BTreeSet<u32>,
    /// The numbers of its stems.
    pub(super) stems: BTreeSet<u32>,
}

impl Features {
    /// Of a text in this language.
    pub(super) fn of(text: &str, lang: &Lang) -> Self {
        let folded = folded(text, lang.primary() == "zh");
        let mut pieces = BTreeSet::new();
        for run in folded.split(|c: char| !in_word(c)) {
            pieces_of(run, &mut pieces);
        }
        if folded.contains(TSHEG) {
            syllables_of(&folded, &mut pieces);
        }
        Self {
            pieces,
            stems: Stems::found(&folded, lang),
        }
    }
}

/// Composed for compatibility, in lower case; Chinese in simplified characters.
pub(super) fn folded(text: &str, chinese: bool) -> String {
    let lower = text.nfkc().flat_map(char::to_lowercase);
    if chinese {
        lower.map(simplified).collect()
    } else {
        lower.collect()
    }
}

/// Whether it belongs to a word: letters, the marks on them, and the joiners between them.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// Words with spaces between them give pieces with their borders; runs without spaces any that stand in them.
fn pieces_of(run: &str, into: &mut BTreeSet<u32>) {
    let mut letters: Vec<char> = run.chars().collect();
    if letters.is_empty() {
        return;
    }
    let sizes = if letters.iter().any(|c| is_han(*c)) {
        1..=3
    } else if letters.iter().any(|c| is_unspaced(*c)) {
        2..=5
    } else {
        letters.insert(0, '<');
        letters.push('>');
        3..=5
    };
    for size in sizes {
        into.extend(letters.windows(size).map(hash));
    }
}

/// Stands between the syllables of Tibetan and Dzongkha, where other scripts have spaces between words.
const TSHEG: char = '\u{0f0b}';

/// Whole syllables, and each with the next: a word has one or two.
fn syllables_of(text: &str, into: &mut BTreeSet<u32>) {
    let is_part = |c: char| matches!(c, '\u{0f40}'..='\u{0fbc}');
    let all: Vec<&str> = text
        .split(|c| !is_part(c))
        .filter(|s| !s.is_empty())
        .collect();
    let one = all.iter().map(|syllable| format!("<{syllable}"));
    let two = all.windows(2).map(|pair| pair.join("\u{0f0b}"));
    into.extend(
        one.chain(two)
            .map(|piece| hash(&piece.chars().collect::<Vec<_>>())),
    );
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// Kana, Thai, Lao, Tibetan, Myanmar, Khmer; Hangul, whose words carry their particles.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{0e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{ac00}'..='\u{d7a3}')
}

/// FNV-1a over the code points.
fn hash(piece: &[char]) -> u32 {
    let bytes = piece.iter().flat_map(|c| u32::from(*c).to_le_bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
