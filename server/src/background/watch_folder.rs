//! Looks into the folder where agencies put their files, where the site has one.

use crate::newsroom::Newsroom;
use ingest::folder::Watch;
use std::sync::Arc;
use std::time::Duration;

/// Between two looks: a file is with readers a few seconds after it came to rest.
const EVERY: Duration = Duration::from_secs(1);

pub(super) async fn run(newsroom: Arc<Newsroom>) -> anyhow::Result<()> {
    let Some(folder) = newsroom.config.wire_folder.clone() else {
        return std::future::pending().await;
    };
    let mut watch = Watch::new(newsroom.store.clone(), folder);
    loop {
        for file in watch.look(store::Store::now()).await? {
            let path = file.path.display();
            match file.outcome {
                Ok(report) => tracing::info!(
                    source = file.source,
                    %path,
                    new = report.new,
                    updated = report.updated,
                    refused = report.refused,
                    "a file was taken"
                ),
                Err(why) => tracing::warn!(source = file.source, %path, why, "a file was refused"),
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}
