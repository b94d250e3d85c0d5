//! What news is about, in many languages: the bridge between tellings that share no word.
//! The table is `concepts.tsv`; a concept is the number of its line.

use super::terms::paired;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

const TABLE: &str = include_str!("concepts.tsv");

/// The concepts of a text that was folded.
pub(super) fn concepts(folded: &str) -> BTreeSet<u16> {
    let stems = &*STEMS;
    let mut found = BTreeSet::new();
    let words = folded.unicode_word_indices();
    for (at, word) in words {
        let Some(first) = word.chars().next().filter(|c| !paired(*c)) else {
            continue;
        };
        let rest = folded.get(at..).unwrap_or_default();
        stems.begun(first, rest, &mut found);
        // Arabic writes its article, its prepositions and the person of a verb together with the word.
        for (skipped, next) in word.chars().zip(word.char_indices().skip(1)).take(3) {
            if !matches!(skipped, 'ا' | 'ل' | 'و' | 'ف' | 'ب' | 'ك' | 'ي' | 'ت' | 'س') {
                break;
            }
            let (further, first) = next;
            stems.begun(first, rest.get(further..).unwrap_or_default(), &mut found);
        }
        found.extend(stems.whole.get(word).into_iter().flatten());
    }
    for (at, c) in folded.char_indices().filter(|(_, c)| paired(*c)) {
        let rest = folded.get(at..).unwrap_or_default();
        for (stem, concept) in stems.anywhere.get(&c).into_iter().flatten() {
            if rest.starts_with(stem.as_str()) {
                found.insert(*concept);
            }
        }
    }
    found
}

/// Stems by their first character, and whole words.
#[derive(Default)]
struct Stems {
    begun: HashMap<char, Vec<(String, u16)>>,
    anywhere: HashMap<char, Vec<(String, u16)>>,
    whole: HashMap<String, Vec<u16>>,
}

static STEMS: LazyLock<Stems> = LazyLock::new(|| {
    let mut all = Stems::default();
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    for (line, concept) in lines.zip(0_u16..) {
        let stems = line.split('\t').skip(1).flat_map(|cell| cell.split('|'));
        for stem in stems {
            let stem = super::terms::folded(stem);
            match stem.strip_prefix('=') {
                Some(word) => all.whole.entry(word.to_owned()).or_default().push(concept),
                None => all.begin(stem, concept),
            }
        }
    }
    all
});

impl Stems {
    fn begun(&self, first: char, text: &str, found: &mut BTreeSet<u16>) {
        for (stem, concept) in self.begun.get(&first).into_iter().flatten() {
            if text.starts_with(stem.as_str()) {
                found.insert(*concept);
            }
        }
    }

    fn begin(&mut self, stem: String, concept: u16) {
        if let Some(first) = stem.chars().next() {
            let table = if paired(first) {
                &mut self.anywhere
            } else {
                &mut self.begun
            };
            table.entry(first).or_default().push((stem, concept));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::terms::folded;
    use super::*;

    #[test]
    fn one_event_in_many_languages_is_about_the_same() {
        let quake = concepts(&folded("Earthquake kills three"));
        for text in [
            "地震で３人死亡",
            "地震造成三人死亡",
            "지진으로 3명 사망",
            "زلزال يقتل ثلاثة",
            "भूकंप में तीन की मौत",
            "แผ่นดินไหวเสียชีวิต 3 ราย",
            "Gempa tewaskan tiga orang",
            "Động đất làm ba người thiệt mạng",
            "При землетрясении погибли трое",
            "Depremde üç kişi öldü",
            "زلزله سه کشته بر جا گذاشت",
            "ভূমিকম্পে তিনজন নিহত",
            "زلزلے سے تین افراد ہلاک",
        ] {
            let found = concepts(&folded(text));
            assert!(quake.is_subset(&found), "{text}: {found:?} {quake:?}");
        }
    }

    #[test]
    fn every_line_has_every_language() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 15, "{line}");
        }
    }
}
