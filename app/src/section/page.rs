//! `/{section}` and `/{section}/{place}`.

use super::river::{ASKED, Page, river, top};
use crate::{
    error_page::{self, Trouble},
    head::Head,
    masthead::own_colour,
    page_notes::PageNotes,
    routes::{self, Before},
};
use leptos::prelude::*;
use news::{Channel, Place, Section, Shows, Teaser, front::Of};
use store::Store;

/// A section, whole or about one place.
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let store = use_context::<Store>();
    let (section, place, before) = (
        routes::part("section"),
        routes::part("place"),
        routes::before(),
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
            before?,
        )
        .await
    })
}

async fn shown(
    store: &Store,
    notes: &PageNotes,
    section: Section,
    place: Option<Place>,
    before: Option<Before>,
) -> Result<AnyView, Trouble> {
    let seq = store.head().await?;
    let (of, path, title) = match place {
        None => (
            Of::Section(section),
            routes::section(section),
            section.title().to_owned(),
        ),
        Some(place) => (
            Of::SectionPlace(section, place),
            routes::section_place(section, place),
            format!("{} in {}", section.title(), place.name()),
        ),
    };
    let mut list = Page::new(store.teasers(of, before, ASKED).await?);
    let about = most_told(&list.teasers);
    notes.shows([Shows::Section(section), Shows::Site]);
    let (splash, seconds) = if before.is_none() {
        list.take_top()
    } else {
        (None, vec![])
    };
    let head = Head {
        seq,
        channel: before.is_none().then_some(Channel::Section(section)),
        index: before.is_none(),
        next: list.rest.map(|rest| routes::earlier(&path, rest)),
        ..Head::new(&title, section.about(), &path)
    };
    let nothing = splash.is_none() && list.teasers.is_empty();
    let view = view! {
        {head.tags()}
        <header class="section__head" data-section=own_colour(section)>
            <h1 class="section__title" tabindex="-1">{title}</h1>
            <p class="section__about">{section.about()}</p>
            {facets(section, place, about)}
        </header>
        <div class="section__list grid" data-section=own_colour(section)>
            {top(splash.as_ref(), &seconds)}
            {nothing.then(|| view! { <p class="page__empty">"Nothing stands here yet."</p> })}
            {(!list.teasers.is_empty()).then(|| river(&list, &path))}
        </div>
    };
    Ok(view.into_any())
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
