//! Tellings of invented events, labelled by hand: which event each is of, its language, its places, its section.
//! The first two files are for tuning; nobody looks into the others while rules and numbers are chosen.

use news::{Lang, Millis, Place, Section};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub(crate) const TUNING: [&str; 2] = ["tellings-1.jsonl", "tellings-2.jsonl"];
pub(crate) const HELD_OUT: [&str; 2] = ["tellings-held-out-1.jsonl", "tellings-held-out-2.jsonl"];

/// As much as an excerpt has where terms say nothing else.
const LEAD: usize = 280;

/// One telling.
pub(crate) struct Labelled {
    pub(crate) event: String,
    pub(crate) source: String,
    pub(crate) lang: Lang,
    pub(crate) at: Millis,
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) places: Vec<Place>,
    pub(crate) section: Section,
}

/// The tellings of these files, the oldest first.
pub(crate) fn read(files: &[&str]) -> Vec<Labelled> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled");
    let mut all = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        all.extend(text.lines().filter(|line| !line.is_empty()).map(telling));
    }
    all.sort_by_key(|telling| telling.at);
    all
}

/// Which events of a labelled corpus.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Half {
    /// Those that rules and numbers are chosen on.
    Tuning,
    /// Those nobody looks into meanwhile.
    HeldOut,
}

/// Stories of the two Wikinews corpora, the oldest first. The labels are ours (`wikinews.tsv`: id, event, minute), the
/// words stay in the corpora. `None` where those are absent.
pub(crate) fn wikinews(half: Half) -> Option<Vec<Labelled>> {
    let root = std::env::var_os("CORPUS_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let mut stories: HashMap<String, Value> = HashMap::new();
    for lang in ["en", "ja"] {
        let path = root.join(format!("text/wikinews-{lang}/articles.jsonl"));
        let text = std::fs::read_to_string(path).ok()?;
        for line in text.lines() {
            let story: Value = serde_json::from_str(line).unwrap();
            stories.insert(story["id"].as_str().unwrap().to_owned(), story);
        }
    }
    let labels = include_str!("../tests/labelled/wikinews.tsv").lines();
    let labels = labels.filter(|line| !line.starts_with('#'));
    let mut all: Vec<Labelled> = labels
        .filter_map(|line| {
            let [id, event, minute] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let number: u32 = event.trim_start_matches('w').parse().unwrap();
            let of = [Half::HeldOut, Half::Tuning][usize::from(!number.is_multiple_of(2))];
            (of == half).then(|| labelled(&stories[id], event, minute.parse().unwrap()))
        })
        .collect();
    all.sort_by_key(|telling| telling.at);
    Some(all)
}

/// What a feed would bring of a story: its title and its first words.
fn labelled(story: &Value, event: &str, minute: i64) -> Labelled {
    let lang = story["lang"].as_str().unwrap();
    // Words of Japanese stand together, those of English apart.
    let (parts, between) = match lang {
        "ja" => ("sentences", ""),
        _ => ("paragraphs", " "),
    };
    let parts = story[parts].as_array().unwrap().iter();
    let words: Vec<&str> = parts.map(|part| part.as_str().unwrap()).collect();
    Labelled {
        event: event.to_owned(),
        source: format!("wikinews-{lang}"),
        lang: Lang::parse(lang).unwrap(),
        at: Millis(minute * Millis::MINUTE),
        title: story["title"].as_str().unwrap().to_owned(),
        lead: words.join(between).chars().take(LEAD).collect(),
        places: vec![],
        section: Section::World,
    }
}

fn telling(line: &str) -> Labelled {
    let item: Value = serde_json::from_str(line).unwrap();
    let word = |name: &str| item[name].as_str().unwrap().to_owned();
    let at: jiff::Timestamp = word("at").parse().unwrap();
    let places = item["places"].as_array().unwrap().iter();
    Labelled {
        event: word("event"),
        source: word("source"),
        lang: Lang::parse(&word("lang")).unwrap(),
        at: Millis(at.as_millisecond()),
        title: word("title"),
        lead: word("lead"),
        places: places
            .map(|code| Place::from_code(code.as_str().unwrap()).unwrap())
            .collect(),
        section: Section::from_slug(&word("section")).unwrap(),
    }
}
