//! Character references: `&amp;`, `&nbsp;`, `&#8230;`, and what only looks like one.

use encoding_rs::WINDOWS_1252;
use quick_xml::escape::resolve_html5_entity;

/// Longest name of HTML's list, in bytes.
const LONGEST: usize = 32;

/// The text with every known reference as the characters it stands for.
pub(crate) fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = split_at_char(rest, '&') {
        out.push_str(before);
        match resolved(from) {
            Some((characters, length)) => {
                out.push_str(&characters);
                rest = from.get(length..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// What the reference at the start of `from` stands for, and its length; `None` where it is none.
pub(crate) fn resolved(from: &str) -> Option<(String, usize)> {
    let inner = from.strip_prefix('&')?;
    let end = inner.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = inner.get(..end)?;
    let characters = match name.strip_prefix('#') {
        Some(number) => {
            let (digits, radix) = match number.strip_prefix(['x', 'X']) {
                Some(hex) => (hex, 16),
                None => (number, 10),
            };
            character(u32::from_str_radix(digits, radix).ok()?)?
        }
        None => resolve_html5_entity(name)?.to_owned(),
    };
    Some((characters, end + 2))
}

/// A number's character. Control characters become nothing, except that 128 to 159 are read as
/// Windows-1252, as every browser does.
fn character(number: u32) -> Option<String> {
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(number) {
        return Some(
            WINDOWS_1252
                .decode_without_bom_handling(&[byte])
                .0
                .into_owned(),
        );
    }
    let c = char::from_u32(number)?;
    let kept = !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    Some(if kept { c.to_string() } else { String::new() })
}

fn split_at_char(text: &str, c: char) -> Option<(&str, &str)> {
    text.split_at_checked(text.find(c)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_their_characters() {
        let check = |text: &str, want: &str| assert_eq!(decoded(text), want, "{text}");
        check("AT&amp;T &lt;b&gt;", "AT&T <b>");
        check("a&nbsp;b&hellip;", "a\u{a0}b…");
        check("&#26481;&#x4eac;", "東京");
        check("&#147;quoted&#148;", "“quoted”");
        check(
            "Q&A & more; &nosuch; &#xfffffff;",
            "Q&A & more; &nosuch; &#xfffffff;",
        );
        check("a&#0;&#8;b", "ab");
    }
}
