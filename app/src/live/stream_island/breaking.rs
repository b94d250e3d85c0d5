//! Something breaks while the page is read: its line comes over the page and moves nothing, and is said once.

use super::{browser::text, cards};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Element;

/// What came while this page stood. In the page itself it stands from the next one on.
const CAME: &str = ".live .breaking__line";

/// It breaks, or is over.
pub(super) fn take(event: &JsValue) {
    let id = text(event, "id");
    let html = text(event, "html");
    if html.is_empty() {
        over(&id);
    } else if all(&format!("[data-breaking=\"{id}\"]:not([data-gone])")).is_empty() {
        arrive(&html);
        say(event);
    }
}

fn arrive(html: &str) {
    let Ok(Some(live)) = document().query_selector(".live") else {
        return;
    };
    live.insert_adjacent_html("afterbegin", html).ok();
    if let Ok(event) = web_sys::Event::new("times") {
        window().dispatch_event(&event).ok();
    }
}

/// Once, when whoever listens has come to a pause.
fn say(event: &JsValue) {
    if let Some(announce) = document().get_element_by_id("announce") {
        let words = format!("Breaking news: {}", text(event, "words"));
        announce.set_text_content(Some(&words));
    }
}

/// Where it stands in the page its place stays, so that nothing moves.
pub(super) fn over(id: &str) {
    for line in all(&format!("{CAME}[data-breaking=\"{id}\"]")) {
        line.remove();
    }
    hide(&format!("main [data-breaking=\"{id}\"]"));
}

/// It was withdrawn: no row that only names it stands any longer. Its cards are drawn anew elsewhere.
pub(super) fn withdrawn(id: &str) {
    over(id);
    hide(&format!("main [data-told=\"{id}\"]"));
}

fn hide(rows: &str) {
    for row in all(rows) {
        row.set_attribute("data-gone", "").ok();
    }
}

/// Another page stands here: what breaks stands in it, where it belongs to it.
pub(super) fn leave() {
    for line in all(CAME) {
        line.remove();
    }
}

fn all(selector: &str) -> Vec<Element> {
    cards::all(&document(), selector)
}
