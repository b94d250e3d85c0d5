//! Sources with their terms. Their feeds are in [`crate::feed`].

use crate::db::{Seat, Tx};
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, row, text};
use news::{Id, NewsEvent, Source, UsageTerms};
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
}

/// SQLite's writers follow one another anyway; elsewhere this makes those of one source do so.
const HOLD: &str = "SELECT pg_advisory_xact_lock($1)";

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
