//! What is learnt from: sentences with a topic in many languages, and our own tellings.

use super::*;
use crate::labelled;
use std::path::PathBuf;

/// A text with its topic.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) lang: String,
    pub(super) topic: usize,
    pub(super) features: Features,
    /// Translations of one sentence, and tellings of one event, are of one group.
    pub(super) group: usize,
    /// 0: for training; 1: for showing; 2: our own.
    pub(super) half: usize,
    pub(super) weight: f64,
}

fn topic(name: &str) -> Option<usize> {
    TOPICS.iter().position(|(known, _)| *known == name)
}

/// All sentences of the corpus; `None` where it isn't there.
pub(super) fn sentences() -> Option<Vec<Row>> {
    let root = std::env::var_os("CORPUS_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let folder = root.join("text/sib200-topics");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("skipped: no corpus (text/sib200-topics)");
        return None;
    };
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let mut read: Vec<(u32, String, usize, String)> = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        for line in std::fs::read_to_string(&path).unwrap().lines().skip(1) {
            let mut cells = line.splitn(3, '\t');
            let (Some(id), Some(of), Some(text)) = (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let of = topic(of).unwrap();
            read.push((id.parse().unwrap(), name.clone(), of, text.to_owned()));
        }
    }
    let ids: BTreeSet<u32> = read.iter().map(|row| row.0).collect();
    let order: BTreeMap<u32, usize> = ids.into_iter().zip(0..).collect();
    read.sort();
    let row = |(id, name, topic, text): (u32, String, usize, String)| {
        let lang = Lang::parse(tag(&name)).unwrap();
        Row {
            features: Features::of(&text, &lang),
            lang: name,
            topic,
            // By the sentence, in turn: no translation of a sentence of one half stands in the other.
            group: order[&id] / 2,
            half: order[&id] % 2,
            weight: 1.0,
        }
    };
    Some(read.into_iter().map(row).collect())
}

/// Our own tellings.
pub(super) fn own(files: &[&str]) -> Vec<Row> {
    let mut events: BTreeMap<String, usize> = BTreeMap::new();
    let row = |item: labelled::Labelled| {
        let next = events.len();
        let name = match item.section {
            Section::Sport => "sports",
            Section::Culture => "entertainment",
            Section::Climate => "geography",
            Section::Science => "science/technology",
            other => other.slug(),
        };
        let text = format!("{}\n{}", item.title, item.lead);
        Row {
            features: Features::of(&text, &item.lang),
            lang: item.lang.to_string(),
            topic: topic(name).unwrap(),
            group: *events.entry(item.event).or_insert(next),
            half: 2,
            weight: OWN,
        }
    };
    labelled::read(files).into_iter().map(row).collect()
}

/// The tag of a file's language.
fn tag(name: &str) -> &str {
    match name {
        "zho_Hans" => "zh-Hans",
        "zho_Hant" => "zh-Hant",
        _ => match name.get(..3).unwrap_or_default() {
            "arb" => "ar",
            "asm" => "as",
            "azj" => "az",
            "ben" => "bn",
            "bod" => "bo",
            "dzo" => "dz",
            "eng" => "en",
            "guj" => "gu",
            "heb" => "he",
            "hin" => "hi",
            "hye" => "hy",
            "ind" => "id",
            "jav" => "jv",
            "jpn" => "ja",
            "kan" => "kn",
            "kat" => "ka",
            "kaz" => "kk",
            "khk" => "mn",
            "khm" => "km",
            "kir" => "ky",
            "kmr" => "ku",
            "kor" => "ko",
            "lao" => "lo",
            "mal" => "ml",
            "mar" => "mr",
            "mya" => "my",
            "npi" => "ne",
            "ory" => "or",
            "pan" => "pa",
            "pbt" => "ps",
            "pes" | "prs" => "fa",
            "rus" => "ru",
            "sin" => "si",
            "snd" => "sd",
            "sun" => "su",
            "tam" => "ta",
            "tel" => "te",
            "tgk" => "tg",
            "tgl" => "tl",
            "tha" => "th",
            "tuk" => "tk",
            "tur" => "tr",
            "uig" => "ug",
            "urd" => "ur",
            "uzn" => "uz",
            "vie" => "vi",
            "yue" => "zh-Hant",
            "zsm" => "ms",
            other => other,
        },
    }
}
