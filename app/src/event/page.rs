//! `/event/{slug}-{id}`: everything that is told of one event, by whom and when. It reads without a script.

use super::{
    arrange,
    line::{how_many, name_of, named},
    read::{self, EventView, Found, read_event},
    timeline::timeline,
};
use crate::{
    error_page::{self, Trouble},
    head::Head,
    masthead::own_colour,
    page_notes::PageNotes,
    routes,
    viewer::Viewer,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{Act, Channel, EventAddress, Teaser};
use store::Store;

/// The event's page.
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let store = use_context::<Store>();
    let viewer = Viewer::current();
    let (asked, path) = (routes::part("event").unwrap_or_default(), routes::here());
    error_page::catching(async move {
        let address = EventAddress::parse(&asked).ok_or(Trouble::NotFound)?;
        let store = store.ok_or(Trouble::NoStore)?;
        match read_event(&store, &notes, &address, &path).await? {
            Found::Elsewhere(path) => {
                notes.redirect(path);
                Ok(().into_any())
            }
            Found::Gone => Ok(error_page::nothing_left(&notes)),
            Found::Event(seen) => Ok(shown(&seen, viewer.may(Act::ArrangeEvent))),
        }
    })
}

fn shown(seen: &EventView, may_arrange: bool) -> AnyView {
    let Some(lead) = read::lead(&seen.tellings) else {
        return ().into_any();
    };
    let section = read::section(&seen.tellings);
    let head = Head {
        seq: seen.seq,
        channel: Some(Channel::Event(read::id(seen))),
        lang: lead.lang().clone(),
        // The tellings are found by themselves; what is put together here is ours, and their words aren't.
        index: seen.tellings.iter().any(|t| matches!(t, Teaser::Story(_))),
        ..Head::new(
            lead.headline(),
            format!(
                "{} on one event: who said what first, and what was changed since.",
                how_many(&seen.line)
            ),
            &seen.line.address.to_string(),
        )
    };
    let mut places: Vec<_> = vec![];
    for place in seen.tellings.iter().flat_map(Teaser::places) {
        if !places.contains(place) && places.len() < 4 {
            places.push(*place);
        }
    }
    view! {
        {head.tags()}
        <article class="event grid" lang="en" dir="ltr" data-section=own_colour(section)>
            <header class="event__head">
                <p class="story__kicker">
                    <a class="story__section" href=routes::section(section)>{section.title()}</a>
                    {places.into_iter().map(|place| view! { <a href=routes::place(place)>{place.name()}</a> }).collect_view()}
                </p>
                <h1 class="event__title" tabindex="-1" lang=lead.lang().to_string() dir=lead.lang().dir().as_str()>
                    {lead.headline().to_owned()}
                </h1>
                {summary(seen)}
            </header>
            {timeline(seen, may_arrange)}
            {may_arrange.then(|| arrange::put_together(lead.id()))}
        </article>
    }
    .into_any()
}

/// How many tell it, since when, and who was first.
fn summary(seen: &EventView) -> Option<AnyView> {
    let first = seen.tellings.last()?;
    let view = view! {
        <p class="event__summary">
            <b>{how_many(&seen.line)}</b>{named(&seen.line.sources)}". "
            "First told by "<bdi>{name_of(read::source(first))}</bdi>", "{when::time(first.published_at(), Show::Full)}"."
        </p>
    };
    Some(view.into_any())
}
