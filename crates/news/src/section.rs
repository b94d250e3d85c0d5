//! The ten sections: where readers find a story. A story has exactly one.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! sections {
    ($($name:ident $id:literal $slug:literal $title:literal $about:literal)*) => {
        /// Where readers find a story (`articleSection`). The order is the site's: the first four come first.
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Section {
            $(#[doc = $about] $name = $id,)*
        }

        impl Section {
            /// All ten, in the site's order.
            pub const ALL: [Self; 10] = [$(Self::$name),*];
            /// Its part of the address, which is also its name in the store.
            #[must_use]
            pub const fn slug(self) -> &'static str { match self { $(Self::$name => $slug),* } }
            /// Its name on the page.
            #[must_use]
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title),* } }
            /// One sentence for the section's front.
            #[must_use]
            pub const fn about(self) -> &'static str { match self { $(Self::$name => $about),* } }
            /// Its number in the store.
            #[must_use]
            pub const fn id(self) -> i64 { self as i64 }
        }
    };
}

sections! {
    Politics 1 "politics" "Politics" "Power and law, elections and diplomacy, from every capital of the continent."
    Business 2 "business" "Business" "Markets, trade, energy and work, from the factory floor to the exchange."
    Culture 3 "culture" "Culture" "Books, film, stage, music and food, and the people who make them."
    Technology 4 "technology" "Technology" "Chips, networks, software and space, and what they change for people."
    World 5 "world" "World" "Asia and the rest of the world, and how each moves the other."
    Science 6 "science" "Science & Health" "Research, medicine and discovery."
    Climate 7 "climate" "Climate & Environment" "Weather, water, land and air, and those who live with them."
    Society 8 "society" "Society" "How people live, learn, move and grow old."
    Sport 9 "sport" "Sport" "Games, players and the places they come from."
    Opinion 10 "opinion" "Opinion" "Arguments, signed by those who make them."
}

impl Section {
    /// The site's own promise: these four stand first.
    pub const FIRST: [Self; 4] = [
        Self::Politics,
        Self::Business,
        Self::Culture,
        Self::Technology,
    ];

    /// By the last part of its address.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.slug() == slug)
    }

    /// By its number in the store.
    #[must_use]
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.id() == id)
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}
