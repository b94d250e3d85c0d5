//! What matters now in a list: the most important of the last day, and what is told of more than usual. Each with the
//! numbers that gave its place, so that a reader can work the order out again.

use crate::{
    error_page::Trouble,
    event::line,
    masthead::own_colour,
    page_notes::PageNotes,
    routes,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{
    Millis, Teaser,
    front::Of,
    importance::{self, OLDEST, Ranked},
    trend::{self, Count, Subject},
};
use std::time::Duration;
use store::Store;

/// Numbers that follow the clock move so often, and a page lives no longer than they stand.
const TICK: i64 = 5 * Millis::MINUTE;
/// How many rows each block has.
const ROWS: usize = 5;
/// From here on a trend rises steeply.
const STEEP: f64 = 3.0;

/// What a list has of both.
#[derive(Default)]
pub(crate) struct Now {
    important: Vec<(Ranked, Teaser)>,
    trends: Vec<Count>,
    at: Millis,
}

/// Reads both as they are at the beginning of the tick; what came since counts as well.
pub(crate) async fn read(
    store: &Store,
    notes: &PageNotes,
    of: Of,
    now: Millis,
) -> Result<Now, Trouble> {
    let at = Millis(now.0 - now.0.rem_euclid(TICK));
    let weighed = store.weighed(of, at.plus(-OLDEST)).await?;
    let mut found = Now {
        important: vec![],
        trends: vec![],
        at,
    };
    // Where nothing was told for a day the clock changes nothing.
    if weighed.is_empty() {
        return Ok(found);
    }
    let left = at.plus(TICK).since(now);
    notes.live_for(Duration::from_millis(
        u64::try_from(left).unwrap_or_default(),
    ));
    for ranked in importance::rank(&weighed, at, ROWS) {
        if let Some(teaser) = store.teaser(ranked.story).await? {
            found.important.push((ranked, teaser));
        }
    }
    let mut counts = store.trend_counts(of, at).await?;
    // That a place is told of on its own page says nothing.
    if let Of::Place(place) = of {
        counts.retain(|count| count.of != Subject::Place(place));
    }
    found.trends = trend::rank(counts, ROWS);
    Ok(found)
}

/// The blocks, as far as there is something in them.
pub(crate) fn blocks(now: &Now) -> Option<AnyView> {
    let important = important(now);
    let trends = trends(now);
    (important.is_some() || trends.is_some()).then(|| {
        view! { <div class="now grid grid--ruled" lang="en" dir="ltr">{important}{trends}</div> }
            .into_any()
    })
}

fn important(now: &Now) -> Option<AnyView> {
    let rows: Vec<_> = now.important.iter().map(important_row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="important">
                <h2 class="now__title" id="important">"Most important"</h2>
                <ol class="now__list">{rows}</ol>
                <p class="now__how">
                    "Sources that tell it × how fresh it is (½ after six hours) × an editor’s weight, at "
                    {when::time(now.at, Show::Clock)} "."
                </p>
            </section>
        }
        .into_any()
    })
}

fn important_row((ranked, teaser): &(Ranked, Teaser)) -> AnyView {
    let (headline, lang, address) = (teaser.headline(), teaser.lang(), teaser.address());
    let source = match teaser {
        Teaser::Story(_) => None,
        Teaser::Excerpt(card) => Some(&card.source.1),
    };
    let place = teaser.places().first();
    view! {
        <li class="now__row" data-told=address.id.to_string() data-section=own_colour(teaser.section())
            data-owners=ranked.owners data-age=ranked.age_min data-fresh=ranked.fresh data-weight=ranked.weight
            data-score=ranked.score()>
            <p class="now__from">
                {place.map(|place| view! { <span class="now__place">{place.name()}</span> })}
                {source.map(|name| view! { <bdi>{name.clone()}</bdi> })}
                {line::short(teaser.event())}
            </p>
            <p class="now__headline" lang=lang.to_string() dir=lang.dir().as_str()>
                <a href=address.to_string()>{headline.to_owned()}</a>
            </p>
            <p class="now__why">{ranked.to_string()}</p>
        </li>
    }
    .into_any()
}

fn trends(now: &Now) -> Option<AnyView> {
    let rows: Vec<_> = now.trends.iter().map(trend_row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="trends">
                <h2 class="now__title" id="trends">"Trending"</h2>
                <ol class="now__list">{rows}</ol>
                <p class="now__how">
                    "Told of by three sources at least, each counted once for an event, and more than in the same two hours of the last seven days. Order: (now − usual) ÷ √(usual + 1), at "
                    {when::time(now.at, Show::Clock)} "."
                </p>
            </section>
        }
        .into_any()
    })
}

fn trend_row(count: &Count) -> AnyView {
    let name = match &count.of {
        Subject::Place(place) => {
            view! { <a href=routes::place(*place)>{place.name()}</a> }.into_any()
        }
        Subject::Topic(_, name) => view! { <bdi>{name.clone()}</bdi> }.into_any(),
    };
    let (arrow, said) = if count.z() < STEEP {
        ("↗", "rising")
    } else {
        ("↑", "rising steeply")
    };
    view! {
        <li class="now__row" data-now=count.now data-owners=count.owners data-before=count.before
            data-z=format!("{:.3}", count.z())>
            <p class="now__headline">{name} <span class="now__arrow" role="img" aria-label=said>{arrow}</span></p>
            <p class="now__why">{why(count)}</p>
        </li>
    }
    .into_any()
}

/// `14 stories in 2 h from 5 sources, usually 3`.
fn why(count: &Count) -> String {
    // Told by three sources at least, so both are always many.
    let usual = format!("{:.1}", count.usual());
    let usual = usual.strip_suffix(".0").unwrap_or(&usual);
    format!(
        "{} stories in 2 h from {} sources, usually {usual}",
        count.now, count.owners
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use news::Place;

    #[test]
    fn a_trend_says_its_numbers() {
        for (before, want) in [
            (21, "14 stories in 2 h from 5 sources, usually 3"),
            (10, "14 stories in 2 h from 5 sources, usually 1.4"),
            (0, "14 stories in 2 h from 5 sources, usually 0"),
        ] {
            let (now, owners) = (14, 5);
            let of = Subject::Place(Place::JP);
            let count = Count {
                of,
                now,
                owners,
                before,
            };
            assert_eq!(why(&count), want);
        }
    }
}
