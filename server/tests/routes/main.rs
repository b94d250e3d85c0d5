//! Tests by address: each file is named after the addresses it asks.
//!
//! The router is asked in this process, on an empty site of its own, so a test takes milliseconds. What
//! can be seen only from outside (signals, exit codes, connections) asks the program itself.

mod api;
mod desk;
mod leaks;
mod live;
mod media;
mod page;
mod program;
mod sign_in;
mod site;
mod stale;
