//! Runs the generators of `end2end/editing` in node and reads what they print.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The program of this name. `None`, with a word about it, where its npm packages are not installed; a run
/// of CI must have them.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    if !root.join("node_modules/prosemirror-transform").exists() {
        assert!(
            std::env::var_os("CI").is_none(),
            "npm packages are not installed"
        );
        println!("skipped: npm packages are not installed");
        return None;
    }
    Some(root.join("end2end/editing").join(name))
}

/// The JSON lines a generator prints, where it can be run.
pub(crate) fn lines(script: &str, args: &[&str]) -> Option<impl Iterator<Item = Value> + use<>> {
    let script = program(script)?;
    let mut child = Command::new("node")
        .arg(script)
        .args(args)
        .stdout(Stdio::piped())
        .spawn()
        .expect("node can be started");
    let out = child.stdout.take().expect("its output is piped");
    let mut lines = BufReader::new(out).lines();
    let one = move || match lines.next() {
        Some(line) => {
            let line = line.expect("the generator prints text");
            Some(serde_json::from_str(&line).expect("the generator prints JSON"))
        }
        None => {
            assert!(
                child.wait().expect("node ends").success(),
                "the generator failed"
            );
            None
        }
    };
    Some(std::iter::from_fn(one))
}

/// A number given for a longer or another run.
pub(crate) fn number_from_env(name: &str, default: usize) -> usize {
    match std::env::var(name) {
        Ok(number) => number
            .parse()
            .unwrap_or_else(|_| panic!("{name} is not a number")),
        Err(_) => default,
    }
}

/// Whether two documents are equal, whatever the order of their keys.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        _ => a == b,
    }
}
