//! Stories and excerpts as pages and cards need them.

use crate::{
    Document, EventLine, Genre, Lang, Millis, Place, PubStatus, ReadMore, Section, Source, StaffId,
    Stage, StoryAddress, StoryId,
};
use serde::{Deserialize, Serialize};

/// How many characters our note beside an agency's headline may have: a hint, not a telling of its own.
pub const LONGEST_NOTE: usize = 140;
/// How many characters the reason of a withdrawal may have.
pub const LONGEST_REASON: usize = 500;

/// A picture as a card or a story shows it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Picture {
    /// Its address on this site.
    pub url: String,
    /// What it shows; empty for decoration.
    pub alt: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Whose it is.
    pub credit: String,
    /// What the caption says under it.
    pub caption: String,
}

/// A story as shown on a front ("trail"): headline, picture, time; no body.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct StoryCard {
    /// Where it leads.
    pub address: StoryAddress,
    /// Its title.
    pub headline: String,
    /// The sentence beneath it.
    pub standfirst: String,
    /// Its own language.
    pub lang: Lang,
    /// Where readers find it.
    pub section: Section,
    /// What kind of piece it is.
    pub genre: Genre,
    /// What it is about.
    pub places: Vec<Place>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where it was filed from.
    pub dateline: Option<String>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// 1 flash … 9.
    pub urgency: u8,
    /// When readers first had it.
    pub published_at: Millis,
    /// When its words last changed.
    pub updated_at: Millis,
    /// The event it stands for, where others tell it, too.
    pub event: Option<EventLine>,
}

/// An agency's story as shown on a front. It has no body: there is no field for one.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ExcerptCard {
    /// Our page of it.
    pub address: StoryAddress,
    /// The agency's headline.
    pub headline: String,
    /// A few words of ours beside it.
    pub note: Option<String>,
    /// The first of its words, for a card.
    pub words: String,
    /// Its own language.
    pub lang: Lang,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// Whose words these are: slug and name.
    pub source: (String, String),
    /// The way to the rest.
    pub read_more: ReadMore,
    /// When the agency published it.
    pub published_at: Millis,
    /// The event it stands for, where others tell it, too.
    pub event: Option<EventLine>,
}

/// What stands in a slot of a front.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Teaser {
    /// One of ours.
    Story(StoryCard),
    /// An agency's.
    Excerpt(ExcerptCard),
}

impl Teaser {
    /// Which story.
    #[must_use]
    pub const fn id(&self) -> StoryId {
        match self {
            Self::Story(card) => card.address.id,
            Self::Excerpt(card) => card.address.id,
        }
    }

    /// Where it leads.
    #[must_use]
    pub const fn address(&self) -> &StoryAddress {
        match self {
            Self::Story(card) => &card.address,
            Self::Excerpt(card) => &card.address,
        }
    }

    /// Its title.
    #[must_use]
    pub fn headline(&self) -> &str {
        match self {
            Self::Story(card) => &card.headline,
            Self::Excerpt(card) => &card.headline,
        }
    }

    /// Its own language.
    #[must_use]
    pub const fn lang(&self) -> &Lang {
        match self {
            Self::Story(card) => &card.lang,
            Self::Excerpt(card) => &card.lang,
        }
    }

    /// The event it stands for, where others tell it, too.
    #[must_use]
    pub const fn event(&self) -> Option<&EventLine> {
        match self {
            Self::Story(card) => card.event.as_ref(),
            Self::Excerpt(card) => card.event.as_ref(),
        }
    }

    /// When readers first had it.
    #[must_use]
    pub const fn published_at(&self) -> Millis {
        match self {
            Self::Story(card) => card.published_at,
            Self::Excerpt(card) => card.published_at,
        }
    }

    /// Where readers find it.
    #[must_use]
    pub const fn section(&self) -> Section {
        match self {
            Self::Story(card) => card.section,
            Self::Excerpt(card) => card.section,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        match self {
            Self::Story(card) => &card.places,
            Self::Excerpt(card) => &card.places,
        }
    }

    /// The name of the agency whose words they are; nothing where they are ours.
    #[must_use]
    pub fn agency(&self) -> Option<&str> {
        match self {
            Self::Story(_) => None,
            Self::Excerpt(card) => Some(&card.source.1),
        }
    }

    /// Whether a picture goes with it. An agency's words have none.
    #[must_use]
    pub fn is_pictured(&self) -> bool {
        matches!(self, Self::Story(card) if card.picture.is_some())
    }
}

/// A topic, person or organisation a story is filed under.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Topic {
    /// Its part of the address.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A piece our newsroom wrote, in one of its versions: the published one, or the draft for staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Where it stands.
    pub address: StoryAddress,
    /// Counts every change of its row; for optimistic writing.
    pub rev: u64,
    /// What kind of piece it is.
    pub genre: Genre,
    /// Whether readers may have it.
    pub pub_status: PubStatus,
    /// How far the desk is.
    pub stage: Stage,
    /// Its language.
    pub lang: Lang,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// What it is filed under.
    pub topics: Vec<Topic>,
    /// Who wrote it: names for readers.
    pub authors: Vec<String>,
    /// Where it was filed from.
    pub dateline: Option<String>,
    /// Headline, standfirst and body of this version.
    pub document: Document,
    /// The version `document` is.
    pub version: u64,
    /// The version of the draft.
    pub draft_version: u64,
    /// The version readers have.
    pub published_version: Option<u64>,
    /// Its lead picture.
    pub picture: Option<Picture>,
    /// The staff member who began it.
    pub owner: Option<StaffId>,
    /// When readers first had it.
    pub first_published_at: Option<Millis>,
    /// When this version went out.
    pub published_at: Option<Millis>,
    /// When its words last changed.
    pub updated_at: Millis,
    /// 1 flash … 9.
    pub urgency: u8,
    /// Until when it is breaking news.
    pub breaking_until: Option<Millis>,
}

/// An agency's story: its first words, its credit and the way to the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Excerpt {
    /// Our page of it.
    pub address: StoryAddress,
    /// Counts every change of its row.
    pub rev: u64,
    /// The agency's headline.
    pub headline: String,
    /// A few words of ours beside it.
    pub note: Option<String>,
    /// Its words, as many as the terms allow.
    pub paragraphs: Vec<String>,
    /// Its language.
    pub lang: Lang,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// What it is filed under.
    pub topics: Vec<Topic>,
    /// Where it was filed from, in the agency's words: `SEOUL`.
    pub dateline: Option<String>,
    /// Whose words these are, with its terms.
    pub source: Source,
    /// The way to the rest.
    pub read_more: ReadMore,
    /// Whether readers may have it.
    pub pub_status: PubStatus,
    /// When the agency published it.
    pub published_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
    /// Until when it is breaking news.
    pub breaking_until: Option<Millis>,
}

/// What an address leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// One of ours.
    Story(Box<Story>),
    /// An agency's.
    Excerpt(Box<Excerpt>),
    /// Withdrawn: 410 for ever.
    Gone(Gone),
}

/// What is left of a withdrawn story.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Gone {
    /// Its number.
    pub id: StoryId,
    /// When it was withdrawn.
    pub at: Millis,
    /// Why, for readers.
    pub why: String,
}
