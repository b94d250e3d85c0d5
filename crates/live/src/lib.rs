//! Open pages hear what changed.
//!
//! [`tail`] follows the outbox and has each row encoded once; [`hub`] keeps the newest encodings and hands
//! them to every stream. The words of an event come from whoever implements [`Encode`]; the HTTP around a
//! stream is the server's.
//!
//! **Invariant:** a stream misses nothing between its first event and its last: what it can't be given
//! any more is said with [`Event::reload`].
#![forbid(unsafe_code)]

pub mod event;
pub mod hub;
pub mod tail;

pub use event::{Encode, Encoded, Event};
pub use hub::{Live, Replay};
