//! `bench wire`: how well the wire tells what an item is about; `train sections`: its model made anew.
//!
//! The tables are printed by the tests that hold their figures, so no figure is measured in two ways.

use crate::process::cargo;
use anyhow::{Result, bail};

/// Learning takes minutes without optimisation.
const FAST: [&str; 2] = ["--config", "profile.dev.package.ingest.opt-level=2"];

/// Prints a table.
pub(crate) fn table(name: &str) -> Result<()> {
    let tests = match name {
        "languages" => "language::measured::",
        "places" => "classify::measured::",
        "sections" => "classify::model::train::sections_are_told",
        other => bail!("no such table: {other}; there are languages, places, sections"),
    };
    test(&[tests, "--nocapture"])
}

/// Writes the weights of the model of sections.
pub(crate) fn train() -> Result<()> {
    test(&[
        "--ignored",
        "--exact",
        "classify::model::train::trains_sections",
    ])
}

fn test(what: &[&str]) -> Result<()> {
    let mut words = vec!["test", "--package", "ingest", "--lib"];
    words.extend(FAST);
    words.push("--");
    words.extend(what);
    words.push("--test-threads=1");
    cargo(&words)
}
