//! Characters: composed, spaces single, nothing invisible that changes how the rest reads.

use news::text::single_spaced;
use unicode_normalization::UnicodeNormalization;

/// How many marks may stand on one letter; more is no language's.
const MAX_MARKS: usize = 3;

/// The text in one line, spaced as [`single_spaced`] says, in normal form C.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let visible = text
        .chars()
        .filter(|c| c.is_whitespace() || !is_invisible(*c));
    for c in visible.nfc() {
        if c.is_whitespace() {
            out.push(c);
            continue;
        }
        marks = if is_stacking_mark(c) { marks + 1 } else { 0 };
        if marks <= MAX_MARKS {
            out.push(c);
        }
    }
    single_spaced(&out)
}

/// Control characters, overrides of direction, and non-characters. Joiners and the word breaks of
/// Khmer and Thai stay.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}')
        || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..)
}

/// The marks that are piled up for mischief; vowel signs of Asian scripts are others.
const fn is_stacking_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
}
