//! The pages of the site and the islands in them: the shared Leptos crate.
//!
//! With `ssr` it renders every page on the server; with `hydrate` it is what the browser's bundle wakes, and only the
//! files named `*_island.rs` reach it (`desk-islands` adds the editors'). A page never fetches feeds and never knows
//! that it is pressed: it says in its [`PageNotes`] what it shows, and somebody else keeps it.
//! Begin with `routes.rs`, the whole address space on one screen.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
mod assets;
#[cfg(feature = "ssr")]
mod breaking;
#[cfg(feature = "ssr")]
mod contacts;
#[cfg(any(feature = "ssr", feature = "desk-islands"))]
pub mod desk;
#[cfg(feature = "ssr")]
mod error_page;
#[cfg(feature = "ssr")]
mod event;
#[cfg(feature = "ssr")]
mod footer;
#[cfg(feature = "ssr")]
mod front;
#[cfg(feature = "ssr")]
mod head;
#[cfg(feature = "hydrate")]
mod in_time;
#[cfg(feature = "ssr")]
mod latest;
pub mod live;
pub mod masthead;
#[cfg(feature = "ssr")]
mod now;
#[cfg(feature = "ssr")]
mod page_notes;
#[cfg(feature = "ssr")]
mod place;
#[cfg(any(feature = "ssr", feature = "desk-islands"))]
mod refused;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod section;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod sign_in;
#[cfg(feature = "ssr")]
pub mod site;
#[cfg(feature = "ssr")]
mod sources;
#[cfg(feature = "ssr")]
pub mod story;
#[cfg(feature = "ssr")]
mod viewer;
#[cfg(feature = "ssr")]
pub mod when;

#[cfg(feature = "ssr")]
pub use assets::Assets;
#[cfg(feature = "hydrate")]
pub use in_time::in_time;
#[cfg(feature = "ssr")]
pub use page_notes::{Noted, PageNotes};
#[cfg(feature = "ssr")]
pub use refused::Refused;
#[cfg(feature = "ssr")]
pub use shell::{App, shell};
#[cfg(feature = "ssr")]
pub use site::{Home, Site};
#[cfg(feature = "ssr")]
pub use viewer::Viewer;

/// Makes the addresses of all server functions known. Called once, before the first request.
#[cfg(feature = "ssr")]
pub fn register_server_functions() {
    leptos::server_fn::axum::register_explicit::<section::earlier::Earlier>();
    desk::write::register();
}
