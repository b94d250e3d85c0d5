//! Things that are told apart by their number: 台風7号 is not 台風8号, however alike what is written of both.

use super::terms::digit;
use std::collections::BTreeSet;

/// A thing and its number.
type Numbered = (String, String);

/// The numbered things of a headline that was folded: the word before the number, or after it (第8号台风).
pub(super) fn numbered(folded: &str) -> BTreeSet<Numbered> {
    let chars: Vec<char> = folded.chars().collect();
    let mut all = BTreeSet::new();
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == '号') {
        let (before, after) = chars.split_at(at);
        let number: String = before.iter().rev().map_while(|c| digit(*c)).collect();
        let word = before.iter().rev().skip(number.chars().count());
        let word: String = word.take_while(|c| names_a_thing(**c)).take(2).collect();
        let next = after.iter().skip(1).take_while(|c| names_a_thing(**c));
        let word: String = if word.is_empty() {
            next.take(2).collect()
        } else {
            word.chars().rev().collect()
        };
        if !number.is_empty() && !word.is_empty() {
            all.insert((word, number.chars().rev().collect()));
        }
    }
    all
}

/// Whether two headlines tell of things of one kind with other numbers.
pub(super) fn differ(one: &BTreeSet<Numbered>, other: &BTreeSet<Numbered>) -> bool {
    let kind = |(kind, _): &Numbered| other.iter().any(|(theirs, _)| theirs == kind);
    one.iter().any(kind) && one.is_disjoint(other)
}

/// A Han that is no sign of order.
const fn names_a_thing(c: char) -> bool {
    c != '第' && matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::super::terms::folded;
    use super::*;

    #[test]
    fn what_has_another_number_is_another_thing() {
        let check = |one: &str, other: &str, want: bool| {
            let [one, other] = [one, other].map(|text| numbered(&folded(text)));
            assert_eq!(differ(&one, &other), want, "{one:?} {other:?}");
            assert_eq!(differ(&other, &one), want, "{one:?} {other:?}");
        };
        check("台風7号が発生", "台風8号が接近", true);
        check("颱風第７號生成", "台風7号が発生", false);
        check("第8号台风生成", "第９号台风登陆", true);
        check("第8号台风生成", "台風8号が発生", false);
        // Another kind of thing, none on one side, or both on one.
        check("台風7号で国道8号が通行止め", "台風7号が上陸", false);
        check("国道8号が通行止め", "台風7号が上陸", false);
        check("台風が上陸", "台風7号が発生", false);
        check("台風7号と8号、台風9号も", "台風9号が発生", false);
        check("大安売り号外", "台風7号が発生", false);
    }
}
