//! What a page shows: when one of these changes, the page is thrown away (a surrogate key, a cache tag).

use crate::{ClusterId, Place, Region, Section, StoryId};

/// One thing a page depends on.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Shows {
    /// The story itself: its words, card, status.
    Story(StoryId),
    /// Which tellings an event has.
    Event(ClusterId),
    /// The list of what is newest in all sections.
    Front,
    /// The list of a section.
    Section(Section),
    /// The list of a place.
    Place(Place),
    /// The list of a region.
    Region(Region),
    /// The site's own facts: contacts, names of sections and places, sources.
    Site,
}
