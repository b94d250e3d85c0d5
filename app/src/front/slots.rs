//! The blocks of the front page, each a list of slots. A block without stories isn't there.

use super::card::{self, Size, card};
use crate::{
    event::line,
    masthead::own_colour,
    routes,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{
    Region, StoryCard, Teaser,
    front::{Block, Front},
};

/// Running coverage.
pub(super) fn live(cards: &[StoryCard]) -> Option<AnyView> {
    let rows = cards.iter().map(|card| view! {
        <li>
            <span class="live__flag"><span class="live__dot"></span>"Live"</span>
            <a href=card.address.to_string() lang=card.lang.to_string() dir=card.lang.dir().as_str()>{card.headline.clone()}</a>
            {when::time(card.updated_at, Show::Ago)}
        </li>
    });
    let rows = rows.collect_view();
    (!cards.is_empty())
        .then(|| view! { <ul class="front__live" aria-label="Live now">{rows}</ul> }.into_any())
}

/// The splash with the leads below it, and the newest beside them.
pub(super) fn top(front: &Front) -> AnyView {
    let Front {
        splash,
        related,
        leads,
        river,
        ..
    } = front;
    view! {
        <section class="front__lead grid grid--ruled" aria-label="Top news">
            <div class="front__package">
                {splash.as_ref().map(|teaser| view! { <div class="grid__stack">{card::splash(teaser, related)}</div> })}
                {(!leads.is_empty()).then(|| view! {
                    <div class="front__seconds">{leads.iter().map(|t| card(t, Size::Second)).collect_view()}</div>
                })}
            </div>
            {(!river.is_empty()).then(|| latest(river))}
        </section>
    }
    .into_any()
}

/// Everything, newest first, by the hour.
fn latest(river: &[Teaser]) -> AnyView {
    let mut hour = String::new();
    let rows = river.iter().map(|teaser| {
        let begins = when::hour_of(teaser.published_at());
        let label = when::iso(begins);
        let head = (label != hour).then(|| {
            hour.clone_from(&label);
            view! { <li class="ticker__hour">{when::time(begins, Show::Clock)}</li> }
        });
        view! { {head}{row(teaser)} }
    });
    let rows = rows.collect_view();
    view! {
        <section class="ticker" aria-labelledby="latest">
            <div class="ticker__head">
                <h2 class="ticker__title" id="latest"><a href=routes::LATEST>"Latest"</a></h2>
                <span class="ticker__zone" data-zone>"UTC"</span>
            </div>
            <ol class="ticker__list">{rows}</ol>
        </section>
    }
    .into_any()
}

fn row(teaser: &Teaser) -> AnyView {
    let (headline, lang) = (teaser.headline(), teaser.lang());
    let source = match teaser {
        Teaser::Story(_) => None,
        Teaser::Excerpt(card) => Some(card.source.1.clone()),
    };
    view! {
        <li class="ticker__row" data-told=teaser.id().to_string() data-section=own_colour(teaser.section())>
            {when::time(teaser.published_at(), Show::Clock)}
            <div>
                {teaser.places().first().map(|place| view! { <span class="ticker__place">{place.name()}</span> })}
                <p class="ticker__headline" lang=lang.to_string() dir=lang.dir().as_str()>
                    <a href=teaser.address().to_string()>{headline.to_owned()}</a>
                </p>
                {source.map(|name| view! { <span class="ticker__source"><bdi>{name}</bdi></span> })}
                {line::short(teaser.event())}
            </div>
        </li>
    }
    .into_any()
}

/// The four first sections: two across the page, two side by side.
pub(super) fn sections(blocks: &[Block]) -> impl IntoView + use<> {
    let filled: Vec<&Block> = blocks.iter().filter(|b| !b.teasers.is_empty()).collect();
    let (wide, halves) = filled.split_at(filled.len().min(2));
    // Side by side they share their rows: a row of pictures in one of them would be a hole in the other.
    let pictures = halves.iter().all(|block| has_a_row_of_pictures(block));
    let halves = halves
        .iter()
        .map(|block| half(block, pictures))
        .collect_view();
    view! {
        {wide.iter().map(|block| wide_block(block)).collect_view()}
        {(filled.len() > 2).then(|| view! { <div class="front__block front__pair grid grid--ruled">{halves}</div> })}
    }
}

fn head(block: &Block) -> impl IntoView + use<> {
    view! {
        <header class="front__head">
            <h2 class="front__title"><a href=routes::section(block.section)>{block.section.title()}</a></h2>
        </header>
    }
}

/// A row is two.
fn has_a_row_of_pictures(block: &Block) -> bool {
    block
        .teasers
        .iter()
        .skip(1)
        .filter(|t| t.is_pictured())
        .count()
        > 1
}

/// The four beside a block's lead: a row with pictures where there are enough, then a row of words.
fn four(block: &Block, pictures: bool) -> impl IntoView + use<> {
    let mut rest: Vec<&Teaser> = block.teasers.iter().skip(1).collect();
    if pictures {
        rest.sort_by_key(|t| !t.is_pictured());
    }
    let cells = rest.into_iter().enumerate().map(|(n, teaser)| {
        if pictures && n < 2 {
            card(teaser, Size::River)
        } else {
            card::plain(teaser)
        }
    });
    cells.collect_view()
}

fn wide_block(block: &Block) -> AnyView {
    view! {
        <section class="front__block grid" data-section=block.section.slug()>
            {head(block)}
            <div class="front__body grid grid--ruled">
                <div class="front__wide">{block.teasers.first().map(|t| card(t, Size::Lead))}</div>
                <div class="front__wide front__four">{four(block, has_a_row_of_pictures(block))}</div>
            </div>
        </section>
    }
    .into_any()
}

fn half(block: &Block, pictures: bool) -> AnyView {
    view! {
        <section class="front__half" data-section=block.section.slug()>
            {head(block)}
            {block.teasers.first().map(|t| card(t, Size::Lead))}
            <div class="front__four">{four(block, pictures)}</div>
        </section>
    }
    .into_any()
}

/// The five regions, a row each.
pub(super) fn regions(regions: &[(Region, Vec<Teaser>)]) -> Option<AnyView> {
    let rows = regions.iter().filter(|(_, teasers)| !teasers.is_empty()).map(|(region, teasers)| view! {
        <section class="front__region grid">
            <h3 class="front__where"><a href=routes::region(*region)>{region.name()}</a></h3>
            <div class="front__three">{teasers.iter().map(|t| card(t, Size::River)).collect_view()}</div>
        </section>
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="front__block front__block--full" aria-labelledby="by-place">
                <header class="front__head"><h2 class="front__title" id="by-place">"Asia by place"</h2></header>
                {rows}
            </section>
        }
        .into_any()
    })
}

