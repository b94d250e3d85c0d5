//! What an event's page shows.

use crate::{error_page::Trouble, page_notes::PageNotes};
use news::{ClusterId, EventAddress, EventLine, Section, Shows, Teaser};
use store::{Moment, Store};

/// An event with all its tellings.
pub(super) struct EventView {
    /// The outbox before anything was read.
    pub(super) seq: u64,
    /// The tellings, newest first.
    pub(super) tellings: Vec<Teaser>,
    /// What became of them later.
    pub(super) moments: Vec<Moment>,
    /// Who tells it.
    pub(super) line: EventLine,
}

/// What an address leads to.
pub(super) enum Found {
    /// The event.
    Event(Box<EventView>),
    /// It stands elsewhere: under another slug, or an editor put it to another event.
    Elsewhere(String),
    /// None of its tellings stands any more.
    Gone,
}

pub(super) async fn read_event(
    store: &Store,
    notes: &PageNotes,
    asked: &EventAddress,
    path: &str,
) -> Result<Found, Trouble> {
    let seq = store.head().await?;
    let event = store.event(asked.id).await?.ok_or(Trouble::NotFound)?;
    notes.shows([Shows::Event(asked.id), Shows::Site]);
    if let Some(other) = event.merged_into {
        let other = store.event(other).await?.ok_or(Trouble::NotFound)?;
        return Ok(Found::Elsewhere(other.address.to_string()));
    }
    let stands = event.address.to_string();
    if stands != path {
        return Ok(Found::Elsewhere(stands));
    }
    let tellings = store.tellings(asked.id).await?;
    notes.shows(tellings.iter().map(|telling| Shows::Story(telling.id())));
    if tellings.is_empty() {
        return Ok(Found::Gone);
    }
    let moments = store.moments(asked.id).await?;
    Ok(Found::Event(Box::new(EventView {
        seq,
        line: line(event.address, &tellings),
        tellings,
        moments,
    })))
}

/// The one the lists have, so that both say the same; one telling alone has none there, and here it has.
fn line(address: EventAddress, tellings: &[Teaser]) -> EventLine {
    let in_lists = tellings.iter().find_map(Teaser::event).cloned();
    in_lists.unwrap_or_else(|| {
        let names = tellings.iter().rev().map(source);
        EventLine::of(address, names.map(|name| (name, name)))
    })
}

/// Who tells; the empty name is our newsroom's.
pub(super) fn source(teaser: &Teaser) -> &str {
    teaser.agency().unwrap_or_default()
}

/// The section most of the tellings stand in.
pub(super) fn section(tellings: &[Teaser]) -> Section {
    let count = |section: Section| tellings.iter().filter(|t| t.section() == section).count();
    // Of several the first of the site's order.
    Section::ALL
        .into_iter()
        .rev()
        .max_by_key(|section| count(*section))
        .unwrap_or(Section::World)
}

/// The telling that stands for all: ours before an agency's, in English before in another language, the first before
/// those that followed.
pub(super) fn lead(tellings: &[Teaser]) -> Option<&Teaser> {
    tellings.iter().min_by_key(|telling| {
        let ours = matches!(telling, Teaser::Story(_));
        let english = telling.lang().as_str() == "en";
        (!ours, !english, telling.published_at(), telling.id())
    })
}

/// The event's number, for the store.
pub(super) const fn id(view: &EventView) -> ClusterId {
    view.line.address.id
}
