//! What happens without anybody asking: feeds are polled and hubs asked, a folder is watched, events are found,
//! licences are kept, breaking news ends, what is old is swept away. Each kind of work has its own loop; one that fails
//! or panics begins anew, a little later each time.

mod ask_hubs;
mod breaking;
mod events;
mod licences;
mod poll_feeds;
mod sweep;
mod watch_folder;

use crate::newsroom::Newsroom;
use futures::FutureExt;
use std::sync::Arc;
use std::time::Duration;

/// All of it, until the end is said.
pub async fn run(newsroom: Arc<Newsroom>) {
    let polls = kept_going("polling feeds", newsroom.clone(), poll_feeds::run);
    let asks = kept_going("asking hubs", newsroom.clone(), ask_hubs::run);
    let sweeps = kept_going("sweeping", newsroom.clone(), sweep::run);
    let licences = kept_going("keeping licences", newsroom.clone(), licences::run);
    let events = kept_going("finding events", newsroom.clone(), events::run);
    let breaking = kept_going("ending breaking news", newsroom.clone(), breaking::run);
    let watches = kept_going("watching the folder", newsroom.clone(), watch_folder::run);
    let all = [
        polls.boxed(),
        asks.boxed(),
        sweeps.boxed(),
        licences.boxed(),
        events.boxed(),
        breaking.boxed(),
        watches.boxed(),
    ];
    tokio::select! {
        () = newsroom.stop.heard() => {}
        _ = futures::future::join_all(all) => {}
    }
}

/// Begins the work again whenever it ends, after one second at first and five minutes at most.
async fn kept_going<F, W>(name: &str, newsroom: Arc<Newsroom>, work: F)
where
    F: Fn(Arc<Newsroom>) -> W,
    W: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let mut pause = Duration::from_secs(1);
    loop {
        let began = std::time::Instant::now();
        // A task of its own, so that a panic ends this turn and not the loop.
        match tokio::spawn(work(newsroom.clone())).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "{name} failed and begins again"),
            Err(error) => tracing::error!(%error, "{name} panicked and begins again"),
        }
        if began.elapsed() > Duration::from_secs(600) {
            pause = Duration::from_secs(1);
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(300));
    }
}
