//! Keys in the inbox: the focus itself goes from row to row, so that a screen reader says where it is, and Enter opens
//! what it stands on. On pages without rows no key is taken.

use crate::desk::bar_island::row_keys::{Pressed, RowKey};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Node};

/// A row of the inbox.
const ROW: &str = ".wire__row";
/// Where the focus stands in a row: its first headline, or where that is no link, the first thing that can be focused.
const LINK: &str = ".wire__headline a";
const ELSE: &str = "a, input, summary";
/// Its tick.
const TICK: &str = "input[type=checkbox]";
/// The line that says what the keys do.
const KEYS: &str = ".wire__keys";

/// Does what the key asks for; `true` where it was one of ours.
pub(super) fn pressed(key: &KeyboardEvent, writing: bool) -> bool {
    let name = key.key();
    let pressed = Pressed {
        key: &name,
        with_others: key.ctrl_key() || key.meta_key() || key.alt_key(),
        composing: key.is_composing(),
        writing,
    };
    let Some(asked) = RowKey::of(pressed) else {
        return false;
    };
    let rows = rows();
    let done = match asked {
        RowKey::Keys => show_keys(),
        _ => act(asked, &rows).is_some(),
    };
    if done {
        key.prevent_default();
    }
    done
}

fn rows() -> Vec<Element> {
    let Ok(found) = document().query_selector_all(ROW) else {
        return vec![];
    };
    let nodes = (0..found.length()).filter_map(|at| found.item(at));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// The row that the focus is in.
fn at(rows: &[Element]) -> Option<usize> {
    let focused = document().active_element()?;
    let focused: &Node = &focused;
    rows.iter().position(|row| row.contains(Some(focused)))
}

fn act(asked: RowKey, rows: &[Element]) -> Option<()> {
    let row = rows.get(asked.row(at(rows), rows.len())?)?;
    match asked {
        RowKey::Open => link(row)?.click(),
        // A click as of a mouse, so that the focus stays on the row's link.
        RowKey::Tick => within(row, TICK)?.click(),
        RowKey::Next | RowKey::Previous => link(row)?.focus().ok()?,
        RowKey::Keys => {}
    }
    Some(())
}

fn link(row: &Element) -> Option<HtmlElement> {
    within(row, LINK).or_else(|| within(row, ELSE))
}

fn within(row: &Element, what: &str) -> Option<HtmlElement> {
    row.query_selector(what).ok()??.dyn_into().ok()
}

/// Opens the line and brings the focus to it, or closes it again.
fn show_keys() -> bool {
    let Ok(Some(keys)) = document().query_selector(KEYS) else {
        return false;
    };
    if keys.toggle_attribute("open") == Ok(true) {
        within(&keys, "summary").map(|summary| summary.focus());
    }
    true
}
