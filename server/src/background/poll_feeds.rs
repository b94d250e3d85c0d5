//! Polls feeds as they come due.

use crate::newsroom::Newsroom;
use ingest::poll::Poll;
use std::sync::Arc;

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    Ok(Poll::new(newsroom.store.clone())?.go_on().await?)
}
