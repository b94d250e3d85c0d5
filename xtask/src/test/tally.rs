//! Counts what passed and what failed, over all kinds of test.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

/// Tests of one run.
#[derive(Default, Clone, Copy, Debug, PartialEq)]
pub(super) struct Count {
    passed: u64,
    failed: u64,
    skipped: u64,
}

/// The whole command's count.
#[derive(Default)]
pub(super) struct Tally {
    sum: Count,
    faults: Vec<String>,
    skipped: Vec<String>,
}

impl Tally {
    /// Takes note of an outcome that isn't a test; its failure counts as one.
    pub(super) fn hear<T>(&mut self, outcome: Result<T>, name: &str) -> Option<T> {
        outcome
            .map_err(|fault| self.fault(format!("{name}: {fault:#}")))
            .ok()
    }

    /// A check that counts as one test.
    pub(super) fn check(&mut self, name: &str, outcome: Result<()>) {
        if self.hear(outcome, name).is_some() {
            self.sum.passed += 1;
        }
    }

    /// Adds a run of tests.
    pub(super) fn add_run(&mut self, name: &str, outcome: Result<Count>) {
        let Some(count) = self.hear(outcome, name) else {
            return;
        };
        println!("{name}: {} passed, {} failed", count.passed, count.failed);
        self.sum.passed += count.passed;
        self.sum.skipped += count.skipped;
        self.sum.failed += count.failed;
        if count.failed > 0 {
            self.faults.push(format!("{name}: {} failed", count.failed));
        }
    }

    /// Something that could not be looked at here.
    pub(super) fn skip(&mut self, what: &str) {
        self.skipped.push(what.to_owned());
    }

    /// How many have failed.
    pub(super) fn failed(&self) -> u64 {
        self.sum.failed
    }

    /// What was left out, what failed, and the closing line.
    pub(super) fn print(&self) {
        for what in &self.skipped {
            println!("skipped: {what}");
        }
        if self.sum.skipped > 0 {
            println!("skipped: {} tests", self.sum.skipped);
        }
        for fault in &self.faults {
            println!("failed: {fault}");
        }
        println!("{} passed, {} failed", self.sum.passed, self.sum.failed);
    }

    fn fault(&mut self, text: String) {
        println!("{text}");
        self.sum.failed += 1;
        self.faults.push(text);
    }
}

/// Runs nextest or `cargo test`, lets its words through and reads its summary.
pub(super) fn rust(command: &mut Command) -> Result<Count> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    // nextest speaks on stderr, `cargo test` on stdout.
    let other = std::thread::spawn(move || out.map(listen).unwrap_or_default());
    let mut count = err.map(listen).unwrap_or_default();
    let told = other.join().unwrap_or_default();
    count = Count {
        passed: count.passed + told.passed,
        failed: count.failed + told.failed,
        skipped: count.skipped + told.skipped,
    };
    let status = child.wait()?;
    ensure!(
        status.success() || count.failed > 0,
        "the tests could not be run: {status}"
    );
    Ok(count)
}

fn listen(from: impl Read) -> Count {
    let mut sum = Count::default();
    for line in BufReader::new(from).lines().map_while(|line| line.ok()) {
        println!("{line}");
        if let Some(count) = summary(&line) {
            sum.passed += count.passed;
            sum.failed += count.failed;
            sum.skipped += count.skipped;
        }
    }
    sum
}

/// Reads `Summary [ 1.2s] 9 tests run: 8 passed, 1 failed, 0 skipped` and
/// `test result: ok. 8 passed; 1 failed; 2 ignored; …`.
fn summary(line: &str) -> Option<Count> {
    // nextest repeats the words of a test that failed, its own summary among them, indented.
    let told = line.trim_start().starts_with("Summary [") || line.starts_with("test result:");
    let words: Vec<&str> = told.then(|| line.split_whitespace().collect())?;
    let mut count = Count::default();
    for pair in words.windows(2) {
        let &[number, what] = pair else { continue };
        let Ok(number) = number.parse::<u64>() else {
            continue;
        };
        match what.trim_end_matches([',', ';']) {
            "passed" => count.passed += number,
            "failed" | "timed" | "exec" => count.failed += number,
            "skipped" | "ignored" => count.skipped += number,
            _ => {}
        }
    }
    Some(count)
}

/// Runs Playwright and reads its report.
pub(super) fn playwright(command: &mut Command, report: &Path) -> Result<Count> {
    let status = command.status().context("Playwright can't be started")?;
    let told = fs::read(report).context("Playwright left no report")?;
    let told: Value = serde_json::from_slice(&told)?;
    let of = |name: &str| {
        told.pointer(&format!("/stats/{name}"))
            .and_then(Value::as_u64)
    };
    let failed = of("unexpected").unwrap_or_default() + of("flaky").unwrap_or_default();
    let count = Count {
        passed: of("expected").unwrap_or_default(),
        failed,
        skipped: of("skipped").unwrap_or_default(),
    };
    ensure!(
        status.success() || failed > 0,
        "Playwright ended with {status}"
    );
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::{Count, summary};

    #[test]
    fn both_kinds_of_summary_are_read() {
        let nextest = "     Summary [  12.3s] 9 tests run: 7 passed (1 slow), 2 failed, 3 skipped";
        assert_eq!(
            summary(nextest),
            Some(Count {
                passed: 7,
                failed: 2,
                skipped: 3
            })
        );
        let cargo =
            "test result: FAILED. 8 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out";
        assert_eq!(
            summary(cargo),
            Some(Count {
                passed: 8,
                failed: 1,
                skipped: 2
            })
        );
        assert_eq!(summary("    test result: FAILED. 0 passed; 1 failed"), None);
        assert_eq!(summary("test story::reads ... ok"), None);
    }
}
