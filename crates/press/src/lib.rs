//! Finished pages as bytes, kept until what they show changes.
//!
//! [`page`] makes bytes of a render (policy, ETag, the codings of [`coding`]), [`bless`] finds the scripts the render
//! itself wrote, [`shelf`] keeps pages and renders each once, [`evict`] follows the outbox and throws away.
//!
//! **Invariant:** press never renders. It keeps bytes somebody else rendered and forgets them when told.
#![forbid(unsafe_code)]

pub mod bless;
pub mod coding;
pub mod evict;
pub mod page;
pub mod shelf;

pub use page::{Fresh, Keep, NotPressed, PressedPage};
pub use shelf::{DEADLINE, Shelf};
