//! Marks the section the reader is in. The masthead stays while pages change, so no page can say it for good.
#![expect(
    unreachable_pub,
    reason = "#[island] writes a public item of its own beside the function"
)]

use leptos::prelude::*;

/// Has no look of its own: it marks the masthead's links.
#[island]
pub fn HereIsland() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        mark();
        let on_page = window_event_listener_untyped("page", |_| {
            mark();
            // Who chose a place wants to see it. What else opens a page leaves the drawer as it is.
            if CHOSEN.take() {
                close();
            }
        });
        let on_click =
            window_event_listener_untyped("click", |event| CHOSEN.set(is_choice(&event)));
        let on_key = window_event_listener_untyped("keydown", |event| {
            use wasm_bindgen::JsCast;
            let key = event.dyn_ref::<web_sys::KeyboardEvent>();
            if key.is_some_and(|key| key.key() == "Escape" && !key.default_prevented()) {
                close();
            }
        });
        on_cleanup(move || {
            on_page.remove();
            on_click.remove();
            on_key.remove();
        });
    }
    view! { <span hidden></span> }
}

#[cfg(feature = "hydrate")]
thread_local! {
    /// Whether the last click was on a place in the drawer.
    static CHOSEN: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

#[cfg(feature = "hydrate")]
fn is_choice(event: &web_sys::Event) -> bool {
    use wasm_bindgen::JsCast;
    let at = event
        .target()
        .and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    at.is_some_and(|at| matches!(at.closest(".masthead__drawer a"), Ok(Some(_))))
}

/// Closes the drawer of places; the focus that was in it goes to its handle.
#[cfg(feature = "hydrate")]
fn close() {
    use wasm_bindgen::JsCast;
    let Ok(Some(drawer)) = document().query_selector(".masthead__places[open]") else {
        return;
    };
    let inside = document()
        .active_element()
        .is_some_and(|at| drawer.contains(Some(&at)));
    drawer.remove_attribute("open").ok();
    let handle = drawer.query_selector("summary").ok().flatten();
    if let Some(handle) = handle.and_then(|h| h.dyn_into::<web_sys::HtmlElement>().ok())
        && inside
    {
        handle.focus().ok();
    }
}

#[cfg(feature = "hydrate")]
fn mark() {
    use wasm_bindgen::JsCast;
    let path = window().location().pathname().unwrap_or_default();
    // A story names its section in its kicker.
    let kicker = document()
        .query_selector("main .story__section")
        .ok()
        .flatten();
    let here = kicker
        .and_then(|link| link.get_attribute("href"))
        .unwrap_or(path);
    let Ok(links) = document().query_selector_all(".masthead__sections a") else {
        return;
    };
    for at in 0..links.length() {
        let Some(link) = links
            .item(at)
            .and_then(|n| n.dyn_into::<web_sys::Element>().ok())
        else {
            continue;
        };
        let href = link.get_attribute("href").unwrap_or_default();
        let inside = here
            .strip_prefix(&href)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if inside {
            link.set_attribute("aria-current", "true").ok();
            bring_into_view(&link);
        } else {
            link.remove_attribute("aria-current").ok();
        }
    }
}

/// On a narrow screen the row of sections is longer than the window; only the row moves, never the page.
#[cfg(feature = "hydrate")]
fn bring_into_view(link: &web_sys::Element) {
    /// Where the row goes on, its edge fades.
    const FADE: f64 = 48.0;
    let Some(row) = link.parent_element() else {
        return;
    };
    let (here, window) = (
        link.get_bounding_client_rect(),
        row.get_bounding_client_rect(),
    );
    let beyond = (here.right() + FADE - window.right()).max(0.0);
    let before = (here.left() - FADE - window.left()).min(0.0);
    let by = if before < 0.0 { before } else { beyond };
    row.set_scroll_left(row.scroll_left() + by as i32);
}
