//! Polls the feeds that are due, and looks again a little later.

use crate::newsroom::Newsroom;
use ingest::poll::Poll;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// Between two looks: feeds are due by the minute, not by the second.
const EVERY: Duration = Duration::from_secs(10);

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    let poll = Poll::new(newsroom.store.clone())?;
    loop {
        poll.all_due(Store::now()).await?;
        tokio::time::sleep(EVERY).await;
    }
}
