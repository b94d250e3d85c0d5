//! The desk held against ProseMirror itself, and its authority over one story.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that can't go on has failed, and its figures are told"
)]

mod authority;
mod episodes;
mod gate;
mod html;
mod node;
mod publishing;
mod since;
