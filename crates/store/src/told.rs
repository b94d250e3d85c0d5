//! What an address leads to, for readers: the published words or what is left of them.
//!
//! **Invariant:** nothing here reads a draft: a document comes from the revision that was published.

use crate::sql::{all, maybe, sql};
use crate::{Result, Store, count, row};
use news::story::Told;
use news::{Document, Kind, PubStatus, StoryId};
use sqlx::types::Json;

sql! {
    WORDS = "SELECT r.doc, r.block_ids FROM revision r JOIN story s ON s.id = r.story_id
        WHERE r.story_id = $1 AND r.version = $2 AND r.what = 'published' AND s.pub_status = 'usable'";
    BLOCK_IDS = "SELECT r.block_ids FROM revision r JOIN story s ON s.id = r.story_id
        WHERE s.id = $1 AND r.version = s.published_version AND r.what = 'published'";
    REDIRECT = "SELECT target FROM redirect WHERE path = $1";
}

/// A published document and the ids of its blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The document.
    pub doc: Document,
    /// One id for each top-level block of its body.
    pub block_ids: Vec<String>,
}

impl Store {
    /// The story or excerpt as readers have it; `None` where they have none, or not yet, or not now.
    pub async fn told(&self, id: StoryId) -> Result<Option<Told>> {
        let mut tx = self.db().look().await?;
        let Some((row, topics)) = row::story(&mut tx, id).await? else {
            return Ok(None);
        };
        match (row.pub_status()?, row.kind()?) {
            (PubStatus::Draft | PubStatus::Withheld, _) => Ok(None),
            (PubStatus::Canceled, _) => Ok(Some(Told::Gone(row.gone()))),
            (PubStatus::Usable, Kind::Excerpt) => {
                Ok(Some(Told::Excerpt(Box::new(row.excerpt(topics)?))))
            }
            (PubStatus::Usable, Kind::Story) => {
                let words: Option<(Json<Document>, Json<Vec<String>>)> =
                    maybe!(tx tx; WORDS, id.0, row.published_version())?;
                let Some((doc, _)) = words else {
                    return Err(row::odd("published version of", &id.to_string()));
                };
                Ok(Some(Told::Story(Box::new(row.published(topics, doc.0)?))))
            }
        }
    }

    /// A version that was published, with its block ids; `None` for drafts and withdrawn stories.
    pub async fn words(&self, id: StoryId, version: u64) -> Result<Option<Words>> {
        let row: Option<(Json<Document>, Json<Vec<String>>)> =
            maybe!(read self.db(); WORDS, id.0, count(version)?)?;
        Ok(row.map(|(doc, ids)| Words {
            doc: doc.0,
            block_ids: ids.0,
        }))
    }

    /// The block ids of the published version; none where there is none.
    pub async fn block_ids(&self, id: StoryId) -> Result<Vec<String>> {
        let rows: Vec<(Json<Vec<String>>,)> = all!(read self.db(); BLOCK_IDS, id.0)?;
        Ok(rows
            .into_iter()
            .next()
            .map(|row| row.0.0)
            .unwrap_or_default())
    }

    /// Where a path leads that was once a story's.
    pub async fn redirect(&self, path: &str) -> Result<Option<String>> {
        let row: Option<(String,)> = maybe!(read self.db(); REDIRECT, path)?;
        Ok(row.map(|row| row.0))
    }
}
