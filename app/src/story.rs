//! A story's page: one of ours, or the first words of an agency's.

mod body;
mod byline;
pub mod excerpt;
#[cfg(test)]
pub(crate) mod fixture;
mod head;
mod json_ld;
mod page;
mod read;
mod related;

pub use body::{changed_blocks, headline, standfirst};
pub(crate) use head::of_story as head;
pub(crate) use page::page;
