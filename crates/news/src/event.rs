//! Something happened that others must know. Written to the outbox in the transaction that made it true.

use crate::{ClusterId, Millis, Place, Section, Shows, StaffId, StoryId};
use serde::{Deserialize, Serialize};

/// A fact of the outbox. Press, search, live and media read it, each from its own mark.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum NewsEvent {
    /// A story's version became public, for the first time or again.
    Published {
        /// Which story.
        story: StoryId,
        /// The version readers now have.
        version: u64,
        /// The version readers had before; `None` at the first publication.
        before: Option<u64>,
        /// Where its card stands now and stood before.
        stands: Stands,
        /// Whether its card changed (headline, standfirst, section, picture): fronts must be drawn anew.
        card: bool,
    },
    /// A story or an excerpt was withdrawn: 410 from now on.
    Canceled {
        /// Which one.
        story: StoryId,
        /// Where its card stood.
        stands: Stands,
    },
    /// An agency's item was filed, or its excerpt changed.
    ExcerptFiled {
        /// The excerpt.
        story: StoryId,
        /// Where its card stands now and stood before.
        stands: Stands,
        /// Whether readers see it for the first time.
        new: bool,
    },
    /// An editor set an excerpt's section, places or note.
    Placed {
        /// The excerpt.
        story: StoryId,
        /// Where its card stands now and stood before.
        stands: Stands,
    },
    /// Tellings were found to be of one event, or an editor put them together or apart.
    Clustered {
        /// The event.
        cluster: ClusterId,
        /// Its tellings, and those that were.
        stories: Vec<StoryId>,
        /// Where their cards stand.
        stands: Stands,
    },
    /// Something became breaking news, or is so no longer.
    Breaking {
        /// The story or excerpt.
        story: StoryId,
        /// Where its card stands.
        stands: Stands,
        /// Until when; `None` where it is over.
        until: Option<Millis>,
    },
    /// Steps were accepted into a draft (not the steps themselves).
    StepsAccepted {
        /// The draft's story.
        story: StoryId,
        /// The version before.
        from: u64,
        /// The version after.
        to: u64,
    },
    /// A draft was begun or its facts changed; nothing readers see.
    DraftChanged {
        /// The draft's story.
        story: StoryId,
        /// Who did it.
        by: StaffId,
    },
    /// The site's own facts changed (a source's terms, a topic's name).
    SiteChanged,
}

/// The lists a card stands in.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Stands {
    /// Its section, and its former one.
    pub sections: Vec<Section>,
    /// Its places, and its former ones.
    pub places: Vec<Place>,
}

impl NewsEvent {
    /// The story it is about.
    #[must_use]
    pub const fn story(&self) -> Option<StoryId> {
        match self {
            Self::Published { story, .. }
            | Self::Canceled { story, .. }
            | Self::ExcerptFiled { story, .. }
            | Self::Placed { story, .. }
            | Self::Breaking { story, .. }
            | Self::StepsAccepted { story, .. }
            | Self::DraftChanged { story, .. } => Some(*story),
            Self::Clustered { .. } | Self::SiteChanged => None,
        }
    }

    /// What no longer is as it was: pages that show one of these are thrown away.
    #[must_use]
    pub fn changes(&self) -> Vec<Shows> {
        match self {
            Self::Published {
                story,
                stands,
                card,
                ..
            } => {
                let mut all = vec![Shows::Story(*story)];
                if *card {
                    all.extend(stands.lists());
                }
                all
            }
            Self::Canceled { story, stands }
            | Self::ExcerptFiled { story, stands, .. }
            | Self::Placed { story, stands }
            | Self::Breaking { story, stands, .. } => {
                let mut all = vec![Shows::Story(*story)];
                all.extend(stands.lists());
                all
            }
            Self::Clustered {
                cluster,
                stories,
                stands,
            } => {
                let mut all = vec![Shows::Event(*cluster)];
                all.extend(stories.iter().copied().map(Shows::Story));
                all.extend(stands.lists());
                all
            }
            Self::StepsAccepted { .. } | Self::DraftChanged { .. } => vec![],
            Self::SiteChanged => vec![Shows::Site],
        }
    }
}

impl Stands {
    /// Adds where others stand.
    pub fn add(&mut self, others: &Self) {
        for section in &others.sections {
            if !self.sections.contains(section) {
                self.sections.push(*section);
            }
        }
        for place in &others.places {
            if !self.places.contains(place) {
                self.places.push(*place);
            }
        }
    }

    /// The lists, as pages note them.
    #[must_use]
    pub fn lists(&self) -> Vec<Shows> {
        let mut all = vec![Shows::Front];
        all.extend(self.sections.iter().map(|s| Shows::Section(*s)));
        all.extend(self.places.iter().map(|p| Shows::Place(*p)));
        all.extend(
            self.places
                .iter()
                .filter_map(|p| p.region())
                .map(Shows::Region),
        );
        all
    }
}
