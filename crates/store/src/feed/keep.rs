//! Feeds in their table.

use super::{DueFeed, Feed, FeedFetched, Moved, Pace, Spent};
use crate::audit::Deed;
use crate::db::Tx;
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, text};
use news::{Id, Millis, Refusal};
use serde_json::json;

macro_rules! columns {
    () => {
        "id, source_id, url, etag, last_modified, body_hash, interval_s, every_s, least_s, skip_hours, skip_days,
            next_at, failures, last_error, off, moved_to, moved_at, first_url, refused_since,
            polls, polls_unchanged, polls_bytes, polls_ms, host, alarm, alarm_lang, held,
            (SELECT until FROM subscription WHERE feed_id = feed.id) AS told_until"
    };
}

sql! {
    // At two hundred polls what was counted is halved: what stands there is of the last ones.
    COUNTED = "UPDATE feed SET polls = polls / (CASE WHEN polls >= 200 THEN 2 ELSE 1 END) + 1,
            polls_unchanged = polls_unchanged / (CASE WHEN polls >= 200 THEN 2 ELSE 1 END) + $2,
            polls_bytes = polls_bytes / (CASE WHEN polls >= 200 THEN 2 ELSE 1 END) + $3,
            polls_ms = polls_ms / (CASE WHEN polls >= 200 THEN 2 ELSE 1 END) + $4,
            host = $5, alarm = COALESCE(alarm, $6), alarm_lang = COALESCE(alarm_lang, $7),
            held = COALESCE(held, $8)
        WHERE id = $1";
    NOT_COUNTED = "UPDATE feed SET host = $2, alarm = COALESCE(alarm, $3), alarm_lang = COALESCE(alarm_lang, $4),
            held = COALESCE(held, $5)
        WHERE id = $1";
    LOOKED_AT = "UPDATE feed SET alarm = NULL, alarm_lang = NULL WHERE id = $1 AND (alarm IS NOT NULL OR alarm_lang IS NOT NULL)";
    FEEDS = concat!("SELECT ", columns!(), " FROM feed ORDER BY url");
    MOVED = "SELECT id FROM feed WHERE source_id = $1 AND first_url = $2 AND url <> $2";
    ADD = "INSERT INTO feed(id, source_id, url, interval_s, next_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (url) DO UPDATE SET interval_s = excluded.interval_s, off = FALSE,
            next_at = CASE WHEN feed.off THEN excluded.next_at ELSE feed.next_at END
            WHERE feed.source_id = excluded.source_id RETURNING id";
    SWITCH_ON = "UPDATE feed SET interval_s = $2, next_at = CASE WHEN off THEN $3 ELSE next_at END, off = FALSE
        WHERE id = $1";
    SWITCH_OFF = "UPDATE feed SET off = TRUE WHERE source_id = $1 AND NOT off";
    DUE = "SELECT id, url, failures FROM feed
        WHERE next_at <= $1 AND NOT off AND (lease_until IS NULL OR lease_until <= $1) ORDER BY next_at, id";
    CLAIM = concat!("UPDATE feed SET lease_until = $3 WHERE id = $1 AND next_at <= $2 AND NOT off
            AND (lease_until IS NULL OR lease_until <= $2) RETURNING ", columns!());
    // What a hub announced after the fetch had begun is fetched still.
    FETCHED = "UPDATE feed SET etag = $2, last_modified = $3, body_hash = $4, every_s = $5, least_s = $6,
            skip_hours = $7, skip_days = $8, moved_to = $9, moved_at = $10, refused_since = $11, off = off OR $12,
            failures = $13, last_error = $14, next_at = CASE WHEN pinged_at >= $15 THEN pinged_at ELSE $16 END,
            lease_until = NULL
        WHERE id = $1";
    MOVE = "UPDATE feed SET first_url = COALESCE(first_url, url), url = $2, moved_to = NULL, moved_at = NULL
        WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM feed other WHERE other.id <> $1 AND (other.url = $2
            OR other.first_url = $2))";
}

