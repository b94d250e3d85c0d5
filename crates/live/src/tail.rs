//! Follows the outbox: by the bell, and by a look each second in case it stays silent.

use crate::hub::Live;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};

const POLL: Duration = Duration::from_secs(1);
const AT_ONCE: u32 = 200;

/// For as long as the process lives.
pub(crate) async fn follow(live: Live, mut bell: Receiver<u64>) {
    loop {
        if let Err(error) = catch_up(&live).await {
            tracing::warn!(%error, "the streams can't read the outbox");
            tokio::time::sleep(POLL).await;
            continue;
        }
        match tokio::time::timeout(POLL, bell.recv()).await {
            Ok(Err(RecvError::Closed)) => tokio::time::sleep(POLL).await,
            // Only the outbox is believed; a missed ring is like a ring.
            Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => {}
        }
    }
}

async fn catch_up(live: &Live) -> store::Result<()> {
    loop {
        let rows = live.store().outbox(live.head(), AT_ONCE).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            if row.seq > live.head() + 1 {
                live.lose(row.seq - 1);
            }
            let row = live.encode(&row).await;
            live.hand_on(row);
        }
    }
}
