//! The account of what was done with each agency's words, month by month: what a newsroom answers with
//! when an agency asks.
//!
//! **Invariant:** a deed's row is written in the transaction of the deed. A month is a sum over rows and
//! no counter, so that a crash, a restart or a feed that is read again changes no number.

use crate::db::Tx;
use crate::sql::{all, run, sql};
use crate::{Result, Store, number};
use news::{Id, Millis, StoryId};

sql! {
    NOTE = "INSERT INTO rights(source_id, at, id, what, story_id, chars)
        SELECT source_id, CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT), id, CAST($5 AS BIGINT)
        FROM story WHERE id = $1 AND kind = 'excerpt'";
    NOTE_UNSEEN = "INSERT INTO rights(source_id, at, id, what) VALUES ($1, $2, $3, $4)";
    MONTH = "SELECT src.slug, src.name,
            COUNT(*) FILTER (WHERE r.what = 'filed') AS filed,
            COUNT(*) FILTER (WHERE r.what = 'shown') AS shown,
            COALESCE(MAX(r.chars), 0) AS most_chars,
            COUNT(*) FILTER (WHERE r.what = 'updated') AS updated,
            COUNT(*) FILTER (WHERE r.what = 'killed') AS killed,
            COUNT(*) FILTER (WHERE r.what = 'ended') AS ended,
            COUNT(*) FILTER (WHERE r.what = 'withdrawn') AS withdrawn
        FROM rights r JOIN source src ON src.id = r.source_id
        WHERE r.at >= $1 AND r.at < $2 GROUP BY src.slug, src.name ORDER BY src.slug";
}

/// What was done with an agency's words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Deal {
    /// An item came in and was taken.
    Filed,
    /// Readers have it for the first time.
    Shown,
    /// The agency changed it.
    Updated,
    /// An editor set its words.
    Cut,
    /// The agency took it back.
    Killed,
    /// Its licence ended.
    Ended,
    /// We took it away.
    Withdrawn,
}

impl Deal {
    const fn slug(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Shown => "shown",
            Self::Updated => "updated",
            Self::Cut => "cut",
            Self::Killed => "killed",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One source's month.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Account {
    /// Its name on the command line.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Items that were taken.
    pub filed: u64,
    /// Items that readers got to see.
    pub shown: u64,
    /// The most characters (grapheme clusters) that were shown of one item.
    pub most_chars: u64,
    /// Changes by the agency that were followed.
    pub updated: u64,
    /// Items the agency took back.
    pub killed: u64,
    /// Items that went because their days or the agreement had ended.
    pub ended: u64,
    /// Items we took away, by our own word or an order.
    pub withdrawn: u64,
    /// Its photos that were shown: the store holds none of an agency's.
    pub photos: u64,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    slug: String,
    name: String,
    filed: i64,
    shown: i64,
    most_chars: i64,
    updated: i64,
    killed: i64,
    ended: i64,
    withdrawn: i64,
}

impl Store {
    /// What was done with each source's words from one moment until another, by slug.
    pub async fn rights(&self, from: Millis, until: Millis) -> Result<Vec<Account>> {
        let rows: Vec<AccountRow> = all!(read self.db(); MONTH, from.0, until.0)?;
        rows.into_iter().map(AccountRow::account).collect()
    }

    /// Accounts for an excerpt; `words` where readers have them now. A story of ours has no account.
    pub(crate) async fn deal(
        &self,
        tx: &mut Tx,
        story: StoryId,
        deal: Deal,
        words: Option<&[String]>,
        at: Millis,
    ) -> Result<()> {
        let chars = words.map(news::excerpt::length);
        let chars = chars.map(|chars| i64::try_from(chars).unwrap_or(i64::MAX));
        run!(tx; NOTE, story.0, at.0, self.next_id().0, deal.slug(), chars)?;
        Ok(())
    }

    /// Accounts for an item of the source that we never had.
    pub(crate) async fn deal_unseen(
        &self,
        tx: &mut Tx,
        source: Id,
        deal: Deal,
        at: Millis,
    ) -> Result<()> {
        run!(tx; NOTE_UNSEEN, source.0, at.0, self.next_id().0, deal.slug())?;
        Ok(())
    }
}

impl AccountRow {
    fn account(self) -> Result<Account> {
        Ok(Account {
            filed: number(self.filed)?,
            shown: number(self.shown)?,
            most_chars: number(self.most_chars)?,
            updated: number(self.updated)?,
            killed: number(self.killed)?,
            ended: number(self.ended)?,
            withdrawn: number(self.withdrawn)?,
            photos: 0,
            slug: self.slug,
            name: self.name,
        })
    }
}
