//! What licences do by the clock: excerpts appear after their delay and go when their time is over.

use crate::newsroom::Newsroom;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// A reader sees the end of a licence within a minute of it.
const EVERY: Duration = Duration::from_secs(15);

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    loop {
        let (shown, ended) = newsroom.store.keep_licences(Store::now()).await?;
        if shown + ended > 0 {
            tracing::info!(shown, ended, "licences");
        }
        tokio::time::sleep(EVERY).await;
    }
}
