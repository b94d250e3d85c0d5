//! Follows the outbox and throws away what shows something that changed.

use crate::Shelf;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::sync::broadcast::error::RecvError;

/// How long a change may go unheard when the bell stays silent.
const POLL: Duration = Duration::from_secs(1);
const AT_ONCE: u32 = 500;

/// Follows the outbox from where it stands now, for ever. The shelf must be empty or hold only pages
/// that were rendered after this was called.
pub async fn follow(shelf: Arc<Shelf>, store: Store) {
    let mut bell = store.bell();
    let mut after = loop {
        match store.head().await {
            Ok(head) => break head,
            Err(error) => {
                tracing::warn!(%error, "the press can't read the outbox");
                tokio::time::sleep(POLL).await;
            }
        }
    };
    // A page pressed before the first read may show what has changed in between.
    shelf.clear(after);
    loop {
        match catch_up(&shelf, &store, after).await {
            Ok(heard) => after = heard,
            Err(error) => {
                tracing::warn!(%error, "the press can't read the outbox");
                tokio::time::sleep(POLL).await;
                continue;
            }
        }
        match tokio::time::timeout(POLL, bell.recv()).await {
            Ok(Err(RecvError::Closed)) => tokio::time::sleep(POLL).await,
            // The bell carries a number, but only the outbox is believed; a missed ring is like a ring.
            Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => {}
        }
    }
}

async fn catch_up(shelf: &Shelf, store: &Store, mut after: u64) -> store::Result<u64> {
    loop {
        let rows = store.outbox(after, AT_ONCE).await?;
        let Some(last) = rows.last().map(|row| row.seq) else {
            return Ok(after);
        };
        for row in rows {
            if row.seq > after + 1 {
                // Old rows are swept: what they said can't be known any more.
                shelf.clear(row.seq);
            }
            shelf.evict(&row.event.changes(), row.seq);
            after = row.seq;
        }
        after = after.max(last);
    }
}
