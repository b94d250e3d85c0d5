//! Shows a page that has come: the exchange of `<main>` and everything that goes with it.

use super::{HERE, NEWEST, Way, head, islands, leave, path, place};
use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, Event, SupportedType, Url};

/// The event that tells the shell that another page stands: which channel to listen to now.
const PAGE: &str = "page";

/// Exchanges `<main>` for the one in `html`, which was answered from `url`.
///
/// A page that this build can't show is left to the browser.
pub(super) fn show(me: u32, to: &Url, way: Way, url: &str, html: &str) {
    let Some((page, old, new)) = parts(html) else {
        return leave(to, way);
    };
    let Ok(address) = Url::new(url) else {
        return leave(to, way);
    };
    if !same_build(&page) || !islands::known(&new) {
        return leave(to, way);
    }
    address.set_hash(&to.hash());
    let exchange = Closure::once_into_js(move || {
        if NEWEST.get() != me {
            return;
        }
        place::enter(&address, way == Way::Link);
        HERE.set(path(&address));
        head::merge(&page);
        islands::dispose(&old);
        old.replace_with_with_node_1(&new).ok();
        islands::hydrate_main(&new);
        place::arrive(&new, &address.hash(), way);
        if let Ok(event) = Event::new(PAGE) {
            window().dispatch_event(&event).ok();
        }
    });
    in_transition(exchange.unchecked_ref());
}

/// The new document, the `<main>` that stands and the one that comes.
fn parts(html: &str) -> Option<(Document, Element, Element)> {
    let parser = DomParser::new().ok()?;
    let page = parser
        .parse_from_string(html, SupportedType::TextHtml)
        .ok()?;
    let old = document().query_selector("main").ok()??;
    let new = page.query_selector("main").ok()??;
    Some((page, old, new))
}

/// Whether `page` was drawn for the code and styles that this document has.
///
/// After a deploy an open tab gets pages of a newer build, and after a sign-in elsewhere pages for
/// the desk's bundle: both are loaded in full.
fn same_build(page: &Document) -> bool {
    let mark = |of: &Document, selector: &str, attribute: &str| {
        of.query_selector(selector)
            .ok()
            .flatten()
            .and_then(|tag| tag.get_attribute(attribute))
    };
    let same = |selector: &str, attribute: &str| {
        mark(page, selector, attribute) == mark(&document(), selector, attribute)
    };
    same("meta[name=build]", "content") && same("script[data-site]", "data-site")
}

/// Runs the exchange inside a view transition where the browser has them and the reader welcomes
/// motion.
fn in_transition(exchange: &js_sys::Function) {
    let query = window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten();
    let motion_welcome = query.is_some_and(|query| !query.matches());
    let start = js_sys::Reflect::get(&document(), &"startViewTransition".into());
    let start = start
        .ok()
        .and_then(|found| found.dyn_into::<js_sys::Function>().ok());
    let Some(start) = start.filter(|_| motion_welcome) else {
        exchange.call0(&JsValue::NULL).ok();
        return;
    };
    let Ok(transition) = start.call1(&document(), exchange) else {
        return;
    };
    // A skipped transition (two quick clicks, a hidden tab) rejects `ready`; the exchange itself
    // has run, so the rejection is heard and forgotten.
    let ready = js_sys::Reflect::get(&transition, &"ready".into());
    if let Ok(ready) = ready.and_then(|found| found.dyn_into::<js_sys::Promise>()) {
        spawn_local(async move {
            JsFuture::from(ready).await.ok();
        });
    }
}
