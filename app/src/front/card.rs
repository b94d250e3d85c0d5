//! A story on a front, in four sizes and no fifth. An agency's card is in [`crate::story::excerpt`].

use crate::{
    event::line,
    masthead::own_colour,
    routes,
    story::excerpt,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{Place, StoryCard, Teaser, story::Picture};

/// How large a card is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Size {
    /// The one that matters most.
    Splash,
    /// A section's first.
    Lead,
    /// Beside it.
    Second,
    /// In a dense list.
    River,
}

impl Size {
    const fn class(self) -> &'static str {
        match self {
            Self::Splash => "card card--splash",
            Self::Lead => "card card--lead",
            Self::Second => "card card--second",
            Self::River => "card card--river",
        }
    }
}

/// The card of one of our stories, or an agency's words on tinted ground.
pub(crate) fn card(teaser: &Teaser, size: Size) -> AnyView {
    match teaser {
        Teaser::Story(card) => story(card, size, card.picture.as_ref(), &[]),
        Teaser::Excerpt(card) if size == Size::River => excerpt::strip(card),
        Teaser::Excerpt(card) => excerpt::card(card),
    }
}

/// The card of what matters most, with others from the same place under it.
pub(crate) fn splash(teaser: &Teaser, related: &[Teaser]) -> AnyView {
    match teaser {
        Teaser::Story(card) => story(card, Size::Splash, card.picture.as_ref(), related),
        Teaser::Excerpt(card) => excerpt::card(card),
    }
}

/// A dense card without its picture, where a row of pictures stands above already.
pub(crate) fn plain(teaser: &Teaser) -> AnyView {
    match teaser {
        Teaser::Story(card) => story(card, Size::River, None, &[]),
        Teaser::Excerpt(card) => excerpt::strip(card),
    }
}

fn story(card: &StoryCard, size: Size, with: Option<&Picture>, related: &[Teaser]) -> AnyView {
    let picture = with.map(|p| picture(p, size == Size::Splash));
    let standfirst = (!card.standfirst.is_empty())
        .then(|| view! { <p class="card__standfirst">{card.standfirst.clone()}</p> });
    let english = card.lang.primary() == "en";
    let time = when::time(card.published_at, Show::Ago);
    let meta = view! {
        <p class="card__meta">
            {(size != Size::River).then(|| byline(card))}
            {if english { time } else { view! { <bdi lang="en" dir="ltr">{time}</bdi> }.into_any() }}
        </p>
    };
    let link = view! { <a href=card.address.to_string()>{card.headline.clone()}</a> };
    let places = places(&card.places, card.genre.shown(), english);
    let line = line::line(card.event.as_ref());
    let inside = if size == Size::Splash {
        view! {
            <div class="card__top">{places}<h2 class="card__headline">{link}</h2></div>
            {picture}
            <div class="card__text">{standfirst}{meta}{line}{others(related)}</div>
        }
        .into_any()
    } else {
        view! {
            {picture}
            <div class="card__text">{places}<h3 class="card__headline">{link}</h3>{standfirst}{meta}{line}</div>
        }
        .into_any()
    };
    view! {
        <article class=size.class() lang=card.lang.to_string() dir=card.lang.dir().as_str()
            data-section=own_colour(card.section) data-card=card.address.id.to_string()>
            <div class="card__inner">{inside}</div>
        </article>
    }
    .into_any()
}

fn others(related: &[Teaser]) -> Option<AnyView> {
    let rows = related.iter().filter_map(|teaser| match teaser {
        Teaser::Story(card) => Some(view! {
            <li lang=card.lang.to_string() dir=card.lang.dir().as_str() data-card=card.address.id.to_string()>
                <a href=card.address.to_string()>{card.headline.clone()}</a>
                <bdi lang="en" dir="ltr">{when::time(card.published_at, Show::Ago)}</bdi>
            </li>
        }),
        Teaser::Excerpt(_) => None,
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| view! { <ul class="card__related">{rows}</ul> }.into_any())
}

/// The first place of a card as a link, and its genre where it is more than news.
pub(crate) fn places(
    places: &[Place],
    genre: Option<&'static str>,
    english: bool,
) -> Option<AnyView> {
    if places.is_empty() && genre.is_none() {
        return None;
    }
    let inside = view! {
        {places.first().map(|p| view! { <a href=routes::place(*p)>{p.name()}</a> })}
        {genre.map(|label| view! { <span class="card__genre">{label}</span> })}
    };
    let view = if english {
        view! { <p class="card__place">{inside}</p> }.into_any()
    } else {
        view! { <p class="card__place"><bdi lang="en" dir="ltr">{inside}</bdi></p> }.into_any()
    };
    Some(view)
}

fn byline(card: &StoryCard) -> Option<AnyView> {
    let names = card.authors.join(", ");
    (!names.is_empty())
        .then(|| view! { <span class="card__byline"><bdi>{names}</bdi></span> }.into_any())
}

/// A card's picture in its fixed frame, so that nothing jumps when it comes.
pub(crate) fn picture(picture: &Picture, eager: bool) -> AnyView {
    view! {
        <div class="card__picture">
            <img src=picture.url.clone() alt=picture.alt.clone() width=picture.width height=picture.height
                loading=(!eager).then_some("lazy") fetchpriority=eager.then_some("high")/>
        </div>
    }
    .into_any()
}
