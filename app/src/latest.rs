//! `/latest`: everything of the last seven days, newest first, by the hour, around the clock.

use crate::{
    breaking,
    error_page::{self, Trouble},
    event::line,
    head::Head,
    masthead::own_colour,
    page_notes::PageNotes,
    routes,
    section::{
        list::{List, Part},
        river::river,
    },
    when::{self, Show},
};
use leptos::prelude::*;
use news::{Millis, Shows, Teaser};
use std::time::Duration;
use store::Store;

/// The 24/7 river.
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let store = use_context::<Store>();
    let part = Part::asked();
    error_page::catching(async move { shown(&store.ok_or(Trouble::NoStore)?, &notes, part?).await })
}

async fn shown(store: &Store, notes: &PageNotes, part: Part) -> Result<AnyView, Trouble> {
    let seq = store.head().await?;
    let now = Store::now();
    let list = List::latest(now);
    let page = list.read(store, part).await?;
    notes.shows([list.shows, Shows::Site]);
    let breaking = breaking::read(store, notes, list.of, now).await?;
    if !page.teasers.is_empty() {
        notes.live_for(until_next_hour(now));
    }
    let head = Head {
        seq,
        channel: part.is_from_the_top().then_some(list.channel),
        index: part == Part::Top,
        next: page.rest().map(|rest| routes::earlier(&list.path, rest)),
        ..Head::new("Latest", ABOUT, &list.path)
    };
    let view = view! {
        {head.tags()}
        {breaking::bar(&breaking)}
        <header class="section__head latest">
            <h1 class="section__title" tabindex="-1">"Latest"</h1>
            <p class="section__about">{ABOUT} " " <span class="ticker__zone" data-zone>"UTC"</span></p>
        </header>
        <div class="section__list grid">
            {if page.teasers.is_empty() { empty() } else { river(&page, &list) }}
        </div>
    };
    Ok(view.into_any())
}

const ABOUT: &str = "Everything from all of Asia, newest first, for seven days.";

/// With the hour the oldest one leaves the list.
fn until_next_hour(now: Millis) -> Duration {
    let left = when::hour_of(now).plus(Millis::HOUR).since(now);
    Duration::from_millis(u64::try_from(left).unwrap_or_default())
}

fn empty() -> AnyView {
    view! {
        <div class="page__empty">
            <p class="page__why">"Nothing stands here from the last seven days."</p>
            <ul class="page__row"><li><a class="page__link" href=routes::FRONT>"To the front page"</a></li></ul>
        </div>
    }
    .into_any()
}

/// One line of it: time, where and from whom, headline. An agency's stands on its own ground, its name first.
pub(crate) fn row(teaser: &Teaser) -> AnyView {
    let (headline, lang) = (teaser.headline(), teaser.lang());
    let (class, source) = match teaser {
        Teaser::Story(_) => ("latest__row", None),
        Teaser::Excerpt(card) => ("latest__row latest__row--wire", Some(&card.source.1)),
    };
    view! {
        <article class=class data-section=own_colour(teaser.section()) data-card=teaser.id().to_string()>
            {when::time(teaser.published_at(), Show::Clock)}
            <div>
                <p class="latest__from">
                    {source.map(|name| view! { <b><bdi>{name.clone()}</bdi></b> })}
                    {teaser.places().first().map(|place| view! { <span class="latest__place">{place.name()}</span> })}
                    {line::short(teaser.event())}
                </p>
                <h3 class="latest__headline" lang=lang.to_string() dir=lang.dir().as_str()>
                    <a href=teaser.address().to_string()>{headline.to_owned()}</a>
                </h3>
            </div>
        </article>
    }
    .into_any()
}
