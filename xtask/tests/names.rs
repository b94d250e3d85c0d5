//! The map can't rot: every path and every type that the documents name exists.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where our words are defined.
const SOURCES: [&str; 7] = [
    "app", "server", "frontend", "xtask", "crates", "style", "end2end",
];

#[test]
fn every_name_in_the_documents_exists() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("a root")?;
    let mut documents = vec![root.join("ARCHITECTURE.md")];
    walk(&root.join("docs/contracts"), &mut documents)?;
    let mut sources = Vec::new();
    for folder in SOURCES {
        walk(&root.join(folder), &mut sources)?;
    }
    let mut types = BTreeSet::new();
    for source in &sources {
        if source
            .extension()
            .is_some_and(|extension| extension == "rs")
        {
            collect_types(&fs::read_to_string(source)?, &mut types);
        }
    }
    let paths: Vec<String> = sources
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let mut missing = Vec::new();
    for document in &documents {
        let text = fs::read_to_string(document).with_context(|| document.display().to_string())?;
        for name in named(&text) {
            let found = if is_path(name) {
                root.join(name).exists() || paths.iter().any(|path| ends_with(path, name))
            } else if is_type(name) {
                types.contains(name)
            } else {
                true
            };
            if !found {
                missing.push(format!("{}: `{name}`", document.display()));
            }
        }
    }
    ensure!(
        missing.is_empty(),
        "named and not there:\n{}",
        missing.join("\n")
    );
    Ok(())
}

/// What stands in single back-ticks, outside fenced blocks.
fn named(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            names.extend(line.split('`').skip(1).step_by(2));
        }
    }
    names
}

/// `crates/store/src/story.rs`, `app/src/routes.rs`, `style/main.css`.
fn is_path(name: &str) -> bool {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let known = [".rs", ".css", ".ts", ".mjs", ".sql", ".toml"]
        .iter()
        .any(|end| name.ends_with(end));
    plain && known && !name.starts_with('.') && !name.starts_with('/')
}

/// `PressedPage`: two capitals or more, with small letters between; one-word types are told from
/// names of products by being in back-ticks and ours, which nobody can see, so they are let be.
fn is_type(name: &str) -> bool {
    let camel = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && name.chars().any(|c| c.is_ascii_lowercase());
    camel && name.chars().filter(char::is_ascii_uppercase).count() > 1 && !OUTSIDE.contains(&name)
}

/// Types of others that our documents speak of.
const OUTSIDE: [&str; 10] = [
    "HydrationScripts",
    "IndexedDB",
    "NewsMediaOrganization",
    "NewsArticle",
    "ProseMirror",
    "PostgreSQL",
    "SQLite",
    "ReplaceStep",
    "EventSource",
    "SsrMode",
];

fn ends_with(path: &str, name: &str) -> bool {
    path.strip_suffix(name)
        .is_some_and(|before| before.ends_with('/'))
}

/// Names after `struct`, `enum`, `trait`, `type` and of variants and components (`fn Name`).
fn collect_types(source: &str, types: &mut BTreeSet<String>) {
    for line in source.lines() {
        let words: Vec<&str> = line
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            if let [kind, name] = pair
                && matches!(*kind, "struct" | "enum" | "trait" | "type" | "fn" | "const")
            {
                types.insert((*name).to_owned());
            }
        }
        // A variant stands first on its line.
        let trimmed = line.trim_start();
        if trimmed.starts_with(|c: char| c.is_ascii_uppercase())
            && let Some(name) = words.first()
        {
            types.insert((*name).to_owned());
        }
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("target") {
                walk(&path, files)?;
            }
        } else {
            files.push(path);
        }
    }
    Ok(())
}
