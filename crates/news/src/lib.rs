//! The words and rules of news: what a story, an excerpt, a section, a place is.
//!
//! No I/O, no async; compiles to wasm, and the browser's bundle carries what it uses.
//! Begin with [`story`]; the words follow ARCHITECTURE.md. Nothing here reads a clock: the time is an argument.
#![forbid(unsafe_code)]

pub mod address;
pub mod body;
pub mod breaking;
pub mod cluster;
pub mod event;
pub mod excerpt;
pub mod front;
pub mod genre;
pub mod id;
pub mod importance;
pub mod lang;
pub mod live;
pub mod place;
pub mod refusal;
pub mod role;
pub mod rule;
pub mod section;
pub mod shows;
pub mod source;
pub mod status;
pub mod story;
pub mod text;
pub mod time;
pub mod trend;
pub mod trial;
pub mod wire;

pub use address::{Slug, StoryAddress};
pub use body::Document;
pub use cluster::{ClusterId, EventAddress, EventLine};
pub use event::NewsEvent;
pub use excerpt::ReadMore;
pub use genre::Genre;
pub use id::{Id, StaffId, StoryId};
pub use lang::{Dir, Lang};
pub use live::Channel;
pub use place::{Place, Region};
pub use refusal::Refusal;
pub use role::{Act, Role};
pub use rule::{Rule, Rules};
pub use section::Section;
pub use shows::Shows;
pub use source::{Source, UsageTerms};
pub use status::{Kind, PubStatus, Stage};
pub use story::{ExcerptCard, Story, StoryCard, Teaser};
pub use time::Millis;
pub use wire::WireItem;
