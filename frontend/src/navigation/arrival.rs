//! Shows a page that has come: the exchange of `<main>` and everything that goes with it.

use super::{HERE, NEWEST, Way, head, islands, leave, path, place};
use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, Event, HtmlElement, MouseEvent, SupportedType, Url};

/// The event that tells the shell that another page stands: which channel to listen to now.
const PAGE: &str = "page";

thread_local! {
    /// The view transition that runs: a picture of the page lies over the page itself.
    static TURNING: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

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
    TURNING.set(Some(transition.clone()));
    // A skipped transition (two quick clicks, a hidden tab) rejects `ready`; the exchange itself
    // has run, so the rejection is heard and forgotten.
    let promise = |name: &str| {
        let found = js_sys::Reflect::get(&transition, &name.into()).ok()?;
        found.dyn_into::<js_sys::Promise>().ok()
    };
    let (ready, finished) = (promise("ready"), promise("finished"));
    spawn_local(async move {
        for promise in ready.into_iter().chain(finished) {
            JsFuture::from(promise).await.ok();
        }
        TURNING.with_borrow_mut(|turning| _ = turning.take_if(|turning| *turning == transition));
    });
}

/// Gives a click that fell on the picture to what lies under it: a reader who is quick means the
/// page that has come.
pub(super) fn pass_on(event: &MouseEvent) {
    let target = event.target().map(JsValue::from);
    let root = document().document_element().map(JsValue::from);
    let modified = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
    if target != root || modified {
        return;
    }
    let Some(turning) = TURNING.take() else {
        return;
    };
    let skip = js_sys::Reflect::get(&turning, &"skipTransition".into());
    if let Ok(skip) = skip.and_then(|found| found.dyn_into::<js_sys::Function>()) {
        skip.call0(&turning).ok();
    }
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let under = document().element_from_point(x, y);
    if let Some(under) = under.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        under.click();
    }
}
