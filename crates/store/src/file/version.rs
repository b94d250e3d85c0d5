//! The agency's own count of an item's states: files and pushes may overtake one another on their way.

use super::Batch;
use crate::Result;
use crate::db::Tx;
use crate::sql::{maybe, run, sql};
use crate::wire::NewExcerpt;

sql! {
    LAST = "SELECT version FROM wire_item WHERE source_id = $1 AND guid = $2";
    KEEP = "UPDATE wire_item SET version = $3 WHERE source_id = $1 AND guid = $2";
}

/// Whether we have a newer state of this item already.
pub(super) async fn is_past(
    tx: &mut Tx,
    batch: &Batch<'_>,
    guid: &str,
    item: &NewExcerpt,
) -> Result<bool> {
    let Some(version) = item.version else {
        return Ok(false);
    };
    let last: Option<(Option<i64>,)> = maybe!(tx tx; LAST, batch.source.id.0, guid)?;
    let last = last.and_then(|row| row.0);
    Ok(last.is_some_and(|last| last > i64::from(version)))
}

/// Notes which state this is.
pub(super) async fn keep(
    tx: &mut Tx,
    batch: &Batch<'_>,
    guid: &str,
    item: &NewExcerpt,
) -> Result<()> {
    if let Some(version) = item.version {
        run!(tx; KEEP, batch.source.id.0, guid, i64::from(version))?;
    }
    Ok(())
}
