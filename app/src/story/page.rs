//! `/story/{slug}-{id}`. The id finds it; another slug answers 301.

use super::{byline, excerpt, head, read::read_story, related};
use crate::{
    desk::facts,
    error_page::{self, Trouble},
    head::Head,
    masthead::own_colour,
    page_notes::PageNotes,
    routes,
    viewer::Viewer,
};
use desk::Desk;
use leptos::prelude::*;
use news::{
    Act, Channel, Document, EventLine, PubStatus, Story, StoryAddress, StoryId, Teaser,
    body::html,
    story::{Excerpt, Picture, Told, Topic},
};
use store::Store;

/// A story, an excerpt, or what is left of one.
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let (store, desk) = (use_context::<Store>(), use_context::<Desk>());
    let viewer = Viewer::current();
    let asked = routes::part("story").unwrap_or_default();
    error_page::catching(async move {
        let address = StoryAddress::parse(&asked).ok_or(Trouble::NotFound)?;
        let store = store.ok_or(Trouble::NoStore)?;
        let seen = read_story(&store, desk.as_ref(), &viewer, &notes, address.id).await?;
        let stands = match &seen.told {
            Told::Story(story) => &story.address,
            Told::Excerpt(excerpt) => &excerpt.address,
            Told::Gone(gone) => return Ok(error_page::gone(&notes, gone, seen.seq)),
        };
        let path = stands.to_string();
        if path.strip_prefix("/story/") != Some(&asked) {
            notes.redirect(path);
            return Ok(().into_any());
        }
        Ok(match &seen.told {
            Told::Story(story) => ours(
                story,
                seen.seq,
                seen.block_ids.as_deref(),
                (seen.event.as_ref(), &seen.related),
                &viewer,
            ),
            Told::Excerpt(told) => {
                excerpt::page(told, seen.seq, seen.event.as_ref(), &seen.related, &viewer)
            }
            Told::Gone(_) => ().into_any(),
        })
    })
}

fn ours(
    story: &Story,
    seq: u64,
    block_ids: Option<&[String]>,
    (event, around): (Option<&EventLine>, &[Teaser]),
    viewer: &Viewer,
) -> AnyView {
    let facts = viewer
        .0
        .is_some()
        .then(|| facts::written(&facts::of_story(story, viewer)));
    let (beside, below) = related::split(around, story.section);
    let public = story.pub_status == PubStatus::Usable;
    let head = Head {
        channel: channel(story.address.id, public, viewer),
        ..head::of_story(story, seq)
    };
    view! {
        {head.tags()}
        <article class="story grid" lang=story.lang.to_string() dir=story.lang.dir().as_str()
            data-section=own_colour(story.section) data-story=story.address.id.to_string() data-desk=facts>
            {kicker(story)}
            {words(&story.document, block_ids)}
            {byline::rail(story)}
            {story.picture.as_ref().map(lead)}
            {topics(&story.topics)}
            {related::beside(event, &beside)}
        </article>
        {related::below(&below, story.section)}
    }
    .into_any()
}

fn kicker(story: &Story) -> impl IntoView + use<> {
    view! {
        <p class="story__kicker" lang="en">
            <a class="story__section" href=routes::section(story.section)>{story.section.title()}</a>
            {story.places.iter().map(|place| view! { <a href=routes::place(*place)>{place.name()}</a> }).collect_view()}
            {story.genre.shown().map(|label| view! { <span class="story__genre">{label}</span> })}
        </p>
    }
}

/// Headline, standfirst and body: exactly the elements the editor draws, so that nothing moves when editing begins.
fn words(document: &Document, block_ids: Option<&[String]>) -> AnyView {
    view! {
        <div class="story__words" inner_html=html::words(document, block_ids)></div>
    }
    .into_any()
}

fn lead(picture: &Picture) -> AnyView {
    let credit = (!picture.credit.is_empty())
        .then(|| view! { " " <span class="story__credit">{picture.credit.clone()}</span> });
    view! {
        <figure class="story__figure story__lead">
            <img src=picture.url.clone() alt=picture.alt.clone() width=picture.width height=picture.height fetchpriority="high"/>
            <figcaption>{picture.caption.clone()}{credit}</figcaption>
        </figure>
    }
    .into_any()
}

fn topics(topics: &[Topic]) -> Option<AnyView> {
    (!topics.is_empty()).then(|| {
        view! {
            <div class="story__tools">
                <ul class="story__topics" aria-label="Topics">
                    {topics.iter().map(|topic| view! { <li>{topic.name.clone()}</li> }).collect_view()}
                </ul>
            </div>
        }
        .into_any()
    })
}

/// What the desk's bar needs to know of an excerpt.
pub(super) fn desk_of(excerpt: &Excerpt, viewer: &Viewer) -> Option<String> {
    viewer
        .0
        .is_some()
        .then(|| facts::written(&facts::of_excerpt(excerpt, viewer)))
}

/// Staff hear the desk, readers what is published.
pub(super) fn channel(id: StoryId, public: bool, viewer: &Viewer) -> Option<Channel> {
    if viewer.may(Act::ReadDraft) {
        Some(Channel::Desk(id))
    } else {
        public.then_some(Channel::Story(id))
    }
}
