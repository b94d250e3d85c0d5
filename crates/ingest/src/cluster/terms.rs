//! A text's terms: words where a script has spaces, pairs of characters where it has none.

use crate::language::simplified;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// What longer words are cut to: languages that inflect do it at the end.
const STEM: usize = 6;

/// A text for comparing: compatible characters alike, small letters, simplified Han.
pub(super) fn folded(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .map(simplified)
        .collect()
}

/// The terms of a [`folded`] text, in its order.
pub(super) fn terms(folded: &str) -> Vec<String> {
    let mut all = Vec::new();
    for word in folded.unicode_words() {
        let mut run: Vec<char> = Vec::new();
        // A word of mixed scripts falls apart where the script changes: 第3四半期.
        for c in word.chars() {
            if run.last().is_some_and(|last| paired(*last) != paired(c)) {
                take(&run, &mut all);
                run.clear();
            }
            run.push(c);
        }
        take(&run, &mut all);
    }
    all.extend(pairs_across(folded));
    all
}

fn take(run: &[char], all: &mut Vec<String>) {
    match run.first() {
        Some(first) if !paired(*first) && run.len() > 1 && !first.is_numeric() => {
            all.push(run.iter().take(STEM).collect());
        }
        _ => {}
    }
}

/// Pairs of neighbours in scripts without spaces, and in Korean, whose particles cling to their nouns.
fn pairs_across(folded: &str) -> Vec<String> {
    let chars: Vec<char> = folded.chars().collect();
    let pairs = chars
        .windows(2)
        .filter(|pair| pair.iter().all(|c| paired(*c)));
    pairs.map(|pair| pair.iter().collect()).collect()
}

/// Whether a character's terms are pairs.
pub(super) fn paired(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// The numbers in a text, in Western digits and without separators; years and single digits say too
/// little. Han units are multiplied out: 1万2000.
pub(super) fn numbers(folded: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut digits = String::new();
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = digit(c) {
            digits.push(digit);
            continue;
        }
        let next = chars.peek().copied();
        let goes_on = next.is_some_and(|c| digit(c).is_some());
        match c {
            '.' | '٫' if goes_on && !digits.is_empty() => digits.push('.'),
            ',' | '٬' | '\u{a0}' | '\u{202f}' if goes_on && !digits.is_empty() => {}
            _ => finish(&mut digits, &mut all),
        }
    }
    finish(&mut digits, &mut all);
    all
}

fn finish(digits: &mut String, all: &mut Vec<String>) {
    let number = std::mem::take(digits);
    let whole = number.parse::<f64>().unwrap_or_default();
    let year = number.len() == 4 && (1900.0..=2600.0).contains(&whole);
    if !year && (number.len() > 1 || number.contains('.')) && whole > 0.0 {
        all.push(number.trim_end_matches(".0").to_owned());
    }
}

/// A digit of any script, in Western ones.
pub(super) fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 10] = ['0', '٠', '۰', '०', '০', '๐', '០', '၀', '໐', '௦'];
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        char::from_digit(value, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_or_pairs_by_script() {
        let check = |text: &str, want: &[&str]| assert_eq!(terms(&folded(text)), want, "{text}");
        check(
            "Ferry capsizes off Cebu",
            &["ferry", "capsiz", "off", "cebu"],
        );
        check("台風接近", &["台风", "风接", "接近"]);
        check("서울에서", &["서울", "울에", "에서"]);
        check("ＡＩ半導体", &["ai", "半导", "导体"]);
    }

    #[test]
    fn numbers_in_many_digits() {
        let check = |text: &str, want: &[&str]| assert_eq!(numbers(&folded(text)), want, "{text}");
        check("5.8 magnitude, 1,200 homes in 2026", &["5.8", "1200"]);
        check("१२ घायल, ٢٣ جريحا", &["12", "23"]);
        check("第3四半期 12.0%", &["12"]);
    }
}
