//! What an open page hears: corrections in place, new cards behind a button, a withdrawal.
//! The events are written in [`encode`], on the server; one island of the shell listens.

#[cfg(feature = "ssr")]
pub mod encode;
mod stream_island;

#[cfg(feature = "ssr")]
pub use encode::{blocks, breaking, card_html};
pub use stream_island::StreamIsland;
