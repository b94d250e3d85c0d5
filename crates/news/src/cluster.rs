//! Tellings of one event: where readers find all of them, and the line that stands for them in a list.

use crate::address::{Slug, slug_and_id};
use crate::{Id, Lang, Millis, Place, StoryId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of a cluster for life.
pub type ClusterId = Id;

/// Where an event stands: `/event/{slug}-{id}`. The id finds it, the slug is courtesy.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
pub struct EventAddress {
    /// Absent where the first headline has no Latin reading.
    pub slug: Option<Slug>,
    /// Finds the cluster.
    pub id: ClusterId,
}

impl EventAddress {
    /// Reads the last part of the path, percent-decoded.
    #[must_use]
    pub fn parse(last: &str) -> Option<Self> {
        let (slug, id) = slug_and_id(last)?;
        Some(Self { slug, id })
    }
}

impl fmt::Display for EventAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.slug {
            Some(slug) => write!(f, "/event/{slug}-{}", self.id),
            None => write!(f, "/event/{}", self.id),
        }
    }
}

/// What stands under the one card of an event that several tell.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct EventLine {
    /// Where all its tellings stand.
    pub address: EventAddress,
    /// Who tells it, one name for each voice, whoever was first before the others. Our own newsroom is the empty name.
    pub sources: Vec<String>,
    /// How many tellings readers have.
    pub tellings: u32,
}

impl EventLine {
    /// The line over what several tell, the first first: whose voice each telling is and the name of its source.
    /// Several sources of one owner are one voice, under the name of whichever of them was first; "5 sources" are five
    /// voices, wherever it is said.
    #[must_use]
    pub fn of<'a>(
        address: EventAddress,
        tellers: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let (mut heard, mut sources): (Vec<&str>, Vec<String>) = (vec![], vec![]);
        let mut tellings = 0;
        for (voice, name) in tellers {
            tellings += 1;
            if !heard.contains(&voice) {
                heard.push(voice);
                sources.push(name.to_owned());
            }
        }
        Self {
            address,
            sources,
            tellings,
        }
    }
}

/// A story or an excerpt that readers have, as it is compared with others.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// Which story.
    pub id: StoryId,
    /// Who tells it: an agency's slug; nothing where it is ours.
    pub source: Option<String>,
    /// When readers first had it.
    pub at: Millis,
    /// Its language.
    pub lang: Lang,
    /// Its headline.
    pub headline: String,
    /// The words beneath it: an excerpt's, or the standfirst.
    pub words: String,
    /// What it is about.
    pub places: Vec<Place>,
    /// The event it is of, where it isn't alone.
    pub cluster: Option<ClusterId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_of_one_house_are_one_voice() {
        let address = EventAddress {
            slug: None,
            id: Id(7),
        };
        let tellers = [
            ("Lotus Group", "Lotus Daily"),
            ("", ""),
            ("Lotus Group", "Lotus Sport"),
            ("Strait Wire", "Strait Wire"),
            ("", ""),
        ];
        let line = EventLine::of(address, tellers);
        assert_eq!(line.sources, ["Lotus Daily", "", "Strait Wire"]);
        assert_eq!(line.tellings, 5);
    }

    #[test]
    fn an_events_address_is_read_back() {
        for slug in [
            None,
            Slug::parse("quake-off-fukushima"),
            Slug::parse("地震"),
        ] {
            let address = EventAddress {
                slug,
                id: Id(77_123),
            };
            let path = address.to_string();
            assert_eq!(
                path.strip_prefix("/event/").and_then(EventAddress::parse),
                Some(address)
            );
        }
        assert_eq!(EventAddress::parse("no-id-here!"), None);
    }
}
