//! Pages that were or will be asked for.
//!
//! A page read ahead serves a click for ten seconds; back and forward take what is kept, and the
//! stream brings what has changed since (a page says in its head which change it has seen).

use super::Way;
use js_sys::{Array, Date, Promise};
use leptos::prelude::window;
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{RequestCache, RequestInit, Url};

/// How many pages are kept for back and forward.
const KEPT: usize = 20;
/// How long a page that was read ahead may serve a click: as long as a cache between may keep it (`s-maxage`).
const FRESH_MS: f64 = 10_000.0;
/// The same for a page that must not be stored (an editor's): long enough from hover to click.
const BRIEF_MS: f64 = 3_000.0;
/// How long a pointer rests on a link before its page is read ahead.
const HOVER_MS: i32 = 65;

/// What came of asking for an address.
pub(super) enum Fetched {
    /// A page, and the address that answered in the end.
    Page { url: String, html: String },
    /// Something that isn't HTML: the browser's.
    Other,
    /// No answer, or the server's fault.
    Nothing,
}

/// A page asked for: `promise` resolves to what [`read`] says.
struct Asked {
    address: String,
    promise: Promise,
    at: f64,
    /// Whether the server allows us to keep it.
    storable: bool,
}

thread_local! {
    static PAGES: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
    /// The timer of a pointer that rests on a link.
    static HOVER: Cell<i32> = const { Cell::new(0) };
}

/// The page at `address`: on the way back what stood there, by the button for news what stands there now.
pub(super) async fn get(address: &str, way: Way) -> Fetched {
    if way == Way::Again {
        forget(address);
    }
    let asked = JsFuture::from(ask(address, way));
    let Some(found) = app::in_time(async { asked.await.ok() }).await else {
        forget(address);
        return Fetched::Nothing;
    };
    let text = |of: &Array, at: u32| of.get(at).as_string().unwrap_or_default();
    match found.dyn_ref::<Array>() {
        Some(page) => Fetched::Page {
            url: text(page, 0),
            html: text(page, 1),
        },
        None if found.is_null() => Fetched::Other,
        None => Fetched::Nothing,
    }
}

/// Reads ahead what the reader points at. A pointer that only passes over links asks for nothing.
pub(super) fn expect(to: Option<&Url>, hover: bool) {
    window().clear_timeout_with_handle(HOVER.get());
    let Some(address) = to.map(super::path).filter(|_| !saves_data()) else {
        return;
    };
    if !hover {
        let _asked = ask(&address, Way::Link);
        return;
    }
    let wait = Closure::once_into_js(move || {
        let _asked = ask(&address, Way::Link);
    });
    let timer = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(wait.unchecked_ref(), HOVER_MS);
    HOVER.set(timer.unwrap_or(0));
}

fn ask(address: &str, way: Way) -> Promise {
    PAGES.with_borrow_mut(|pages| {
        let kept = pages
            .iter()
            .find(|page| page.address == address)
            .filter(|page| {
                let age = Date::now() - page.at;
                let limit = if page.storable { FRESH_MS } else { BRIEF_MS };
                age < limit || (matches!(way, Way::History(_)) && page.storable)
            });
        if let Some(page) = kept {
            return page.promise.clone();
        }
        pages.retain(|page| page.address != address);
        if pages.len() >= KEPT {
            drop(pages.remove(0));
        }
        let asked = address.to_owned();
        let promise = future_to_promise(async move { Ok(read(&asked).await) });
        pages.push(Asked {
            address: address.to_owned(),
            promise: promise.clone(),
            at: Date::now(),
            storable: true,
        });
        promise
    })
}

/// `[url, html]`; `null` for what isn't HTML, `undefined` where nothing came.
///
/// It never rejects: a page that nobody asks for again must not be an error in the console.
async fn read(address: &str) -> JsValue {
    let answer = answer(address).await.unwrap_or(JsValue::UNDEFINED);
    // What failed is not kept: the next click asks again.
    if !answer.is_array() {
        forget(address);
    }
    answer
}

fn forget(address: &str) {
    PAGES.with_borrow_mut(|pages| pages.retain(|page| page.address != address));
}

async fn answer(address: &str) -> Option<JsValue> {
    let how = RequestInit::new();
    // The browser may answer from its own cache for half a minute: what was withdrawn by then must not be shown. This
    // asks the newsroom, which says in a few bytes that nothing has changed.
    how.set_cache(RequestCache::NoCache);
    // Not through gloo-net's builder: 0.6 adds a `&` to every address with a query, which is
    // another page to every cache.
    let request = web_sys::Request::new_with_str_and_init(address, &how).ok()?;
    let response = gloo_net::http::Request::from(request).send().await.ok()?;
    if response.status() >= 500 {
        return None;
    }
    let header = |name: &str| response.headers().get(name).unwrap_or_default();
    if !header("content-type").starts_with("text/html") {
        return Some(JsValue::NULL);
    }
    if header("cache-control").contains("no-store") {
        PAGES.with_borrow_mut(|pages| {
            if let Some(page) = pages.iter_mut().find(|page| page.address == address) {
                page.storable = false;
            }
        });
    }
    let html = response.text().await.ok()?;
    Some(Array::of2(&response.url().into(), &html.into()).into())
}

/// Whether the reader has asked the browser to be sparing.
fn saves_data() -> bool {
    let at = |of: &JsValue, key: &str| {
        js_sys::Reflect::get(of, &key.into()).unwrap_or(JsValue::UNDEFINED)
    };
    let connection = at(&window().navigator(), "connection");
    connection.is_object() && at(&connection, "saveData").is_truthy()
}
