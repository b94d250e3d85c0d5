//! Polling: feeds that are due are fetched, read and filed, each on its own clock.

use crate::fetch::{Answer, Fetch, FetchError, Reach, Validators};
use crate::file::{self, Bytes};
use crate::{Dates, Error, Report, whereabouts};
use futures::StreamExt;
use news::Millis;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::{Feed, FeedFetched, Store};
use url::Url;

/// How long a claimed feed is nobody else's: longer than any fetch and filing.
const LEASE: i64 = 5 * Millis::MINUTE;
/// Feeds fetched at the same time.
const AT_ONCE: usize = 16;
/// Between two requests to one host.
const PAUSE: Duration = Duration::from_secs(2);
const SOONEST: i64 = 2 * 60;
const LATEST: i64 = 24 * 60 * 60;

/// Fetches what is due. Cheap to clone.
#[derive(Clone)]
pub struct Poll {
    store: Store,
    fetch: Fetch,
    hosts: Arc<Mutex<HashMap<String, Host>>>,
}

/// When a host was last asked; who holds it asks.
type Host = Arc<tokio::sync::Mutex<Option<Instant>>>;

/// How a feed's turn went.
#[derive(Debug)]
pub struct Polled {
    /// Which feed.
    pub feed: Feed,
    /// Its items' fates; `None` where it was as before.
    pub outcome: Result<Option<Report>, FetchError>,
}

impl Poll {
    /// Polls the public web for this store.
    ///
    /// # Errors
    /// Where the system has no certificates to trust.
    pub fn new(store: Store) -> Result<Self, FetchError> {
        Self::reaching(store, Reach::Public)
    }

    /// Polls so far.
    ///
    /// # Errors
    /// Where the system has no certificates to trust.
    pub fn reaching(store: Store, reach: Reach) -> Result<Self, FetchError> {
        Ok(Self {
            store,
            fetch: Fetch::new(reach)?,
            hosts: Arc::default(),
        })
    }

    /// Fetches every feed that is due, a few at a time.
    ///
    /// # Errors
    /// Where the store fails; what fails on the way to a feed is noted with it.
    pub async fn all_due(&self, now: Millis) -> Result<Vec<Polled>, Error> {
        let mut due = Vec::new();
        while let Some(feed) = self.store.due_feed(now, LEASE).await? {
            due.push(feed);
            if due.len() >= 4 * AT_ONCE {
                break;
            }
        }
        let turns = due.into_iter().map(|feed| self.turn(feed, now));
        let done: Vec<_> = futures::stream::iter(turns)
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        done.into_iter().collect()
    }

    async fn turn(&self, feed: Feed, now: Millis) -> Result<Polled, Error> {
        let outcome = match self.ask(&feed).await {
            Ok(Answer::Unchanged(unchanged)) => {
                let known = Validators {
                    etag: feed.etag.clone(),
                    last_modified: feed.last_modified.clone(),
                };
                let next_at = after(&feed, now, unchanged.max_age);
                let noted = FeedFetched {
                    // What was wrong with what it holds is wrong with it still.
                    error: feed.last_error.clone().filter(|_| feed.failures == 0),
                    ..fetched(&feed, known, next_at)
                };
                self.store.feed_fetched(noted).await?;
                Ok(None)
            }
            Ok(Answer::Body(body)) => {
                let next_at = after(&feed, now, body.max_age);
                let noted = fetched(&feed, body.validators, next_at);
                if let Some(moved) = &body.moved {
                    tracing::info!(feed = %feed.url, to = %moved, "a feed has moved for good");
                }
                Ok(Some(
                    self.file(&feed, body.bytes, body.charset, body.url, now, noted)
                        .await?,
                ))
            }
            Err(error) => {
                tracing::warn!(feed = %feed.url, %error, "a feed could not be fetched");
                let wait = longer(&error);
                let noted = failed(&feed, error.to_string(), wait, now);
                self.store.feed_fetched(noted).await?;
                Err(error)
            }
        };
        Ok(Polled { feed, outcome })
    }

    async fn file(
        &self,
        feed: &Feed,
        bytes: Vec<u8>,
        charset: Option<String>,
        base: Url,
        now: Millis,
        noted: FeedFetched,
    ) -> Result<Report, Error> {
        let sources = self.store.sources().await?;
        let Some(source) = sources.into_iter().find(|source| source.id == feed.source) else {
            self.store.feed_fetched(noted).await?;
            return Ok(Report::default());
        };
        let bytes = Bytes {
            bytes,
            charset,
            hint: whereabouts::hint(&source, Some(base)),
        };
        let when = (now, Dates::Feeds);
        let note = |report: &Report| match report.complaint() {
            // What came is not asked for by its validators again: it would be "unchanged" for ever.
            Some(complaint) if report.is_no_feed() => failed(feed, complaint, 0, now),
            error => FeedFetched {
                error,
                ..noted.clone()
            },
        };
        let report = file::file(&self.store, &source, bytes, when, Some(&note)).await?;
        tracing::info!(source = source.slug, feed = %feed.url, new = report.new,
            updated = report.updated, refused = report.refused, "a feed was filed");
        if let Some(complaint) = report.complaint() {
            tracing::warn!(feed = %feed.url, complaint, "a feed was filed with complaints");
        }
        Ok(report)
    }

