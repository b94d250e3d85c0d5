//! The door for texts: NUL is refused (PostgreSQL can't hold it), everything else is made NFC,
//! so that a store can move between engines without loss.

use crate::Result;
use news::{Refusal, text::single_spaced};
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A text as it is stored.
pub(crate) fn clean(text: &str) -> Result<String> {
    if text.contains('\0') {
        return Err(nul().into());
    }
    Ok(if is_nfc(text) {
        text.to_owned()
    } else {
        text.nfc().collect()
    })
}

/// One line, spaced as [`single_spaced`] says.
pub(crate) fn line(text: &str) -> Result<String> {
    Ok(single_spaced(&clean(text)?))
}

/// A line of at most so many characters. `what` begins the sentence that refuses a longer one.
pub(crate) fn short(text: &str, most: usize, what: &str) -> Result<String> {
    let line = line(text)?;
    if line.chars().count() > most {
        let sentence = format!("{what} can have {most} characters; please say it in fewer.");
        return Err(Refusal::Invalid(sentence).into());
    }
    Ok(line)
}

/// A line, or nothing where it is empty.
pub(crate) fn optional(text: Option<&str>) -> Result<Option<String>> {
    let line = text.map(line).transpose()?;
    Ok(line.filter(|l| !l.is_empty()))
}

/// Steps and running documents are only looked at: normalising would move the positions that steps count.
pub(crate) fn check_json(value: &Value) -> Result<()> {
    match value {
        Value::String(text) if text.contains('\0') => Err(nul().into()),
        Value::Array(all) => all.iter().try_for_each(check_json),
        Value::Object(map) => map.iter().try_for_each(|(key, value)| {
            if key.contains('\0') {
                Err(nul().into())
            } else {
                check_json(value)
            }
        }),
        _ => Ok(()),
    }
}

fn nul() -> Refusal {
    Refusal::Invalid("The text holds the character U+0000, which no news needs.".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_composed_and_without_nul() {
        assert_eq!(clean("Tokyo\u{304}").ok().as_deref(), Some("Tokyō"));
        for (text, want) in [
            ("  a\n\tb ", "a b"),
            ("台風\u{3000}九州へ", "台風\u{3000}九州へ"),
            ("台風 \u{3000} 九州へ\u{3000}", "台風\u{3000}九州へ"),
            ("12\u{a0}000 tons", "12\u{a0}000 tons"),
            ("a \u{a0}b", "a b"),
        ] {
            assert_eq!(line(text).ok().as_deref(), Some(want), "{text:?}");
        }
        assert!(short("four", 4, "It").is_ok() && short("fives", 4, "It").is_err());
        assert!(clean("a\0b").is_err());
        assert!(check_json(&serde_json::json!({"a": [{"b": "x\0"}]})).is_err());
        assert!(check_json(&serde_json::json!({"a\0": 1})).is_err());
        assert!(check_json(&serde_json::json!({"a": [1, null, "台風"]})).is_ok());
    }
}
