//! Cards on the page whose stories were changed or withdrawn, and an agency's words on their own page: drawn anew where they stand, or hidden. Nothing moves.

use gloo_net::http::Request;
use leptos::{prelude::*, task::spawn_local};
use std::{cell::RefCell, collections::BTreeMap, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, RequestCache, RequestInit, SupportedType};

/// Changes that come together are looked at together.
const TOGETHER: Duration = Duration::from_millis(200);

thread_local! {
    /// The stories whose cards are due, and whether they are gone.
    static DUE: RefCell<BTreeMap<String, bool>> = const { RefCell::new(BTreeMap::new()) };
}

/// The card of this story changed, or is gone from the page's list.
pub(super) fn draw_anew(id: String, gone: bool) {
    let first = DUE.with_borrow_mut(|due| {
        let first = due.is_empty();
        *due.entry(id).or_default() |= gone;
        first
    });
    if first {
        set_timeout(|| spawn_local(draw()), TOGETHER);
    }
}

async fn draw() {
    let due = DUE.take();
    let address = address();
    let fresh = crate::in_time(page(&address)).await;
    // Another page stands here by now; it was rendered later.
    if address != self::address() {
        return;
    }
    for (id, gone) in due {
        let selector = format!("main [data-card=\"{id}\"], main [data-story=\"{id}\"]");
        let mut anew = fresh
            .as_ref()
            .map(|page| all(page, &selector))
            .into_iter()
            .flatten();
        for old in all(&document(), &selector) {
            match anew.next() {
                Some(new) => old.replace_with_with_node_1(&new).ok(),
                // Its place stays, so that nothing jumps.
                None if gone => old.set_attribute("data-gone", "").ok(),
                None => None,
            };
        }
    }
    if let Ok(event) = web_sys::Event::new("times") {
        window().dispatch_event(&event).ok();
    }
}

fn address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// This page as it is now.
async fn page(address: &str) -> Option<Document> {
    let how = RequestInit::new();
    how.set_cache(RequestCache::NoCache);
    let request = web_sys::Request::new_with_str_and_init(address, &how).ok()?;
    let html = Request::from(request)
        .send()
        .await
        .ok()?
        .text()
        .await
        .ok()?;
    let parser = DomParser::new().ok()?;
    parser
        .parse_from_string(&html, SupportedType::TextHtml)
        .ok()
}

pub(super) fn all(page: &Document, selector: &str) -> Vec<Element> {
    let Ok(found) = page.query_selector_all(selector) else {
        return vec![];
    };
    let items = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok());
    items.collect()
}
