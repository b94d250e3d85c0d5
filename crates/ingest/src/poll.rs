//! Polling: feeds that are due are fetched, read and filed, each on its own clock.
//!
//! A pool of turns that never waits for its slowest: whose turn ends makes room for the next. One host
//! has one connection and a pause between two requests ([`hosts`]), so its feeds wait for it and for
//! nobody else. A turn is [`turn`], when a feed comes back is [`rhythm`].

mod hosts;
mod rhythm;
mod takeover;
mod turn;

pub(crate) use rhythm::every;

use crate::fetch::{Fetch, FetchError, Limits, Reach};
use crate::file::WRITING;
use crate::{Error, Report};
use hosts::Hosts;
use news::{Id, Millis};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Feed, FeedFetched, Store};
use tokio::task::JoinSet;
use turn::Turn;

/// How long a claimed feed is nobody else's: longer than any fetch and filing.
const LEASE: i64 = 5 * Millis::MINUTE;

/// How politely and how long is asked.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Feeds whose turn it is at the same time. A quarter of them at most has failed before.
    pub at_once: usize,
    /// Between two requests to one host.
    pub pause: Duration,
    /// Between two looks at what has come due.
    pub look: Duration,
    /// What one fetch may cost.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            at_once: 32,
            pause: Duration::from_secs(2),
            look: Duration::from_secs(2),
            limits: Limits::default(),
        }
    }
}

/// Fetches what is due. Cheap to clone.
#[derive(Clone)]
pub struct Poll {
    store: Store,
    fetch: Fetch,
    reach: Reach,
    settings: Settings,
    // One pool at a time: two would ask one host at the same time.
    hosts: Arc<tokio::sync::Mutex<Hosts>>,
}

/// How a feed's turn went.
#[derive(Debug)]
pub struct Polled {
    /// Which feed.
    pub feed: Feed,
    /// Its items' fates; `None` where it was as before.
    pub outcome: Result<Option<Report>, FetchError>,
}

/// When the pool comes to its end.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Until {
    NothingIsDue,
    Never,
}

/// The clock of the turns: the wall's, or so many milliseconds away from it.
#[derive(Clone, Copy)]
struct Clock {
    ahead: i64,
}

impl Clock {
    fn now(self) -> Millis {
        Store::now().plus(self.ahead)
    }
}

impl Poll {
    /// Polls the public web for this store.
    ///
    /// # Errors
    /// Where the system has no certificates to trust.
    pub fn new(store: Store) -> Result<Self, FetchError> {
        Self::reaching(store, Reach::Public, Settings::default())
    }

    /// Polls so far and in this way.
    ///
    /// # Errors
    /// Where the system has no certificates to trust.
    pub fn reaching(store: Store, reach: Reach, settings: Settings) -> Result<Self, FetchError> {
        Ok(Self {
            store,
            fetch: Fetch::new(reach)?.within(settings.limits),
            reach,
            settings,
            hosts: Arc::default(),
        })
    }

    /// Fetches every feed that is due, `now` being this moment, until none is.
    ///
    /// # Errors
    /// Where the store fails; what fails on the way to a feed is noted with it.
    pub async fn all_due(&self, now: Millis) -> Result<Vec<Polled>, Error> {
        let clock = Clock {
            ahead: now.since(Store::now()),
        };
        let mut all = Vec::new();
        self.pool(clock, Until::NothingIsDue, |polled| all.push(polled))
            .await?;
        all.into_iter().collect()
    }

    /// Fetches feeds as they come due, and never ends by itself.
    ///
    /// # Errors
    /// Where the store can't say what is due.
    pub async fn go_on(&self) -> Result<(), Error> {
        let told = |polled: Result<Polled, Error>| {
            // The feed comes due again when its lease ends.
            if let Err(error) = polled {
                tracing::error!(%error, "a feed's turn was lost");
            }
        };
        self.pool(Clock { ahead: 0 }, Until::Never, told).await
    }

