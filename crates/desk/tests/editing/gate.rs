//! The gate against ProseMirror itself: `end2end/editing/gen.mjs` makes steps by chance and says what
//! ProseMirror makes of them; what stands here must be the same, and whatever ProseMirror refuses must be
//! refused. `STEPS` says how many of each kind (20,000), `SEED` which ones (a fixed one).

use crate::node::{lines, number_from_env, same};
use desk::{schema, steps};
use news::Document;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

static PANICS: AtomicUsize = AtomicUsize::new(0);

#[test]
fn the_gate_takes_what_prosemirror_takes_and_nothing_else() {
    let seed = number_from_env("SEED", 20_261_124);
    let wanted = number_from_env("STEPS", 20_000);
    let Some(lines) = lines("gen.mjs", &[&seed.to_string(), &wanted.to_string()]) else {
        return;
    };
    // Caught panics are counted, not printed: an uncaught one ends the test all the same.
    std::panic::set_hook(Box::new(|_| {
        PANICS.fetch_add(1, Ordering::Relaxed);
    }));
    let mut told = Tally::default();
    let mut tree = None;
    for line in lines {
        let next = line.get("doc").map(|doc| Document(doc.clone()));
        match (&tree, line.get("step"), line.get("hostile")) {
            (Some(before), Some(step), _) => told.valid(before, step, next.as_ref()),
            (Some(before), None, Some(step)) => {
                told.hostile(before, step, next.as_ref());
                continue;
            }
            _ => {}
        }
        tree = next.map(|doc| schema::tree(&doc).expect("ProseMirror's document is one of ours"));
    }
    let _ = std::panic::take_hook();
    println!(
        "seed {seed}: {told:#?}, panics caught: {}",
        PANICS.load(Ordering::Relaxed)
    );
    assert!(
        told.same >= wanted && told.refused_alike >= wanted,
        "too few steps were made"
    );
    assert!(told.wrong.is_empty(), "the gate and ProseMirror differ");
}

#[derive(Debug, Default)]
struct Tally {
    /// Valid steps with the same document after them.
    same: usize,
    kinds: BTreeMap<String, usize>,
    /// Hostile steps that both refuse.
    refused_alike: usize,
    /// Steps meant as hostile that are harmless: taken with the same document after them.
    harmless_same: usize,
    /// Harmless ones that only we refuse, on purpose: unknown parts, for instance.
    harmless_refused: usize,
    /// The first differences.
    wrong: Vec<String>,
}

impl Tally {
    fn valid(
        &mut self,
        before: &prosemirror::dynamic::DynamicNode,
        step: &Value,
        want: Option<&Document>,
    ) {
        let kind = step["stepType"].as_str().unwrap_or_default().to_owned();
        *self.kinds.entry(kind).or_default() += 1;
        match (after(before, step), want) {
            (Ok(got), Some(want)) if same(&got.0, &want.0) => self.same += 1,
            (got, want) => self.differ("valid", before, step, &got, want),
        }
    }

    fn hostile(
        &mut self,
        before: &prosemirror::dynamic::DynamicNode,
        step: &Value,
        want: Option<&Document>,
    ) {
        match (after(before, step), want) {
            (Err(_), None) => self.refused_alike += 1,
            (Err(_), Some(_)) => self.harmless_refused += 1,
            (Ok(got), Some(want)) if same(&got.0, &want.0) => self.harmless_same += 1,
            (got, want) => self.differ("hostile", before, step, &got, want),
        }
    }

    fn differ(
        &mut self,
        what: &str,
        before: &prosemirror::dynamic::DynamicNode,
        step: &Value,
        got: &Result<Document, String>,
        want: Option<&Document>,
    ) {
        if self.wrong.len() < 5 {
            let before = schema::document(before).map(|doc| doc.0.to_string());
            let got = got.as_ref().map(|doc| doc.0.to_string());
            let want = want.map(|doc| doc.0.to_string());
            self.wrong.push(format!(
                "{what} {step}\n before {before:?}\n ours {got:?}\n ProseMirror's {want:?}"
            ));
        }
    }
}

/// The document after the step. The step as we write it down must lead to the same one.
fn after(before: &prosemirror::dynamic::DynamicNode, step: &Value) -> Result<Document, String> {
    let applied = steps::apply(before, std::slice::from_ref(step)).map_err(|r| r.to_string())?;
    let doc = schema::document(&applied.tree).map_err(|r| r.to_string())?;
    let again = steps::apply(before, &applied.steps).expect("our own writing of it stands too");
    assert_eq!(schema::document(&again.tree).as_ref(), Ok(&doc), "{step}");
    assert_eq!(applied.steps.len(), 1, "one step stays one step");
    Ok(doc)
}
