//! Every class that pages, the editor's schema and the editor's module use has a rule in `style/`, and every class
//! with a rule is used. The compiler can't see a misspelt class; this can.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Where classes are used.
const USED: [&str; 3] = ["app/src", "crates/news/src/body", "frontend/editor/src"];

/// ProseMirror names these itself.
const FOREIGN: &str = "ProseMirror";

#[test]
fn every_class_has_a_rule_and_every_rule_a_use() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut used = BTreeSet::new();
    for folder in USED {
        for file in files(&root.join(folder), &["rs", "json", "ts"]) {
            used.extend(classes_in_code(&fs::read_to_string(file).unwrap()));
        }
    }
    let mut ruled = BTreeSet::new();
    for file in files(&root.join("style"), &["css"]) {
        ruled.extend(classes_in_css(&fs::read_to_string(file).unwrap()));
    }
    let ours = |set: &BTreeSet<String>| {
        set.iter()
            .filter(|c| !c.starts_with(FOREIGN))
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    let (used, ruled) = (ours(&used), ours(&ruled));
    let naked: Vec<_> = used.difference(&ruled).collect();
    let idle: Vec<_> = ruled.difference(&used).collect();
    assert!(
        naked.is_empty(),
        "classes without a rule in style/: {naked:?}"
    );
    assert!(
        idle.is_empty(),
        "rules in style/ that nothing uses: {idle:?}"
    );
}

fn files(folder: &Path, kinds: &[&str]) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, kinds));
        } else if path
            .extension()
            .is_some_and(|kind| kinds.iter().any(|k| kind == *k))
        {
            found.push(path);
        }
    }
    found
}

/// What stands in `class="…"` or `className = "…"`, and every other string made of names like `block__element` or `block--kind`.
fn classes_in_code(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        for (at, text) in line.split('"').enumerate().filter(|(at, _)| at % 2 == 1) {
            let names: Vec<&str> = text.split_whitespace().collect();
            let attribute = line.split('"').nth(at - 1).is_some_and(|before| {
                before.ends_with("class=") || before.ends_with("className = ")
            });
            let telling = names
                .iter()
                .any(|name| name.contains("__") || name.contains("--"));
            if names.iter().all(|name| is_class(name)) && (attribute || telling) {
                found.extend(names.into_iter().map(String::from));
            }
        }
    }
    found
}

fn is_class(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
}

fn classes_in_css(css: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let plain: String = css
        .split("/*")
        .map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest))
        .collect();
    // Only selectors: what stands before a brace, not what stands inside or in a string.
    for selector in plain
        .split('{')
        .filter_map(|part| part.rsplit(['}', ';']).next())
    {
        for part in selector.split('.').skip(1) {
            let name: String = part
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
                .collect();
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                found.insert(name);
            }
        }
    }
    found
}

#[test]
fn css_is_read_as_it_is_written() {
    let css = "/* .no */ .a { margin: .5rem } .b__c:is(.d, .e--f) > .g { & .h { x: 1 } }";
    let found: Vec<String> = classes_in_css(css).into_iter().collect();
    assert_eq!(found, ["a", "b__c", "d", "e--f", "g", "h"]);
}
