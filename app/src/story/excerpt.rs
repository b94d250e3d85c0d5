//! An agency's words: always on tinted ground, its name first, and one way to the rest.
//! On its own page "Read more on {host}" stands exactly once.

use super::{
    head,
    page::{channel, desk_of},
    related,
};
use crate::{
    event::line,
    head::Head,
    masthead::own_colour,
    routes,
    viewer::Viewer,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{EventLine, ExcerptCard, ReadMore, Teaser, story::Excerpt};

/// A card with its first words and the way to the rest.
pub(crate) fn card(card: &ExcerptCard) -> AnyView {
    view! {
        <article class="excerpt" lang=card.lang.to_string() dir=card.lang.dir().as_str() data-card=card.address.id.to_string()>
            {source_line(card)}
            <h3 class="excerpt__headline"><a href=card.address.to_string()>{card.headline.clone()}</a></h3>
            {note(card.note.as_deref())}
            {(!card.words.is_empty()).then(|| view! { <p class="excerpt__text">{card.words.clone()}</p> })}
            {way_out(&card.read_more)}
            {line::line(card.event.as_ref())}
        </article>
    }
    .into_any()
}

/// A row in a list: source, headline, and our own page of it.
pub(crate) fn strip(card: &ExcerptCard) -> AnyView {
    view! {
        <article class="excerpt excerpt--strip" lang=card.lang.to_string() dir=card.lang.dir().as_str()
            data-card=card.address.id.to_string()>
            {source_line(card)}
            <h3 class="excerpt__headline"><a href=card.address.to_string()>{card.headline.clone()}</a></h3>
            {note(card.note.as_deref())}
            {line::line(card.event.as_ref())}
        </article>
    }
    .into_any()
}

fn source_line(card: &ExcerptCard) -> impl IntoView + use<> {
    view! {
        <p class="excerpt__source" lang="en" dir="ltr">
            <bdi>{card.source.1.clone()}</bdi>
            {when::time(card.published_at, Show::Ago)}
        </p>
    }
}

fn note(note: Option<&str>) -> Option<AnyView> {
    note.filter(|note| !note.is_empty()).map(|note| {
        view! { <p class="excerpt__note" lang="en" dir="ltr">{note.to_owned()}</p> }.into_any()
    })
}

/// "Read more on {host}", for each place where an agency's words stand.
pub(crate) fn way_out(read_more: &ReadMore) -> impl IntoView + use<> {
    let (text, host) = (read_more.text(), &read_more.host);
    // A line may end at a hyphen, but not inside the name of a host.
    let words = match text.strip_suffix(host) {
        Some(words) if host.contains('-') => {
            let host = view! { <span class="excerpt__host">{host.clone()}</span> };
            view! { {words.to_owned()}{host} }.into_any()
        }
        _ => view! { {text} }.into_any(),
    };
    view! {
        <a class="excerpt__more" lang="en" dir="ltr" href=read_more.url.clone() rel="external noopener">{words}</a>
    }
}

/// The page of one excerpt.
pub(super) fn page(
    excerpt: &Excerpt,
    seq: u64,
    event: Option<&EventLine>,
    around: &[Teaser],
    viewer: &Viewer,
) -> AnyView {
    let source = excerpt.source.name.clone();
    let head = Head {
        channel: channel(excerpt.address.id, true, viewer),
        ..head::of_excerpt(excerpt, seq)
    };
    view! {
        {head.tags()}
        <article class="excerpt__page grid" lang=excerpt.lang.to_string() dir=excerpt.lang.dir().as_str()
            data-section=own_colour(excerpt.section) data-story=excerpt.address.id.to_string()
            data-desk=desk_of(excerpt, viewer)>
            <div class="excerpt__main">
                <p class="story__kicker" lang="en">
                    <a class="story__section" href=routes::section(excerpt.section)>{excerpt.section.title()}</a>
                    {excerpt.places.iter().map(|place| view! { <a href=routes::place(*place)>{place.name()}</a> }).collect_view()}
                    {excerpt.topics.iter().filter(|topic| topic.name != excerpt.section.title()).map(|topic| view! { <span class="story__genre">{topic.name.clone()}</span> }).collect_view()}
                </p>
                <p class="excerpt__label" lang="en" dir="ltr">
                    <bdi class="excerpt__agency">{source.clone()}</bdi>
                    <span>"Words of " <bdi>{source.clone()}</bdi> ". We show the beginning, as its terms allow."</span>
                    {when::time(excerpt.published_at, Show::Full)}
                </p>
                <h1 class="excerpt__title" tabindex="-1">{excerpt.headline.clone()}</h1>
                {note(excerpt.note.as_deref())}
                <div class="excerpt__body">
                    {paragraphs(&excerpt.paragraphs, excerpt.dateline.as_deref())}
                    {way_out(&excerpt.read_more)}
                </div>
                <p class="excerpt__terms" lang="en" dir="ltr">{terms(excerpt)}</p>
            </div>
            {related::beside(event, around.get(..5).unwrap_or(around))}
        </article>
    }
    .into_any()
}

/// The words as they came. Where the agency ends inside a sentence, so do we: no mark of ours is added.
/// Where they begin with where the agency filed from, that is marked.
fn paragraphs(paragraphs: &[String], dateline: Option<&str>) -> impl IntoView + use<> {
    let mut dateline = dateline.filter(|line| !line.is_empty());
    let marked = paragraphs.iter().map(|words| {
        let from = dateline.take().and_then(|line| {
            let (from, rest) = words
                .split_once(" — ")
                .filter(|(from, _)| from.starts_with(line))?;
            Some(view! { <b>{from.to_owned()}</b>" — "{rest.to_owned()} })
        });
        match from {
            Some(from) => view! { <p>{from}</p> }.into_any(),
            None => view! { <p>{words.clone()}</p> }.into_any(),
        }
    });
    marked.collect_view()
}

fn terms(excerpt: &Excerpt) -> String {
    let line = excerpt.source.terms.attribution.clone();
    let line = line.unwrap_or_else(|| format!("Text © {}.", excerpt.source.name));
    format!(
        "{line} The rest stands on {} and opens there.",
        excerpt.read_more.host
    )
}
