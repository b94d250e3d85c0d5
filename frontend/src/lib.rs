//! The browser's side: wakes the islands and navigates between pages.
//!
//! `public/boot.js` imports this module, initialises it and calls [`start`] with its exports.
//! Nothing here draws a page: pages come from the server as HTML, and an island hydrates itself.
//! Begin with [`navigation`].

mod navigation;

// The islands are exports of `app`; naming the crate links them in.
use app as _;
use leptos::prelude::document;
use wasm_bindgen::prelude::*;

/// Wakes every island of the page that stands and takes over its links.
///
/// `exports` are this module's own: an island is hydrated by the export that bears its name.
#[wasm_bindgen]
pub fn start(exports: JsValue) {
    leptos::mount::hydrate_islands();
    navigation::start(exports);
    // Tests and scripts wait for this mark; nothing in the page depends on it.
    if let Some(root) = document().document_element() {
        root.set_attribute("data-ready", "1").ok();
    }
}
