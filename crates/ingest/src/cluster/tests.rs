//! How well tellings of one event find each other, on sets of tellings that were labelled by hand.

use super::*;
use crate::labelled::{self, HELD_OUT, Half, Labelled, TUNING};
use news::Id;
use news::cluster::Telling;
use std::collections::{BTreeMap, BTreeSet};

/// What the window sees of each.
fn tellings(items: &[Labelled]) -> Vec<Telling> {
    let numbered = items.iter().zip(1..);
    numbered
        .map(|(item, number)| Telling {
            id: Id(number),
            source: Some(item.source.clone()),
            at: item.at,
            lang: item.lang.clone(),
            headline: item.title.clone(),
            words: item.lead.clone(),
            places: Vec::new(),
            cluster: None,
        })
        .collect()
}

/// The cluster of each, placed one after another.
fn placed(items: &[Labelled]) -> Vec<i64> {
    let mut window = Window::default();
    tellings(items)
        .iter()
        .map(|telling| {
            let sketch = Sketch::of(telling);
            let cluster = cluster_of(telling.id, &window.place(&sketch, &Links::default()));
            window.add(sketch, cluster);
            cluster.0
        })
        .collect()
}

/// B-cubed precision and recall (Bagga and Baldwin) over the pairs that `counts` admits.
fn b_cubed(
    items: &[Labelled],
    clusters: &[i64],
    counts: impl Fn(&Labelled, &Labelled) -> bool,
) -> (f64, f64, f64) {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (a, mine) in items.iter().zip(clusters) {
        let others = items
            .iter()
            .zip(clusters)
            .filter(|(b, _)| std::ptr::eq(a, *b) || counts(a, b));
        let (mut together, mut same, mut both) = (0.0, 0.0, 0.0);
        for (b, theirs) in others {
            let (placed, meant) = (mine == theirs, a.event == b.event);
            together += f64::from(u8::from(placed));
            same += f64::from(u8::from(meant));
            both += f64::from(u8::from(placed && meant));
        }
        precision += both / together;
        recall += both / same;
    }
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    let all = items.len() as f64;
    let (precision, recall) = (precision / all, recall / all);
    (
        precision,
        recall,
        2.0 * precision * recall / (precision + recall),
    )
}

/// Tellings that joined an event of which most tellings are of another, in per cent of all.
fn wrong_merges(items: &[Labelled], clusters: &[i64]) -> f64 {
    let mut events: BTreeMap<i64, BTreeMap<&str, usize>> = BTreeMap::new();
    for (item, cluster) in items.iter().zip(clusters) {
        *events
            .entry(*cluster)
            .or_default()
            .entry(&item.event)
            .or_default() += 1;
    }
    let strangers: usize = events
        .values()
        .map(|events| events.values().sum::<usize>() - events.values().max().unwrap_or(&0))
        .sum();
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    let share = strangers as f64 / items.len() as f64;
    share * 100.0
}

/// How many pairs of tellings of one event stand together; where most are alone, B-cubed says little of them.
fn pairs(items: &[Labelled], clusters: &[i64]) -> String {
    let all: Vec<_> = items.iter().zip(clusters).collect();
    let (mut meant, mut found) = (0, 0);
    for (at, (a, mine)) in all.iter().enumerate() {
        for (b, theirs) in all.iter().skip(at + 1) {
            meant += usize::from(a.event == b.event);
            found += usize::from(a.event == b.event && mine == theirs);
        }
    }
    format!("{found} of {meant} pairs together")
}

fn report(name: &str, items: &[Labelled]) -> (f64, f64, f64) {
    let clusters = placed(items);
    let same = |a: &Labelled, b: &Labelled| a.lang.primary() == b.lang.primary();
    let within = b_cubed(items, &clusters, same);
    let across = b_cubed(items, &clusters, |_, _| true);
    let only = b_cubed(items, &clusters, |a, b| !same(a, b));
    let wrong = wrong_merges(items, &clusters);
    let languages: BTreeSet<_> = items.iter().map(|i| i.lang.primary()).collect();
    let events: BTreeSet<_> = items.iter().map(|i| i.event.as_str()).collect();
    eprintln!(
        "{name}: {} tellings of {} events in {} languages, {} clusters",
        items.len(),
        events.len(),
        languages.len(),
        clusters.iter().collect::<BTreeSet<_>>().len()
    );
    eprintln!("{:<24}{:>10}{:>8}{:>8}", "", "precision", "recall", "F1");
    for (what, (precision, recall, f1)) in [
        ("within a language", within),
        ("all languages", across),
        ("other languages only", only),
    ] {
        eprintln!("{what:<24}{precision:>10.3}{recall:>8.3}{f1:>8.3}");
    }
    eprintln!("wrong merges {wrong:.2} %, {}", pairs(items, &clusters));
    (within.2, across.2, wrong)
}

