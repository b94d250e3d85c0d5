//! How much of an agency's text may stand: the least of what its terms say in characters, in words,
//! and as a share of what it gave us.

use super::length;
use crate::UsageTerms;
use unicode_segmentation::UnicodeSegmentation;

/// Room for an agency's words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Room {
    chars: usize,
    words: usize,
}

impl Room {
    /// What the terms leave of a text of `given` characters.
    #[must_use]
    pub fn under(terms: &UsageTerms, given: usize) -> Self {
        let share = terms.max_share.map_or(usize::MAX, |percent| {
            given.saturating_mul(usize::from(percent.min(100))) / 100
        });
        Self {
            chars: size(terms.max_chars).min(share),
            words: terms.max_words.map_or(usize::MAX, size),
        }
    }

    /// So many characters (grapheme clusters), however many words they are.
    #[must_use]
    pub const fn of_chars(chars: usize) -> Self {
        Self {
            chars,
            words: usize::MAX,
        }
    }

    /// No more characters than this.
    #[must_use]
    pub fn at_most(self, chars: usize) -> Self {
        Self {
            chars: self.chars.min(chars),
            ..self
        }
    }

    /// Whether these paragraphs fit.
    #[must_use]
    pub fn holds(self, paragraphs: &[impl AsRef<str>]) -> bool {
        length(paragraphs) <= self.chars
            && (self.words == usize::MAX || words(paragraphs) <= self.words)
    }

    /// How many characters of these paragraphs fit.
    #[must_use]
    pub fn in_chars(self, paragraphs: &[impl AsRef<str>]) -> usize {
        if self.words == usize::MAX {
            return self.chars;
        }
        let mut words = self.words;
        let mut chars = 0;
        for text in paragraphs.iter().map(AsRef::as_ref) {
            // The text up to the word that is one too many.
            let beyond = text.unicode_word_indices().nth(words).map(|(at, _)| at);
            let within = beyond.and_then(|at| text.get(..at)).unwrap_or(text);
            chars += within.graphemes(true).count();
            if beyond.is_some() || chars >= self.chars {
                break;
            }
            words -= within.unicode_words().count();
        }
        chars.min(self.chars)
    }
}

/// How many words: by UAX 29, so that every Han character is one and every syllable of Thai.
fn words(paragraphs: &[impl AsRef<str>]) -> usize {
    let words = paragraphs
        .iter()
        .map(|p| p.as_ref().unicode_words().count());
    words.sum()
}

fn size(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::excerpt::cut;

    fn terms(max_chars: u32, max_words: Option<u32>, max_share: Option<u8>) -> UsageTerms {
        UsageTerms {
            max_chars,
            max_words,
            max_share,
            ..UsageTerms::default()
        }
    }

    #[test]
    fn the_least_of_what_the_terms_say() {
        let text = ["The ferry left port. It carried rice.", "Nobody was hurt."];
        let check = |terms: UsageTerms, want: &[&str]| {
            let room = Room::under(&terms, length(&text));
            let kept = cut(&text, room);
            assert_eq!(kept, want, "{terms:?}");
            assert!(room.holds(&kept), "{terms:?}");
        };
        check(terms(280, None, None), &text);
        check(terms(280, Some(10), None), &text);
        check(terms(280, Some(7), None), &[text[0]]);
        check(terms(280, Some(4), None), &["The ferry left port."]);
        check(terms(280, Some(3), None), &["The ferry left…"]);
        check(terms(280, Some(0), None), &[]);
        check(terms(280, None, Some(50)), &["The ferry left port."]);
        check(terms(280, None, Some(0)), &[]);
        check(terms(12, Some(4), Some(50)), &["The ferry…"]);
    }

    #[test]
    fn scripts_without_spaces_have_words_too() {
        let text = ["台風が接近している。住民は避難した。"];
        let room = Room::under(&terms(280, Some(9), None), 18);
        let kept = cut(&text, room);
        assert!(room.holds(&kept), "{kept:?}");
        assert!(!kept.is_empty());
    }
}
