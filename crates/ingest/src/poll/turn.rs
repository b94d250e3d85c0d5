//! One feed's turn: it is asked, what it has is filed, and what it said is noted.

use super::{Clock, Poll, Polled, rhythm, takeover};
use crate::excerpt::hex;
use crate::feed::Said;
use crate::fetch::{Answer, Body, FetchError, Unchanged, Validators};
use crate::file::{self, Bytes};
use crate::{Dates, Error, Report, websub, whereabouts};
use news::Millis;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use store::{Cost, Feed, FeedFetched, Moved, Pace};
use url::Url;

/// A redirect counts when it was said twice at least so long apart: sites under repair say it, too.
const SETTLED: i64 = Millis::DAY;

/// A turn that is over.
pub(super) struct Turn {
    pub(super) polled: Result<Polled, Error>,
    /// When its host had answered.
    pub(super) asked: Instant,
    /// What is to be noted with it, where nothing was filed that it was noted with.
    pub(super) note: Option<FeedFetched>,
}

impl Poll {
    pub(super) async fn turn(&self, feed: Feed, clock: Clock) -> Turn {
        let now = clock.now();
        let known = Validators {
            etag: feed.etag.clone(),
            last_modified: feed.last_modified.clone(),
        };
        let began = Instant::now();
        let answer = match Url::parse(&feed.url) {
            Ok(url) => self.fetch.get(&url, &known).await,
            Err(_) => Err(FetchError::Forbidden),
        };
        let asked = Instant::now();
        let mut cost = Cost {
            ms: i64::try_from((asked - began).as_millis()).unwrap_or(i64::MAX),
            ..Cost::default()
        };
        let (polled, note) = match answer {
            Ok(Answer::Unchanged(unchanged)) => {
                cost.unchanged = true;
                let note = as_it_was(&feed, &unchanged, now);
                (Ok(Ok(None)), Some(FeedFetched { cost, ..note }))
            }
            Ok(Answer::Body(body)) => {
                cost.bytes = i64::try_from(body.bytes.len()).unwrap_or(i64::MAX);
                self.body(&feed, *body, now, cost).await
            }
            Err(error) => {
                let note = refused(&feed, &error, now);
                (Ok(Err(error)), Some(FeedFetched { cost, ..note }))
            }
        };
        let polled = polled.map(|outcome| Polled { feed, outcome });
        Turn {
            polled,
            asked,
            note,
        }
    }

    async fn body(
        &self,
        feed: &Feed,
        body: Body,
        now: Millis,
        cost: Cost,
    ) -> (Outcome, Option<FeedFetched>) {
        let hash = Some(hex(&Sha256::digest(&body.bytes)));
        let next_at = rhythm::after(feed, feed.pace, now, body.max_age);
        let fetched = FeedFetched {
            etag: body.validators.etag.clone(),
            last_modified: body.validators.last_modified.clone(),
            body_hash: hash,
            cost,
            ..feed.fetched(now, next_at)
        };
        let noted = moving(feed, body.moved.as_ref(), fetched);
        // Some servers name a new state with each answer; the bytes say that it is the old one.
        if noted.body_hash == feed.body_hash {
            let mut noted = as_before(feed, noted);
            noted.cost.unchanged = true;
            return (Ok(Ok(None)), Some(noted));
        }
        let filed = self.file(feed, body, now, noted).await;
        (filed.map(|report| Ok(Some(report))), None)
    }

    async fn file(
        &self,
        feed: &Feed,
        body: Body,
        now: Millis,
        noted: FeedFetched,
    ) -> Result<Report, Error> {
        let sources = self.store.sources().await?;
        let Some(source) = sources.into_iter().find(|source| source.id == feed.source) else {
            self.store.feed_fetched(noted).await?;
            return Ok(Report::default());
        };
        let bytes = Bytes {
            hint: whereabouts::hint(&source, Some(body.url.clone())),
            bytes: body.bytes,
            charset: body.charset,
        };
        let when = (now, Dates::Feeds);
        let (max_age, from) = (body.max_age, body.url.clone());
        let note = |report: &Report| match report.complaint() {
            // What came is not asked for by its validators again: it would be "unchanged" for ever.
            // Nor has a feed moved to where none is.
            Some(complaint) if report.is_no_feed() => FeedFetched {
                moved: None,
                cost: noted.cost,
                ..failed(feed, complaint, None, now)
            },
            error => {
                let pace = pace(&report.said);
                let noted = FeedFetched {
                    error,
                    pace,
                    next_at: rhythm::after(feed, pace, now, max_age),
                    ..noted.clone()
                };
                takeover::watched(feed, &from, report, noted)
            }
        };
        let report = file::file(&self.store, &source, bytes, when, Some(&note)).await?;
        tracing::info!(source = source.slug, feed = %feed.url, new = report.new,
            updated = report.updated, refused = report.refused, "a feed was filed");
        if let Some(complaint) = report.complaint() {
            tracing::warn!(feed = %feed.url, complaint, "a feed was filed with complaints");
        }
        if !report.is_no_feed() {
            let hub = body.links.hub.or_else(|| report.said.hub.clone());
            let itself = body.links.itself.or_else(|| report.said.itself.clone());
            let topic = itself.unwrap_or_else(|| body.url.to_string());
            websub::found(&self.store, feed.id, (hub, topic), self.reach, now).await?;
        }
        Ok(report)
    }
}

