//! `/`: what matters now, then by section, by region, by genre, by source.

use super::{read::read_front, slots};
use crate::{
    breaking, contacts,
    error_page::{self, Trouble},
    head::Head,
    now,
    page_notes::PageNotes,
    routes,
    site::Site,
};
use leptos::prelude::*;
use news::Channel;
use store::Store;

/// The front page.
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let store = use_context::<Store>();
    error_page::catching(async move {
        let seen = read_front(&store.ok_or(Trouble::NoStore)?, &notes).await?;
        let front = &seen.front;
        let head = Head {
            seq: seen.seq,
            channel: Some(Channel::Front),
            json_ld: vec![contacts::organization()],
            ..Head::new("", &Site::get().description, routes::FRONT)
        };
        let view = view! {
            {head.tags()}
            {breaking::bar(&seen.breaking)}
            {slots::live(&seen.live)}
            <h1 class="unseen" tabindex="-1">"News of all Asia"</h1>
            {if front.splash.is_none() { empty() } else { slots::top(front) }}
            {now::blocks(&seen.now)}
            {slots::sections(&front.blocks)}
            {slots::regions(&front.regions)}
            {slots::thoughts(&front.thoughts)}
            {slots::wire(&front.wire)}
        };
        Ok(view.into_any())
    })
}

/// Before the first story.
fn empty() -> AnyView {
    view! { <p class="page__empty">"Nothing has been published yet. The first stories will stand here."</p> }.into_any()
}
