//! A dense list of stories, newest first, by the day or the hour, with the way to earlier ones. Places use it too.

use super::{
    earlier_island::EarlierIsland,
    list::{By, List, Page, Top},
};
use crate::{
    event::line,
    front::card::{Size, card, picture, places},
    latest,
    masthead::own_colour,
    routes,
    story::excerpt,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{Millis, StoryCard, Teaser};

/// The splash and what stands beside it.
pub(crate) fn top(top: &Top) -> Option<AnyView> {
    let splash = top.splash.as_ref()?;
    let beside = top
        .seconds
        .iter()
        .enumerate()
        .map(|(n, t)| card(t, if n == 0 { Size::Second } else { Size::River }));
    let beside = beside.collect_view();
    let view = view! {
        <div class="front__lead grid grid--ruled">
            <div class="front__package"><div class="grid__stack">{card(splash, Size::Splash)}</div></div>
            {(!top.seconds.is_empty()).then(|| view! { <div class="ticker">{beside}</div> })}
        </div>
    };
    Some(view.into_any())
}

/// What agencies say, beside the list.
pub(crate) fn wire(teasers: &[Teaser]) -> Option<AnyView> {
    (!teasers.is_empty()).then(|| {
        view! {
            <aside class="section__side" aria-labelledby="agencies">
                <h2 class="section__sidehead" id="agencies">"From the agencies"</h2>
                {teasers.iter().map(|t| card(t, Size::Second)).collect_view()}
            </aside>
        }
        .into_any()
    })
}

/// The list. Agencies' words stand in it on their own ground.
pub(crate) fn river(page: &Page, list: &List) -> AnyView {
    let earlier = page.rest().map(|rest| {
        let link =
            view! { <a href=routes::earlier(&list.path, rest) rel="next">"Earlier stories"</a> };
        if page.full {
            view! { <nav class="section__pages" aria-label="Pages">{link}</nav> }.into_any()
        } else {
            view! { <EarlierIsland>{link}</EarlierIsland> }.into_any()
        }
    });
    let rows = rows(&page.teasers, list.by, String::new());
    view! { <div class="section__river">{rows}{earlier}</div> }.into_any()
}

/// Its rows, with a heading where a day or an hour begins; `above` is the one that the row above belongs to.
pub(crate) fn rows(teasers: &[Teaser], by: By, mut above: String) -> AnyView {
    let rows = teasers.iter().map(|teaser| {
        let this = by.of(teaser.published_at());
        let head = (this != above).then(|| heading(by, teaser.published_at()));
        above = this;
        let row = match (by, teaser) {
            (By::Hour, _) => latest::row(teaser),
            (By::Day, Teaser::Story(card)) => row(card),
            (By::Day, Teaser::Excerpt(card)) => excerpt::strip(card),
        };
        view! { {head}{row} }
    });
    rows.collect_view().into_any()
}

fn heading(by: By, at: Millis) -> AnyView {
    match by {
        By::Day => view! { <h2 class="section__day">{when::day(at)}</h2> }.into_any(),
        By::Hour => {
            let begins = when::time(when::hour_of(at), Show::Full);
            view! { <h2 class="section__day latest__hour">{begins}</h2> }.into_any()
        }
    }
}

fn row(card: &StoryCard) -> AnyView {
    let english = card.lang.primary() == "en";
    view! {
        <article class="section__row" lang=card.lang.to_string() dir=card.lang.dir().as_str()
            data-section=own_colour(card.section) data-card=card.address.id.to_string()>
            <div class="section__row-in">
                {when::time(card.published_at, Show::Clock)}
                <div>
                    {places(&card.places, card.genre.shown(), english)}
                    <h3 class="card__headline"><a href=card.address.to_string()>{card.headline.clone()}</a></h3>
                    {(!card.standfirst.is_empty()).then(|| view! { <p class="card__standfirst">{card.standfirst.clone()}</p> })}
                    {line::line(card.event.as_ref())}
                </div>
                {card.picture.as_ref().map(|p| picture(p, false))}
            </div>
        </article>
    }
    .into_any()
}