#[derive(sqlx::FromRow)]
struct FeedRow {
    id: i64,
    source_id: i64,
    url: String,
    etag: Option<String>,
    last_modified: Option<String>,
    body_hash: Option<String>,
    interval_s: i64,
    every_s: Option<i64>,
    least_s: i64,
    skip_hours: i64,
    skip_days: i64,
    next_at: i64,
    failures: i64,
    last_error: Option<String>,
    off: bool,
    moved_to: Option<String>,
    moved_at: Option<i64>,
    first_url: Option<String>,
    refused_since: Option<i64>,
    told_until: Option<i64>,
    polls: i64,
    polls_unchanged: i64,
    polls_bytes: i64,
    polls_ms: i64,
    host: Option<String>,
    alarm: Option<String>,
    alarm_lang: Option<String>,
    held: Option<String>,
}

impl FeedRow {
    fn feed(self) -> Feed {
        let bits = |bits: i64| u32::try_from(bits).unwrap_or_default();
        let moved = self.moved_to.zip(self.moved_at);
        Feed {
            id: Id(self.id),
            source: Id(self.source_id),
            url: self.url,
            etag: self.etag,
            last_modified: self.last_modified,
            body_hash: self.body_hash,
            interval_s: self.interval_s,
            pace: Pace {
                every_s: self.every_s,
                least_s: self.least_s,
                skip_hours: bits(self.skip_hours),
                skip_days: bits(self.skip_days),
            },
            next_at: Millis(self.next_at),
            failures: bits(self.failures),
            last_error: self.last_error,
            off: self.off,
            moved: moved.map(|(to, since)| Moved {
                to,
                since: Millis(since),
            }),
            first_url: self.first_url,
            refused_since: self.refused_since.map(Millis),
            told_until: self.told_until.map(Millis),
            spent: Spent {
                polls: self.polls,
                unchanged: self.polls_unchanged,
                bytes: self.polls_bytes,
                ms: self.polls_ms,
            },
            host: self.host,
            alarm: self.alarm,
            alarm_lang: self.alarm_lang,
            held: self.held,
        }
    }
}

impl Store {
    /// All feeds.
    pub async fn feeds(&self) -> Result<Vec<Feed>> {
        let rows: Vec<FeedRow> = all!(read self.db(); FEEDS)?;
        Ok(rows.into_iter().map(FeedRow::feed).collect())
    }

    /// Adds a feed, due at once; one that the source has already (here or where it has moved to) gets
    /// the interval and is polled again.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where it is another source's.
    pub async fn add_feed(&self, source: Id, url: &str, interval_s: i64) -> Result<Id> {
        let url = text::line(url)?;
        if url.is_empty() || interval_s < 1 {
            return Err(Refusal::Invalid("A feed has an address and an interval.".into()).into());
        }
        let (fresh, now) = (self.next_id(), Self::now());
        let mut tx = self.write().await?;
        let moved: Option<(i64,)> = maybe!(tx tx; MOVED, source.0, url.as_str())?;
        if let Some((id,)) = moved {
            run!(tx; SWITCH_ON, id, interval_s, now.0)?;
            tx.commit().await?;
            return Ok(Id(id));
        }
        let id: Option<(i64,)> =
            maybe!(tx tx; ADD, fresh.0, source.0, url.as_str(), interval_s, now.0)?;
        let Some((id,)) = id else {
            let sentence = format!("{url} is a feed of another source already.");
            return Err(Refusal::Invalid(sentence).into());
        };
        tx.commit().await?;
        Ok(Id(id))
    }

    /// Polls none of the source's feeds any more; how many that were. What came by them stays.
    pub async fn switch_feeds_off(&self, source: Id) -> Result<u64> {
        let mut tx = self.write().await?;
        let off = run!(tx; SWITCH_OFF, source.0)?;
        tx.commit().await?;
        Ok(off)
    }

    /// Somebody has looked at what was odd about a feed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where nothing was.
    pub async fn feed_looked_at(&self, feed: Id, by: news::StaffId) -> Result<()> {
        let mut tx = self.write().await?;
        if run!(tx; LOOKED_AT, feed.0)? == 0 {
            return Err(Refusal::NotFound.into());
        }
        let deed = Deed {
            staff: Some(by),
            what: "feed looked at",
            entity: feed,
            before: json!(null),
            after: json!(null),
        };
        self.note(&mut tx, &deed).await?;
        tx.commit().await
    }

