//! `/asia/{place}` and `/asia/{region}`; other spellings answer 301.

use crate::{
    breaking,
    error_page::{self, Trouble},
    head::Head,
    now::{self, Now},
    page_notes::PageNotes,
    routes,
    section::{
        list::{List, Part},
        river::{river, top, wire},
    },
};
use leptos::prelude::*;
use news::{Place, Region, Section, Shows, Teaser};
use store::Store;

/// What the last part of the address names.
#[derive(Clone, Copy)]
enum Named {
    Place(Place),
    Region(Region),
}

/// A place or a region.
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let store = use_context::<Store>();
    let (slug, part) = (routes::part("place").unwrap_or_default(), Part::asked());
    error_page::catching(async move {
        if let Some(to) = alias(&slug) {
            notes.redirect(to);
            return Ok(().into_any());
        }
        let named = Place::from_slug(&slug).map(Named::Place);
        let named = named
            .or_else(|| Region::from_slug(&slug).map(Named::Region))
            .ok_or(Trouble::NotFound)?;
        shown(&store.ok_or(Trouble::NoStore)?, &notes, named, part?).await
    })
}

/// The right address of another spelling: `jp`, `JPN`, `southeast-asia`.
fn alias(slug: &str) -> Option<String> {
    if Place::from_slug(slug).is_some() || Region::from_slug(slug).is_some() {
        return None;
    }
    let slug = slug.to_lowercase();
    let place = Place::from_slug(&slug)
        .or_else(|| Place::from_alias(&slug))
        .map(routes::place);
    place.or_else(|| {
        Region::from_slug(&slug)
            .or_else(|| Region::from_alias(&slug))
            .map(routes::region)
    })
}

async fn shown(
    store: &Store,
    notes: &PageNotes,
    named: Named,
    part: Part,
) -> Result<AnyView, Trouble> {
    let seq = store.head().await?;
    let (list, title) = match named {
        Named::Place(place) => (List::place(place), place.name()),
        Named::Region(region) => (List::region(region), region.name()),
    };
    let mut page = list.read(store, part).await?;
    let sections: Vec<Section> = page.teasers.iter().map(Teaser::section).collect();
    notes.shows([list.shows, Shows::Site]);
    let at = Store::now();
    let breaking = breaking::read(store, notes, list.of, at).await?;
    let now = if part.is_from_the_top() {
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
        ..Head::new(
            title,
            format!("News from and about {title}: politics, business, culture and technology."),
            &list.path,
        )
    };
    let nothing = above.splash.is_none() && page.teasers.is_empty();
    let view = view! {
        {head.tags()}
        {breaking::bar(&breaking)}
        {crumbs(named)}
        <header class="section__head">
            <h1 class="section__title" tabindex="-1">{title}</h1>
            {facets(named, &sections)}
        </header>
        <div class="section__list grid">
            {top(&above)}
            {now::blocks(&now)}
            {nothing.then(|| empty(named, title))}
            {(!page.teasers.is_empty()).then(|| river(&page, &list))}
            {wire(&above.wire)}
        </div>
    };
    Ok(view.into_any())
}

/// Nothing yet: the way to what is near it.
fn empty(named: Named, title: &str) -> AnyView {
    let around = match named {
        Named::Place(place) => place.region(),
        Named::Region(_) => None,
    };
    view! {
        <div class="page__empty">
            <p class="page__why">{format!("Nothing about {title} stands here yet.")}</p>
            <ul class="page__row">
                {around.map(|region| view! { <li><a class="page__link" href=routes::region(region)>"All of " {region.name()}</a></li> })}
                <li><a class="page__link" href=routes::FRONT>"To the front page"</a></li>
            </ul>
        </div>
    }
    .into_any()
}

fn crumbs(named: Named) -> Option<AnyView> {
    let Named::Place(place) = named else {
        return None;
    };
    let region = place.region()?;
    let view = view! {
        <nav class="page__crumbs" aria-label="You are here">
            <a href=routes::FRONT>"Asia"</a>
            <a href=routes::region(region)>{region.name()}</a>
            <a href=routes::place(place)>{place.name()}</a>
        </nav>
    };
    Some(view.into_any())
}

/// A place by section, as far as it has stories; a region by place.
fn facets(named: Named, sections: &[Section]) -> Option<AnyView> {
    let (label, here, links): (String, String, Vec<(String, &str)>) = match named {
        Named::Place(place) => {
            let links = Section::ALL
                .into_iter()
                .filter(|s| sections.contains(s))
                .map(|s| (routes::section_place(s, place), s.title()));
            (
                format!("{} by section", place.name()),
                routes::place(place),
                links.collect(),
            )
        }
        Named::Region(region) => {
            let links = region.places().map(|p| (routes::place(p), p.name()));
            (
                format!("{} by place", region.name()),
                routes::region(region),
                links.collect(),
            )
        }
    };
    (!links.is_empty()).then(|| {
        view! {
            <nav class="section__facets" aria-label=label>
                <a href=here aria-current="page">"All"</a>
                {links.into_iter().map(|(href, name)| view! { <a href=href>{name}</a> }).collect_view()}
            </nav>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_lead_to_the_address() {
        for (slug, want) in [
            ("jp", Some("/asia/japan")),
            ("JPN", Some("/asia/japan")),
            ("Japan", Some("/asia/japan")),
            ("southeast-asia", Some("/asia/south-eastern-asia")),
            ("japan", None),
            ("atlantis", None),
        ] {
            assert_eq!(alias(slug).as_deref(), want, "{slug}");
        }
    }
}
