//! Checks that need no test of their own: format, lints, types, licences.

use super::Tally;
use crate::clock::Clock;
use crate::ground::WASM;
use crate::process::{cargo, run as run_to_end};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files longer than this are named, so that somebody looks whether they are two.
const LONG_FILE: usize = 300;

/// Runs all checks.
pub(super) fn run(clock: &mut Clock, tally: &mut Tally) {
    tally.check(
        "format",
        clock.step("format", || cargo(&["fmt", "--all", "--check"])),
    );
    let lints = ["--", "-D", "warnings"];
    let host = [
        "clippy",
        "--workspace",
        "--exclude",
        "frontend",
        "--all-targets",
    ];
    let outcome = clock.step("lints", || cargo(&[&host[..], &lints].concat()));
    tally.check("lints", outcome);
    for features in [&[][..], &["--features", "desk"]] {
        let browser = ["clippy", "--package", "frontend", "--lib", "--target", WASM];
        let outcome = clock.step("lints of the browser's code", || {
            cargo(&[&browser, features, &lints].concat())
        });
        tally.check("lints of the browser's code", outcome);
    }
    for project in ["frontend/editor", "end2end"] {
        if Path::new(project).join("tsconfig.json").exists() {
            let mut tsc = Command::new("node_modules/.bin/tsc");
            let name = format!("types of {project}");
            let outcome = clock.step(&name, || {
                run_to_end(tsc.args(["--noEmit", "--project", project]))
            });
            tally.check(&name, outcome);
        }
    }
    let deny = Command::new("cargo").args(["deny", "--version"]).output();
    if deny.is_ok_and(|asked| asked.status.success()) {
        let outcome = clock.step("cargo-deny", || {
            cargo(&["deny", "--locked", "check", "bans", "licenses", "sources"])
        });
        tally.check("cargo-deny", outcome);
    } else {
        tally.skip("cargo-deny isn't installed: licences, duplicates and owners of crates");
    }
    for (file, lines) in long_files() {
        println!("{} has {lines} lines", file.display());
    }
}

/// Our crates whose documentation holds an example that is compiled.
pub(super) fn crates_with_doc_tests() -> Vec<String> {
    let crates = fs::read_dir("crates")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let folders = crates.chain([PathBuf::from("app")]);
    let with = folders.filter(|folder| {
        sources(&folder.join("src")).iter().any(|file| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let opens = |line: &str| {
                let line = line.trim();
                ["/// ```", "//! ```"].iter().any(|fence| {
                    line.strip_prefix(fence)
                        .is_some_and(|kind| matches!(kind, "" | "rust"))
                })
            };
            // A fence that opens a block of text closes with a bare one: only the first counts.
            let mut inside = false;
            text.lines().any(|line| {
                let fence =
                    line.trim().starts_with("/// ```") || line.trim().starts_with("//! ```");
                let found = fence && !inside && opens(line);
                inside ^= fence;
                found
            })
        })
    });
    with.filter_map(|folder| Some(folder.file_name()?.to_str()?.to_owned()))
        .collect()
}

fn long_files() -> Vec<(PathBuf, usize)> {
    let folders = [
        "app/src",
        "server/src",
        "frontend/src",
        "xtask/src",
        "crates",
    ];
    let files = folders.iter().flat_map(|folder| sources(Path::new(folder)));
    let counted = files.map(|file| {
        let lines = fs::read_to_string(&file).map_or(0, |text| text.lines().count());
        (file, lines)
    });
    counted.filter(|(_, lines)| *lines > LONG_FILE).collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let found = entries.flat_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            sources(&path)
        } else {
            vec![path]
        }
    });
    found
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}
