//! What an open page listens to.

use crate::{ClusterId, Id, Place, Region, Section, StoryId};
use std::fmt;

/// A stream's name; every channel also carries breaking news. No channel has a dot.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Channel {
    /// The front page.
    Front,
    /// Everything of the last days, by the hour.
    Latest,
    /// A section's front.
    Section(Section),
    /// A section's stories about one place.
    SectionPlace(Section, Place),
    /// A place's front.
    Place(Place),
    /// A region's front.
    Region(Region),
    /// One published story.
    Story(StoryId),
    /// One event and its tellings.
    Event(ClusterId),
    /// The desk's view of one story: steps, facts, and what readers have. Staff only.
    Desk(StoryId),
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Front => f.write_str("front"),
            Self::Latest => f.write_str("latest"),
            Self::Section(section) => write!(f, "section-{}", section.slug()),
            Self::SectionPlace(section, place) => {
                write!(f, "section-{}--{}", section.slug(), place.slug())
            }
            Self::Place(place) => write!(f, "place-{}", place.slug()),
            Self::Region(region) => write!(f, "region-{}", region.slug()),
            Self::Story(id) => write!(f, "story-{id}"),
            Self::Event(id) => write!(f, "event-{id}"),
            Self::Desk(id) => write!(f, "desk-{id}"),
        }
    }
}

impl Channel {
    /// Reads the last part of `/live/{channel}`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "front" => return Some(Self::Front),
            "latest" => return Some(Self::Latest),
            _ => {}
        }
        let (kind, of) = name.split_once('-')?;
        match kind {
            "section" => match of.split_once("--") {
                Some((section, place)) => Some(Self::SectionPlace(
                    Section::from_slug(section)?,
                    Place::from_slug(place)?,
                )),
                None => Section::from_slug(of).map(Self::Section),
            },
            "region" => Region::from_slug(of).map(Self::Region),
            "place" => Place::from_slug(of).map(Self::Place),
            "story" => of.parse::<Id>().ok().map(Self::Story),
            "event" => of.parse::<Id>().ok().map(Self::Event),
            "desk" => of.parse::<Id>().ok().map(Self::Desk),
            _ => None,
        }
    }

    /// The one story it is about.
    #[must_use]
    pub const fn story(self) -> Option<StoryId> {
        match self {
            Self::Story(id) | Self::Desk(id) => Some(id),
            _ => None,
        }
    }

    /// Whether only staff may listen.
    #[must_use]
    pub const fn is_for_staff(self) -> bool {
        matches!(self, Self::Desk(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_is_read_by_its_name() {
        let channels = [
            Channel::Front,
            Channel::Latest,
            Channel::Section(Section::Climate),
            Channel::SectionPlace(Section::Climate, Place::KR),
            Channel::Place(Place::KR),
            Channel::Region(Region::SouthEasternAsia),
            Channel::Story(Id(77)),
            Channel::Event(Id(77)),
            Channel::Desk(Id(77)),
        ];
        for channel in channels {
            let name = channel.to_string();
            assert!(!name.contains('.'), "{name}");
            assert_eq!(Channel::parse(&name), Some(channel), "{name}");
        }
        for name in [
            "",
            "front-1",
            "section-",
            "section-politics--",
            "region-japan",
        ] {
            assert_eq!(Channel::parse(name), None, "{name}");
        }
    }
}
