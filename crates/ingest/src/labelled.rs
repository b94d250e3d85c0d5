//! Tellings of invented events, labelled by hand: which event each is of, its language, its places, its section.
//! The first two files are for tuning; nobody looks into the others while rules and numbers are chosen.

use news::{Lang, Millis, Place, Section};
use serde_json::Value;
use std::path::Path;

pub(crate) const TUNING: [&str; 2] = ["tellings-1.jsonl", "tellings-2.jsonl"];
pub(crate) const HELD_OUT: [&str; 2] = ["tellings-held-out-1.jsonl", "tellings-held-out-2.jsonl"];

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
