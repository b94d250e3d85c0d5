//! What changes a story besides its words. Each is a public address under `/api`, and each begins with the guard.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of each function's arguments"
)]

use crate::refused::Refused;
use leptos::{prelude::*, server_fn::codec::Json};
use news::{Genre, Lang, Millis, Place, Section, StoryId};
use serde::{Deserialize, Serialize};

/// What publishing led to.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Published {
    /// The version readers now have.
    pub version: u64,
    /// Counts every change of the story's row.
    pub rev: u64,
    /// Where it stands.
    pub address: String,
}

/// What may be set of a story besides its words.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct StoryFacts {
    /// Which story.
    pub story: StoryId,
    /// The `rev` the editor has seen.
    pub rev: u64,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// Its language.
    pub lang: Lang,
    /// What kind of piece it is.
    pub genre: Genre,
    /// The courtesy part of its address; nothing leaves the automatic one.
    pub slug: Option<String>,
}

/// Where an excerpt stands.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ExcerptFacts {
    /// Which excerpt.
    pub story: StoryId,
    /// The `rev` the editor has seen.
    pub rev: u64,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// A few words of ours beside the agency's headline.
    pub note: Option<String>,
}

/// Begins a story and gives its address.
///
/// # Errors
/// Where the viewer may not, or the store can't.
#[server(prefix = "/api", endpoint = "begin-story", input = Json)]
pub async fn begin_story(lang: Lang, section: Section) -> Result<String, Refused> {
    let staff = server::guard(news::Act::BeginStory, None).await?;
    let id = server::desk()?
        .begin(staff.id, lang, section)
        .await
        .map_err(crate::refused::by)?;
    Ok(news::StoryAddress { slug: None, id }.to_string())
}

/// Makes the version public that the editor has seen.
///
/// # Errors
/// Where the viewer may not, where it is stale, or the store can't.
#[server(prefix = "/api", endpoint = "publish", input = Json)]
pub async fn publish(story: StoryId, version: u64) -> Result<Published, Refused> {
    let staff = server::guard(news::Act::Publish, None).await?;
    let done = server::desk()?
        .publish(staff.id, story, version)
        .await
        .map_err(crate::refused::by)?;
    Ok(Published {
        version: done.version,
        rev: done.rev,
        address: done.address.to_string(),
    })
}

/// Withdraws a story or an excerpt: 410 for ever, with the reason.
///
/// # Errors
/// Where the viewer may not, or the store can't.
#[server(prefix = "/api", endpoint = "withdraw", input = Json)]
pub async fn withdraw(story: StoryId, why: String) -> Result<(), Refused> {
    let staff = server::guard(news::Act::Withdraw, None).await?;
    server::desk()?
        .withdraw(staff.id, story, &why)
        .await
        .map_err(crate::refused::by)
}

/// Sets section, places, language, genre and slug of one of ours; gives the row's new `rev`.
///
/// # Errors
/// Where the viewer may not, where it is stale, or the store can't.
#[server(prefix = "/api", endpoint = "set-facts", input = Json)]
pub async fn set_facts(facts: StoryFacts) -> Result<u64, Refused> {
    let staff = server::guard(news::Act::EditOwnStory, Some(facts.story)).await?;
    // What readers have changes at once: that is publishing.
    if server::is_public(facts.story).await? {
        server::guard(news::Act::Publish, None).await?;
    }
    let slug = facts.slug.filter(|slug| !slug.trim().is_empty());
    let parsed = slug
        .as_deref()
        .map(|text| news::Slug::parse(text).ok_or_else(server::no_slug));
    let facts = store::Facts {
        story: facts.story,
        rev: facts.rev,
        staff: staff.id,
        section: facts.section,
        places: facts.places,
        lang: facts.lang,
        genre: facts.genre,
        slug: parsed.transpose()?,
        topics: None,
    };
    server::desk()?
        .set_facts(facts)
        .await
        .map_err(crate::refused::by)
}

