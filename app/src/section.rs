//! A section's front, and a section's stories about one place.

#[cfg(feature = "ssr")]
pub mod earlier;
pub mod earlier_island;
#[cfg(feature = "ssr")]
pub(crate) mod list;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod part;
#[cfg(feature = "ssr")]
pub(crate) mod river;

#[cfg(feature = "ssr")]
pub(crate) use page::page;
#[cfg(feature = "ssr")]
pub(crate) use part::NotACursor;
