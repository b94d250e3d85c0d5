//! The timeline of an event, newest first: each telling as its card would say it, and what became of it later.

use super::{
    arrange,
    line::name_of,
    read::{EventView, source},
};
use crate::{
    story::excerpt,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{Millis, StoryId, Teaser};
use store::{Moment, What};

/// A row of it.
enum Row<'a> {
    Telling(&'a Teaser),
    Later(&'a Moment, &'a Teaser),
}

impl Row<'_> {
    const fn at(&self) -> Millis {
        match self {
            Self::Telling(teaser) => teaser.published_at(),
            Self::Later(moment, _) => moment.at,
        }
    }
}

pub(super) fn timeline(seen: &EventView, may_arrange: bool) -> AnyView {
    let of = |story: StoryId| seen.tellings.iter().find(|telling| telling.id() == story);
    let later = seen.moments.iter();
    let later = later.filter_map(|moment| Some(Row::Later(moment, of(moment.story)?)));
    let mut rows: Vec<Row> = seen
        .tellings
        .iter()
        .map(Row::Telling)
        .chain(later)
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.at()));
    let first = seen.tellings.last().map(Teaser::id);
    let apart = may_arrange && seen.tellings.len() > 1;
    let mut day = String::new();
    let rows = rows.iter().map(|row| {
        let this = when::day(row.at());
        let head = (this != day).then(|| {
            day.clone_from(&this);
            view! { <li class="event__day"><h2>{this}</h2></li> }
        });
        let row = match row {
            Row::Telling(teaser) => telling(teaser, first == Some(teaser.id()), apart),
            Row::Later(moment, teaser) => afterwards(moment, teaser),
        };
        view! { {head}{row} }
    });
    let rows = rows.collect_view();
    view! { <ol class="event__timeline" aria-label="Timeline, newest first">{rows}</ol> }.into_any()
}

fn telling(teaser: &Teaser, first: bool, apart: bool) -> AnyView {
    let ours = matches!(teaser, Teaser::Story(_));
    let (lang, id) = (teaser.lang(), teaser.id());
    let (words, way_out) = match teaser {
        Teaser::Story(card) => (card.standfirst.clone(), None),
        Teaser::Excerpt(card) => (card.words.clone(), Some(excerpt::way_out(&card.read_more))),
    };
    let class = if ours {
        "event__telling event__telling--ours"
    } else {
        "event__telling"
    };
    view! {
        <li class=class data-card=id.to_string()>
            <p class="event__when">{when::time(teaser.published_at(), Show::Clock)}</p>
            <div class="event__told">
                <p class="event__source">
                    <bdi>{name_of(source(teaser))}</bdi>
                    {first.then(|| view! { <span class="event__first">"first"</span> })}
                </p>
                <h3 class="event__headline" lang=lang.to_string() dir=lang.dir().as_str()>
                    <a href=teaser.address().to_string()>{teaser.headline().to_owned()}</a>
                </h3>
                {(!words.is_empty()).then(|| view! {
                    <p class="event__words" lang=lang.to_string() dir=lang.dir().as_str()>{words}</p>
                })}
                {way_out}
                {apart.then(|| arrange::take_apart(id))}
            </div>
        </li>
    }
    .into_any()
}

/// A correction, a newer version, or an agency's change of its words.
fn afterwards(moment: &Moment, teaser: &Teaser) -> AnyView {
    let (what, note) = match &moment.what {
        What::Corrected(note) => ("corrected", Some(note.clone())),
        What::NewVersion => ("brought a newer version", None),
        What::Retold => ("changed its words", None),
    };
    let lang = teaser.lang();
    view! {
        <li class="event__later">
            <p class="event__when">{when::time(moment.at, Show::Clock)}</p>
            <p class="event__change">
                <bdi class="event__who">{name_of(source(teaser))}</bdi>" "{what}": "
                <a href=teaser.address().to_string() lang=lang.to_string() dir=lang.dir().as_str()>{teaser.headline().to_owned()}</a>
                {note.map(|note| view! { <span class="event__note" lang=lang.to_string() dir=lang.dir().as_str()>{note}</span> })}
            </p>
        </li>
    }
    .into_any()
}
