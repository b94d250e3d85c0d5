//! `test`: everything that must hold, in one run, with one closing line.
//!
//! A step that fails doesn't stop the others, as long as they can still say something.

mod checks;
mod postgres;
mod sizes;
mod tally;

use crate::browser::node;
use crate::bundle::{Bundle, Finish};
use crate::clock::Clock;
use crate::ground;
use crate::process::cargo;
use anyhow::{Result, bail, ensure};
use postgres::Postgres;
use std::fs;
use std::path::Path;
use std::process::Command;
use tally::Tally;

/// How much is run.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    /// Without browser and PostgreSQL.
    Quick,
    /// What CI runs.
    Whole,
    /// With the full counts of the random tests.
    Long,
}

/// The full counts of the random tests: steps for the gate, episodes of two editors, ends by kill -9.
const LONG: [(&str, &str); 5] = [
    ("STEPS", "1000000"),
    ("EPISODES", "1000"),
    ("KILLS", "60"),
    ("RENDERS_EVERY", "1"),
    ("PROPTEST_CASES", "4096"),
];

/// Runs the tests. An error if one has failed.
pub(crate) fn run(options: &[&str]) -> Result<()> {
    let measure = match options {
        [] => Measure::Whole,
        ["--quick"] => Measure::Quick,
        ["--long"] => Measure::Long,
        other => bail!("test knows --quick or --long, not {}", other.join(" ")),
    };
    let mut clock = Clock::start();
    let mut tally = Tally::default();
    clock.step("ground", || {
        ground::wasm_target()?;
        if measure != Measure::Quick {
            ground::debian_packages()?;
        }
        ground::npm()
    })?;
    let mut bundle = Bundle::open()?;
    // Styles first: tests of the server read the assets that stand.
    tally.hear(
        bundle.build_light(&mut clock, Finish::Optimised, ""),
        "assets",
    );
    tally.hear(bundle.write(""), "manifest");
    checks::run(&mut clock, &mut tally);
    rust_tests(&mut clock, &mut tally, measure);
    if measure != Measure::Quick {
        browser_tests(&mut bundle, &mut clock, &mut tally, measure);
    }
    clock.print();
    tally.print();
    ensure!(tally.failed() == 0, "not everything passed");
    Ok(())
}

/// Tests of the workspace, on SQLite and PostgreSQL.
fn rust_tests(clock: &mut Clock, tally: &mut Tally, measure: Measure) {
    let postgres = match measure {
        Measure::Quick => None,
        _ => tally.hear(clock.step("PostgreSQL", Postgres::start), "PostgreSQL"),
    };
    let nextest = Command::new("cargo")
        .args(["nextest", "--version"])
        .output();
    let nextest = nextest.is_ok_and(|asked| asked.status.success());
    let mut command = Command::new(env!("CARGO"));
    command.args(if nextest {
        &["nextest", "run"][..]
    } else {
        &["test", "--no-fail-fast"]
    });
    command.args(["--workspace", "--exclude", "frontend"]);
    if nextest {
        command.args(["--no-fail-fast", "--status-level", "fail"]);
        if measure == Measure::Long {
            command.args(["--profile", "long"]);
        }
    } else {
        command.args(["--lib", "--bins", "--tests"]);
    }
    environment(&mut command, measure);
    if let Some(postgres) = &postgres {
        command.env("PG_URL", postgres.url());
    }
    let told = clock.step("tests", || tally::rust(&mut command));
    tally.add_run("tests", told);
    let with_examples = checks::crates_with_doc_tests();
    if !with_examples.is_empty() {
        let mut command = Command::new(env!("CARGO"));
        command.args(["test", "--doc", "--quiet"]);
        for name in &with_examples {
            command.args(["--package", name]);
        }
        environment(&mut command, measure);
        tally.add_run(
            "doc tests",
            clock.step("doc tests", || tally::rust(&mut command)),
        );
    }
}

/// The assets as readers get them, their budgets, and Chromium.
fn browser_tests(bundle: &mut Bundle, clock: &mut Clock, tally: &mut Tally, measure: Measure) {
    let built = bundle.build_all(clock, Finish::Optimised);
    tally.hear(built, "assets as readers get them");
    tally.hear(sizes::check(bundle), "sizes");
    let server = clock.step("server", || cargo(&["build", "--package", "server"]));
    if tally.hear(server, "server").is_none() {
        return;
    }
    let outcome = clock.step("end to end", || {
        let report = fs::canonicalize("target")?.join("end2end.json");
        fs::remove_file(&report).ok();
        let mut playwright = node("node_modules/.bin/playwright")?;
        playwright.args(["test", "--config", "end2end/playwright.config.ts"]);
        playwright.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
        environment(&mut playwright, measure);
        tally::playwright(&mut playwright, &report)
    });
    tally.add_run("end to end", outcome);
}

/// What tests may read from their environment.
fn environment(command: &mut Command, measure: Measure) {
    if std::env::var_os("CORPUS_DIR").is_none()
        && let Ok(corpus) = fs::canonicalize(Path::new("../shared/data"))
    {
        command.env("CORPUS_DIR", corpus);
    }
    if measure == Measure::Long {
        for (name, value) in LONG {
            command.env(name, value);
        }
    }
}
