//! How often the language of a text is told right, where nothing is declared and the source is of another one.

use super::of;
use news::Lang;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn corpus() -> Option<PathBuf> {
    let root = std::env::var_os("CORPUS_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let text = root.join("text");
    if text.exists() {
        return Some(text);
    }
    eprintln!("skipped: no corpus (languages_are_told)");
    None
}

/// The sentences of a file, as long as a headline with its lead at the least.
fn sentences(path: &Path) -> Vec<(String, String)> {
    let lines = std::fs::read_to_string(path).unwrap();
    let sentence = |line: &str| {
        let item: Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| item[name].as_str().unwrap().to_owned();
        (word("lang"), word("text"))
    };
    lines.lines().map(sentence).collect()
}

/// Right and all by language, each sentence read as an item of a source in English that declares nothing.
fn told(folder: &Path, names: &[&str]) -> BTreeMap<String, (u32, u32)> {
    let usual = Lang::english();
    let mut table: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for name in names {
        for (lang, text) in sentences(&folder.join(name)) {
            let found = of(&text, None, &usual);
            let counts = table.entry(lang.clone()).or_default();
            counts.1 += 1;
            if found.as_str() == lang {
                counts.0 += 1;
            }
        }
    }
    table
}

#[test]
fn languages_are_told() {
    let Some(folder) = corpus() else {
        return;
    };
    let names = [
        "ud-pud/ar.jsonl",
        "ud-pud/hi.jsonl",
        "ud-pud/id.jsonl",
        "ud-pud/ko.jsonl",
        "ud-pud/th.jsonl",
        "ud-pud/zh-Hant.jsonl",
        "ud-seraji/fa.jsonl",
        "ud-vtb/vi.jsonl",
    ];
    let table = told(&folder, &names);
    eprintln!("{:<10}{:>8}{:>8}{:>9}", "language", "right", "all", "share");
    let share = |right: u32, all: u32| f64::from(right) / f64::from(all.max(1));
    for (lang, (right, all)) in &table {
        eprintln!("{lang:<10}{right:>8}{all:>8}{:>9.3}", share(*right, *all));
    }
    let right = table.values().map(|counts| counts.0).sum();
    let all = table.values().map(|counts| counts.1).sum();
    eprintln!("languages: {right} of {all}, {:.4}", share(right, all));
    assert!(all > 4_000, "{all}");
    assert!(share(right, all) >= 0.98, "{right} of {all}");
}

/// The tellings are in more languages; here the source's own language is what it mostly writes in.
#[test]
fn languages_of_tellings_are_told() {
    let (mut right, mut all) = (0, 0);
    for item in
        crate::labelled::read(&[crate::labelled::TUNING, crate::labelled::HELD_OUT].concat())
    {
        let text = format!("{}\n{}", item.title, item.lead);
        let found = of(&text, None, &Lang::english());
        all += 1;
        if found == item.lang {
            right += 1;
        } else {
            eprintln!("{} was taken for {found}: {}", item.lang, item.title);
        }
    }
    eprintln!("languages of tellings: {right} of {all}");
    assert!(right * 100 >= all * 98, "{right} of {all}");
}
