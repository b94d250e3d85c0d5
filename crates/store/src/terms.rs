//! A source's terms in an admin's hand: what they would do is asked before, and who changed them is noted.
//! How a source comes here stands in [`crate::source`], what a licence does by the clock in [`crate::licence`].

use crate::audit::Deed;
use crate::source::{hold, source_of};
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, place, text};
use news::trial::Filed;
use news::{Id, Millis, NewsEvent, Refusal, StaffId, UsageTerms};
use serde_json::json;
use sqlx::types::Json;

/// More excerpts of one source in a week are more than a trial has to look at.
const MOST: i64 = 5_000;

sql! {
    OF_LATE = "SELECT id, headline, excerpt, given_chars, source_host, published_at FROM story
        WHERE source_id = $1 AND kind = 'excerpt' AND pub_status = 'usable' AND published_at > $2
        ORDER BY published_at DESC, id DESC LIMIT $3";
    BESIDE = "SELECT owner, silent_after_h FROM source WHERE id = $1";
    SET = "UPDATE source SET terms = $2, owner = $3, silent_after_h = $4 WHERE id = $1";
}

/// What an admin says of a source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SourceTerms {
    /// What we may show.
    pub terms: UsageTerms,
    /// Whose it is, where that isn't itself: several sources of one owner are one voice.
    pub owner: Option<String>,
    /// How many hours it may be silent while it is polled.
    pub silent_after_h: i64,
}

#[derive(sqlx::FromRow)]
struct FiledRow {
    id: i64,
    headline: Option<String>,
    excerpt: Option<Json<Vec<String>>>,
    given_chars: Option<i64>,
    source_host: Option<String>,
    published_at: i64,
}

impl FiledRow {
    fn filed(self) -> Filed {
        let paragraphs = self.excerpt.map(|words| words.0).unwrap_or_default();
        Filed {
            headline: self.headline.unwrap_or_default(),
            given: place::given(self.given_chars, &paragraphs),
            paragraphs,
            host: self.source_host.unwrap_or_default(),
            published_at: Millis(self.published_at),
            filed_at: Id(self.id).made_at(),
        }
    }
}

impl Store {
    /// The source's excerpts that stand and were published after a moment, newest first.
    pub async fn excerpts_of(&self, source: Id, since: Millis) -> Result<Vec<Filed>> {
        let rows: Vec<FiledRow> = all!(read self.db(); OF_LATE, source.0, since.0, MOST)?;
        Ok(rows.into_iter().map(FiledRow::filed).collect())
    }

    /// Sets what an admin says of a source. It acts at once: readers' pages are drawn anew.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is no such source.
    pub async fn set_terms(&self, source: Id, by: StaffId, said: &SourceTerms) -> Result<()> {
        let owner = text::optional(said.owner.as_deref())?;
        let mut tx = self.write().await?;
        hold(&mut tx, source).await?;
        let (Some(before), Some((had, silent))) = (
            source_of(&mut tx, source).await?,
            maybe!(tx tx; BESIDE, source.0)?,
        ) else {
            return Err(Refusal::NotFound.into());
        };
        let (had, silent): (Option<String>, i64) = (had, silent);
        run!(tx; SET, source.0, Json(&said.terms), owner.as_deref(), said.silent_after_h)?;
        let deed = Deed {
            staff: Some(by),
            what: "terms set",
            entity: source,
            before: json!({ "terms": before.terms, "owner": had, "silent_after_h": silent }),
            after: json!({ "terms": said.terms, "owner": owner, "silent_after_h": said.silent_after_h }),
        };
        self.note(&mut tx, &deed).await?;
        tx.tell(NewsEvent::SiteChanged);
        tx.commit().await
    }
}