    /// The feeds that are due and nobody's at present; who has waited longest comes first.
    pub async fn due_feeds(&self, now: Millis) -> Result<Vec<DueFeed>> {
        let rows: Vec<(i64, String, i64)> = all!(read self.db(); DUE, now.0)?;
        let feed = |(id, url, failures)| DueFeed {
            id: Id(id),
            url,
            failures: u32::try_from(failures).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(feed).collect())
    }

    /// Notes how some fetches went and claims feeds for the next, all in one transaction: those of `feeds`
    /// that are due still, for `lease_ms` nobody else's.
    pub async fn claim_feeds(
        &self,
        over: &[FeedFetched],
        feeds: &[Id],
        now: Millis,
        lease_ms: i64,
    ) -> Result<Vec<Feed>> {
        let until = now.plus(lease_ms).0;
        let mut claimed = Vec::with_capacity(feeds.len());
        let mut tx = self.write().await?;
        for fetched in over {
            self.note_fetch(&mut tx, fetched).await?;
        }
        for feed in feeds {
            let row: Option<FeedRow> = maybe!(tx tx; CLAIM, feed.0, now.0, until)?;
            claimed.extend(row.map(FeedRow::feed));
        }
        tx.commit().await?;
        Ok(claimed)
    }

    /// Notes how a fetch went and gives the feed back.
    pub async fn feed_fetched(&self, fetched: FeedFetched) -> Result<()> {
        let mut tx = self.write().await?;
        self.note_fetch(&mut tx, &fetched).await?;
        tx.commit().await
    }

    pub(crate) async fn note_fetch(&self, tx: &mut Tx, fetched: &FeedFetched) -> Result<()> {
        let FeedFetched { pace, moved, .. } = fetched;
        let etag = text::optional(fetched.etag.as_deref())?;
        let modified = text::optional(fetched.last_modified.as_deref())?;
        // A server's complaint may hold anything; it must not stand in the way of the note.
        let error = fetched
            .error
            .as_deref()
            .map(|e| e.replace('\0', "\u{fffd}"));
        let (to, since) = (
            moved.as_ref().map(|m| m.to.as_str()),
            moved.as_ref().map(|m| m.since.0),
        );
        run!(tx; FETCHED, fetched.feed.0, etag.as_deref(), modified.as_deref(), fetched.body_hash.as_deref(),
            pace.every_s, pace.least_s, i64::from(pace.skip_hours), i64::from(pace.skip_days), to, since,
            fetched.refused_since.map(|at| at.0), fetched.off, i64::from(fetched.failures), error.as_deref(),
            fetched.at.0, fetched.next_at.0)?;
        let cost = fetched.cost;
        let (host, alarm) = (fetched.host.as_deref(), fetched.alarm.as_deref());
        let (lang, held) = (fetched.alarm_lang.as_deref(), fetched.held.as_deref());
        if fetched.again {
            run!(tx; NOT_COUNTED, fetched.feed.0, host, alarm, lang, held)?;
        } else {
            run!(tx; COUNTED, fetched.feed.0, i64::from(cost.unchanged), cost.bytes, cost.ms, host, alarm,
                lang, held)?;
        }
        if let Some(url) = &fetched.moves {
            self.move_feed(tx, fetched.feed, url).await?;
        }
        Ok(())
    }

    /// Two feeds with one address would be fetched and filed twice.
    async fn move_feed(&self, tx: &mut Tx, feed: Id, url: &str) -> Result<()> {
        let url = text::line(url)?;
        if run!(tx; MOVE, feed.0, url.as_str())? == 0 {
            tracing::warn!(%feed, url, "a feed has moved to where another one is");
            return Ok(());
        }
        tracing::info!(%feed, url, "a feed has moved");
        let deed = Deed {
            staff: None,
            what: "feed moved",
            entity: feed,
            before: json!(null),
            after: json!({ "url": url }),
        };
        self.note(tx, &deed).await
    }
}
