//! The shelf: pages by key, bounded in bytes, each rendered once however many ask for it.
//! What throws them away is in [`crate::evict`].

use crate::page::{Fresh, NotPressed, PressedPage, is_kept};
use futures::future::{BoxFuture, FutureExt, Shared};
use news::Shows;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

/// Kept pages, shared by all requests.
#[derive(Debug)]
pub struct Shelf {
    max_bytes: usize,
    state: RwLock<State>,
    clock: AtomicU64,
    renders: AtomicU64,
    hits: AtomicU64,
}

type Pressing = Shared<BoxFuture<'static, Result<Arc<PressedPage>, NotPressed>>>;

#[derive(Debug, Default)]
struct State {
    pages: HashMap<Arc<str>, Kept>,
    by_shows: HashMap<Shows, HashSet<Arc<str>>>,
    bytes: usize,
    presses: HashMap<Arc<str>, (u64, Pressing)>,
    /// Counts evictions and presses; a press remembers the number at which it began.
    moment: u64,
    /// The newest evictions with their moments; what is older than the first is forgotten.
    evicted: VecDeque<(u64, Shows)>,
    /// Presses that began before this moment can't be checked any more.
    forgotten: u64,
    /// The outbox's number up to which changes have been heard.
    seq: u64,
}

#[derive(Debug)]
struct Kept {
    page: Arc<PressedPage>,
    until: Instant,
    last_used: AtomicU64,
}

/// How many evictions are remembered for presses under way.
const REMEMBERED: usize = 4096;

impl Shelf {
    /// A shelf that holds at most `max_bytes` of pages.
    #[must_use]
    pub fn new(max_bytes: usize) -> Self {
        Self {
            max_bytes,
            state: RwLock::default(),
            clock: AtomicU64::new(0),
            renders: AtomicU64::new(0),
            hits: AtomicU64::new(0),
        }
    }

    /// The page under `key`; rendered by `render` where there is none. Whoever asks meanwhile waits
    /// for the same render. It goes on when the one who asked first has gone away.
    ///
    /// # Errors
    /// When the render failed, for all who waited for it.
    pub async fn get_or_press<F, R>(
        self: &Arc<Self>,
        key: &str,
        now: Instant,
        render: F,
    ) -> Result<Arc<PressedPage>, NotPressed>
    where
        F: FnOnce() -> R,
        R: Future<Output = Fresh> + Send + 'static,
    {
        if let Some(page) = self.get(key, now) {
            return Ok(page);
        }
        let pressing = {
            let mut state = self.write();
            if let Some((_, pressing)) = state.presses.get(key) {
                pressing.clone()
            } else {
                let key: Arc<str> = key.into();
                state.moment += 1;
                let began = state.moment;
                let pressing = self.press(key.clone(), now, began, render());
                state.presses.insert(key, (began, pressing.clone()));
                pressing
            }
        };
        pressing.await
    }

    /// The page under `key`, if it is there and may still be shown.
    #[must_use]
    pub fn get(&self, key: &str, now: Instant) -> Option<Arc<PressedPage>> {
        let state = self.read();
        let kept = state.pages.get(key).filter(|kept| now < kept.until)?;
        kept.last_used.store(
            self.clock.fetch_add(1, Ordering::Relaxed),
            Ordering::Relaxed,
        );
        self.hits.fetch_add(1, Ordering::Relaxed);
        Some(kept.page.clone())
    }

    fn press(
        self: &Arc<Self>,
        key: Arc<str>,
        now: Instant,
        began: u64,
        render: impl Future<Output = Fresh> + Send + 'static,
    ) -> Pressing {
        let shelf = self.clone();
        // A task of its own: it ends even when all who wait for it are gone, and a panic stays in it.
        let task = tokio::spawn(async move {
            let fresh = render.await;
            shelf.renders.fetch_add(1, Ordering::Relaxed);
            tokio::task::spawn_blocking(move || PressedPage::press(fresh).map(Arc::new))
                .await
                .unwrap_or(Err(NotPressed::Failed))
        });
        let shelf = self.clone();
        let ended = tokio::spawn(async move {
            let result = task.await.unwrap_or(Err(NotPressed::Failed));
            shelf.end(&key, now, began, result.as_ref().ok());
            result
        });
        ended
            .map(|result| result.unwrap_or(Err(NotPressed::Failed)))
            .boxed()
            .shared()
    }

