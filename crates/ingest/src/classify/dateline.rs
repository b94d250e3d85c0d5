//! Datelines: where an agency's story was filed from, as it begins: "SEOUL, South Korea (AP) —".

use super::even;
use news::wire::WireCategory;

/// The place of filing in the agency's own letters: `SEOUL`.
pub(crate) fn dateline(categories: &[WireCategory], paragraphs: &[String]) -> Option<String> {
    let said = categories
        .iter()
        .find(|c| c.scheme.as_deref() == Some("dateline"));
    if let Some(category) = said {
        let term = category.term.trim();
        return (!term.is_empty() && term.chars().count() <= 60).then(|| term.to_owned());
    }
    let lead = even(paragraphs.first()?);
    let head = whole(&lead)?;
    let bracketed = head.trim_start_matches(['【', '［', '[']);
    let end = bracketed.find([',', '(', '/', '=', '＝', '　', '】', '，', '（']);
    let town = end
        .and_then(|end| bracketed.get(..end))
        .unwrap_or(bracketed)
        .trim();
    (2..=40)
        .contains(&town.chars().count())
        .then(|| town.to_owned())
}

/// What stands before the dash (or in the brackets) that ends a dateline; `None` without one.
pub(super) fn whole(first: &str) -> Option<&str> {
    if first.starts_with(['【', '［']) {
        // 【ソウル共同】, ［東京　２４日　ロイター］
        let end = first.find(['】', '］'])?;
        return first.get(..end).filter(|head| head.chars().count() <= 30);
    }
    let dash = ["—", "–", " - ", "-- "]
        .iter()
        .filter_map(|dash| first.find(dash))
        .min()?;
    let head = first.get(..dash)?.trim();
    let town = head.split([',', '(', '/']).next()?.trim();
    let capital = |c: char| c.is_uppercase() || !c.is_alphabetic();
    let letters = town.chars().filter(|c| c.is_alphabetic()).count();
    let is_one = head.chars().count() <= 80 && letters >= 2 && town.chars().all(capital);
    is_one.then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean;

    #[test]
    fn datelines_of_agencies() {
        let check = |text: &str, want: Option<&str>| {
            let paragraphs = clean::paragraphs(&clean::as_html(text));
            assert_eq!(dateline(&[], &paragraphs).as_deref(), want, "{text}");
        };
        check("SEOUL, South Korea (AP) — North Korea is", Some("SEOUL"));
        check("TOKYO (Kyodo) -- The government", Some("TOKYO"));
        check("NEW DELHI – India will", Some("NEW DELHI"));
        check("BEIJING, Nov 24 - China", Some("BEIJING"));
        check("【ソウル＝共同】韓国の大統領は", Some("ソウル"));
        check("［東京　２４日　ロイター］ - 日本", Some("東京"));
        check("TOKYO\u{a0}- The government", Some("TOKYO"));
        check("The minister — who resigned — said", None);
        check("A storm is near", None);
        check("", None);
        let said = WireCategory {
            scheme: Some("dateline".into()),
            term: "SEOUL".into(),
        };
        assert_eq!(dateline(&[said], &[]).as_deref(), Some("SEOUL"));
    }
}
