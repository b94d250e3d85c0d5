//! A line of the inbox: an item, what became of it, and whether readers have it.

use crate::{Result, number, row};
use news::{Kind, Lang, Millis, Place, Section, StoryAddress};

/// Whether readers have it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Standing {
    /// They have it.
    Shown,
    /// Nobody is sure where it belongs: they get it once an editor has placed it.
    ToPlace,
    /// It is held until the desk lets it out, with the reason.
    Held(String),
    /// Not yet: until this moment, where one is set.
    Waits(Option<Millis>),
    /// It was taken back, with the reason.
    Withdrawn(String),
    /// It never stood here, with the reason.
    Refused(String),
}

/// One item, or a story of ours among the tellings of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// When it came in.
    pub at: Millis,
    /// Whose it is; nobody's where it is ours.
    pub source: Option<String>,
    /// Its page at the agency.
    pub url: Option<String>,
    /// Why it was placed so.
    pub why: Option<String>,
    /// Whether readers have it.
    pub standing: Standing,
    /// Why its newest words were refused, while the older ones stand.
    pub refused: Option<String>,
    /// What became of it; nothing where it was refused.
    pub told: Option<Arrived>,
}

/// The excerpt or the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrived {
    /// Where it stands.
    pub address: StoryAddress,
    /// Counts every change of its row.
    pub rev: u64,
    /// An agency's or ours.
    pub kind: Kind,
    /// Its headline.
    pub headline: String,
    /// Its language.
    pub lang: Lang,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// A few words of ours beside it.
    pub note: Option<String>,
    /// Until when it is breaking news.
    pub breaking_until: Option<Millis>,
    /// Why it is of its event.
    pub why_of_event: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(super) struct ArrivalRow {
    pub(super) wire: Option<i64>,
    pub(super) at: i64,
    fate: Option<String>,
    why: Option<String>,
    url: Option<String>,
    source: Option<String>,
    pub(super) story: Option<i64>,
    rev: Option<i64>,
    kind: Option<String>,
    slug: Option<String>,
    headline: Option<String>,
    lang: Option<String>,
    section_id: Option<i64>,
    note: Option<String>,
    pub_status: Option<String>,
    to_place: Option<bool>,
    held: Option<String>,
    show_at: Option<i64>,
    canceled_why: Option<String>,
    breaking_until: Option<i64>,
    pub(super) cluster_id: Option<i64>,
    cluster_why: Option<String>,
    pub(super) cluster_slug: Option<String>,
    places: Option<String>,
}

impl ArrivalRow {
    pub(super) fn arrival(self) -> Result<Arrival> {
        let is_refused = self.fate.as_deref() == Some("rejected");
        let standing = self.standing();
        let told = self.story.map(|id| -> Result<Arrived> {
            let kind = self.kind.as_deref().unwrap_or_default();
            Ok(Arrived {
                address: row::address(id, self.slug.as_deref()),
                rev: number(self.rev.unwrap_or_default())?,
                kind: Kind::from_slug(kind).ok_or_else(|| row::odd("kind", kind))?,
                headline: self.headline.unwrap_or_default(),
                lang: row::lang(self.lang.as_deref().unwrap_or_default())?,
                section: row::section(self.section_id.unwrap_or_default())?,
                places: row::places(self.places.as_deref())?,
                note: self.note,
                breaking_until: self.breaking_until.map(Millis),
                why_of_event: self.cluster_why,
            })
        });
        let told = told.transpose()?;
        let refused = self.why.clone().filter(|_| is_refused && told.is_some());
        Ok(Arrival {
            at: Millis(self.at),
            source: self.source,
            url: self.url.filter(|url| !url.is_empty()),
            why: self.why.filter(|_| !is_refused),
            standing,
            refused,
            told,
        })
    }

    // An excerpt that waits for whatever reason is told here and in `fits!` of the statements.
    fn standing(&self) -> Standing {
        match self.pub_status.as_deref() {
            None => Standing::Refused(self.why.clone().unwrap_or_default()),
            Some("usable") => Standing::Shown,
            Some("canceled") => Standing::Withdrawn(self.canceled_why.clone().unwrap_or_default()),
            Some(_) if self.held.is_some() => Standing::Held(self.held.clone().unwrap_or_default()),
            Some(_) if self.to_place == Some(true) => Standing::ToPlace,
            Some(_) => Standing::Waits(self.show_at.map(Millis)),
        }
    }
}