/// Sets an excerpt's section, places and note; never its words. Gives the row's new `rev`.
///
/// # Errors
/// Where the viewer may not, where it is stale, or the store can't.
#[server(prefix = "/api", endpoint = "place-excerpt", input = Json)]
pub async fn place_excerpt(facts: ExcerptFacts) -> Result<u64, Refused> {
    let staff = server::guard(news::Act::PlaceExcerpt, None).await?;
    let place = store::PlaceExcerpt {
        story: facts.story,
        rev: facts.rev,
        staff: staff.id,
        section: facts.section,
        places: facts.places,
        note: facts.note.filter(|note| !note.trim().is_empty()),
    };
    server::store()?
        .place_excerpt(place)
        .await
        .map_err(crate::refused::by)
}

/// Says that a story or an excerpt is breaking news for so many hours from now, or, without a number, that it is over.
/// Gives when it ends.
///
/// # Errors
/// Where the viewer may not, readers don't have it, or the store can't.
#[server(prefix = "/api", endpoint = "set-breaking", input = Json)]
pub async fn set_breaking(story: StoryId, hours: Option<u8>) -> Result<Option<Millis>, Refused> {
    let staff = server::guard(news::Act::MarkBreaking, None).await?;
    let lasts = hours.map(|hours| i64::from(hours) * Millis::HOUR);
    server::store()?
        .set_breaking(story, staff.id, lasts, store::Store::now())
        .await
        .map_err(crate::refused::by)
}

#[cfg(feature = "ssr")]
pub use server::register;

#[cfg(feature = "ssr")]
pub(super) mod server {
    use super::{BeginStory, PlaceExcerpt, Publish, Refused, SetBreaking, SetFacts, Withdraw};
    use crate::{
        refused::{self, said},
        viewer::Viewer,
    };
    use desk::Desk;
    use leptos::{prelude::use_context, server_fn::axum::register_explicit};
    use news::{Act, Refusal, StoryId};
    use store::{Staff, Store};

    /// Makes the functions' addresses known. Called once, before the first request.
    pub fn register() {
        register_explicit::<BeginStory>();
        register_explicit::<Publish>();
        register_explicit::<Withdraw>();
        register_explicit::<SetFacts>();
        register_explicit::<PlaceExcerpt>();
        register_explicit::<SetBreaking>();
        register_explicit::<crate::desk::read::Facts>();
        register_explicit::<crate::desk::rules::write::SaveRule>();
        register_explicit::<crate::desk::rules::write::SwitchRule>();
        register_explicit::<crate::desk::rules::write::MoveRule>();
        register_explicit::<crate::desk::rules::write::RemoveRule>();
        register_explicit::<crate::desk::arrange::TakeApart>();
        register_explicit::<crate::desk::arrange::PutTogether>();
        crate::desk::inbox::arrange::register();
        register_explicit::<crate::desk::terms::SetTerms>();
        register_explicit::<crate::desk::feeds::AddFeed>();
        register_explicit::<crate::desk::feeds::FeedLookedAt>();
        register_explicit::<crate::desk::feeds::FreeFeed>();
    }

    /// Lets the viewer pass, or says why not. With a story, its owner decides what is one's own.
    pub(in crate::desk) async fn guard(act: Act, story: Option<StoryId>) -> Result<Staff, Refused> {
        let viewer = Viewer::current();
        // Who isn't signed in learns nothing of what there is.
        auth::guard(viewer.0.as_ref(), Act::ReadDraft, None).map_err(said)?;
        let owner = match story {
            None => None,
            Some(id) => {
                let draft = store()?.draft(id).await.map_err(refused::by)?;
                Some(draft.ok_or_else(|| said(Refusal::NotFound))?.story.owner)
            }
        };
        auth::guard(viewer.0.as_ref(), act, owner).map_err(said)
    }

    /// Whether readers have the story.
    pub(super) async fn is_public(story: StoryId) -> Result<bool, Refused> {
        let told = store()?.told(story).await.map_err(refused::by)?;
        Ok(told.is_some())
    }

    pub(in crate::desk) fn desk() -> Result<Desk, Refused> {
        use_context().ok_or_else(|| said(Refusal::Unavailable))
    }

    pub(in crate::desk) fn store() -> Result<Store, Refused> {
        use_context().ok_or_else(|| said(Refusal::Unavailable))
    }

    pub(super) fn no_slug() -> Refused {
        said(Refusal::Invalid(
            "Nothing of this can stand in an address; please use letters or figures.".into(),
        ))
    }
}
