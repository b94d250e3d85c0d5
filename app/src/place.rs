//! A place's front, and a region's.

mod page;

pub(crate) use page::page;
