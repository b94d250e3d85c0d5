//! A source's feeds in an admin's hand. Looking for them on a site is the server's `discover.rs`.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of each function's arguments"
)]

use crate::refused::Refused;
use leptos::prelude::*;

/// Polls an address as a feed of this source from now on; one that is off is on again.
///
/// # Errors
/// Where the viewer may not, it is no address of the web or another source's, or the store can't.
#[server(prefix = "/api", endpoint = "add-feed")]
pub async fn add_feed(source: news::Id, url: String) -> Result<(), Refused> {
    use super::write::server;
    use crate::refused::{by, said};
    use news::Refusal;
    /// Seconds between two polls, until the feed shows a rhythm of its own.
    const INTERVAL: i64 = 900;
    server::guard(news::Act::ManageSources, None).await?;
    let url = url.trim();
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        let sentence = "The address of a feed begins with https://.";
        return Err(said(Refusal::Invalid(sentence.into())));
    }
    let store = server::store()?;
    let sources = store.sources().await.map_err(by)?;
    if !sources.iter().any(|known| known.id == source) {
        return Err(said(Refusal::NotFound));
    }
    let added = store.add_feed(source, url, INTERVAL).await;
    added.map(|_| ()).map_err(by)
}

/// Says that somebody has looked at what was odd about a feed.
///
/// # Errors
/// Where the viewer may not, nothing was odd, or the store can't.
#[server(prefix = "/api", endpoint = "feed-looked-at")]
pub async fn feed_looked_at(feed: news::Id) -> Result<(), Refused> {
    use super::write::server;
    use crate::refused::by;
    let staff = server::guard(news::Act::ManageSources, None).await?;
    let store = server::store()?;
    store.feed_looked_at(feed, staff.id).await.map_err(by)
}

/// Lets out everything that a held feed brought, or refuses it with the reason; the feed is held no longer.
///
/// # Errors
/// Where the viewer may not, it isn't held, or the store can't.
#[server(prefix = "/api", endpoint = "free-feed")]
pub async fn free_feed(
    feed: news::Id,
    word: String,
    #[server(default)] why: String,
) -> Result<(), Refused> {
    use super::{inbox::arrange::word_of, write::server};
    use crate::refused::by;
    let staff = server::guard(news::Act::PlaceExcerpt, None).await?;
    let store = server::store()?;
    let word = word_of(&word, why)?;
    let done = store.free_feed(feed, &word, staff.id).await;
    done.map(|_| ()).map_err(by)
}
