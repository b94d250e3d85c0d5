//! Stems that tell what a text is about, in the languages of our feeds. The table is `stems.tsv`.

use super::features::{folded, in_word};
use news::Lang;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

const TABLE: &str = include_str!("stems.tsv");

/// What stems are grouped by; finer than sections where a section is of several minds.
pub(super) const GROUPS: [&str; 11] = [
    "sport", "politics", "culture", "travel", "health", "science", "tech", "nature", "business",
    "society", "conflict",
];

struct Stem {
    text: String,
    /// Which one of [`KNOWN`] it is.
    id: u32,
    /// It is the whole word.
    whole: bool,
}

/// A stem's group by the stem's number; a text that says the same in several lists is one stem.
type Groups = Vec<usize>;

/// The stems of one language, by their first character.
#[derive(Default)]
pub(super) struct Stems(HashMap<char, Vec<Stem>>);

static KNOWN: LazyLock<(HashMap<&str, Stems>, Groups)> = LazyLock::new(|| {
    let (mut all, mut groups): (HashMap<&str, Stems>, Groups) = Default::default();
    let mut ids: HashMap<(String, usize), u32> = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(lang), Some(name), Some(stems)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let Some(group) = GROUPS.iter().position(|group| *group == name) else {
            continue;
        };
        for stem in stems.split('|') {
            let bare = stem.trim_start_matches('=');
            let text = folded(bare, lang == "zh");
            let whole = bare.len() < stem.len();
            let Some(first) = text.chars().next() else {
                continue;
            };
            let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
            let id = *ids.entry((text.clone(), group)).or_insert_with(|| {
                groups.push(group);
                next
            });
            let stems = &mut all.entry(lang).or_default().0;
            stems
                .entry(first)
                .or_default()
                .push(Stem { text, id, whole });
        }
    }
    (all, groups)
});

/// How many stems there are.
pub(super) fn count() -> usize {
    KNOWN.1.len()
}

/// The group of a stem, as a place in [`GROUPS`].
pub(super) fn group(stem: u32) -> usize {
    let place = usize::try_from(stem).unwrap_or(usize::MAX);
    KNOWN.1.get(place).copied().unwrap_or_default()
}

impl Stems {
    /// The numbers of the stems that stand in a folded text.
    pub(super) fn found(text: &str, lang: &Lang) -> BTreeSet<u32> {
        let mut hits = BTreeSet::new();
        for list in lists(lang.primary()) {
            if let Some(stems) = KNOWN.0.get(list) {
                stems.find(text, anywhere(list), prefixes(lang.primary()), &mut hits);
            }
        }
        hits
    }

    fn find(
        &self,
        text: &str,
        anywhere: bool,
        (prefix, most): (&str, usize),
        hits: &mut BTreeSet<u32>,
    ) {
        // How many letters of the word stand before, as long as all of them may be written together with the next.
        let mut before = Some(0);
        for (at, c) in text.char_indices() {
            let starts = anywhere || before.is_some_and(|letters| letters <= most);
            if starts {
                for stem in self.0.get(&c).into_iter().flatten() {
                    let rest = text
                        .get(at..)
                        .and_then(|rest| rest.strip_prefix(&*stem.text));
                    let ends = |rest: &str| !rest.chars().next().is_some_and(in_word);
                    if rest.is_some_and(|rest| !stem.whole || ends(rest)) {
                        hits.insert(stem.id);
                    }
                }
            }
            before = match before {
                _ if !in_word(c) => Some(0),
                Some(letters) if prefix.contains(c) => Some(letters + 1),
                _ => None,
            };
        }
    }
}

/// Scripts whose words aren't apart, and Korean, where a stem may stand inside.
fn anywhere(list: &str) -> bool {
    matches!(list, "zh" | "ja" | "ko" | "th" | "lo" | "my" | "km")
}

/// What is written together with the word that follows, and how much of it.
fn prefixes(lang: &str) -> (&'static str, usize) {
    match lang {
        "ar" => ("الوفبكيتسن", 3),
        "he" => ("הבלומשכ", 2),
        _ => ("", 0),
    }
}

/// The lists of a language: its own, and those of neighbours that share its words.
fn lists(lang: &str) -> &'static [&'static str] {
    match lang {
        "id" | "ms" => &["id"],
        "jv" => &["jv", "id"],
        "su" => &["su", "id"],
        "vi" => &["vi"],
        "tr" => &["tr"],
        "az" => &["az", "tr"],
        "tk" => &["tk", "az", "tr"],
        "uz" => &["uz", "tr"],
        "ku" => &["ku", "tr"],
        "tl" | "fil" => &["tl"],
        "ceb" => &["ceb", "tl"],
        "ru" | "uk" | "be" => &["ru"],
        "kk" => &["kk", "ru"],
        "ky" => &["ky", "kk", "ru"],
        "mn" => &["mn", "ru"],
        "tg" => &["tg", "ru"],
        "ar" => &["ar"],
        "fa" => &["fa"],
        "ur" => &["ur", "fa"],
        "ps" => &["ps"],
        "sd" => &["sd"],
        "ckb" => &["ckb"],
        "ug" => &["ug"],
        "hi" => &["hi"],
        "mr" => &["mr", "hi"],
        "ne" => &["ne", "hi"],
        "mai" => &["mai", "hi", "ne"],
        "bn" => &["bn"],
        "as" => &["as", "bn"],
        "or" => &["or"],
        "bo" | "dz" => &["bo"],
        "zh" | "yue" => &["zh"],
        "ja" => &["ja"],
        "ko" => &["ko"],
        "th" => &["th"],
        "lo" => &["lo"],
        "my" => &["my"],
        "km" => &["km"],
        "ta" => &["ta"],
        "te" => &["te"],
        "kn" => &["kn"],
        "ml" => &["ml"],
        "gu" => &["gu"],
        "pa" => &["pa"],
        "si" => &["si"],
        "he" => &["he"],
        "hy" => &["hy"],
        "ka" => &["ka"],
        "en" => &["en"],
        _ => &[],
    }
}
