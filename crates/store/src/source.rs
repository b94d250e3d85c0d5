//! Sources with their terms, and the feeds we poll.

use crate::db::{Seat, Tx};
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, row, text};
use news::{Id, Millis, NewsEvent, Refusal, Source, UsageTerms};
use sqlx::types::Json;

sql! {
    SOURCES = "SELECT id, slug, name, home_url, lang, terms FROM source ORDER BY name";
    BY_ID = "SELECT id, slug, name, home_url, lang, terms FROM source WHERE id = $1";
    BY_SLUG = "SELECT id FROM source WHERE slug = $1";
    SET_OWNER = "UPDATE source SET owner = $2 WHERE id = $1";
    ADD_SOURCE = "INSERT INTO source(id, slug, name, home_url, lang, terms) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (slug) DO UPDATE SET name = excluded.name, home_url = excluded.home_url, lang = excluded.lang,
            terms = excluded.terms RETURNING id";
    SET_TRUST = "UPDATE source SET trust = $2 WHERE id = $1";
    TRUSTED = "SELECT slug FROM source WHERE trust > 0 ORDER BY slug";
    FEEDS = "SELECT id, source_id, url, etag, last_modified, interval_s, next_at, failures, last_error, off
        FROM feed ORDER BY url";
    ADD_FEED = "INSERT INTO feed(id, source_id, url, interval_s, next_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (url) DO UPDATE SET interval_s = excluded.interval_s, off = FALSE
            WHERE feed.source_id = excluded.source_id RETURNING id";
    DUE = "SELECT id FROM feed WHERE next_at <= $1 AND NOT off AND (lease_until IS NULL OR lease_until <= $1)
        ORDER BY next_at, id LIMIT 1";
    CLAIM = "UPDATE feed SET lease_until = $3 WHERE id = $1 AND next_at <= $2 AND NOT off
            AND (lease_until IS NULL OR lease_until <= $2)
        RETURNING id, source_id, url, etag, last_modified, interval_s, next_at, failures, last_error, off";
    SWITCH_OFF = "UPDATE feed SET off = TRUE WHERE source_id = $1 AND NOT off";
    FETCHED = "UPDATE feed SET etag = $2, last_modified = $3, next_at = $4, failures = $5, last_error = $6,
        lease_until = NULL WHERE id = $1";
}

/// SQLite's writers follow one another anyway; elsewhere this makes those of one source do so.
const HOLD: &str = "SELECT pg_advisory_xact_lock($1)";

/// An address of a source that we poll.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Feed {
    /// Its number.
    pub id: Id,
    /// Whose it is.
    pub source: Id,
    /// Its address.
    pub url: String,
    /// The validator it gave last.
    pub etag: Option<String>,
    /// The other validator.
    pub last_modified: Option<String>,
    /// Seconds between two fetches.
    pub interval_s: i64,
    /// When it is due.
    pub next_at: Millis,
    /// Failures in a row.
    pub failures: u32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Whether nobody polls it at present.
    pub off: bool,
}

/// What a fetch of a feed left behind.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FeedFetched {
    /// Which feed.
    pub feed: Id,
    /// The validator for the next conditional GET.
    pub etag: Option<String>,
    /// The other validator.
    pub last_modified: Option<String>,
    /// When it is due again.
    pub next_at: Millis,
    /// Failures in a row, this one counted.
    pub failures: u32,
    /// What went wrong.
    pub error: Option<String>,
}

#[derive(sqlx::FromRow)]
struct SourceRow {
    id: i64,
    slug: String,
    name: String,
    home_url: String,
    lang: String,
    terms: Json<UsageTerms>,
}

impl SourceRow {
    fn source(self) -> Result<Source> {
        let lang = row::lang(&self.lang)?;
        let Self {
            id,
            slug,
            name,
            home_url,
            terms,
            ..
        } = self;
        Ok(Source {
            id: Id(id),
            slug,
            name,
            home_url,
            lang,
            terms: terms.0,
        })
    }
}

#[derive(sqlx::FromRow)]
struct FeedRow {
    id: i64,
    source_id: i64,
    url: String,
    etag: Option<String>,
    last_modified: Option<String>,
    interval_s: i64,
    next_at: i64,
    failures: i64,
    last_error: Option<String>,
    off: bool,
}

impl FeedRow {
    fn feed(self) -> Feed {
        Feed {
            id: Id(self.id),
            source: Id(self.source_id),
            url: self.url,
            etag: self.etag,
            last_modified: self.last_modified,
            interval_s: self.interval_s,
            next_at: Millis(self.next_at),
            failures: u32::try_from(self.failures).unwrap_or_default(),
            last_error: self.last_error,
            off: self.off,
        }
    }
}

/// The source as it is in this transaction.
pub(crate) async fn source_of(tx: &mut Tx, id: Id) -> Result<Option<Source>> {
    let row: Option<SourceRow> = maybe!(tx tx; BY_ID, id.0)?;
    row.map(SourceRow::source).transpose()
}

impl Store {
    /// All sources, by name.
    pub async fn sources(&self) -> Result<Vec<Source>> {
        let rows: Vec<SourceRow> = all!(read self.db(); SOURCES)?;
        rows.into_iter().map(SourceRow::source).collect()
    }

