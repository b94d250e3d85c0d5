//! An event that several tell: the line under its one card in every list, and its own page with the timeline.

mod arrange;
pub(crate) mod line;
mod page;
mod read;
mod timeline;

pub(crate) use page::page;
