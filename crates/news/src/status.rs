//! How far a story is, for readers and for the desk.

use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $name:ident $slug:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $type { $($(#[$vdoc])* $name,)* }

        impl $type {
            /// Its name in the store.
            #[must_use]
            pub const fn slug(self) -> &'static str { match self { $(Self::$name => $slug),* } }
            /// By its name in the store.
            #[must_use]
            pub fn from_slug(slug: &str) -> Option<Self> { match slug { $($slug => Some(Self::$name),)* _ => None } }
        }
    };
}

named! {
    /// Ours or an agency's.
    Kind {
        /// A piece our newsroom wrote and answers for.
        Story "story",
        /// The first words of an agency's story.
        Excerpt "excerpt",
    }
}

named! {
    /// Whether readers may have it (`pubstatus` of ninjs).
    PubStatus {
        /// Not published yet.
        Draft "draft",
        /// Published.
        Usable "usable",
        /// Taken back for now: 404 for readers.
        Withheld "withheld",
        /// Withdrawn by us or killed by the agency: 410 for ever.
        Canceled "canceled",
    }
}

impl Default for PubStatus {
    /// What says nothing of its status is sent to be shown.
    fn default() -> Self {
        Self::Usable
    }
}

named! {
    /// How far the desk is with a version; never shown to readers.
    Stage {
        /// Being written.
        Draft "draft",
        /// Waiting for a second pair of eyes.
        Review "review",
        /// Ready to go out.
        Ready "ready",
    }
}
