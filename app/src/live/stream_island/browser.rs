//! What the events of the stream do on the page.

use super::{
    breaking, cards,
    correct::correct,
    stream::{self, Page},
};
use js_sys::{JSON, Reflect};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

/// What the island shows.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) said: RwSignal<String>,
    /// How many new cards wait, or that newer words do.
    pub(super) waiting: RwSignal<u32>,
    /// Whether the page is one story: what waits are its own newer words.
    pub(super) story: RwSignal<bool>,
}

pub(super) fn start(shown: Shown) {
    stream::start(move |page, kind, data| {
        if let Ok(event) = JSON::parse(data) {
            take(page, kind, &event, shown);
        }
    });
    let on_page = window_event_listener_untyped("page", move |_| {
        shown.waiting.set(0);
        breaking::leave();
        shown.said.set(String::new());
    });
    // The desk's bar knows whether the words on the page are the newest.
    let on_newer = window_event_listener_untyped("newer", move |event| {
        let newer = event
            .dyn_ref::<CustomEvent>()
            .is_some_and(|event| event.detail().is_truthy());
        wait_for(shown, u32::from(newer));
    });
    on_cleanup(move || {
        on_page.remove();
        on_newer.remove();
    });
}

fn take(page: &Page, kind: &str, event: &JsValue, shown: Shown) {
    if page.is_the_desks() {
        tell_desk(kind, event);
    }
    match kind {
        "blocks" => {
            correct(event);
            say(shown, "Updated");
        }
        "gone" => {
            say(
                shown,
                &format!("This story was withdrawn. {}", text(event, "why")),
            );
            // Its words are nobody's to read from now on. Who edits it may still have unsent ones on the page.
            if !page.is_the_desks() {
                ask_again();
            }
        }
        "changed" | "removed" => {
            let id = text(event, "id");
            if kind == "removed" {
                breaking::withdrawn(&id);
            }
            if stands_here(&id) {
                cards::draw_anew(id, kind == "removed");
                if is_one_story() {
                    say(shown, "Updated");
                }
            }
        }
        "card" if !stands_here(&text(event, "id")) => {
            let waiting = shown.waiting.try_get_untracked().unwrap_or_default();
            wait_for(shown, waiting + 1);
        }
        "breaking" => breaking::take(event),
        // Too much was missed to send it piece by piece. Nothing jumps: the reader decides.
        "reload" if !page.is_the_desks() => {
            let waiting = shown.waiting.try_get_untracked().unwrap_or_default();
            wait_for(shown, waiting.max(1));
        }
        _ => {}
    }
}

/// Hands an event on to the desk's bar and its editor, which readers don't have.
fn tell_desk(kind: &str, event: &JsValue) {
    let told = js_sys::Array::of2(&kind.into(), event);
    let detail = CustomEventInit::new();
    detail.set_detail(&told);
    if let Ok(event) = CustomEvent::new_with_event_init_dict("desk", &detail) {
        window().dispatch_event(&event).ok();
    }
}

fn wait_for(shown: Shown, count: u32) {
    if shown.waiting.try_get_untracked().is_some() {
        shown.story.set(is_one_story());
        shown.waiting.set(count);
    }
}

fn say(shown: Shown, words: &str) {
    if shown.said.try_get_untracked().is_some() {
        shown.said.set(words.to_owned());
    }
    set_timeout(
        move || {
            if shown
                .said
                .try_get_untracked()
                .is_some_and(|said| said == "Updated")
            {
                shown.said.set(String::new());
            }
        },
        Duration::from_secs(8),
    );
}

fn is_one_story() -> bool {
    document()
        .query_selector("main [data-story]")
        .is_ok_and(|found| found.is_some())
}

fn stands_here(id: &str) -> bool {
    let selector = format!("[data-card=\"{id}\"], main [data-story=\"{id}\"]");
    id.bytes().all(|b| b.is_ascii_alphanumeric())
        && document()
            .query_selector(&selector)
            .is_ok_and(|found| found.is_some())
}

/// Asks our navigation for this page as it is now.
pub(super) fn ask_again() {
    if let Ok(event) = web_sys::Event::new("again") {
        window().dispatch_event(&event).ok();
    }
}

pub(super) fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

pub(super) fn text(of: &JsValue, name: &str) -> String {
    get(of, name).as_string().unwrap_or_default()
}
