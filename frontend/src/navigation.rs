//! Moves between pages without leaving the document.
//!
//! A click fetches the same address that a link would open, and `<main>` is exchanged; the shell
//! around it, its islands and their state stay. Which clicks are ours: [`link`]. How a page is
//! asked for: [`fetched`]. What it brings: [`head`], [`islands`], [`place`]. How it is shown:
//! [`arrival`].

mod arrival;
mod fetched;
mod head;
mod islands;
mod link;
mod place;

use fetched::Fetched;
use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement, MouseEvent, PopStateEvent, SubmitEvent, Url};

thread_local! {
    /// Counts moves: the newest click wins, a late answer is dropped.
    static NEWEST: Cell<u32> = const { Cell::new(0) };
    /// The address (path and query) whose page stands in `<main>`. While the reader goes back it
    /// is not yet the address bar's.
    static HERE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// How a reader came to ask for a page.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// By a link or a form: the page gets an entry in the history.
    Link,
    /// Back or forward: the address bar has moved already. The number is where the reader stood.
    History(f64),
    /// By the button behind which news waits: the same page, as it is now, from the top.
    Again,
}

/// Hydrates the first page's islands and listens for what would leave it.
pub(crate) fn start(exports: JsValue) {
    HERE.set(address_bar());
    place::keep();
    on("click", |event: MouseEvent| {
        arrival::pass_on(&event);
        if let Some(to) = link::clicked(&event) {
            event.prevent_default();
            go(to, Way::Link);
        }
    });
    on("submit", |event: SubmitEvent| {
        if let Some(to) = link::submitted(&event) {
            event.prevent_default();
            go(to, Way::Link);
        }
    });
    // A page that grew under the reader names what it shows now in its address.
    on("address", |_: Event| HERE.set(address_bar()));
    on("again", |_: Event| {
        if let Ok(to) = Url::new_with_base(&here(), &href()) {
            go(to, Way::Again);
        }
    });
    on("popstate", |event: PopStateEvent| came_back(&event));
    for intent in ["mouseover", "focusin", "touchstart"] {
        on(intent, move |event: Event| {
            let to = link::pointed_at(&event).filter(|to| path(to) != here());
            fetched::expect(to.as_ref(), intent == "mouseover");
        });
    }
    islands::hydrate_first(exports);
}

/// Back or forward: another page, or another place in this one.
fn came_back(event: &PopStateEvent) {
    let y = place::moved_to(&event.state());
    if address_bar() != here() {
        if let Ok(to) = Url::new(&href()) {
            go(to, Way::History(y.unwrap_or(0.0)));
        }
    } else {
        begin();
        // Without a state it is a fragment, and the browser has scrolled.
        if let Some(y) = y {
            place::scroll(y);
        }
    }
}

/// Fetches `to` and shows it, unless the reader has asked for another page by then.
fn go(to: Url, way: Way) {
    let me = begin();
    offline(None);
    busy(true);
    spawn_local(async move {
        let answer = fetched::get(&path(&to), way).await;
        if NEWEST.get() != me {
            return;
        }
        busy(false);
        match answer {
            Fetched::Page { url, html } => arrival::show(me, &to, way, &url, &html),
            Fetched::Other => leave(&to, way),
            Fetched::Nothing => offline(Some(&to)),
        }
    });
}

/// Says that a page is on its way; the style shows it only once that takes a while.
fn busy(is: bool) {
    let Some(main) = document().get_element_by_id("main") else {
        return;
    };
    if is {
        main.set_attribute("aria-busy", "true").ok();
    } else {
        main.remove_attribute("aria-busy").ok();
    }
}

/// Shows or hides the shell's message that a page didn't come; its link asks for it again.
fn offline(to: Option<&Url>) {
    let message = document().get_element_by_id("offline");
    let Some(message) = message.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    if let (Some(to), Ok(Some(again))) = (to, message.query_selector("a")) {
        again.set_attribute("href", &to.href()).ok();
    }
    message.set_hidden(to.is_none());
}

/// Gives the move to the browser: what came is not a page that this document can show.
fn leave(to: &Url, way: Way) {
    let location = window().location();
    match way {
        Way::Link => location.assign(&to.href()).ok(),
        Way::Again => location.reload().ok(),
        Way::History(_) => location.replace(&to.href()).ok(),
    };
}

/// Begins a move and makes every earlier one out of date.
fn begin() -> u32 {
    busy(false);
    NEWEST.set(NEWEST.get().wrapping_add(1));
    NEWEST.get()
}

fn here() -> String {
    HERE.with_borrow(String::clone)
}

fn href() -> String {
    window().location().href().unwrap_or_default()
}

fn address_bar() -> String {
    Url::new(&href()).map(|url| path(&url)).unwrap_or_default()
}

/// Path and query: what names a page.
fn path(url: &Url) -> String {
    url.pathname() + &url.search()
}

/// Listens on `window` for as long as the document lives.
fn on<E: JsCast + FromWasmAbi + 'static>(event: &str, act: impl Fn(E) + 'static) {
    let act = Closure::<dyn Fn(E)>::new(act).into_js_value();
    window()
        .add_event_listener_with_callback(event, act.unchecked_ref())
        .ok();
}
