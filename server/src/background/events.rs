//! Finds the tellings of one event, as the outbox tells of them.

use crate::newsroom::Newsroom;
use ingest::cluster::Follower;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// How long a telling may go unheard when the bell stays silent.
const POLL: Duration = Duration::from_secs(1);

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    let mut bell = newsroom.store.bell();
    let mut follower = Follower::open(newsroom.store.clone()).await?;
    loop {
        while follower.step().await? > 0 {}
        match tokio::time::timeout(POLL, bell.recv()).await {
            Ok(Err(RecvError::Closed)) => tokio::time::sleep(POLL).await,
            // Only the outbox is believed; a missed ring is like a ring.
            Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => {}
        }
    }
}
