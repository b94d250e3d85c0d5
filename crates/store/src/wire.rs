//! The wire: items of agencies as they are handed in, and what becomes of them.
//! They are filed in [`crate::file`]; sources and feeds are in [`crate::source`].

use crate::FeedFetched;
use news::{Id, Lang, Millis, Place, ReadMore, Refusal, Section, StoryId};

/// Items of a fetch that are filed in one transaction, at most [`FileItems::MOST`]; a fetch may be several of these.
#[derive(Clone, Debug)]
pub struct FileItems {
    /// Whose they are.
    pub source: Id,
    /// The feed they came by, where it was one we poll.
    pub feed: Option<Id>,
    /// The items.
    pub items: Vec<NewExcerpt>,
    /// What the fetch says of its feed, written with the last of its items.
    pub validators: Option<FeedFetched>,
}

impl FileItems {
    /// How many items one transaction takes.
    pub const MOST: usize = 100;
}

/// An agency's item, cut to its first words.
#[derive(Clone, Debug)]
pub struct NewExcerpt {
    /// The feed's own id of it; empty where it gives none, or the same to several.
    pub guid: String,
    /// Its page's address in one spelling: what it is known by beside its guid. Empty where several
    /// items share it.
    pub address: String,
    /// A digest of what was read: the same digest again is the same item.
    pub content_hash: String,
    /// The agency's headline.
    pub headline: String,
    /// Its words, as many as the terms allow.
    pub paragraphs: Vec<String>,
    /// How many characters (grapheme clusters) of text the agency gave us.
    pub given: usize,
    /// Its language.
    pub lang: Lang,
    /// Where readers find it.
    pub section: Section,
    /// Whether that is known or for the desk to say.
    pub placing: Placing,
    /// Its subject as a code of the IPTC's Media Topics: `medtop:04000000`.
    pub medtop: Option<String>,
    /// What it is about.
    pub places: Vec<Place>,
    /// What it is filed under: names.
    pub topics: Vec<String>,
    /// Where it was filed from.
    pub dateline: Option<String>,
    /// The way to the rest.
    pub read_more: ReadMore,
    /// When the agency published it; a moment to come is taken as now.
    pub published_at: Millis,
    /// Whether `published_at` is only when it came in.
    pub undated: bool,
    /// The mark of breaking news that the agency put on it.
    pub breaking: Option<String>,
    /// The agency's number of this state of it: one that comes late doesn't undo a newer one.
    pub version: Option<u32>,
    /// The moment before which its agency lets nobody see it; it counts as published then.
    pub embargo: Option<Millis>,
    /// Why a rule of the desk doesn't take it. What stands here already is changed all the same: better a correction
    /// than an older state.
    pub refuse: Option<String>,
    /// Why it waits for the desk's word, where readers don't have it yet.
    pub hold: Option<String>,
    /// Why it was placed so, for the record.
    pub why: String,
}

/// Whether an excerpt may stand where it was placed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Placing {
    /// A rule says so, or the model is sure.
    #[default]
    Sure,
    /// It is a guess: readers don't have it until an editor has placed it.
    Guess,
}

/// What became of an item.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fate {
    /// It became an excerpt.
    New(StoryId),
    /// The agency changed it; its excerpt follows.
    Update(StoryId),
    /// We have it as it is; nothing was written.
    Duplicate(StoryId),
    /// It may not stand here; the others are not touched by that.
    Refused(Refusal),
}
