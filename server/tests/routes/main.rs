//! Tests by address: each file is named after the addresses it asks.
//!
//! The router is asked in this process, on an empty site of its own, so a test takes milliseconds. What
//! can be seen only from outside (signals, exit codes, connections) asks the program itself.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics has failed, which is what it is for"
)]

mod api;
mod desk;
mod inbox;
mod leaks;
mod live;
mod media;
mod now;
mod orders;
mod page;
mod program;
mod push;
mod rules;
mod sign_in;
mod site;
mod sources;
mod stale;
mod terms;
mod websub;