    /// A source by its slug or name, in any case.
    pub async fn source(&self, slug_or_name: &str) -> Result<Option<Source>> {
        let wanted = slug_or_name.trim().to_lowercase();
        // Not by SQL: the engines don't agree on what the lower case of É is.
        let is_it = |name: &str| name.to_lowercase() == wanted;
        let mut sources = self.sources().await?.into_iter();
        Ok(sources.find(|source| is_it(&source.slug) || is_it(&source.name)))
    }

    /// Adds a source, or changes the one with its slug; its number. `source.id` is not looked at.
    pub async fn set_source(&self, source: &Source) -> Result<Id> {
        let (slug, name) = (text::line(&source.slug)?, text::line(&source.name)?);
        let (home, lang) = (text::line(&source.home_url)?, source.lang.as_str());
        let fresh = self.next_id();
        let mut tx = self.write().await?;
        let known: Option<(i64,)> = maybe!(tx tx; BY_SLUG, slug.as_str())?;
        hold(&mut tx, known.map_or(fresh, |known| Id(known.0))).await?;
        let terms = Json(&source.terms);
        let id: Option<(i64,)> = maybe!(tx tx; ADD_SOURCE, fresh.0, slug.as_str(), name.as_str(),
            home.as_str(), lang, terms)?;
        tx.tell(NewsEvent::SiteChanged);
        tx.commit().await?;
        Ok(Id(id.map_or(fresh.0, |id| id.0)))
    }

    /// Whose a source is: several sources of one owner are one voice. Without one it is its own.
    pub async fn set_owner(&self, source: Id, owner: Option<&str>) -> Result<()> {
        let owner = text::optional(owner)?;
        let mut tx = self.write().await?;
        run!(tx; SET_OWNER, source.0, owner.as_deref())?;
        tx.tell(NewsEvent::SiteChanged);
        tx.commit().await
    }

    /// Whether the marks of breaking news on a source's items count from now on: 0 is no, more is yes.
    pub async fn set_trust(&self, source: Id, trust: i64) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; SET_TRUST, source.0, trust)?;
        tx.commit().await
    }

    /// The slugs of the sources that are trusted.
    pub async fn trusted(&self) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = all!(read self.db(); TRUSTED)?;
        Ok(rows.into_iter().map(|(slug,)| slug).collect())
    }

    /// All feeds.
    pub async fn feeds(&self) -> Result<Vec<Feed>> {
        let rows: Vec<FeedRow> = all!(read self.db(); FEEDS)?;
        Ok(rows.into_iter().map(FeedRow::feed).collect())
    }

    /// Adds a feed, due at once; one that the source has already gets the interval and is polled again.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where it is another source's.
    pub async fn add_feed(&self, source: Id, url: &str, interval_s: i64) -> Result<Id> {
        let url = text::line(url)?;
        if url.is_empty() || interval_s < 1 {
            return Err(Refusal::Invalid("A feed has an address and an interval.".into()).into());
        }
        let fresh = self.next_id();
        let mut tx = self.write().await?;
        let id: Option<(i64,)> = maybe!(tx tx; ADD_FEED, fresh.0, source.0, url.as_str(),
            interval_s, Self::now().0)?;
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

    /// The feed that has waited longest, for `lease_ms` nobody else's.
    pub async fn due_feed(&self, now: Millis, lease_ms: i64) -> Result<Option<Feed>> {
        loop {
            let due: Option<(i64,)> = maybe!(read self.db(); DUE, now.0)?;
            let Some((id,)) = due else { return Ok(None) };
            let mut tx = self.write().await?;
            let until = now.plus(lease_ms).0;
            let claimed: Option<FeedRow> = maybe!(tx tx; CLAIM, id, now.0, until)?;
            tx.commit().await?;
            // Somebody else was faster: look for the next one.
            if let Some(feed) = claimed {
                return Ok(Some(feed.feed()));
            }
        }
    }

    /// Notes how a fetch went and gives the feed back.
    pub async fn feed_fetched(&self, fetched: FeedFetched) -> Result<()> {
        let mut tx = self.write().await?;
        note_fetch(&mut tx, &fetched).await?;
        tx.commit().await
    }
}

/// Until the transaction ends, nobody else files for the source or changes its terms.
pub(crate) async fn hold(tx: &mut Tx, source: Id) -> Result<()> {
    if let Seat::Pg(seat) = &mut tx.seat {
        sqlx::query(HOLD)
            .bind(source.0)
            .execute(&mut **seat)
            .await?;
    }
    Ok(())
}

pub(crate) async fn note_fetch(tx: &mut Tx, fetched: &FeedFetched) -> Result<()> {
    let etag = text::optional(fetched.etag.as_deref())?;
    let modified = text::optional(fetched.last_modified.as_deref())?;
    // A server's complaint may hold anything; it must not stand in the way of the note.
    let error = fetched
        .error
        .as_deref()
        .map(|e| e.replace('\0', "\u{fffd}"));
    run!(tx; FETCHED, fetched.feed.0, etag.as_deref(), modified.as_deref(), fetched.next_at.0,
        i64::from(fetched.failures), error.as_deref())?;
    Ok(())
}
