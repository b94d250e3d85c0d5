//! Which tellings are of one event.
//!
//! Each telling that comes in is looked at once, in the order of the outbox: it joins the event whose
//! tellings it is most alike, or begins one. Nothing is ever split or moved by this program: editors do
//! that, and their word stands. The same tellings in the same order give the same events.
//!
//! What two tellings have in common is looked for in [`sketch`]; how much of it makes them one event is
//! decided in [`likeness`]; the tellings of the last two days lie in [`window`].

mod concept;
mod follow;
mod likeness;
mod numbered;
mod sketch;
mod sound;
mod terms;
mod window;

pub use follow::Follower;
pub use sketch::Sketch;
pub use window::{Links, Placement, Window};

#[cfg(test)]
mod tests;