/// Analyses, interviews, explainers and opinions.
pub(super) fn thoughts(teasers: &[Teaser]) -> Option<AnyView> {
    let cells = teasers.iter().enumerate().map(|(n, teaser)| {
        let (class, size) = if n < 2 {
            ("front__large", Size::Lead)
        } else {
            ("front__two", Size::Second)
        };
        view! { <div class=class>{card(teaser, size)}</div> }
    });
    let cells = cells.collect_view();
    (!teasers.is_empty()).then(|| {
        view! {
            <section class="front__block grid" aria-labelledby="thoughts">
                <header class="front__head"><h2 class="front__title" id="thoughts">"Analysis and interviews"</h2></header>
                <div class="front__body grid grid--ruled">{cells}</div>
            </section>
        }
        .into_any()
    })
}

/// Agencies' words, each with the way to the rest.
pub(super) fn wire(teasers: &[Teaser]) -> Option<AnyView> {
    let cells = teasers
        .iter()
        .map(|t| view! { <li>{card(t, Size::Second)}</li> });
    let cells = cells.collect_view();
    (!teasers.is_empty()).then(|| {
        view! {
            <section class="front__block front__block--full" aria-labelledby="wire">
                <header class="front__head">
                    <h2 class="front__title" id="wire">"From the agencies"</h2>
                    <p class="front__note">"Their words, cut where their terms say"</p>
                </header>
                <ul class="front__wire">{cells}</ul>
            </section>
        }
        .into_any()
    })
}
