//! The shelf: pages by key, bounded in bytes, each rendered once however many ask for it.
//! What throws them away is in [`crate::evict`].

use crate::page::{Fresh, NotPressed, PressedPage, is_kept};
use futures::future::FutureExt;
use news::Shows;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};
use tokio::sync::watch;

mod state;

use state::{Kept, Pressing, State};

/// A render that takes longer is given up.
pub const DEADLINE: Duration = Duration::from_secs(5);

/// Kept pages, shared by all requests.
#[derive(Debug)]
pub struct Shelf {
    max_bytes: usize,
    deadline: Duration,
    state: RwLock<State>,
    clock: AtomicU64,
    renders: AtomicU64,
    hits: AtomicU64,
    /// The outbox's number up to which changes have been heard.
    heard: watch::Sender<u64>,
}

impl Shelf {
    /// A shelf that holds at most `max_bytes` of pages.
    #[must_use]
    pub fn new(max_bytes: usize) -> Self {
        Self {
            max_bytes,
            deadline: DEADLINE,
            state: RwLock::default(),
            clock: AtomicU64::new(0),
            renders: AtomicU64::new(0),
            hits: AtomicU64::new(0),
            heard: watch::Sender::new(0),
        }
    }

    /// The page under `key`; rendered by `render` where there is none. Whoever asks meanwhile waits
    /// for the same render. It goes on when the one who asked first has gone away.
    ///
    /// # Errors
    /// When the render failed or took too long, for all who waited for it.
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
        if let Some((began, asked, pressing)) = self.under_way(key) {
            let page = pressing.await?;
            // What it shows is known only now. Who asked after a change is not given what was before it.
            if !self.read().has_changed(&page, began, asked) {
                return Ok(page);
            }
            if let Some(page) = self.get(key, now) {
                return Ok(page);
            }
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

    /// The press of `key` that is under way, with the moment at which it began and this one.
    fn under_way(&self, key: &str) -> Option<(u64, u64, Pressing)> {
        let state = self.read();
        let (began, pressing) = state.presses.get(key)?;
        Some((*began, state.moment, pressing.clone()))
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
            let Ok(fresh) = tokio::time::timeout(shelf.deadline, render).await else {
                return Err(NotPressed::Late);
            };
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
        state.presses.remove(key);
        let Some(page) = page.filter(|page| is_kept(page.status)) else {
            return;
        };
        let bytes = page.size() + key.len();
        if state.has_changed(page, began, state.moment) || bytes > self.max_bytes / 4 {
            return;
        }
        let kept = Kept {
            page: page.clone(),
            bytes,
            until: now + page.live_for,
            last_used: AtomicU64::new(self.clock.fetch_add(1, Ordering::Relaxed)),
        };
        state.put(key.clone(), kept);
        if state.bytes > self.max_bytes {
            state.make_room(self.max_bytes / 10 * 9);
        }
    }

    /// Throws away every page that shows one of these. `seq` is the outbox's number of the change.
    pub fn evict(&self, changed: &[Shows], seq: u64) {
        if !changed.is_empty() {
            self.write().evict(changed);
        }
        self.heard.send_modify(|heard| *heard = seq.max(*heard));
    }

    /// Throws everything away: the build's assets have changed, or the outbox has a gap.
    pub fn clear(&self, seq: u64) {
        self.evict(&[Shows::Site], seq);
    }

    /// The outbox's number up to which changes have been heard.
    #[must_use]
    pub fn heard(&self) -> u64 {
        *self.heard.borrow()
    }

    /// Waits until the change of this number has been heard: no older page is handed out after it.
    pub async fn has_heard(&self, seq: u64) {
        let mut heard = self.heard.subscribe();
        // It fails only where the shelf is gone, and then nothing is handed out.
        let _is_there = heard.wait_for(|heard| *heard >= seq).await.is_ok();
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

#[cfg(test)]
mod tests;
