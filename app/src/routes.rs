//! The whole address space on one screen, and how its paths are written.
//! Addresses that aren't pages (feeds, streams, pictures, the desk's requests) stand in the server's `router.rs`.

use crate::{
    contacts, desk, error_page, event, front, latest, place,
    section::{
        self,
        list::{self, Cursor, List},
    },
    sign_in, sources, story,
};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route},
    hooks::{use_location, use_params_map},
    path,
};
use news::{Place, Region, Section};

/// Every page. The first row that fits is taken.
pub(crate) fn pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=error_page::nothing_here>
            <Route path=path!("/") view=front::page ssr=SsrMode::Async/>
            <Route path=path!("/latest") view=latest::page ssr=SsrMode::Async/>
            <Route path=path!("/contacts") view=contacts::page ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=sign_in::page ssr=SsrMode::Async/>
            <Route path=path!("/sign-in/:token") view=sign_in::first_time ssr=SsrMode::Async/>
            <Route path=path!("/asia/:place") view=place::page ssr=SsrMode::Async/>
            <Route path=path!("/story/:story") view=story::page ssr=SsrMode::Async/>
            <Route path=path!("/event/:event") view=event::page ssr=SsrMode::Async/>
            <Route path=path!("/desk/rules") view=desk::rules::page ssr=SsrMode::Async/>
            <Route path=path!("/desk/wire") view=desk::inbox::page ssr=SsrMode::Async/>
            <Route path=path!("/desk/sources") view=sources::page ssr=SsrMode::Async/>
            <Route path=path!("/desk/sources/:source") view=sources::source_page ssr=SsrMode::Async/>
            <Route path=path!("/:section") view=section::page ssr=SsrMode::Async/>
            <Route path=path!("/:section/:place") view=section::page ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}

/// The front page.
pub const FRONT: &str = "/";
/// Everything of the last days, by the hour.
pub const LATEST: &str = "/latest";
/// Who we are and where.
pub const CONTACTS: &str = "/contacts";
/// Where staff sign in.
pub const SIGN_IN: &str = "/sign-in";
/// The desk's rules for the wire.
pub(crate) const RULES: &str = "/desk/rules";
/// What came in by the wire, for staff.
pub const WIRE: &str = "/desk/wire";
/// How the sources are doing, for staff.
pub const SOURCES: &str = "/desk/sources";
/// The feed of the front page.
pub const FEED: &str = "/feed.xml";

/// A section's front.
#[must_use]
pub fn section(section: Section) -> String {
    format!("/{}", section.slug())
}

/// A section's stories about one place.
#[must_use]
pub fn section_place(section: Section, place: Place) -> String {
    format!("/{}/{}", section.slug(), place.slug())
}

/// A place's front.
#[must_use]
pub fn place(place: Place) -> String {
    format!("/asia/{}", place.slug())
}

/// A region's front.
#[must_use]
pub fn region(region: Region) -> String {
    format!("/asia/{}", region.slug())
}

/// One source, for staff.
#[must_use]
pub fn source(slug: &str) -> String {
    format!("{SOURCES}/{slug}")
}

/// Whether a list of stories stands at a path: only lists read a query.
#[must_use]
pub fn is_list(path: &str) -> bool {
    List::at(path).is_some()
}

/// One part of the path of the page under way, percent-decoded.
pub(crate) fn part(name: &str) -> Option<String> {
    use_params_map().read_untracked().get(name)
}

/// The path of the page under way.
pub(crate) fn here() -> String {
    use_location().pathname.get_untracked()
}

/// The address of what comes after a place in the list at `path`.
pub(crate) fn earlier(path: &str, place: Cursor) -> String {
    format!("{path}?before={}", list::written(place))
}