    /// Asks the feed's host, which nobody else of us asks at the same time.
    async fn ask(&self, feed: &Feed) -> Result<Answer, FetchError> {
        let url = Url::parse(&feed.url).map_err(|_| FetchError::Forbidden)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let host = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            // Hosts nobody waits for are forgotten before the map grows large.
            if hosts.len() > 10_000 {
                hosts.retain(|_, host| Arc::strong_count(host) > 1);
            }
            Arc::clone(hosts.entry(host).or_default())
        };
        let mut last = host.lock().await;
        if let Some(last) = *last {
            tokio::time::sleep(PAUSE.saturating_sub(last.elapsed())).await;
        }
        let known = Validators {
            etag: feed.etag.clone(),
            last_modified: feed.last_modified.clone(),
        };
        let answer = self.fetch.get(&url, &known).await;
        *last = Some(Instant::now());
        answer
    }
}

fn fetched(feed: &Feed, validators: Validators, next_at: Millis) -> FeedFetched {
    FeedFetched {
        feed: feed.id,
        etag: validators.etag,
        last_modified: validators.last_modified,
        next_at,
        failures: 0,
        error: None,
    }
}

/// After its interval, or later where the server says that nothing changes before.
fn after(feed: &Feed, now: Millis, max_age: Option<Duration>) -> Millis {
    let age = max_age.map_or(0, |age| i64::try_from(age.as_secs()).unwrap_or(LATEST));
    let seconds = feed.interval_s.max(age).clamp(SOONEST, LATEST);
    now.plus(jittered(feed, now, seconds))
}

/// How many seconds the one who refused wants us to wait.
fn longer(error: &FetchError) -> i64 {
    match error {
        FetchError::Status {
            retry_after: Some(wait),
            ..
        } => i64::try_from(wait.as_secs()).unwrap_or(LATEST),
        // Gone for good: looked at once a day, so that a mistake of theirs heals.
        FetchError::Status { status: 410, .. } => LATEST,
        _ => 0,
    }
}

/// Twice as long with every failure in a row, up to a day, and no sooner than after `wait` seconds.
fn failed(feed: &Feed, error: String, wait: i64, now: Millis) -> FeedFetched {
    let failures = feed.failures.saturating_add(1);
    let doubled = feed
        .interval_s
        .max(SOONEST)
        .saturating_mul(1 << failures.min(12));
    let seconds = doubled.max(wait).min(LATEST);
    FeedFetched {
        feed: feed.id,
        etag: feed.etag.clone(),
        last_modified: feed.last_modified.clone(),
        next_at: now.plus(jittered(feed, now, seconds)),
        failures,
        error: Some(error),
    }
}

/// Milliseconds, up to a tenth more or less, so that feeds don't come due together.
fn jittered(feed: &Feed, now: Millis, seconds: i64) -> i64 {
    let mut hash = DefaultHasher::new();
    (feed.id, now).hash(&mut hash);
    let share = i64::try_from(hash.finish() % 201).unwrap_or(100) - 100;
    seconds * 1_000 + seconds * share
}

#[cfg(test)]
mod tests {
    use super::*;
    use news::Id;

    fn a_feed(failures: u32) -> Feed {
        Feed {
            id: Id(1),
            source: Id(2),
            url: "https://kuroshio-press.example/rss".into(),
            etag: Some("7".into()),
            last_modified: None,
            interval_s: 900,
            next_at: Millis(0),
            failures,
            last_error: None,
            off: false,
        }
    }

    fn near(found: Millis, seconds: i64) -> bool {
        (found.0 - seconds * 1_000).abs() <= seconds * 100
    }

    #[test]
    fn a_feed_is_due_after_its_interval_or_later() {
        assert!(near(after(&a_feed(0), Millis(0), None), 900));
        assert!(near(
            after(&a_feed(0), Millis(0), Some(Duration::from_secs(3_600))),
            3_600
        ));
        assert!(near(
            after(&a_feed(0), Millis(0), Some(Duration::MAX)),
            LATEST
        ));
    }

    #[test]
    fn failures_make_it_wait() {
        let after = |failures, wait| failed(&a_feed(failures), "slow".into(), wait, Millis(0));
        assert!(near(after(0, 0).next_at, 1_800));
        assert!(near(after(2, 0).next_at, 7_200));
        assert!(near(after(u32::MAX, 0).next_at, LATEST));
        assert_eq!(after(2, 0).etag.as_deref(), Some("7"));
        let asked = FetchError::Status {
            status: 429,
            retry_after: Some(Duration::from_secs(7_000)),
        };
        assert!(near(after(0, longer(&asked)).next_at, 7_000));
    }
}
