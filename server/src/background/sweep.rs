//! Each hour: sessions and links that have ended, events that are older than anybody's memory.

use crate::newsroom::Newsroom;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

const EVERY: Duration = Duration::from_secs(3600);

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    loop {
        newsroom.store.sweep(Store::now()).await?;
        tokio::time::sleep(EVERY).await;
    }
}