type Outcome = Result<Result<Option<Report>, FetchError>, Error>;

fn as_it_was(feed: &Feed, unchanged: &Unchanged, now: Millis) -> FeedFetched {
    let next_at = rhythm::after(feed, feed.pace, now, unchanged.max_age);
    let fetched = as_before(feed, feed.fetched(now, next_at));
    moving(feed, unchanged.moved.as_ref(), fetched)
}

fn refused(feed: &Feed, error: &FetchError, now: Millis) -> FeedFetched {
    tracing::warn!(feed = %feed.url, %error, "a feed could not be fetched");
    let mut noted = failed(feed, error.to_string(), wait(error), now);
    match error {
        FetchError::Status { status: 410, .. } => {
            noted.off = true;
            noted.error = Some("the server says that this feed is gone for good (410)".into());
        }
        FetchError::Status {
            status: 401 | 403 | 404,
            ..
        } => noted.refused_since = feed.refused_since.or(Some(now)),
        // What didn't come through says nothing of what the server would have said.
        _ => noted.refused_since = feed.refused_since,
    }
    if feed.is_refused(now) {
        tracing::error!(feed = %feed.url, "a feed has been refused for five days");
    }
    noted
}

/// What was wrong with what it holds is wrong with it still.
fn as_before(feed: &Feed, noted: FeedFetched) -> FeedFetched {
    FeedFetched {
        error: feed.last_error.clone().filter(|_| feed.failures == 0),
        ..noted
    }
}

fn pace(said: &Said) -> Pace {
    Pace {
        every_s: said.every_s,
        least_s: said.least_s,
        skip_hours: said.skip_hours,
        skip_days: said.skip_days,
    }
}

/// Remembers where it says it has moved to, and believes it after a while.
fn moving(feed: &Feed, to: Option<&Url>, noted: FeedFetched) -> FeedFetched {
    let now = noted.at;
    let said = feed.moved.as_ref().map(|moved| moved.to.as_str());
    let (moved, moves) = match (to, &feed.moved) {
        (None, _) => (None, None),
        (Some(to), Some(before)) if said == Some(to.as_str()) => {
            let settled = now.since(before.since) >= SETTLED;
            (Some(before.clone()), settled.then(|| to.to_string()))
        }
        (Some(to), _) => {
            tracing::info!(feed = %feed.url, %to, "a feed says that it has moved for good");
            let moved = Moved {
                to: to.to_string(),
                since: now,
            };
            (Some(moved), None)
        }
    };
    FeedFetched {
        moved,
        moves,
        ..noted
    }
}

/// How long the one who refused wants us to wait.
fn wait(error: &FetchError) -> Option<Duration> {
    match error {
        FetchError::Status { retry_after, .. } => *retry_after,
        _ => None,
    }
}

fn failed(feed: &Feed, error: String, wait: Option<Duration>, now: Millis) -> FeedFetched {
    let failures = feed.failures.saturating_add(1);
    FeedFetched {
        failures,
        error: Some(error),
        ..feed.fetched(now, rhythm::after_failures(feed, failures, now, wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poll::a_feed;

    const NOW: Millis = Millis(1_795_651_200_000);

    fn told(before: Option<(&str, i64)>, to: Option<&str>) -> (Option<i64>, Option<String>) {
        let mut feed = a_feed();
        feed.moved = before.map(|(to, hours_ago)| Moved {
            to: to.into(),
            since: NOW.plus(-hours_ago * Millis::HOUR),
        });
        let to = to.map(|to| Url::parse(to).unwrap());
        let noted = moving(&feed, to.as_ref(), feed.fetched(NOW, NOW));
        let hours = noted.moved.map(|m| NOW.since(m.since) / Millis::HOUR);
        (hours, noted.moves)
    }

    #[test]
    fn a_move_is_believed_when_it_was_said_for_a_day() {
        let (here, there) = ("https://here.example/", "https://there.example/");
        assert_eq!(told(None, None), (None, None));
        assert_eq!(told(None, Some(here)), (Some(0), None));
        assert_eq!(told(Some((here, 23)), Some(here)), (Some(23), None));
        assert_eq!(
            told(Some((here, 24)), Some(here)),
            (Some(24), Some(here.into()))
        );
        assert_eq!(told(Some((here, 24)), Some(there)), (Some(0), None));
        assert_eq!(told(Some((here, 24)), None), (None, None));
    }

    #[test]
    fn failures_are_counted_and_keep_what_is_known() {
        let mut feed = a_feed();
        feed.failures = u32::MAX;
        let noted = failed(&feed, "slow".into(), None, NOW);
        assert_eq!(
            (noted.failures, noted.etag.as_deref()),
            (u32::MAX, Some("7"))
        );
        let asked = FetchError::Status {
            status: 429,
            retry_after: Some(Duration::from_secs(7_000)),
        };
        assert_eq!(wait(&asked), Some(Duration::from_secs(7_000)));
        assert_eq!(wait(&FetchError::TooSlow), None);
    }
}
