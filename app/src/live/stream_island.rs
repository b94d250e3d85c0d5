//! The one stream of the whole shell. It listens to what the page names in `<meta name="channel">`, from the sequence
//! the page was rendered at; after a navigation it opens the new page's channel and then closes the old.
#![expect(
    unreachable_pub,
    reason = "#[island] writes a public item of its own beside the function"
)]

use leptos::prelude::*;

/// A quiet line of status, and the button behind which new stories wait.
#[island]
pub fn StreamIsland() -> impl IntoView {
    let said = RwSignal::new(String::new());
    let waiting = RwSignal::new(0_u32);
    #[cfg(feature = "hydrate")]
    browser::start(browser::Shown { said, waiting });
    let shows = move |_| {
        #[cfg(feature = "hydrate")]
        browser::load_anew();
    };
    view! {
        <div class="live" translate="no">
            <p class="live__status" role="status" aria-live="polite">
                // Only what is said has a ground: the region itself is always there and never seen.
                <span class="live__said" hidden=move || said.with(String::is_empty)>{said}</span>
            </p>
            <button class="live__new action" type="button" hidden=move || waiting.get() == 0 on:click=shows>
                {move || format!("{} new", waiting.get())}
            </button>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use futures::StreamExt;
    use gloo_net::eventsource::futures::EventSource;
    use js_sys::{JSON, Reflect};
    use leptos::{prelude::*, task::spawn_local};
    use std::{cell::RefCell, time::Duration};
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, HtmlElement, HtmlTemplateElement};

    /// What the island shows.
    #[derive(Clone, Copy)]
    pub(super) struct Shown {
        pub(super) said: RwSignal<String>,
        pub(super) waiting: RwSignal<u32>,
    }

    thread_local! {
        /// The stream, and the page it belongs to.
        static OPEN: RefCell<Option<(EventSource, Heard)>> = const { RefCell::new(None) };
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
        let same = OPEN.with_borrow(|open| open.as_ref().map(|(_, heard)| heard) == heard.as_ref());
        if same {
            return;
        }
        let new = heard.and_then(|heard| open(heard, shown));
        if let Some((old, _)) = OPEN.replace(new) {
            old.close();
        }
    }

    fn open(heard: Heard, shown: Shown) -> Option<(EventSource, Heard)> {
        let address = format!("/live/{}?since={}", heard.channel, heard.since);
        let mut source = EventSource::new(&address).ok()?;
        for kind in KINDS {
            let Ok(mut events) = source.subscribe(kind) else {
                continue;
            };
            let channel = heard.channel.clone();
            spawn_local(async move {
                while let Some(Ok((kind, message))) = events.next().await {
                    // An event that was under way when its page went is nobody's.
                    if meta("channel").as_ref() != Some(&channel) {
                        break;
                    }
                    let data = message.data().as_string().unwrap_or_default();
                    if let Ok(event) = JSON::parse(&data) {
                        take(&kind, &event, shown);
                    }
                }
            });
        }
        Some((source, heard))
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

    /// Puts the changed blocks in their places. What is read stays where it is on the screen.
    fn correct(event: &JsValue) {
        let Ok(Some(body)) = document().query_selector("main .story__body") else {
            return;
        };
        let anchor = anchor(&body);
        let stood = anchor.as_ref().map(top);
        let blocks = js_sys::Array::from(&get(event, "blocks"));
        let changed = |id: &str| {
            blocks
                .iter()
                .find(|block| text(block, "id") == id)
                .map(|block| text(&block, "html"))
        };
        let mut at = body.first_element_child();
        for id in js_sys::Array::from(&get(event, "order"))
            .iter()
            .filter_map(|id| id.as_string())
        {
            let old = block(&body, &id);
            let new = match (changed(&id), &old) {
                (Some(html), _) => element(&html),
                (None, Some(old)) => Some(old.clone()),
                (None, None) => None,
            };
            let Some(new) = new else { continue };
            if let Some(old) = old.filter(|old| *old != new) {
                if at.as_ref() == Some(&old) {
                    at = Some(new.clone());
                }
                old.replace_with_with_node_1(&new).ok();
            }
            if at.as_ref() == Some(&new) {
                at = new.next_element_sibling();
            } else {
                body.insert_before(&new, at.as_ref().map(AsRef::as_ref))
                    .ok();
            }
        }
        // What stands behind the last block of the new order is no longer part of the story.
        while let Some(rest) = at {
            at = rest.next_element_sibling();
            rest.remove();
        }
        for (which, name) in [
            (".story__headline", "headline"),
            (".story__standfirst", "standfirst"),
        ] {
            if let Ok(Some(part)) = document().query_selector(&format!("main {which}")) {
                let html = text(event, name);
                if part.inner_html() != html {
                    part.set_inner_html(&html);
                }
            }
        }
        updated(&text(event, "updated"));
        if let (Some(anchor), Some(stood)) = (anchor.filter(|anchor| anchor.is_connected()), stood)
        {
            window().scroll_by_with_x_and_y(0.0, top(&anchor) - stood);
        }
    }

    /// The first block that the reader sees.
    fn anchor(body: &Element) -> Option<Element> {
        let mut at = body.first_element_child();
        while let Some(block) = at {
            if block.get_bounding_client_rect().bottom() > 0.0 {
                return Some(block);
            }
            at = block.next_element_sibling();
        }
        None
    }

    fn top(of: &Element) -> f64 {
        of.get_bounding_client_rect().top()
    }

    fn block(body: &Element, id: &str) -> Option<Element> {
        let mut at = body.first_element_child();
        while let Some(block) = at {
            if block.get_attribute("data-block").as_deref() == Some(id) {
                return Some(block);
            }
            at = block.next_element_sibling();
        }
        None
    }

    fn updated(iso: &str) {
        let Ok(Some(line)) = document().query_selector("main .story__updated") else {
            return;
        };
        if let Ok(Some(time)) = line.query_selector("time") {
            time.set_attribute("datetime", iso).ok();
        }
        if let Some(line) = line.dyn_ref::<HtmlElement>() {
            line.set_hidden(false);
        }
        if let Ok(event) = web_sys::Event::new("times") {
            window().dispatch_event(&event).ok();
        }
    }

    fn element(html: &str) -> Option<Element> {
        let template: HtmlTemplateElement = document()
            .create_element("template")
            .ok()?
            .dyn_into()
            .ok()?;
        template.set_inner_html(html);
        template.content().first_element_child()
    }

    /// From the top, where the new stories stand.
    pub(super) fn load_anew() {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        window().location().reload().ok();
    }

    fn meta(name: &str) -> Option<String> {
        let tag = document()
            .query_selector(&format!("meta[name={name}]"))
            .ok()
            .flatten()?;
        tag.get_attribute("content")
    }

    fn get(of: &JsValue, name: &str) -> JsValue {
        Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
    }

    fn text(of: &JsValue, name: &str) -> String {
        get(of, name).as_string().unwrap_or_default()
    }
}
