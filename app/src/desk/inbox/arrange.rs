//! What the inbox's forms ask for. Each is a public address under `/api`, and each begins with the guard; its answer
//! leads back to the page that asked.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of each function's arguments"
)]

use crate::{
    desk::write::server,
    refused::{Refused, by, said},
};
use leptos::{prelude::*, server_fn::axum::register_explicit};
use news::{Act, Millis, Place, Refusal, Section, StoryId};
use store::{Store, Word};

/// Sets an excerpt's section and places, named as they are offered; its note stays as it is sent.
///
/// # Errors
/// Where the viewer may not, a place isn't known, it is stale, or the store can't.
#[server(prefix = "/api", endpoint = "wire-place")]
pub async fn place_from_wire(
    story: StoryId,
    rev: u64,
    section: Section,
    #[server(default)] places: Vec<String>,
    #[server(default)] note: String,
) -> Result<(), Refused> {
    let staff = server::guard(Act::PlaceExcerpt, None).await?;
    let place = store::PlaceExcerpt {
        story,
        rev,
        staff: staff.id,
        section,
        places: named(&places).map_err(said)?,
        note: Some(note).filter(|note| !note.trim().is_empty()),
    };
    let store = server::store()?;
    store.place_excerpt(place).await.map(|_| ()).map_err(by)
}

/// Lets out what is held, or refuses it with the reason.
///
/// # Errors
/// Where the viewer may not, it isn't held, or the store can't.
#[server(prefix = "/api", endpoint = "wire-free")]
pub async fn free_from_wire(
    story: StoryId,
    word: String,
    #[server(default)] why: String,
) -> Result<(), Refused> {
    let staff = server::guard(Act::PlaceExcerpt, None).await?;
    let store = server::store()?;
    let word = word_of(&word, why)?;
    store.free_story(story, &word, staff.id).await.map_err(by)
}

/// The desk's word as a form sends it.
pub(in crate::desk) fn word_of(word: &str, why: String) -> Result<Word, Refused> {
    match word {
        "out" => Ok(Word::LetOut),
        "refuse" => Ok(Word::Refuse(why)),
        _ => Err(said(Refusal::Invalid(
            "What is held is let out or refused.".into(),
        ))),
    }
}

/// Puts the events of these tellings together.
///
/// # Errors
/// Where the viewer may not, fewer than two are ticked, or the store can't.
#[server(prefix = "/api", endpoint = "wire-together")]
pub async fn put_rows_together(#[server(default)] stories: Vec<StoryId>) -> Result<(), Refused> {
    let staff = server::guard(Act::ArrangeEvent, None).await?;
    // The rows stand newest first: the event that was told of first takes in the others.
    let Some((first, others)) = stories
        .split_last()
        .filter(|(_, others)| !others.is_empty())
    else {
        let why = "Please tick two rows or more.";
        return Err(said(Refusal::Invalid(why.into())));
    };
    let store = server::store()?;
    for story in others {
        let done = store.put_together(*story, *first, staff.id).await;
        done.map_err(by)?;
    }
    Ok(())
}

/// Withdraws a story or an excerpt: 410 for ever, with the reason.
///
/// # Errors
/// Where the viewer may not, or the store can't.
#[server(prefix = "/api", endpoint = "wire-withdraw")]
pub async fn withdraw_from_wire(story: StoryId, why: String) -> Result<(), Refused> {
    let staff = server::guard(Act::Withdraw, None).await?;
    let desk = server::desk()?;
    desk.withdraw(staff.id, story, &why).await.map_err(by)
}

/// Says that it is breaking news for so many hours from now, or, without a number, that it is over.
///
/// # Errors
/// Where the viewer may not, readers don't have it, or the store can't.
#[server(prefix = "/api", endpoint = "wire-breaking")]
pub async fn set_breaking_from_wire(story: StoryId, hours: Option<u8>) -> Result<(), Refused> {
    let staff = server::guard(Act::MarkBreaking, None).await?;
    let lasts = hours.map(|hours| i64::from(hours) * Millis::HOUR);
    let store = server::store()?;
    let done = store
        .set_breaking(story, staff.id, lasts, Store::now())
        .await;
    done.map(|_| ()).map_err(by)
}

/// Notes that the viewer has seen what came in until a moment.
///
/// # Errors
/// Where the viewer doesn't work here, or the store can't.
#[server(prefix = "/api", endpoint = "wire-seen")]
pub async fn mark_seen(until: i64) -> Result<(), Refused> {
    let staff = server::guard(Act::ReadDraft, None).await?;
    // Nobody has seen what is to come.
    let until = Millis(until).min(Store::now());
    let store = server::store()?;
    store.set_wire_seen(staff.id, until).await.map_err(by)
}

/// Makes the functions' addresses known.
pub(in crate::desk) fn register() {
    register_explicit::<PlaceFromWire>();
    register_explicit::<FreeFromWire>();
    register_explicit::<PutRowsTogether>();
    register_explicit::<WithdrawFromWire>();
    register_explicit::<SetBreakingFromWire>();
    register_explicit::<MarkSeen>();
}

/// The places of these names, each once; empty fields name none.
fn named(names: &[String]) -> Result<Vec<Place>, Refusal> {
    let mut places = vec![];
    for name in names.iter().map(|name| name.trim()) {
        if name.is_empty() {
            continue;
        }
        let known = Place::ALL.into_iter().find(|place| {
            place.name().eq_ignore_ascii_case(name) || place.slug().eq_ignore_ascii_case(name)
        });
        let place = known.ok_or_else(|| {
            Refusal::Invalid(format!(
                "There is no place “{name}”; please choose one of the list."
            ))
        })?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_they_are_offered() {
        let names = ["Japan", "", " south-korea ", "JAPAN"].map(String::from);
        assert_eq!(named(&names), Ok(vec![Place::JP, Place::KR]));
        assert!(named(&["Atlantis".into()]).is_err());
    }
}
