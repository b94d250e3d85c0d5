//! The tellings of the last two days, and where a new one belongs among them.

use super::likeness::{ENOUGH, Rarity, likeness};
use super::sketch::{Key, Sketch};
use news::{Id, Millis, StoryId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How long an event takes new tellings after its last one.
pub(super) const SPAN: i64 = 48 * Millis::HOUR;
/// Things in more tellings than this lead to none of them.
const COMMON: usize = 60;
/// Tellings that are looked at closely.
const CANDIDATES: usize = 60;
/// As if the window had always held this many tellings more: in a small one nothing is rare yet.
const PRIOR: f64 = 300.0;

/// Where a telling belongs.
#[derive(Clone, Debug, PartialEq)]
pub enum Placement {
    /// To the event of this cluster; the telling it is most alike, and how much.
    Joins {
        /// Which cluster.
        cluster: Id,
        /// The telling that decided.
        like: StoryId,
        /// How alike the two are.
        likeness: f64,
    },
    /// It begins an event.
    Starts,
}

/// What editors have said of pairs; the smaller number comes first.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// These two are not of one event.
    pub cannot: BTreeSet<(StoryId, StoryId)>,
}

/// The tellings that a new one may join.
#[derive(Debug, Default)]
pub struct Window {
    tellings: BTreeMap<StoryId, (Sketch, Id)>,
    /// The oldest first.
    by_age: BTreeSet<(Millis, StoryId)>,
    clusters: HashMap<Id, Vec<StoryId>>,
    postings: HashMap<Key, Vec<StoryId>>,
}

impl Rarity for Window {
    fn of(&self, key: Key) -> f64 {
        let size = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let all = size(self.tellings.len()) + PRIOR;
        let with = self.postings.get(&key).map_or(0.0, |p| size(p.len()));
        (all / (with + 1.0)).ln() / all.ln()
    }
}

impl Window {
    /// Where this telling belongs. It is not added yet: [`Self::add`].
    #[must_use]
    pub fn place(&self, sketch: &Sketch, links: &Links) -> Placement {
        let mut best: Option<(f64, StoryId, Id)> = None;
        let mut seen = BTreeSet::new();
        for candidate in self.candidates(sketch) {
            let Some((_, cluster)) = self.tellings.get(&candidate) else {
                continue;
            };
            if !seen.insert(*cluster) || self.forbidden(sketch.id, *cluster, links) {
                continue;
            }
            let (score, like) = self.alike(sketch, *cluster);
            if best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, like, *cluster));
            }
        }
        match best {
            Some((likeness, like, cluster)) if likeness >= ENOUGH => Placement::Joins {
                cluster,
                like,
                likeness,
            },
            _ => Placement::Starts,
        }
    }

    /// Adds a telling to a cluster; what is older than the window goes.
    pub fn add(&mut self, sketch: Sketch, cluster: Id) {
        self.forget(sketch.at.plus(-SPAN));
        let id = sketch.id;
        self.remove(id);
        for key in keys(&sketch) {
            self.postings.entry(key).or_default().push(id);
        }
        self.clusters.entry(cluster).or_default().push(id);
        self.by_age.insert((sketch.at, id));
        self.tellings.insert(id, (sketch, cluster));
    }

    /// Takes a telling out: it was withdrawn, or an editor moved it.
    pub fn remove(&mut self, id: StoryId) {
        let Some((sketch, cluster)) = self.tellings.remove(&id) else {
            return;
        };
        for key in keys(&sketch) {
            if let Some(ids) = self.postings.get_mut(&key) {
                ids.retain(|other| *other != id);
                if ids.is_empty() {
                    self.postings.remove(&key);
                }
            }
        }
        if let Some(ids) = self.clusters.get_mut(&cluster) {
            ids.retain(|other| *other != id);
            if ids.is_empty() {
                self.clusters.remove(&cluster);
            }
        }
        self.by_age.remove(&(sketch.at, id));
    }

    /// The cluster a telling stands in, while it is in the window.
    #[must_use]
    pub fn cluster_of(&self, id: StoryId) -> Option<Id> {
        self.tellings.get(&id).map(|(_, cluster)| *cluster)
    }

    fn forget(&mut self, before: Millis) {
        while let Some((_, oldest)) = self.by_age.first().copied().filter(|(at, _)| *at < before) {
            self.remove(oldest);
        }
    }

    /// The tellings that share most of what is rare, the nearest first.
    fn candidates(&self, sketch: &Sketch) -> Vec<StoryId> {
        let mut shared: BTreeMap<StoryId, f64> = BTreeMap::new();
        for key in keys(sketch) {
            let Some(ids) = self.postings.get(&key).filter(|ids| ids.len() <= COMMON) else {
                continue;
            };
            let rare = self.of(key);
            for id in ids {
                *shared.entry(*id).or_default() += rare;
            }
        }
        let mut all: Vec<(StoryId, f64)> = shared.into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(CANDIDATES);
        all.into_iter().map(|(id, _)| id).collect()
    }

    /// How alike a telling is to a cluster: the mean of the two nearest, so that one chance likeness is not enough.
    fn alike(&self, sketch: &Sketch, cluster: Id) -> (f64, StoryId) {
        let ids = self.clusters.get(&cluster).map_or(&[][..], Vec::as_slice);
        let tellings = ids.iter().filter_map(|id| self.tellings.get(id));
        let mut scores: Vec<(f64, StoryId)> = tellings
            .map(|(other, _)| (likeness(sketch, other, self), other.id))
            .collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        match scores.as_slice() {
            [] => (0.0, sketch.id),
            [only] => *only,
            [first, second, ..] => (f64::midpoint(first.0, second.0), first.1),
        }
    }

    fn forbidden(&self, id: StoryId, cluster: Id, links: &Links) -> bool {
        let ids = self.clusters.get(&cluster).map_or(&[][..], Vec::as_slice);
        ids.iter()
            .any(|other| links.cannot.contains(&pair(id, *other)))
    }
}

/// Two stories in one order.
pub(super) fn pair(one: StoryId, other: StoryId) -> (StoryId, StoryId) {
    if one < other {
        (one, other)
    } else {
        (other, one)
    }
}

fn keys(sketch: &Sketch) -> impl Iterator<Item = Key> {
    let terms = sketch.terms.iter().map(|(key, _)| *key);
    terms.chain(sketch.marks.iter().map(|(key, _)| *key))
}
