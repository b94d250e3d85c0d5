//! Who may do what. The table is here and nowhere else; `auth::guard` asks it.

use serde::{Deserialize, Serialize};

/// A member's role; a reader has none.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Writes own drafts.
    Contributor,
    /// Writes drafts of the own sections.
    Writer,
    /// Publishes, corrects, withdraws.
    Editor,
    /// Fronts, lifting an embargo, rules for the wire.
    Chief,
    /// People, sources, settings.
    Admin,
}

/// What a request wants to do.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Act {
    /// See drafts and the desk's view of a page.
    ReadDraft,
    /// Begin a new story.
    BeginStory,
    /// Change a draft of one's own: its words, section, places, language, slug.
    EditOwnStory,
    /// Change anybody's draft.
    EditAnyStory,
    /// Make a version public, or correct a published one.
    Publish,
    /// Withdraw a published story: 410 with the reason.
    Withdraw,
    /// Set an excerpt's section, places and headline note.
    PlaceExcerpt,
    /// Put tellings of one event together, or take one out of it.
    ArrangeEvent,
    /// Say that something is breaking news, or that it is over.
    MarkBreaking,
    /// Make rules for what comes in by the wire.
    ManageRules,
    /// Change what a source's licence lets us show.
    ManageSources,
    /// Add people and change their roles.
    ManageStaff,
}

impl Role {
    /// All five, least first.
    pub const ALL: [Self; 5] = [
        Self::Contributor,
        Self::Writer,
        Self::Editor,
        Self::Chief,
        Self::Admin,
    ];

    /// Its name in the store and on the command line.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Contributor => "contributor",
            Self::Writer => "writer",
            Self::Editor => "editor",
            Self::Chief => "chief",
            Self::Admin => "admin",
        }
    }

    /// By its name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.slug() == slug)
    }

    /// The role table.
    #[must_use]
    pub const fn may(self, act: Act) -> bool {
        use Act::{
            BeginStory, EditAnyStory, EditOwnStory, ManageRules, ManageSources, ManageStaff,
            ReadDraft,
        };
        match self {
            Self::Contributor => matches!(act, ReadDraft | BeginStory | EditOwnStory),
            Self::Writer => matches!(act, ReadDraft | BeginStory | EditOwnStory | EditAnyStory),
            Self::Editor => !matches!(act, ManageRules | ManageSources | ManageStaff),
            Self::Chief => !matches!(act, ManageSources | ManageStaff),
            Self::Admin => true,
        }
    }
}

impl Act {
    /// All of them, for the table's test.
    pub const ALL: [Self; 12] = [
        Self::ReadDraft,
        Self::BeginStory,
        Self::EditOwnStory,
        Self::EditAnyStory,
        Self::Publish,
        Self::Withdraw,
        Self::PlaceExcerpt,
        Self::ArrangeEvent,
        Self::MarkBreaking,
        Self::ManageRules,
        Self::ManageSources,
        Self::ManageStaff,
    ];
}
