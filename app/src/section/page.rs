//! `/{section}` and `/{section}/{place}`.

use super::{
    list::{List, Part},
    river::{river, top, wire},
};
use crate::{
    breaking,
    error_page::{self, Trouble},
    head::Head,
    masthead::own_colour,
    now::{self, Now},
    page_notes::PageNotes,
    routes,
};
use leptos::prelude::*;
use news::{Place, Section, Shows, Teaser};
use store::Store;

/// A section, whole or about one place.
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let store = use_context::<Store>();
    let (section, place, part) = (
        routes::part("section"),
        routes::part("place"),
        Part::asked(),
    );
    error_page::catching(async move {
        let section = section
            .as_deref()
            .and_then(Section::from_slug)
            .ok_or(Trouble::NotFound)?;
        let place = match place {
            None => None,
            Some(slug) => match (
                Place::from_slug(&slug),
                Place::from_alias(&slug.to_lowercase()),
            ) {
                (Some(place), _) => Some(place),
                (None, Some(place)) => {
                    notes.redirect(routes::section_place(section, place));
                    return Ok(().into_any());
                }
                (None, None) => return Err(Trouble::NotFound),
            },
        };
        shown(
            &store.ok_or(Trouble::NoStore)?,
            &notes,
            section,
            place,
            part?,
        )
        .await
    })
}

async fn shown(
    store: &Store,
    notes: &PageNotes,
    section: Section,
    place: Option<Place>,
    part: Part,
) -> Result<AnyView, Trouble> {
    let seq = store.head().await?;
    let (list, title) = match place {
        None => (List::section(section), section.title().to_owned()),
        Some(place) => (
            List::section_place(section, place),
            format!("{} in {}", section.title(), place.name()),
        ),
    };
    let mut page = list.read(store, part).await?;
    let about = most_told(&page.teasers);
    notes.shows([list.shows, Shows::Site]);
    let at = Store::now();
    let breaking = breaking::read(store, notes, list.of, at).await?;
    let now = if place.is_none() && part.is_from_the_top() {
        now::read(store, notes, list.of, at).await?
    } else {
        Now::default()
    };
    let above = page.take_top();
    let head = Head {
        seq,
        channel: part.is_from_the_top().then_some(list.channel),
        index: part == Part::Top,
        next: page.rest().map(|rest| routes::earlier(&list.path, rest)),
        ..Head::new(&title, section.about(), &list.path)
    };
    let nothing = above.splash.is_none() && page.teasers.is_empty();
    let view = view! {
        {head.tags()}
        {breaking::bar(&breaking)}
        <header class="section__head" data-section=own_colour(section)>
            <h1 class="section__title" tabindex="-1">{title}</h1>
            <p class="section__about">{section.about()}</p>
            {facets(section, place, about)}
        </header>
        <div class="section__list grid" data-section=own_colour(section)>
            {top(&above)}
            {now::blocks(&now)}
            {nothing.then(|| empty(section, place))}
            {(!page.teasers.is_empty()).then(|| river(&page, &list))}
            {wire(&above.wire)}
        </div>
    };
    Ok(view.into_any())
}

/// Nothing yet: the way to what the section has of other places, and to what the place has in other sections.
fn empty(section: Section, place: Option<Place>) -> AnyView {
    let link = |href: String, words: String| view! { <li><a class="page__link" href=href>{words}</a></li> };
    let (what, links) = match place {
        None => (
            format!("Nothing stands in {} yet.", section.title()),
            vec![link(
                routes::FRONT.to_owned(),
                "To the front page".to_owned(),
            )],
        ),
        Some(place) => (
            format!(
                "Nothing about {} stands in {} yet.",
                place.name(),
                section.title()
            ),
            vec![
                link(
                    routes::place(place),
                    format!("All stories about {}", place.name()),
                ),
                link(
                    routes::section(section),
                    format!("All of {}", section.title()),
                ),
            ],
        ),
    };
    view! {
        <div class="page__empty">
            <p class="page__why">{what}</p>
            <ul class="page__row">{links}</ul>
        </div>
    }
    .into_any()
}

/// What most of these stories are about, at most ten places.
fn most_told(teasers: &[Teaser]) -> Vec<Place> {
    let mut told: Vec<(usize, Place)> = vec![];
    for place in teasers.iter().flat_map(Teaser::places) {
        match told.iter_mut().find(|(_, known)| known == place) {
            Some((times, _)) => *times += 1,
            None => told.push((1, *place)),
        }
    }
    told.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
    told.into_iter().map(|(_, place)| place).take(10).collect()
}

/// The section by place: what it tells most of first.
fn facets(section: Section, here: Option<Place>, mut places: Vec<Place>) -> Option<AnyView> {
    if let Some(place) = here.filter(|place| !places.contains(place)) {
        places.push(place);
    }
    if places.is_empty() {
        return None;
    }
    let current = |yes: bool| yes.then_some("page");
    let view = view! {
        <nav class="section__facets" aria-label=format!("{} by place", section.title())>
            <a href=routes::section(section) aria-current=current(here.is_none())>"All"</a>
            {places.into_iter().map(|place| view! {
                <a href=routes::section_place(section, place) aria-current=current(here == Some(place))>{place.name()}</a>
            }).collect_view()}
        </nav>
    };
    Some(view.into_any())
}