fn check(name: &str, items: &[Labelled]) {
    let (within, across, wrong) = report(name, items);
    assert!(within >= 0.80, "{within}");
    assert!(across >= 0.60, "{across}");
    assert!(wrong <= 1.0, "{wrong}");
}

#[test]
fn tellings_find_each_other() {
    check("tuning", &labelled::read(&TUNING));
}

/// Nobody looks into these while the numbers of [`super::likeness`] are chosen.
#[test]
fn tellings_nobody_looked_at_find_each_other() {
    check("held out", &labelled::read(&HELD_OUT));
}

fn check_corpus(test: &str, name: &str, half: Half) {
    match labelled::wikinews(half) {
        Some(items) => check(name, &items),
        None => eprintln!("skipped: no corpus ({test})"),
    }
}

/// Stories of fourteen years on a clock of two days: whatever resembles another meets it.
#[test]
fn tellings_of_wikinews_find_each_other() {
    let test = "tellings_of_wikinews_find_each_other";
    check_corpus(test, "wikinews, tuning", Half::Tuning);
}

/// Nobody looks into these either.
#[test]
fn tellings_of_wikinews_nobody_looked_at_find_each_other() {
    let test = "tellings_of_wikinews_nobody_looked_at_find_each_other";
    check_corpus(test, "wikinews, held out", Half::HeldOut);
}

/// A day's wire of a large site: the sets eight times, six hours apart, until the window is full,
/// each under other numbers.
fn a_days_wire() -> Vec<Telling> {
    let sets = [TUNING, HELD_OUT].concat();
    let once = tellings(&labelled::read(&sets));
    let mut all = vec![];
    for (round, number) in (0_i64..8).zip((1_000_i64..).step_by(1_000)) {
        for telling in &once {
            let mut telling = telling.clone();
            telling.id = Id(telling.id.0 + number);
            telling.at = telling.at.plus(round * 6 * news::Millis::HOUR);
            all.push(telling);
        }
    }
    all.sort_by_key(|telling| (telling.at, telling.id));
    all
}

/// The same order gives the same events, to the last likeness. How fast is printed: `cargo xtask bench wire events`.
#[test]
fn tellings_in_the_same_order_make_the_same_events() {
    let all = a_days_wire();
    let place_all = || {
        let mut window = Window::default();
        let began = std::time::Instant::now();
        let placements: Vec<Placement> = all
            .iter()
            .map(|telling| {
                let sketch = Sketch::of(telling);
                let placement = window.place(&sketch, &Links::default());
                window.add(sketch, cluster_of(telling.id, &placement));
                placement
            })
            .collect();
        (placements, began.elapsed())
    };
    let (first, took) = place_all();
    let (second, _) = place_all();
    let differ = first.iter().zip(&second).position(|(one, two)| one != two);
    assert_eq!((differ, first.len()), (None, second.len()));
    let joined = first.iter().filter(|p| **p != Placement::Starts).count();
    assert!(joined > 1_000, "{joined}");
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let rate = all.len() as f64 / took.as_secs_f64();
    eprintln!(
        "{} tellings, {joined} joined, {rate:.0} a second on one core",
        all.len()
    );
}

/// The cluster a placement means.
fn cluster_of(telling: Id, placement: &Placement) -> Id {
    match placement {
        Placement::Joins { cluster, .. } => *cluster,
        Placement::Starts => telling,
    }
}

/// How many events these headlines of one source make.
fn events_of(headlines: &[&str]) -> usize {
    let mut window = Window::default();
    let mut clusters = BTreeSet::new();
    for (headline, number) in headlines.iter().zip(1..) {
        let telling = Telling {
            id: Id(number),
            source: Some("ap".into()),
            at: news::Millis(number * 60_000),
            lang: news::Lang::english(),
            headline: (*headline).into(),
            words: String::new(),
            places: vec![],
            cluster: None,
        };
        let sketch = Sketch::of(&telling);
        let cluster = cluster_of(telling.id, &window.place(&sketch, &Links::default()));
        window.add(sketch, cluster);
        clusters.insert(cluster);
    }
    clusters.len()
}

#[test]
fn a_series_is_no_event_and_short_words_are_little() {
    // However many there are: the longer a series, the commoner its words.
    let series: Vec<String> = (0..75)
        .map(|n| format!("Harbour report {n} from Tokyo, Japan"))
        .collect();
    let series: Vec<&str> = series.iter().map(String::as_str).collect();
    assert_eq!(events_of(&series), 75);
    let short = [
        "Something entirely new has happened",
        "And something newer still",
        "The first came before the break",
        "The second came while nobody listened",
        "Only this is new",
    ];
    assert_eq!(events_of(&short), 5);
}
