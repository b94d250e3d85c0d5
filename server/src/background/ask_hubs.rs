//! Asks hubs to tell us of changes, and asks again before their word runs out. Only a site with a public
//! address can be told anything.

use crate::newsroom::Newsroom;
use ingest::websub::Websub;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

const EVERY: Duration = Duration::from_secs(60);

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    if !newsroom.config.is_https() {
        return std::future::pending().await;
    }
    let websub = Websub::new(newsroom.store.clone(), &newsroom.home.0)?;
    loop {
        websub.ask(Store::now()).await?;
        tokio::time::sleep(EVERY).await;
    }
}
