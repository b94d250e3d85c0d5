//! How alike two texts of one source are, by their pairs of letters.

use std::collections::HashMap;

/// How many thirds of the shorter headline stand in the longer one where both tell one story: an update says more.
const CLOSE: usize = 2;

type Pairs = HashMap<(char, char), usize>;

/// Whether two headlines share their pairs of letters (the overlap coefficient), in any script.
pub(super) fn are_close(one: &str, other: &str) -> bool {
    let (one, other) = (pairs(one), pairs(other));
    let shorter = one.values().sum::<usize>().min(other.values().sum());
    shorter > 0 && shared(&one, &other) * 3 >= shorter * CLOSE
}

/// Whether more than a tenth of a text is another, in any script: of the pairs of letters of both.
pub(super) fn says_something_else(before: &str, after: &str) -> bool {
    let (one, other) = (pairs(before), pairs(after));
    let all: usize = one.values().chain(other.values()).sum();
    if all == 0 {
        return before != after;
    }
    shared(&one, &other) * 20 < all * 9
}

fn shared(one: &Pairs, other: &Pairs) -> usize {
    let both = one
        .iter()
        .map(|(pair, n)| *n.min(other.get(pair).unwrap_or(&0)));
    both.sum()
}

fn pairs(text: &str) -> Pairs {
    let letters = text.chars().flat_map(char::to_lowercase);
    let letters: Vec<char> = letters.filter(|c| c.is_alphanumeric()).collect();
    let mut pairs = HashMap::new();
    for pair in letters.windows(2) {
        if let [one, two] = pair {
            *pairs.entry((*one, *two)).or_default() += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tellings_of_one_story_are_close() {
        let check = |one, other, want| assert_eq!(are_close(one, other), want, "{one} | {other}");
        check("台風が接近", "台風9号が接近、学校は休み", true);
        check(
            "Quake shakes Hualien, no injuries reported",
            "UPDATE 1-Quake shakes Hualien, two injured",
            true,
        );
        check("الأمطار تغلق المدارس", "الأمطار تغلق المدارس والطرق", true);
        check(
            "Rice prices fall in Manila",
            "Chip exports rise in Busan",
            false,
        );
        check("台風が接近", "円相場が下落", false);
        check(
            "Rice prices fall in Manila",
            "Rain keeps Manila’s schools closed",
            false,
        );
        check("", "", false);
    }

    #[test]
    fn more_than_a_tenth_is_something_else() {
        let check = |one: &str, other: &str, want| {
            assert_eq!(says_something_else(one, other), want, "{one} | {other}")
        };
        let long = "Ferries between the islands stop at noon because of high waves, the harbour office says.";
        check(long, long, false);
        check(long, &long.replace("noon", "one"), false);
        check(long, &format!("UPDATE: {long}"), false);
        check(long, &format!("{long} Buses go on as usual."), true);
        check(
            "台風九号が接近、学校は休み",
            "台風九号が通過、学校は再開",
            true,
        );
        check("雨", "雨", false);
        check("雨", "雪", true);
        check("", "Ferries stop", true);
    }
}
