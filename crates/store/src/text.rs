//! The door for texts: NUL is refused (PostgreSQL can't hold it), everything else is made NFC,
//! so that a store can move between engines without loss.

use crate::Result;
use news::Refusal;
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

/// One line: white space is single and nowhere at the ends.
pub(crate) fn line(text: &str) -> Result<String> {
    let clean = clean(text)?;
    Ok(clean.split_whitespace().collect::<Vec<_>>().join(" "))
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
        assert_eq!(line("  a\n\tb ").ok().as_deref(), Some("a b"));
        assert!(clean("a\0b").is_err());
        assert!(check_json(&serde_json::json!({"a": [{"b": "x\0"}]})).is_err());
        assert!(check_json(&serde_json::json!({"a\0": 1})).is_err());
        assert!(check_json(&serde_json::json!({"a": [1, null, "台風"]})).is_ok());
    }
}
