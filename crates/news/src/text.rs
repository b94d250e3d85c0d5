//! Rules for all text, whoever wrote it. What `store` keeps and what `ingest` cleans is spaced by them.

/// The text in one line: white space is single and nowhere at the ends.
///
/// The wide space of Chinese and Japanese (U+3000) and the spaces that hold words together (U+00A0)
/// mean something, so they stay: a run of white space becomes U+3000 where it has one, the white
/// space itself where it is a single one that breaks no line, and an ASCII space otherwise.
/// Of a text that [`is_blank`] nothing is left.
#[must_use]
pub fn single_spaced(text: &str) -> String {
    if is_blank(text) {
        return String::new();
    }
    let mut out = String::with_capacity(text.len());
    let mut space = None;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            space = Some(match space {
                _ if c == '\u{3000}' => c,
                Some('\u{3000}') => '\u{3000}',
                None if !breaks_line(c) => c,
                _ => ' ',
            });
        } else {
            out.extend(space.take());
            out.push(c);
        }
    }
    out
}

/// Whether a reader would see nothing of it: it has only white space and characters without a shape of their own.
/// Joiners and marks of direction mean something inside words, and alone they are no words.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(shows_nothing)
}

/// White space, control characters, Unicode's `Default_Ignorable_Code_Point` (`DerivedCoreProperties.txt`), and the
/// blank of Braille.
fn shows_nothing(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}')
        || matches!(c, '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// White space that is a control character, and the two separators that Unicode keeps apart from those.
fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_single_and_means_what_it_meant() {
        for (text, want) in [
            ("", ""),
            (" \n\u{3000}", ""),
            ("  a\n\tb ", "a b"),
            ("a\u{2028}b", "a b"),
            ("台風\u{3000}九州へ", "台風\u{3000}九州へ"),
            ("台風 \u{3000} 九州へ\u{3000}", "台風\u{3000}九州へ"),
            ("台風\n\u{3000}九州へ", "台風\u{3000}九州へ"),
            ("12\u{a0}000 tons", "12\u{a0}000 tons"),
            ("a \u{a0}b", "a b"),
            ("a\u{a0}\u{a0}b", "a b"),
        ] {
            assert_eq!(single_spaced(text), want, "{text:?}");
        }
    }

    #[test]
    fn what_nobody_sees_is_blank() {
        for text in [
            "",
            " \n\u{a0}\u{3000}",
            "\u{200b}",
            "\u{200d}\u{200c}",
            "\u{ad}\u{feff}",
            "\u{3164}\u{115f}\u{ffa0}",
            "\u{2800} \u{2800}",
            "\u{202e}\u{2066}",
            "\u{fe0f}\u{e0020}",
        ] {
            assert!(is_blank(text) && single_spaced(text).is_empty(), "{text:?}");
        }
        for text in [
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}🌾",
            "⠃",
            "\u{200f}خبر",
        ] {
            assert!(!is_blank(text), "{text:?}");
            assert_eq!(single_spaced(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn once_is_enough(text in "[ \t\n\u{a0}\u{3000}a台]{0,20}") {
            let once = single_spaced(&text);
            proptest::prop_assert_eq!(single_spaced(&once), once);
        }
    }
}
