//! Which teaser stands in which slot of a front: a pure function of candidates and time.

use crate::{Millis, Place, Section, StoryId, Teaser};
use std::collections::HashSet;

/// Which stories a list is made of.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Of {
    /// Everything.
    All,
    /// One section.
    Section(Section),
    /// One section's stories about one place.
    SectionPlace(Section, Place),
    /// One place.
    Place(Place),
    /// All places of a region.
    Region(crate::Region),
    /// Everything with a date of its own since a moment.
    Since(Millis),
}

impl Of {
    /// Whether a story stands in the list, as far as its card says.
    #[must_use]
    pub fn holds(self, teaser: &Teaser) -> bool {
        let about = |place: Place| teaser.places().contains(&place);
        match self {
            Self::All => true,
            Self::Section(section) => teaser.section() == section,
            Self::SectionPlace(section, place) => teaser.section() == section && about(place),
            Self::Place(place) => about(place),
            Self::Region(region) => teaser.places().iter().any(|p| p.region() == Some(region)),
            Self::Since(since) => teaser.published_at() >= since,
        }
    }
}

/// A composed page in four sizes of card and no fifth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    /// The one that matters most now.
    pub splash: Option<Teaser>,
    /// Under it: up to three more of ours from the same place.
    pub related: Vec<Teaser>,
    /// The next two or three, with pictures where they have some.
    pub leads: Vec<Teaser>,
    /// The four first sections, each with its own lead and four more.
    pub blocks: Vec<Block>,
    /// Newest first, dense.
    pub river: Vec<Teaser>,
    /// Agencies' words, newest first.
    pub wire: Vec<Teaser>,
    /// Analyses, interviews, explainers and opinions.
    pub thoughts: Vec<Teaser>,
    /// For each region what is newest and stands nowhere above.
    pub regions: Vec<(crate::Region, Vec<Teaser>)>,
}

/// A section's place on the front page.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Which section.
    pub section: Section,
    /// Its lead first, then up to four.
    pub teasers: Vec<Teaser>,
}

const SPLASH_WINDOW: i64 = 36 * Millis::HOUR;

/// Composes the front page. `candidates` are newest first; no story stands in two slots but the river's.
///
/// The score is what an editor would say: urgent before calm, fresh before old, ours before an agency's,
/// with a picture before without. Equal scores keep the candidates' order, so the same input gives the same page.
#[must_use]
pub fn compose(candidates: &[Teaser], now: Millis) -> Front {
    let mut ranked: Vec<&Teaser> = candidates.iter().collect();
    ranked.sort_by_key(|t| std::cmp::Reverse(score(t, now)));
    let mut used = HashSet::new();
    let mut take = |of: &dyn Fn(&Teaser) -> bool, most: usize| -> Vec<Teaser> {
        let found: Vec<Teaser> = ranked
            .iter()
            .filter(|t| !used.contains(&t.id()) && of(t))
            .take(most)
            .map(|t| (*t).clone())
            .collect();
        used.extend(found.iter().map(Teaser::id));
        found
    };
    let ours = |t: &Teaser| matches!(t, Teaser::Story(_));
    let fresh = |t: &Teaser| now.since(t.published_at()) < SPLASH_WINDOW;
    let mut splash = take(&|t| t.is_pictured() && fresh(t), 1);
    if splash.is_empty() {
        splash = take(&|t| ours(t) && fresh(t), 1);
    }
    if splash.is_empty() {
        splash = take(&|_| true, 1);
    }
    // Those with pictures are worth a place of their own.
    let place = splash.first().and_then(|t| t.places().first().copied());
    let is_related =
        |t: &Teaser| ours(t) && !t.is_pictured() && t.places().first().copied() == place;
    let related = take(&|t| place.is_some() && is_related(t), 3);
    let leads = take(&|t| ours(t), 3);
    let blocks = Section::FIRST
        .into_iter()
        .map(|section| {
            let mut teasers = take(&|t| t.is_pictured() && t.section() == section, 1);
            teasers.extend(take(
                &|t| ours(t) && t.section() == section,
                5 - teasers.len(),
            ));
            Block { section, teasers }
        })
        .collect();
    let thoughts = take(
        &|t| matches!(t, Teaser::Story(card) if card.genre.shown().is_some()),
        4,
    );
    let wire = take(&|t| matches!(t, Teaser::Excerpt(_)), 7);
    let regions = crate::Region::ALL
        .into_iter()
        .map(|region| {
            (
                region,
                take(
                    &|t| t.places().iter().any(|p| p.region() == Some(region)),
                    3,
                ),
            )
        })
        .collect();
    let mut river: Vec<Teaser> = candidates.to_vec();
    river.sort_by_key(|t| std::cmp::Reverse((t.published_at(), t.id())));
    river.truncate(18);
    Front {
        splash: splash.into_iter().next(),
        related,
        leads,
        blocks,
        river,
        wire,
        thoughts,
        regions,
    }
}

/// Higher stands higher. Points: urgency 1-9 weighs six hours a step, an own story twelve hours, a picture two.
fn score(teaser: &Teaser, now: Millis) -> i64 {
    let age = now.since(teaser.published_at()).max(0);
    let bonus = match teaser {
        Teaser::Story(card) => {
            let calm = i64::from(card.urgency.clamp(1, 9));
            12 + (5 - calm) * 6 + if card.picture.is_some() { 2 } else { 0 }
        }
        Teaser::Excerpt(_) => 0,
    };
    bonus * Millis::HOUR - age
}

/// Ids of the stories on a composed page, each once; for what the page shows.
#[must_use]
pub fn ids(front: &Front) -> HashSet<StoryId> {
    front
        .splash
        .iter()
        .chain(&front.related)
        .chain(&front.leads)
        .chain(front.blocks.iter().flat_map(|b| &b.teasers))
        .chain(&front.river)
        .chain(&front.wire)
        .chain(&front.thoughts)
        .chain(front.regions.iter().flat_map(|(_, t)| t))
        .map(Teaser::id)
        .collect()
}
