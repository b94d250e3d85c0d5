//! Names across scripts: 田中 can't be heard, but Tanaka, タナカ, 타나카 and تاناكا sound alike.
//!
//! A name's key is the skeleton of its consonants in a transliteration, the letters that scripts
//! confuse folded into one.

use any_ascii::any_ascii;

/// Fewer consonants than this are everybody's.
const LEAST: usize = 3;
const MOST: usize = 8;

/// The key of a word that may be a name; `None` where it has too few consonants.
pub(super) fn key(word: &str) -> Option<String> {
    let mut key = String::new();
    for c in any_ascii(word).chars() {
        let Some(c) = class(c.to_ascii_lowercase()) else {
            continue;
        };
        // Scripts of India write the nasal before a consonant with one sign.
        if key.ends_with('m') && matches!(c, 't' | 'k' | 's') {
            key.pop();
            key.push('n');
        }
        if !key.ends_with(c) {
            key.push(c);
        }
        if key.len() >= MOST {
            break;
        }
    }
    (key.len() >= LEAST).then_some(key)
}

/// The class of a consonant; vowels, half vowels and breaths have none.
const fn class(letter: char) -> Option<char> {
    Some(match letter {
        'b' | 'p' => 'b',
        'f' | 'v' => 'f',
        'c' | 'g' | 'k' | 'q' => 'k',
        's' | 'z' | 'x' | 'j' => 's',
        'd' | 't' => 't',
        'l' | 'r' => 'r',
        'm' => 'm',
        'n' => 'n',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_many_scripts() {
        let same = |names: &[&str]| {
            let keys: Vec<_> = names.iter().map(|n| key(n)).collect();
            assert!(keys.windows(2).all(|k| k[0] == k[1]), "{names:?} {keys:?}");
        };
        same(&["Tanaka", "タナカ", "Танака", "तनाका"]);
        same(&["Kuroshio", "クロシオ"]);
        same(&["Sundaram", "सुंदरम"]);
        assert_eq!(key("Aoi"), None);
    }
}
