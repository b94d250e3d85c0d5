//! Breaking news is over by the clock: its bar goes from the shelf and from open pages.

use crate::newsroom::Newsroom;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

const EVERY: Duration = Duration::from_secs(10);

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    loop {
        let over = newsroom.store.end_breaking(Store::now()).await?;
        if over > 0 {
            tracing::info!(over, "breaking news is over");
        }
        tokio::time::sleep(EVERY).await;
    }
}
