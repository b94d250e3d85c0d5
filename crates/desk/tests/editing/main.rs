//! The desk held against ProseMirror itself, and its authority over one story.

mod authority;
mod episodes;
mod gate;
mod html;
mod node;
