//! "Earlier stories" at the foot of a list: the list grows where it stands. Without a script, and once the list is
//! long, the link leads to the next page.

use leptos::prelude::*;

/// How many stories a list grows to in place.
pub(crate) const MOST: usize = 300;

/// Around the link, which says itself of which list and from where on. An island with properties would bring their
/// decoder, and every reader's bundle would be half as large again.
#[island]
pub fn EarlierIsland(children: Children) -> impl IntoView {
    let said = RwSignal::new("");
    #[cfg(feature = "hydrate")]
    let grow = {
        let busy = StoredValue::new(false);
        move |event| browser::clicked(&event, said, busy)
    };
    #[cfg(not(feature = "hydrate"))]
    let grow = |_| ();
    view! {
        <nav class="section__pages" aria-label="Pages" on:click=grow>
            {children()}
            <p class="section__said" role="status">{said}</p>
        </nav>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use gloo_net::http;
    use js_sys::{JSON, Reflect, encode_uri_component};
    use leptos::{prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, Event, FocusOptions, HtmlElement, MouseEvent, Request};

    pub(super) fn clicked(
        event: &MouseEvent,
        said: RwSignal<&'static str>,
        busy: StoredValue<bool>,
    ) {
        let modified = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
        let link = event
            .target()
            .and_then(|touched| touched.dyn_into::<Element>().ok());
        let Some(link) = link.and_then(|touched| touched.closest("a").ok()?) else {
            return;
        };
        if modified || event.button() != 0 || cards() >= super::MOST {
            return;
        }
        event.prevent_default();
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        said.set("");
        link.set_attribute("aria-busy", "true").ok();
        spawn_local(async move {
            let came = crate::in_time(earlier(&link)).await;
            link.remove_attribute("aria-busy").ok();
            // The reader may have left the page meanwhile; then nobody needs the rows.
            if busy.try_set_value(false).is_some() || !link.is_connected() {
                return;
            }
            match came {
                Some(came) if !came.more => {
                    put(&link, &came);
                    said.set("There are no earlier stories.");
                }
                Some(came) => put(&link, &came),
                None => said.set("They didn't come. Please try again."),
            }
        });
    }

    /// What the server function `earlier` answers.
    struct Rows {
        list: String,
        html: String,
        until: String,
        more: bool,
    }

    /// Asks it for what follows the link's place. Leptos' own client would double the bundle.
    async fn earlier(link: &Element) -> Option<Rows> {
        let href = link.get_attribute("href")?;
        let (list, before) = href.split_once("?before=")?;
        let path = encode_uri_component(list);
        let request = Request::new_with_str(&format!("/api/earlier?list={path}&before={before}"));
        let response = http::Request::from(request.ok()?).send().await.ok()?;
        if !response.ok() {
            return None;
        }
        let rows = JSON::parse(&response.text().await.ok()?).ok()?;
        let said = |name: &str| Reflect::get(&rows, &JsValue::from_str(name)).ok();
        Some(Rows {
            list: list.to_owned(),
            html: said("html")?.as_string()?,
            until: said("until")?.as_string()?,
            more: said("more")?.as_bool()?,
        })
    }

    fn put(link: &Element, came: &Rows) {
        let Ok(Some(foot)) = document().query_selector("main .section__river > :last-child") else {
            return;
        };
        let stood = foot.previous_element_sibling();
        foot.insert_adjacent_html("beforebegin", &came.html).ok();
        let (list, until) = (&came.list, &came.until);
        link.set_attribute("href", &format!("{list}?before={until}"))
            .ok();
        if !came.more {
            link.set_attribute("hidden", "").ok();
        }
        // The address names all that stands here now: a reload, or the way back, brings it again.
        if let Ok(history) = window().history() {
            let (state, address) = (
                history.state().unwrap_or_default(),
                format!("{list}?until={until}"),
            );
            history
                .replace_state_with_url(&state, "", Some(&address))
                .ok();
        }
        for event in ["address", "times"] {
            if let Ok(event) = Event::new(event) {
                window().dispatch_event(&event).ok();
            }
        }
        if let Some(first) = first_link(stood) {
            let quietly = FocusOptions::new();
            quietly.set_prevent_scroll(true);
            first.focus_with_options(&quietly).ok();
        }
    }

    /// How many stories stand on the page.
    fn cards() -> usize {
        let found = document().query_selector_all("main [data-card]");
        found.map_or(0, |cards| cards.length() as usize)
    }

    /// The first headline after what stood there before.
    fn first_link(stood: Option<Element>) -> Option<HtmlElement> {
        let mut row = stood?.next_element_sibling();
        while let Some(this) = row {
            if let Ok(Some(link)) = this.query_selector("h3 a") {
                return link.dyn_into().ok();
            }
            row = this.next_element_sibling();
        }
        None
    }
}
