//! A section's front, and a section's stories about one place.

mod page;
pub(crate) mod river;

pub(crate) use page::page;
