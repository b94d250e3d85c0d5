//! Arrows between our crates go down only, and what comes from outside has one owner.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Our crates and the ones of ours that each may name. A capability never names another: they meet
/// in the store's outbox.
const ARROWS: [(&str, &[&str]); 13] = [
    ("news", &[]),
    ("store", &["news"]),
    ("auth", &["news", "store"]),
    ("desk", &["news", "store"]),
    ("ingest", &["news", "store"]),
    ("live", &["news", "store"]),
    ("media", &["news", "store"]),
    ("press", &["news", "store"]),
    ("search", &["news", "store"]),
    (
        "app",
        &["news", "store", "auth", "desk", "live", "media", "search"],
    ),
    ("frontend", &["app", "news"]),
    (
        "server",
        &[
            "news", "store", "auth", "desk", "ingest", "live", "media", "press", "search", "app",
        ],
    ),
    ("xtask", &[]),
];

/// Crates from outside and the ones of ours that may name them.
const OWNERS: [(&str, &[&str]); 15] = [
    ("sqlx", &["store"]),
    ("reqwest", &["ingest", "media"]),
    ("feed-rs", &["ingest"]),
    ("hmac", &["ingest"]),
    ("html5ever", &["ingest"]),
    ("mail-parser", &["ingest"]),
    ("encoding_rs", &["ingest"]),
    ("prosemirror", &["desk"]),
    ("argon2", &["auth"]),
    ("axum", &["server"]),
    ("hyper", &["server"]),
    ("leptos_axum", &["app", "server"]),
    ("leptos", &["app", "frontend", "server"]),
    ("rust-embed", &["server"]),
    ("wasm-bindgen-cli-support", &["xtask"]),
];

/// No reader's browser has a use for these.
const NOT_IN_THE_BROWSER: [&str; 12] = [
    "tokio",
    "sqlx",
    "sqlx-core",
    "libsqlite3-sys",
    "brotli",
    "zstd",
    "zstd-sys",
    "flate2",
    "encoding_rs",
    "reqwest",
    "axum",
    "hyper",
];

#[test]
fn arrows_go_down_only() -> Result<()> {
    let (ours, _) = named()?;
    for (name, names) in &ours {
        let allowed = ARROWS.iter().find(|(this, _)| this == name);
        let allowed = allowed
            .with_context(|| format!("{name} has no place in the picture"))?
            .1;
        for other in names {
            assert!(
                allowed.contains(&other.as_str()),
                "{name} must not name {other}"
            );
        }
    }
    Ok(())
}

#[test]
fn each_crate_from_outside_has_its_owner() -> Result<()> {
    let (_, outside) = named()?;
    for (name, names) in &outside {
        for (theirs, owners) in OWNERS {
            if names.contains(theirs) {
                assert!(
                    owners.contains(&name.as_str()),
                    "{theirs} belongs to {owners:?}, not {name}"
                );
            }
        }
    }
    Ok(())
}

#[test]
fn the_browser_gets_no_server_code() -> Result<()> {
    for features in [&[][..], &["--features", "desk"]] {
        let tree = cargo(
            &[
                &[
                    "tree",
                    "--package",
                    "frontend",
                    "--target",
                    "wasm32-unknown-unknown",
                ],
                &["--edges", "normal", "--prefix", "none", "--format", "{p}"][..],
                features,
            ]
            .concat(),
        )?;
        let drawn: BTreeSet<&str> = tree
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert!(drawn.contains("app"), "the tree is read");
        for name in NOT_IN_THE_BROWSER {
            assert!(!drawn.contains(name), "{name} would be sent to readers");
        }
    }
    Ok(())
}

#[test]
fn modules_have_no_mod_rs() -> Result<()> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("a root")?;
    let mut folders: Vec<_> = ["app", "server", "frontend/src", "xtask", "crates"]
        .iter()
        .map(|f| root.join(f))
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)?.flatten() {
            let path = entry.path();
            assert!(
                !path.ends_with("mod.rs"),
                "{} should be named after its module",
                path.display()
            );
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    Ok(())
}

type Names = BTreeMap<String, BTreeSet<String>>;

/// For each of our crates: which of ours it names and which from outside. Tests may name anything.
fn named() -> Result<(Names, Names)> {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--no-deps", "--format-version", "1"])?)?;
    let packages = metadata
        .get("packages")
        .and_then(Value::as_array)
        .context("packages")?;
    let text = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).map(str::to_owned);
    let all: BTreeSet<String> = packages
        .iter()
        .filter_map(|package| text(package, "name"))
        .collect();
    let (mut ours, mut outside) = (Names::new(), Names::new());
    for package in packages {
        let name = text(package, "name").context("a name")?;
        let dependencies = package.get("dependencies").and_then(Value::as_array);
        for dependency in dependencies.into_iter().flatten() {
            let other = text(dependency, "name").context("a name")?;
            if text(dependency, "kind").is_some() || other == name {
                continue;
            }
            let names = if all.contains(&other) {
                &mut ours
            } else {
                &mut outside
            };
            names.entry(name.clone()).or_default().insert(other);
        }
    }
    Ok((ours, outside))
}

fn cargo(arguments: &[&str]) -> Result<String> {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let out = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .context("cargo")?;
    anyhow::ensure!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    Ok(String::from_utf8(out.stdout)?)
}
