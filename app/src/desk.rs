//! Editing on the readers' own pages: the bar above them, the facts beside them, and the functions behind both.
//! The words themselves are edited by the module in `frontend/editor`; their steps go to the server's `steps.rs`.

pub mod arrange;
mod bar_island;
#[cfg(feature = "hydrate")]
mod editor;
pub mod facts;
#[cfg(feature = "ssr")]
pub mod feeds;
#[cfg(feature = "ssr")]
pub mod inbox;
pub mod read;
#[cfg(feature = "ssr")]
pub(crate) mod rooms;
#[cfg(feature = "ssr")]
pub mod rules;
#[cfg(feature = "ssr")]
pub mod terms;
pub mod write;

pub use bar_island::BarIsland;
