//! What the front page is composed of.

use crate::{
    breaking,
    error_page::Trouble,
    now::{self, Now},
    page_notes::PageNotes,
    section::list::depth,
};
use news::{Genre, Millis, Shows, StoryCard, Teaser, front};
use std::time::Duration;
use store::{Breaking, Store};

/// A composed front page.
pub(super) struct FrontView {
    /// The outbox before anything was read.
    pub(super) seq: u64,
    /// The slots.
    pub(super) front: front::Front,
    /// What breaks: the red bar.
    pub(super) breaking: Vec<Breaking>,
    /// Running coverage.
    pub(super) live: Vec<StoryCard>,
    /// What matters now.
    pub(super) now: Now,
}

const CANDIDATES: u32 = 240;
/// As many as stand beside the splash and the leads.
const LATEST: u32 = 12;
const LIVE_FOR: i64 = 12 * Millis::HOUR;
/// News of this age no longer opens the page (`news::front`).
const SPLASH_FOR: i64 = 36 * Millis::HOUR;

pub(super) async fn read_front(store: &Store, notes: &PageNotes) -> Result<FrontView, Trouble> {
    let seq = store.head().await?;
    let candidates = store.teasers(front::Of::All, None, CANDIDATES).await?;
    let at = Store::now();
    notes.shows([Shows::Front, Shows::Site]);
    if let Some(at_most) = looks_the_same_for(&candidates, at) {
        notes.live_for(at_most);
    }
    let of = |fits: fn(&StoryCard) -> bool, age: i64| -> Vec<StoryCard> {
        let cards = candidates.iter().filter_map(|teaser| match teaser {
            Teaser::Story(card) if fits(card) && at.since(card.published_at) < age => {
                Some(card.clone())
            }
            _ => None,
        });
        cards.take(3).collect()
    };
    let mut front = front::compose(&candidates, at);
    // What has no date of its own isn't the latest.
    front.river = store
        .teasers(front::Of::Since(depth(at)), None, LATEST)
        .await?;
    let mut breaking = breaking::read(store, notes, front::Of::All, at).await?;
    // What the splash tells in large letters isn't said in the bar above it once more, unless it is all that breaks.
    let splash = front.splash.as_ref().map(Teaser::id);
    if breaking.iter().any(|it| Some(it.teaser.id()) != splash) {
        breaking.retain(|it| Some(it.teaser.id()) != splash);
    }
    let live = of(|card| card.genre == Genre::LiveCoverage, LIVE_FOR);
    Ok(FrontView {
        seq,
        front,
        breaking,
        live,
        now: now::read(store, notes, front::Of::All, at).await?,
    })
}

/// Until a story grows too old for the place it has, time alone changes nothing on the page.
fn looks_the_same_for(candidates: &[Teaser], now: Millis) -> Option<Duration> {
    candidates
        .iter()
        .flat_map(|t| [LIVE_FOR, SPLASH_FOR].map(|age| age - now.since(t.published_at())))
        .filter(|left| *left > 0)
        .min()
        .and_then(|left| u64::try_from(left).ok())
        .map(Duration::from_millis)
}
