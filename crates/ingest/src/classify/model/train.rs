//! How the model is trained, and how well it does on what it wasn't trained on.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

mod bayes;
mod kept;
mod mixing;
mod rows;

use rows::{Row, own, sentences};

/// Pieces that are kept.
const KEPT: usize = 120_000;

/// What one of our own tellings counts; a sentence of the corpus stands there once for each language.
const OWN: f64 = 3.0;

/// The half of the sentences (by their numbers, in turn) that may be looked at while training and choosing.
fn first_half() -> Option<Vec<Row>> {
    sentences().map(|rows| rows.into_iter().filter(|row| row.half == 0).collect())
}

fn trained(rows: &[Row]) -> Model {
    let pieces = bayes::chosen(rows, KEPT);
    // How far pieces and stems may be trusted shows only on rows they weren't learnt from.
    let mut said: Vec<(&Row, [f64; INPUTS])> = Vec::new();
    for fold in 0..4 {
        let (out, rest): (Vec<&Row>, Vec<&Row>) =
            rows.iter().partition(|row| row.group % 4 == fold);
        let part = Model {
            pieces: bayes::learnt(&rest, &pieces),
            stems: kept::words(&rest),
            ..Model::default()
        };
        said.extend(out.into_iter().map(|row| (row, part.inputs(&row.features))));
    }
    let all: Vec<&Row> = rows.iter().collect();
    Model {
        pieces: bayes::learnt(&all, &pieces),
        stems: kept::words(&all),
        mix: mixing::mix(&said),
    }
}

/// Macro F1 over the sections of the corpus: technology is science there, and a landscape may be of the world.
#[derive(Default)]
struct Table(BTreeMap<&'static str, (u32, u32, u32)>, u32, u32);

impl Table {
    fn add(&mut self, meant: Section, found: Section) {
        let (meant, found) = (fold(meant), fold(found));
        self.1 += 1;
        self.2 += u32::from(meant == found);
        self.0.entry(meant).or_default().0 += 1;
        self.0.entry(found).or_default().1 += 1;
        if meant == found {
            self.0.entry(meant).or_default().2 += 1;
        }
    }

    fn f1(&self) -> f64 {
        let meant = self.0.values().filter(|counts| counts.0 > 0);
        let each: Vec<f64> = meant
            .map(|(meant, found, right)| 2.0 * f64::from(*right) / f64::from(meant + found))
            .collect();
        each.iter().sum::<f64>() / f64::from(u32::try_from(each.len()).unwrap())
    }
}

fn fold(section: Section) -> &'static str {
    match section {
        Section::Technology => Section::Science.slug(),
        Section::World => Section::Climate.slug(),
        other => other.slug(),
    }
}

fn show(name: &str, rows: &[Row], model: &Model, by_lang: bool) -> (f64, f64) {
    let (mut all, mut sure) = (Table::default(), Table::default());
    let mut langs: BTreeMap<&str, Table> = BTreeMap::new();
    for row in rows {
        let (meant, guess) = (TOPICS[row.topic].1, model.guess(&row.features));
        all.add(meant, guess.section);
        langs
            .entry(&row.lang)
            .or_default()
            .add(meant, guess.section);
        if guess.sure >= super::super::SURE {
            sure.add(meant, guess.section);
        }
    }
    if by_lang {
        let each = langs.iter().map(|(l, t)| format!("{l} {:.2}", t.f1()));
        eprintln!("{}", each.collect::<Vec<_>>().join("  "));
    }
    let share = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
    eprintln!(
        "sections, {name}: {} texts, macro F1 {:.3}, right {:.3}; sure of {:.3}, of those macro F1 {:.3}, right {:.3}",
        all.1,
        all.f1(),
        share(all.2, all.1),
        share(sure.1, all.1),
        sure.f1(),
        share(sure.2, sure.1)
    );
    (all.f1(), sure.f1())
}

#[test]
#[ignore = "it makes weights.bin: cargo xtask train sections"]
fn trains_sections() {
    let mut rows = first_half().expect("the corpus of sentences");
    rows.extend(own(&crate::labelled::TUNING));
    let bytes = mixing::bytes(&trained(&rows));
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/classify/model/weights.bin"
    );
    std::fs::write(path, bytes).unwrap();
}

/// For choosing numbers: five times a fifth of the first half, and of our own, is left out.
#[test]
#[ignore = "for choosing the model's numbers, with the first half alone"]
fn crossed() {
    let mut rows = first_half().expect("the corpus of sentences");
    rows.extend(own(&crate::labelled::TUNING));
    let mut shown = (Vec::new(), Vec::new());
    for fold in 0..5 {
        let (out, rest): (Vec<Row>, Vec<Row>) =
            rows.iter().cloned().partition(|r| r.group % 5 == fold);
        let model = Model::read(&mixing::bytes(&trained(&rest))).unwrap();
        let (a, b): (Vec<Row>, Vec<Row>) = out.into_iter().partition(|row| row.half == 0);
        shown
            .0
            .push(show("left out of the first half", &a, &model, false));
        shown.1.push(show("left out of our own", &b, &model, false));
    }
    for each in [shown.0, shown.1] {
        eprintln!("mean F1 {:.3}", each.iter().map(|f| f.0).sum::<f64>() / 5.0);
    }
}

#[test]
fn sections_are_told_where_nothing_was_learnt() {
    let model = &*MODEL;
    let (_, sure) = show(
        "our own tellings, held out",
        &own(&crate::labelled::HELD_OUT),
        model,
        false,
    );
    assert!(sure >= 0.6, "{sure}");
    let Some(rows) = sentences() else {
        return;
    };
    let second: Vec<Row> = rows.into_iter().filter(|row| row.half == 1).collect();
    let (all, sure) = show("the second half", &second, model, true);
    assert!(all >= 0.75 && sure >= 0.75, "{all} {sure}");
}

#[test]
fn a_model_is_written_and_read() {
    let bytes = include_bytes!("weights.bin");
    assert!(bytes.len() <= 1_400_000, "{}", bytes.len());
    let model = Model::read(bytes).unwrap();
    assert_eq!(model.pieces.len(), KEPT);
    assert_eq!(mixing::bytes(&model).len(), bytes.len());
    assert!(Model::read(&bytes[..bytes.len() - 1]).is_none());
}
