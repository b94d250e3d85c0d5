//! How old an item is when it first comes, and whether its words are other ones when it comes again.

use super::Batch;
use super::clean::Clean;
use super::likeness::says_something_else;
use crate::Result;
use crate::db::Tx;
use crate::sql::{maybe, sql};
use news::{Millis, StoryId};
use sqlx::types::Json;

/// What is older than this when it first comes is no news: no list of what happens now has it, nor is it told to open
/// pages. It is decided once: what stood among the latest doesn't become a find from the archive.
const ARCHIVE: i64 = 7 * Millis::DAY;

sql! {
    HAD = "SELECT headline, excerpt, cut_by_editor FROM story WHERE id = $1";
}

/// Its headline, its words, and whether an editor has cut them.
type Had = (Option<String>, Option<Json<Vec<String>>>, bool);

impl Batch<'_> {
    /// How many days old it is, where that is too old for news.
    pub(super) fn days_of_archive(&self, published_at: i64) -> Option<i64> {
        let age = self.at.saturating_sub(published_at);
        (age > ARCHIVE).then_some(age / Millis::DAY)
    }
}

/// Whether readers get other words now than they had: a mended letter makes nothing new.
pub(super) async fn is_retold(tx: &mut Tx, id: StoryId, now: &Clean) -> Result<bool> {
    let row: Option<Had> = maybe!(tx tx; HAD, id.0)?;
    let Some((headline, words, cut_by_editor)) = row else {
        return Ok(false);
    };
    let all = |headline: &str, words: &[String]| format!("{headline}\n{}", words.join("\n"));
    let words = words.map(|words| words.0).unwrap_or_default();
    // What an editor has cut stays as it is.
    let after = if cut_by_editor { &words } else { &now.words };
    let before = all(&headline.unwrap_or_default(), &words);
    Ok(says_something_else(&before, &all(&now.headline, after)))
}
