//! The stream: opened, heard, and opened again.

use super::correct::correct;
use futures::StreamExt;
use gloo_net::eventsource::{State, futures::EventSource};
use js_sys::{JSON, Math, Reflect};
use leptos::{prelude::*, task::spawn_local};
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::JsValue;

/// What the island shows.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) said: RwSignal<String>,
    pub(super) waiting: RwSignal<u32>,
}

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// The stream, the page it belongs to, and the number of the last event it brought.
struct Open {
    source: EventSource,
    heard: Heard,
    last: String,
}

/// A page's channel and the sequence it was rendered at.
#[derive(Clone, PartialEq)]
struct Heard {
    channel: String,
    since: String,
}

/// The kinds of event a page may hear.
const KINDS: [&str; 4] = ["blocks", "gone", "card", "reload"];

pub(super) fn start(shown: Shown) {
    listen(shown);
    let on_page = window_event_listener_untyped("page", move |_| {
        shown.waiting.set(0);
        shown.said.set(String::new());
        listen(shown);
    });
    on_cleanup(move || on_page.remove());
}

/// Opens the page's channel before the old one is closed, so that at no moment nobody listens.
fn listen(shown: Shown) {
    let heard = meta("channel").map(|channel| Heard {
        channel,
        since: meta("seq").unwrap_or_default(),
    });
    let same = OPEN.with_borrow(|open| open.as_ref().map(|open| &open.heard) == heard.as_ref());
    if same {
        return;
    }
    let new = heard.and_then(|heard| {
        let last = heard.since.clone();
        open(heard, last, shown)
    });
    if let Some(old) = OPEN.replace(new) {
        old.source.close();
    }
}

fn open(heard: Heard, last: String, shown: Shown) -> Option<Open> {
    let address = format!("/live/{}?since={last}", heard.channel);
    let mut source = EventSource::new(&address).ok()?;
    for kind in KINDS {
        let Ok(mut events) = source.subscribe(kind) else {
            continue;
        };
        let heard = heard.clone();
        spawn_local(async move {
            while let Some(Ok((kind, message))) = events.next().await {
                // An event that was under way when its page went is nobody's.
                if meta("channel").as_ref() != Some(&heard.channel) {
                    return;
                }
                OPEN.with_borrow_mut(|open| {
                    if let Some(open) = open.as_mut().filter(|open| open.heard == heard) {
                        open.last = message.last_event_id();
                    }
                });
                let data = message.data().as_string().unwrap_or_default();
                if let Ok(event) = JSON::parse(&data) {
                    take(&kind, &event, shown);
                }
            }
            // All kinds end together, so one of them looks after what follows.
            if kind == "reload" {
                again(heard, shown);
            }
        });
    }
    Some(Open {
        source,
        heard,
        last,
    })
}

/// A browser comes back by itself when a connection breaks, but never after an answer that is no stream, such as a
/// proxy's while the site is away. Spread out, or all pages would come back at once.
fn again(heard: Heard, shown: Shown) {
    let pause = 5_000.0 + Math::random() * 30_000.0;
    set_timeout(
        move || {
            let last = OPEN.with_borrow(|open| {
                let open = open.as_ref().filter(|open| open.heard == heard)?;
                (open.source.state() == State::Closed).then(|| open.last.clone())
            });
            if let Some(new) = last.and_then(|last| open(heard, last, shown)) {
                OPEN.set(Some(new));
            }
        },
        Duration::from_millis(pause as u64),
    );
}

fn take(kind: &str, event: &JsValue, shown: Shown) {
    match kind {
        "blocks" if editing() => {}
        // The desk's view is the draft, whose blocks have no names to mend them by.
        "blocks" if is_the_desks() => shown.waiting.set(1),
        "blocks" => {
            correct(event);
            say(shown, "Updated");
        }
        "gone" => say(
            shown,
            &format!("This story was withdrawn. {}", text(event, "why")),
        ),
        "card" if !stands_here(&text(event, "id")) => {
            if let Some(n) = shown.waiting.try_get_untracked() {
                shown.waiting.set(n + 1);
            }
        }
        "reload" if editing() => {}
        // Too much was missed to send it piece by piece. Nothing jumps: the reader decides.
        "reload" => shown
            .waiting
            .set(shown.waiting.try_get_untracked().unwrap_or_default().max(1)),
        _ => {}
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

/// Words under the editor's hands are the editor's.
fn editing() -> bool {
    document()
        .query_selector(".ProseMirror")
        .is_ok_and(|found| found.is_some())
}

fn is_the_desks() -> bool {
    document()
        .query_selector("main [data-desk]")
        .is_ok_and(|found| found.is_some())
}

fn stands_here(id: &str) -> bool {
    let selector = format!("[data-card=\"{id}\"]");
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

fn meta(name: &str) -> Option<String> {
    let tag = document()
        .query_selector(&format!("meta[name={name}]"))
        .ok()
        .flatten()?;
    tag.get_attribute("content")
}

pub(super) fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

pub(super) fn text(of: &JsValue, name: &str) -> String {
    get(of, name).as_string().unwrap_or_default()
}
