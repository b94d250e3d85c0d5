//! What lies on the shelf, what is being pressed for it, and what has changed lately.

use crate::page::{NotPressed, PressedPage, is_kept};
use futures::future::{BoxFuture, Shared};
use news::Shows;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// How many evictions are remembered for presses under way.
const REMEMBERED: usize = 4096;

pub(super) type Pressing = Shared<BoxFuture<'static, Result<Arc<PressedPage>, NotPressed>>>;

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) pages: HashMap<Arc<str>, Kept>,
    by_shows: HashMap<Shows, HashSet<Arc<str>>>,
    pub(super) bytes: usize,
    /// What is being pressed, with the moment at which it began.
    pub(super) presses: HashMap<Arc<str>, (u64, Pressing)>,
    /// Counts evictions and presses; a press remembers the number at which it began.
    pub(super) moment: u64,
    /// The newest evictions with their moments; what is older than the first is forgotten.
    evicted: VecDeque<(u64, Shows)>,
    /// Presses that began before this moment can't be checked any more.
    forgotten: u64,
}

#[derive(Debug)]
pub(super) struct Kept {
    pub(super) page: Arc<PressedPage>,
    /// What it costs, with its key.
    pub(super) bytes: usize,
    pub(super) until: Instant,
    pub(super) last_used: AtomicU64,
}

impl State {
    /// Whether something that a page shows was changed between two moments.
    pub(super) fn has_changed(&self, page: &PressedPage, from: u64, to: u64) -> bool {
        // A page that isn't there doesn't say what would make it one.
        let says_all = is_kept(page.status);
        from < self.forgotten
            || self
                .evicted
                .iter()
                .rev()
                .skip_while(|(at, _)| *at > to)
                .take_while(|(at, _)| *at > from)
                .any(|(_, changed)| {
                    !says_all || *changed == Shows::Site || page.shows.contains(changed)
                })
    }

    pub(super) fn put(&mut self, key: Arc<str>, kept: Kept) {
        self.remove(&key);
        self.bytes += kept.bytes;
        for shows in &kept.page.shows {
            let keys = self.by_shows.entry(*shows).or_default();
            keys.insert(key.clone());
        }
        self.pages.insert(key, kept);
    }

    fn remove(&mut self, key: &Arc<str>) {
        let Some(kept) = self.pages.remove(key) else {
            return;
        };
        self.bytes = self.bytes.saturating_sub(kept.bytes);
        for shows in &kept.page.shows {
            if let Some(keys) = self.by_shows.get_mut(shows) {
                keys.remove(key);
                if keys.is_empty() {
                    self.by_shows.remove(shows);
                }
            }
        }
    }

    /// Removes every page that shows one of these. What is being pressed goes on: what it shows is known
    /// when it is done, and asked for then.
    pub(super) fn evict(&mut self, changed: &[Shows]) {
        self.moment += 1;
        for shows in changed {
            self.evicted.push_back((self.moment, *shows));
            if *shows == Shows::Site {
                self.pages.clear();
                self.by_shows.clear();
                self.bytes = 0;
            }
            for key in self.by_shows.remove(shows).unwrap_or_default() {
                self.remove(&key);
            }
        }
        while self.evicted.len() > REMEMBERED {
            if let Some((at, _)) = self.evicted.pop_front() {
                self.forgotten = at;
            }
        }
    }

    /// Removes what was not asked for the longest, until no more than `bytes` are left. Keys with a query go
    /// first: anybody can think of any number of them, so no page without one ever makes room for them.
    pub(super) fn make_room(&mut self, bytes: usize) {
        let mut by_age: Vec<(bool, u64, Arc<str>)> = self
            .pages
            .iter()
            .map(|(key, kept)| {
                let last_used = kept.last_used.load(Ordering::Relaxed);
                (!key.contains('?'), last_used, key.clone())
            })
            .collect();
        by_age.sort_unstable();
        for (.., key) in by_age {
            if self.bytes <= bytes {
                break;
            }
            self.remove(&key);
        }
    }
}