    /// Keeps what was pressed, unless something it shows has changed since its render began.
    fn end(&self, key: &Arc<str>, now: Instant, began: u64, page: Option<&Arc<PressedPage>>) {
        let mut state = self.write();
        if state.presses.get(key).is_some_and(|(at, _)| *at == began) {
            state.presses.remove(key);
        }
        let Some(page) = page.filter(|page| is_kept(page.status)) else {
            return;
        };
        let is_old = began < state.forgotten
            || state
                .evicted
                .iter()
                .rev()
                .take_while(|(at, _)| *at > began)
                .any(|(_, changed)| *changed == Shows::Site || page.shows.contains(changed));
        if is_old || page.size() > self.max_bytes / 4 {
            return;
        }
        state.remove(key);
        state.bytes += page.size();
        for shows in &page.shows {
            state
                .by_shows
                .entry(*shows)
                .or_default()
                .insert(key.clone());
        }
        let last_used = AtomicU64::new(self.clock.fetch_add(1, Ordering::Relaxed));
        let until = now + page.live_for;
        state.pages.insert(
            key.clone(),
            Kept {
                page: page.clone(),
                until,
                last_used,
            },
        );
        if state.bytes > self.max_bytes {
            state.make_room(self.max_bytes / 10 * 9);
        }
    }

    /// Throws away every page that shows one of these. `seq` is the outbox's number of the change.
    pub fn evict(&self, changed: &[Shows], seq: u64) {
        let mut state = self.write();
        state.seq = state.seq.max(seq);
        if changed.is_empty() {
            return;
        }
        state.moment += 1;
        let moment = state.moment;
        for shows in changed {
            state.evicted.push_back((moment, *shows));
            if *shows == Shows::Site {
                state.pages.clear();
                state.by_shows.clear();
                state.bytes = 0;
            }
            for key in state.by_shows.remove(shows).unwrap_or_default() {
                state.remove(&key);
            }
        }
        while state.evicted.len() > REMEMBERED {
            if let Some((at, _)) = state.evicted.pop_front() {
                state.forgotten = at;
            }
        }
        // Who asks from now on must not be given a render that began before the change.
        state.presses.clear();
    }

    /// Throws everything away: the build's assets have changed, or the outbox has a gap.
    pub fn clear(&self, seq: u64) {
        self.evict(&[Shows::Site], seq);
    }

    /// The outbox's number up to which changes have been heard.
    #[must_use]
    pub fn heard(&self) -> u64 {
        self.read().seq
    }

    /// How many renders there have been.
    #[must_use]
    pub fn renders(&self) -> u64 {
        self.renders.load(Ordering::Relaxed)
    }

    /// How many pages came from the shelf.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// The keys of the pages that are kept.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.read().pages.keys().map(ToString::to_string).collect()
    }

    /// How many bytes are kept.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.read().bytes
    }

    // A panic under the lock can't leave it half-changed in a way that matters: pages are only a copy.
    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn remove(&mut self, key: &Arc<str>) {
        let Some(kept) = self.pages.remove(key) else {
            return;
        };
        self.bytes = self.bytes.saturating_sub(kept.page.size());
        for shows in &kept.page.shows {
            if let Some(keys) = self.by_shows.get_mut(shows) {
                keys.remove(key);
                if keys.is_empty() {
                    self.by_shows.remove(shows);
                }
            }
        }
    }

    /// Removes what was not asked for the longest, until no more than `bytes` are left.
    fn make_room(&mut self, bytes: usize) {
        let mut by_age: Vec<(u64, Arc<str>)> = self
            .pages
            .iter()
            .map(|(key, kept)| (kept.last_used.load(Ordering::Relaxed), key.clone()))
            .collect();
        by_age.sort_unstable();
        for (_, key) in by_age {
            if self.bytes <= bytes {
                break;
            }
            self.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests;
