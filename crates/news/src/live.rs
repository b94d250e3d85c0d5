//! What an open page listens to.

use crate::{Id, Place, Section, StoryId};
use std::fmt;

/// A stream's name; every channel also carries breaking news. No channel has a dot.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Channel {
    /// The front page.
    Front,
    /// A section's front, and its pages by place.
    Section(Section),
    /// A place's front.
    Place(Place),
    /// One published story.
    Story(StoryId),
    /// The desk's view of one story: steps. Staff only.
    Desk(StoryId),
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Front => f.write_str("front"),
            Self::Section(section) => write!(f, "section-{}", section.slug()),
            Self::Place(place) => write!(f, "place-{}", place.slug()),
            Self::Story(id) => write!(f, "story-{id}"),
            Self::Desk(id) => write!(f, "desk-{id}"),
        }
    }
}

impl Channel {
    /// Reads the last part of `/live/{channel}`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if name == "front" {
            return Some(Self::Front);
        }
        let (kind, of) = name.split_once('-')?;
        match kind {
            "section" => Section::from_slug(of).map(Self::Section),
            "place" => Place::from_slug(of).map(Self::Place),
            "story" => of.parse::<Id>().ok().map(Self::Story),
            "desk" => of.parse::<Id>().ok().map(Self::Desk),
            _ => None,
        }
    }

    /// Whether only staff may listen.
    #[must_use]
    pub const fn is_for_staff(self) -> bool {
        matches!(self, Self::Desk(_))
    }
}