    async fn pool(
        &self,
        clock: Clock,
        until: Until,
        mut told: impl FnMut(Result<Polled, Error>),
    ) -> Result<(), Error> {
        let mut hosts = self.hosts.lock().await;
        hosts.begin_anew(self.settings.pause);
        // Tasks of their own: a turn in the middle of its transaction must not wait for this loop, which
        // may be waiting for that transaction.
        let mut turns = JoinSet::new();
        let mut feeds = HashMap::new();
        let mut notes = Vec::new();
        let mut look = Instant::now();
        loop {
            if look <= Instant::now() {
                hosts.add(self.store.due_feeds(clock.now()).await?);
                look = Instant::now() + self.settings.look;
            }
            let moment = Instant::now();
            let room = self.settings.at_once.saturating_sub(turns.len());
            let next = hosts.choose(room, self.settings.at_once.div_ceil(4), moment);
            for feed in self.claim(&mut hosts, &mut notes, next, clock).await? {
                let (poll, id) = (self.clone(), feed.id);
                let task = turns.spawn(async move { poll.turn(feed, clock).await });
                feeds.insert(task.id(), id);
            }
            if turns.is_empty() && hosts.is_empty() && until == Until::NothingIsDue {
                if self.store.due_feeds(clock.now()).await?.is_empty() {
                    return Ok(());
                }
                look = Instant::now();
                continue;
            }
            let full = turns.len() >= self.settings.at_once;
            let ready = hosts.ready_at(moment).filter(|_| !full);
            let wake = ready.map_or(look, |ready| ready.min(look));
            let mut over = tokio::select! {
                over = turns.join_next_with_id(), if !turns.is_empty() => over,
                () = tokio::time::sleep_until(wake.into()) => None,
            };
            // All that have ended meanwhile: they are noted together.
            while let Some(turn) = over {
                let (task, turn) = match turn {
                    Ok((task, turn)) => (task, Some(turn)),
                    Err(error) => {
                        tracing::error!(%error, "a feed's turn panicked");
                        (error.id(), None)
                    }
                };
                if let Some(feed) = feeds.remove(&task) {
                    let asked = turn.as_ref().map_or_else(Instant::now, |turn| turn.asked);
                    hosts.done(feed, Some(asked));
                }
                if let Some(Turn { polled, note, .. }) = turn {
                    notes.extend(note);
                    told(polled);
                }
                over = turns.try_join_next_with_id();
            }
        }
    }

    /// Notes what the last turns left, and gives those whose host is free a lease, in one transaction.
    async fn claim(
        &self,
        hosts: &mut Hosts,
        notes: &mut Vec<FeedFetched>,
        next: Vec<Id>,
        clock: Clock,
    ) -> Result<Vec<Feed>, Error> {
        if notes.is_empty() && next.is_empty() {
            return Ok(Vec::new());
        }
        let permit = WRITING.acquire().await.ok();
        let claimed = self.store.claim_feeds(notes, &next, clock.now(), LEASE);
        let claimed = claimed.await?;
        drop(permit);
        notes.clear();
        let ids: Vec<Id> = claimed.iter().map(|feed| feed.id).collect();
        // Another node was faster, or somebody has turned it off meanwhile.
        for lost in next.into_iter().filter(|id| !ids.contains(id)) {
            hosts.done(lost, None);
        }
        Ok(claimed)
    }
}

#[cfg(test)]
pub(crate) fn a_feed() -> Feed {
    Feed {
        id: Id(1),
        source: Id(2),
        url: "https://kuroshio-press.example/rss".into(),
        etag: Some("7".into()),
        last_modified: None,
        body_hash: None,
        interval_s: 900,
        pace: store::Pace::default(),
        next_at: Millis(0),
        failures: 0,
        last_error: None,
        off: false,
        moved: None,
        first_url: None,
        refused_since: None,
        told_until: None,
        spent: store::Spent::default(),
        host: None,
        alarm: None,
        alarm_lang: None,
        held: None,
    }
}
