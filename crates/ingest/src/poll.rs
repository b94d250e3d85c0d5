//! Polling: feeds that are due are fetched, read and filed, each on its own clock.
//!
//! A pool of turns that never waits for its slowest: whose turn ends makes room for the next. One host
//! has one connection and a pause between two requests ([`hosts`]), so its feeds wait for it and for
//! nobody else. A turn is [`turn`], when a feed comes back is [`rhythm`].

mod hosts;
mod rhythm;
mod turn;

pub(crate) use rhythm::every;

use crate::fetch::{Fetch, FetchError, Limits, Reach};
use crate::{Error, Report};
use hosts::Hosts;
use news::{Id, Millis};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Feed, Store};
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
        let mut look = Instant::now();
        loop {
            if look <= Instant::now() {
                hosts.add(self.store.due_feeds(clock.now()).await?);
                look = Instant::now() + self.settings.look;
            }
            let room = self.settings.at_once.saturating_sub(turns.len());
            let moment = Instant::now();
            for feed in self.claim(&mut hosts, (room, moment), clock).await? {
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
            tokio::select! {
                Some(turn) = turns.join_next_with_id() => {
                    let (task, over) = match turn {
                        Ok((task, Turn { polled, asked })) => (task, Some((polled, asked))),
                        Err(error) => {
                            tracing::error!(%error, "a feed's turn panicked");
                            (error.id(), None)
                        }
                    };
                    let (polled, asked) = over.unzip();
                    if let Some(feed) = feeds.remove(&task) {
                        hosts.done(feed, asked.or(Some(Instant::now())));
                    }
                    polled.into_iter().for_each(&mut told);
                }
                () = tokio::time::sleep_until(wake.into()) => {}
            }
        }
    }

    /// Whose host is free gets a lease, all of them in one transaction.
    async fn claim(
        &self,
        hosts: &mut Hosts,
        (room, moment): (usize, Instant),
        clock: Clock,
    ) -> Result<Vec<Feed>, Error> {
        let failing = self.settings.at_once.div_ceil(4);
        let chosen = hosts.choose(room, failing, moment);
        if chosen.is_empty() {
            return Ok(Vec::new());
        }
        let claimed = self.store.claim_feeds(&chosen, clock.now(), LEASE).await?;
        let ids: Vec<Id> = claimed.iter().map(|feed| feed.id).collect();
        // Another node was faster, or somebody has turned it off meanwhile.
        for lost in chosen.into_iter().filter(|id| !ids.contains(id)) {
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
    }
}
