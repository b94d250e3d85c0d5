//! How well places are found in tellings that were labelled by hand.

use super::classify;
use crate::labelled::{self, HELD_OUT, TUNING};
use news::WireItem;
use std::collections::BTreeMap;

/// Precision, recall and F1 of the places, and what was found wrongly and missed by language.
fn places(files: &[&str]) -> (f64, f64, f64) {
    let mut by: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for item in labelled::read(files) {
        let wire = WireItem {
            title: item.title.clone(),
            ..WireItem::default()
        };
        let found = classify(&wire, std::slice::from_ref(&item.lead), &item.lang).places;
        let right = found.iter().filter(|p| item.places.contains(p)).count();
        let sums = by.entry(item.lang.to_string()).or_default();
        sums.0 += right;
        sums.1 += found.len();
        sums.2 += item.places.len();
    }
    let share = |part: usize, of: usize| {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(of.max(1)).unwrap())
    };
    eprintln!(
        "{:<10}{:>8}{:>8}{:>8}",
        "language", "right", "found", "meant"
    );
    for (lang, (right, found, meant)) in &by {
        eprintln!("{lang:<10}{right:>8}{found:>8}{meant:>8}");
    }
    let sum = |pick: fn(&(usize, usize, usize)) -> usize| by.values().map(pick).sum::<usize>();
    let (right, found, meant) = (sum(|s| s.0), sum(|s| s.1), sum(|s| s.2));
    let (precision, recall) = (share(right, found), share(right, meant));
    let f1 = 2.0 * precision * recall / (precision + recall);
    eprintln!("places: precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}");
    (precision, recall, f1)
}

#[test]
fn enough_tellings_are_labelled_with_their_places() {
    let labelled = |files: &[&str]| {
        let items = labelled::read(files).into_iter();
        items.filter(|item| !item.places.is_empty()).count()
    };
    let (tuning, held_out) = (labelled(&TUNING), labelled(&HELD_OUT));
    eprintln!("labelled with places: {tuning} for tuning, {held_out} held out");
    assert!(tuning + held_out >= 300, "{tuning} {held_out}");
}

#[test]
fn places_are_found_where_rules_were_tuned() {
    let (_, _, f1) = places(&TUNING);
    assert!(f1 >= 0.85, "{f1}");
}

#[test]
fn places_are_found_where_nobody_looked() {
    let (_, _, f1) = places(&HELD_OUT);
    assert!(f1 >= 0.85, "{f1}");
}

/// A title's words decide seldom, but where they do they are mostly right; the rest is for the desk.
#[test]
fn what_rules_say_of_sections_is_mostly_right() {
    let (mut decided, mut right, mut all) = (0, 0, 0);
    for item in labelled::read(&TUNING) {
        let wire = WireItem {
            title: item.title.clone(),
            ..WireItem::default()
        };
        let found = classify(&wire, std::slice::from_ref(&item.lead), &item.lang);
        all += 1;
        if !found.why.starts_with("section: model") {
            decided += 1;
            right += usize::from(found.section == item.section);
        }
    }
    eprintln!("sections by rules: {right} right of {decided} decided, of {all}");
    assert!(right * 100 >= decided * 70, "{right} of {decided}");
}
