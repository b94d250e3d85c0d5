//! Editing: who changed what, in which order, and which version readers get.
//!
//! Editors send steps ([`StepBatch`]); [`authority`] gives each story one lane, lets only what
//! [`gate`] admits into the document, and answers with a version or with what came in between.
//! [`publish`] makes a version public. The store keeps it all; nothing here knows HTTP.
//!
//! **Invariant:** only steps that were admitted, applied and checked are stored and sent on, and they
//! are written out anew by us: no editor ever receives bytes of another one.
#![forbid(unsafe_code)]

pub mod authority;
pub mod gate;
pub mod publish;
pub mod schema;
pub mod steps;

pub use authority::{Accepted, Opened, StepBatch};
pub use store::StoredStep;

use authority::Lanes;
use store::Store;

/// The desk of a site. Cheap to clone; all clones share the lanes.
#[derive(Clone)]
pub struct Desk {
    store: Store,
    lanes: Lanes,
}

impl Desk {
    /// A desk over this store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            lanes: Lanes::default(),
        }
    }
}
