//! The way between the desk's rooms: one line at the head of each.

use crate::{routes, viewer::Viewer};
use leptos::prelude::*;
use news::Act;

/// The rooms that the viewer may enter; `here` is the address of the one that stands.
pub(crate) fn rooms(here: &'static str) -> AnyView {
    let all = [
        (routes::WIRE, "Wire", Act::ReadDraft),
        (routes::SOURCES, "Sources", Act::ReadDraft),
        (routes::RULES, "Rules", Act::ManageRules),
    ];
    let viewer = Viewer::current();
    let links = all.into_iter().filter(|(.., act)| viewer.may(*act));
    let links = links.map(|(href, name, _)| {
        view! { <a href=href aria-current=(href == here).then_some("page")>{name}</a> }
    });
    view! { <nav class="desk__rooms" aria-label="Desk">{links.collect_view()}</nav> }.into_any()
}
