//! Where the reader stands: the scroll position, kept in the history entry; focus; and what is
//! said aloud.

use super::Way;
use js_sys::Date;
use leptos::prelude::{document, window};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{
    Element, Event, FocusOptions, HtmlElement, ScrollBehavior, ScrollRestoration, ScrollToOptions,
    Url,
};

/// How long the reader stands still before the place is written down.
const SETTLED_MS: i32 = 100;

thread_local! {
    static PENDING: Cell<i32> = const { Cell::new(0) };
    /// The name of the entry that is shown, and where the reader stood in it and in those before: while a page
    /// scrolls, its entry's state is behind.
    static ENTRY: Cell<f64> = const { Cell::new(0.0) };
    static STOOD: RefCell<BTreeMap<u64, f64>> = const { RefCell::new(BTreeMap::new()) };
}

/// Takes scroll restoration over and writes the place down as the reader moves.
pub(super) fn keep() {
    // Ours from here on: the browser would scroll the old page before the new one stands. A
    // reload, or a return from another site, is restored now, unless the reader has scrolled.
    if let Ok(history) = window().history() {
        history
            .set_scroll_restoration(ScrollRestoration::Manual)
            .ok();
        let kept = history.state().ok().as_ref().and_then(of);
        ENTRY.set(Date::now());
        if let Some(y) = kept.filter(|_| window().scroll_y() == Ok(0.0)) {
            scroll(y);
        }
    }
    let save_later = Closure::<dyn Fn()>::new(save).into_js_value();
    super::on("scroll", move |_: Event| {
        note();
        forget_pending();
        let timer = window().set_timeout_with_callback_and_timeout_and_arguments_0(
            save_later.unchecked_ref(),
            SETTLED_MS,
        );
        PENDING.set(timer.unwrap_or(0));
    });
    super::on("pagehide", |_: Event| save());
}

/// A place not yet written belongs to the entry that is being left, not to the one that the
/// address bar shows now.
pub(super) fn forget_pending() {
    window().clear_timeout_with_handle(PENDING.get());
}

/// The browser has gone to another entry: where the reader stood in it.
pub(super) fn moved_to(state: &JsValue) -> Option<f64> {
    forget_pending();
    let entry = number(state, "entry");
    ENTRY.set(entry.unwrap_or(0.0));
    let known =
        entry.and_then(|entry| STOOD.with_borrow(|stood| stood.get(&entry.to_bits()).copied()));
    known.or_else(|| of(state))
}

/// Notes where the reader stands in the entry that is shown.
fn note() {
    let (entry, y) = (ENTRY.get(), window().scroll_y().unwrap_or(0.0));
    STOOD.with_borrow_mut(|stood| stood.insert(entry.to_bits(), y));
}

/// The place that a history entry's state names.
pub(super) fn of(state: &JsValue) -> Option<f64> {
    number(state, "y")
}

fn number(state: &JsValue, name: &str) -> Option<f64> {
    js_sys::Reflect::get(state, &name.into()).ok()?.as_f64()
}

/// The address bar follows. A page that only replaces itself (a retry, the same link again) makes
/// no new entry.
pub(super) fn enter(url: &Url, by_link: bool) {
    forget_pending();
    let Ok(history) = window().history() else {
        return;
    };
    let same = super::path(url) == super::address_bar();
    if by_link && !same {
        save();
        ENTRY.set(Date::now());
        history
            .push_state_with_url(&state(0.0), "", Some(&url.href()))
            .ok();
    } else {
        let state = history.state().unwrap_or(JsValue::NULL);
        history
            .replace_state_with_url(&state, "", Some(&url.href()))
            .ok();
    }
}

/// Brings the reader to the fragment, the place kept or the top; focus to the heading; and has the
/// title read out.
pub(super) fn arrive(main: &Element, hash: &str, way: Way) {
    let name = js_sys::decode_uri_component(hash.trim_start_matches('#'));
    let name = name.map(String::from).unwrap_or_default();
    let target = (!name.is_empty())
        .then(|| document().get_element_by_id(&name))
        .flatten();
    match (&target, way) {
        (_, Way::History(y)) => scroll(y),
        (Some(target), Way::Link) => target.scroll_into_view(),
        (None, Way::Link) | (_, Way::Again) => scroll(0.0),
    }
    let heading = target.or_else(|| main.query_selector("h1").ok().flatten());
    if let Some(heading) = heading.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        if !heading.has_attribute("tabindex") {
            heading.set_attribute("tabindex", "-1").ok();
        }
        let quietly = FocusOptions::new();
        quietly.set_prevent_scroll(true);
        heading.focus_with_options(&quietly).ok();
    }
    if let Some(voice) = document().get_element_by_id("announce") {
        voice.set_text_content(Some(&document().title()));
    }
}

/// Goes to `y` at once, whatever the style sheet says about smoothness.
pub(super) fn scroll(y: f64) {
    let to = ScrollToOptions::new();
    to.set_top(y);
    to.set_behavior(ScrollBehavior::Instant);
    window().scroll_to_with_scroll_to_options(&to);
}

fn save() {
    let Ok(history) = window().history() else {
        return;
    };
    history
        .replace_state(&state(window().scroll_y().unwrap_or(0.0)), "")
        .ok();
}

fn state(y: f64) -> JsValue {
    let state = js_sys::Object::new();
    for (name, value) in [("y", y), ("entry", ENTRY.get())] {
        js_sys::Reflect::set(&state, &name.into(), &value.into()).ok();
    }
    state.into()
}
