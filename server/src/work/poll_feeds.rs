//! Polls the feeds that are due.

use crate::newsroom::Newsroom;
use std::sync::Arc;

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    newsroom.stop.heard().await;
    Ok(())
}
