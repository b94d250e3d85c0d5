//! "Earlier stories" at the foot of a list: the list grows where it stands. Without a script, and once the list is
//! long, it is a link to the next page.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of the function's arguments"
)]

use crate::refused::Refused;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// The rows that come next in a list.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Rows {
    /// They as HTML, drawn by what draws them on pages.
    pub html: String,
    /// The place of the last of them.
    pub until: String,
    /// Whether there are still earlier ones.
    pub more: bool,
}

/// The stories of a list (its path) that come after a place in it.
///
/// # Errors
/// Where there is no such list or place, or the store can't be read.
#[server(prefix = "/api", endpoint = "earlier", input = GetUrl)]
pub async fn earlier(list: String, before: String) -> Result<Rows, Refused> {
    server::earlier(&list, &before).await
}

/// The link. `list` is the path, `before` the place of the last story that stands above.
#[island]
pub fn EarlierIsland(list: String, before: String, full: bool) -> impl IntoView {
    let before = RwSignal::new(before);
    let ended = RwSignal::new(false);
    let said = RwSignal::new("");
    let busy = RwSignal::new(false);
    let href = {
        let list = list.clone();
        move || format!("{list}?before={}", before.get())
    };
    #[cfg(feature = "hydrate")]
    let grow = move |event: web_sys::MouseEvent| {
        if !full && browser::is_plain(&event) {
            event.prevent_default();
            browser::grow(
                &list,
                browser::Shown {
                    before,
                    ended,
                    said,
                    busy,
                },
            );
        }
    };
    #[cfg(not(feature = "hydrate"))]
    let grow = move |_| _ = (full, &list);
    view! {
        <nav class="section__pages" aria-label="Pages">
            <a href=href rel="next" hidden=ended aria-busy=move || busy.get().then_some("true") on:click=grow>
                "Earlier stories"
            </a>
            <p class="section__said" role="status">{said}</p>
        </nav>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Rows, earlier};
    use leptos::{prelude::*, task::spawn_local};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, Event, FocusOptions, HtmlElement, MouseEvent};

    /// What the island shows.
    #[derive(Clone, Copy)]
    pub(super) struct Shown {
        pub(super) before: RwSignal<String>,
        pub(super) ended: RwSignal<bool>,
        pub(super) said: RwSignal<&'static str>,
        pub(super) busy: RwSignal<bool>,
    }

    /// A click that means this window and this page.
    pub(super) fn is_plain(event: &MouseEvent) -> bool {
        let modified = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
        event.button() == 0 && !modified
    }

    pub(super) fn grow(list: &str, shown: Shown) {
        if shown.busy.get_untracked() {
            return;
        }
        shown.busy.set(true);
        shown.said.set("");
        let (list, before) = (list.to_owned(), shown.before.get_untracked());
        spawn_local(async move {
            let came = earlier(list.clone(), before).await;
            // The reader may have left the page meanwhile; then the island is gone.
            if shown.busy.try_set(false).is_some() {
                return;
            }
            match came {
                Ok(came) => put(&list, came, shown),
                Err(_) => shown.said.set("They didn't come. Please try again."),
            }
        });
    }

    fn put(list: &str, came: Rows, shown: Shown) {
        let Ok(Some(foot)) = document().query_selector("main .section__river > :last-child") else {
            return;
        };
        let stood = foot.previous_element_sibling();
        foot.insert_adjacent_html("beforebegin", &came.html).ok();
        // The address names all that stands here now: a reload, or the way back, brings it again.
        if let Ok(history) = window().history() {
            let (state, address) = (
                history.state().unwrap_or_default(),
                format!("{list}?until={}", came.until),
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
        shown.ended.set(!came.more);
        if !came.more {
            shown.said.set("There are no earlier stories.");
        }
        shown.before.set(came.until);
    }

    /// The first headline after what stood there before.
    fn first_link(stood: Option<Element>) -> Option<HtmlElement> {
        let mut row = stood?.next_element_sibling();
        while let Some(this) = row {
            if let Ok(Some(link)) = this.query_selector(".card__headline a, .wire__headline a") {
                return link.dyn_into().ok();
            }
            row = this.next_element_sibling();
        }
        None
    }
}

#[cfg(feature = "ssr")]
pub(crate) mod server {
    use super::{Refused, Rows};
    use crate::{
        error_page::Trouble,
        page_notes::PageNotes,
        refused::said,
        section::{
            list::{self, List, Part},
            river,
        },
        when,
    };
    use leptos::{prelude::*, server_fn::axum::register_explicit};
    use news::{Refusal, Shows};
    use store::Store;

    pub(crate) fn register() {
        register_explicit::<super::Earlier>();
    }

    pub(super) async fn earlier(path: &str, before: &str) -> Result<Rows, Refused> {
        let list = List::at(path).ok_or_else(|| said(Refusal::NotFound))?;
        let place = list::cursor(before).ok_or_else(|| {
            let why = "This part of the list can't be found. Please begin at its top.";
            said(Refusal::Invalid(why.into()))
        })?;
        let store: Store = use_context().ok_or_else(|| said(Refusal::Unavailable))?;
        if let Some(notes) = use_context::<PageNotes>() {
            notes.shows([list.shows, Shows::Site]);
        }
        let page =
            list.read(&store, Part::After(place))
                .await
                .map_err(|trouble| match trouble {
                    Trouble::Store(error) => crate::refused::by(error),
                    _ => said(Refusal::Unavailable),
                })?;
        let html = Owner::new().with(|| river::rows(&page.teasers, when::day(place.0)).to_html());
        Ok(Rows {
            html,
            until: page.last.map_or_else(|| before.to_owned(), list::written),
            more: page.more,
        })
    }
}
