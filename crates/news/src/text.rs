//! Rules for all text, whoever wrote it. What `store` keeps and what `ingest` cleans is spaced by them.

/// The text in one line: white space is single and nowhere at the ends.
///
/// The wide space of Chinese and Japanese (U+3000) and the spaces that hold words together (U+00A0)
/// mean something, so they stay: a run of white space becomes U+3000 where it has one, the white
/// space itself where it is a single one that breaks no line, and an ASCII space otherwise.
#[must_use]
pub fn single_spaced(text: &str) -> String {
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

    proptest::proptest! {
        #[test]
        fn once_is_enough(text in "[ \t\n\u{a0}\u{3000}a台]{0,20}") {
            let once = single_spaced(&text);
            proptest::prop_assert_eq!(single_spaced(&once), once);
        }
    }
}
