//! From an agency's feed to an excerpt in the store.
//!
//! Everything that comes in is foreign bytes: read with limits on size, depth, count and time, by
//! parsers whose panics are caught, from public addresses only. Nothing here writes SQL and nothing
//! knows of pages. Begin with [`ingest`]; the walk of an item stands in ARCHITECTURE.md.
#![forbid(unsafe_code)]

mod classify;
mod clean;
pub mod feed;
mod language;
mod markup;
