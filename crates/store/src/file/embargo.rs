//! An embargo that changes: an item that waits for its end waits longer or no more, and one that readers
//! have already doesn't change before it.

use super::Batch;
use crate::Result;
use crate::db::Tx;
use crate::sql::{maybe, run, sql};
use crate::wire::NewExcerpt;
use news::{Millis, Refusal, StoryId};

sql! {
    STANDING = "SELECT pub_status, show_at, published_at FROM story WHERE id = $1";
    WAIT = "UPDATE story SET show_at = $2, published_at = $3 WHERE id = $1 AND pub_status = 'withheld'";
}

impl Batch<'_> {
    /// Feeds announce things to come; in the lists nothing stands before now, and nothing before its embargo
    /// is over.
    pub(super) fn published_at(&self, item: &NewExcerpt) -> i64 {
        let embargo = item.embargo.map(|embargo| embargo.0);
        let published_at = item.published_at.0.min(self.at);
        embargo.map_or(published_at, |embargo| embargo.max(published_at))
    }

    /// Until when the licence or an embargo keeps an item back; `None` where readers may have it.
    pub(super) fn waits_until(&self, published_at: i64) -> Option<i64> {
        let delay = i64::from(self.source.terms.delay_min) * Millis::MINUTE;
        Some(published_at.saturating_add(delay)).filter(|until| *until > self.at)
    }
}

/// Does what the item says of its embargo, or says why its new words can't be taken.
pub(super) async fn heeded(
    tx: &mut Tx,
    batch: &Batch<'_>,
    item: &NewExcerpt,
    id: StoryId,
) -> Result<Option<Refusal>> {
    let row: Option<(String, Option<i64>, Option<i64>)> = maybe!(tx tx; STANDING, id.0)?;
    let Some((status, show_at, published_at)) = row else {
        return Ok(None);
    };
    let is_under_one = item.embargo.is_some_and(|embargo| embargo.0 > batch.at);
    if is_under_one && status == "usable" {
        let sentence = "It is shown already: new words under an embargo can't replace it.";
        return Ok(Some(Refusal::Invalid(sentence.into())));
    }
    // What waits for its licence's delay alone goes on waiting as it did; what waits for its place waits for both.
    let was_under_one = published_at.is_some_and(|published| published > batch.at);
    if is_under_one || (show_at.is_some() && was_under_one) {
        let published_at = batch.published_at(item);
        let until = batch.waits_until(published_at).unwrap_or(batch.at);
        run!(tx; WAIT, id.0, until, published_at)?;
    }
    Ok(None)
}
