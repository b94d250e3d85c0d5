//! What editors say of events: these tellings are of one, that one isn't. Called by forms of the event's page, whose
//! answer leads back to it.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of each function's arguments"
)]

use crate::refused::Refused;
use leptos::prelude::*;
use news::StoryId;

/// Takes a telling out of its event, for good.
///
/// # Errors
/// Where the viewer may not, or the store can't.
#[server(prefix = "/api", endpoint = "take-apart")]
pub async fn take_apart(story: StoryId) -> Result<(), Refused> {
    use super::write::server;
    let staff = server::guard(news::Act::ArrangeEvent, None).await?;
    let store = server::store()?;
    store
        .take_apart(story, staff.id)
        .await
        .map_err(crate::refused::by)
}

/// Puts what stands at an address, a story or all of an event, to the event of another telling.
///
/// # Errors
/// Where the viewer may not, where nothing stands there, or the store can't.
#[server(prefix = "/api", endpoint = "put-together")]
pub async fn put_together(with: StoryId, address: String) -> Result<(), Refused> {
    use super::write::server;
    use crate::refused::{by, said};
    let staff = server::guard(news::Act::ArrangeEvent, None).await?;
    let store = server::store()?;
    let story = match named(&address) {
        Some(Named::Story(story)) => story,
        Some(Named::Event(event)) => {
            let tellings = store.tellings(event).await.map_err(by)?;
            let first = tellings.last().ok_or_else(|| said(nothing_there()))?;
            first.id()
        }
        None => return Err(said(nothing_there())),
    };
    store
        .put_together(story, with, staff.id)
        .await
        .map(|_| ())
        .map_err(by)
}

#[cfg(feature = "ssr")]
enum Named {
    Story(StoryId),
    Event(news::ClusterId),
}

/// What an address names, whole or from its path on.
#[cfg(feature = "ssr")]
fn named(address: &str) -> Option<Named> {
    let path = address.trim().split(['?', '#']).next()?;
    if let Some((_, last)) = path.split_once("/event/") {
        return news::EventAddress::parse(last).map(|event| Named::Event(event.id));
    }
    let (_, last) = path.split_once("/story/")?;
    news::StoryAddress::parse(last).map(|story| Named::Story(story.id))
}

#[cfg(feature = "ssr")]
fn nothing_there() -> news::Refusal {
    let why = "Nothing stands at this address: please give the address of a story or of an event.";
    news::Refusal::Invalid(why.into())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_copied() {
        let id = news::Id(77_123);
        for address in [
            format!("/story/quake-{id}"),
            format!(" https://asian-news.net/story/{id}?x#y "),
        ] {
            assert!(
                matches!(named(&address), Some(Named::Story(story)) if story == id),
                "{address}"
            );
        }
        let event = format!("http://127.0.0.1:3000/event/quake-off-fukushima-{id}");
        assert!(matches!(named(&event), Some(Named::Event(found)) if found == id));
        for nothing in ["", "quake", "/asia/japan", "/story/no-id-here!"] {
            assert!(named(nothing).is_none(), "{nothing}");
        }
    }
}
