//! `bench wire`: how well the wire tells what an item is about; `train sections`: its model made anew.
//!
//! The tables are printed by the tests that hold their figures, so no figure is measured in two ways.

use crate::process::cargo;
use anyhow::{Result, bail};

/// Learning takes minutes without optimisation.
const FAST: [&str; 2] = ["--config", "profile.dev.package.ingest.opt-level=2"];

/// Where a table's tests are.
const OF_INGEST: [&str; 3] = ["--package", "ingest", "--lib"];
const OF_FEEDS: [&str; 4] = ["--package", "ingest", "--test", "corpora"];
/// Pages are drawn alike only where both are built together.
const OF_PAGES: [&str; 6] = [
    "--package",
    "app",
    "--package",
    "server",
    "--test",
    "routes",
];

/// Prints a table.
pub(crate) fn table(name: &str) -> Result<()> {
    let (of, tests): (&[&str], _) = match name {
        "corpus" => (&OF_FEEDS, ""),
        "languages" => (&OF_INGEST, "language::measured::"),
        "places" => (&OF_INGEST, "classify::measured::"),
        "sections" => (&OF_INGEST, "classify::model::train::sections_are_told"),
        "events" => (&OF_INGEST, "cluster::tests::tellings"),
        "ssrf" => (&OF_INGEST, "fetch::tests::walls::"),
        "licence" => (&OF_PAGES, "terms::"),
        other => bail!(
            "no such table: {other}; there are corpus, languages, places, sections, events, ssrf, licence, cycle"
        ),
    };
    test(of, &[tests, "--nocapture", "--include-ignored"])
}

/// Writes the weights of the model of sections.
pub(crate) fn train() -> Result<()> {
    let what = [
        "--ignored",
        "--exact",
        "classify::model::train::trains_sections",
    ];
    test(&OF_INGEST, &what)
}

fn test(of: &[&str], what: &[&str]) -> Result<()> {
    let mut words = vec!["test"];
    words.extend(of);
    words.extend(FAST);
    words.push("--");
    words.extend(what.iter().filter(|word| !word.is_empty()));
    words.push("--test-threads=1");
    cargo(&words)
}
