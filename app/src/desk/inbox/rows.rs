//! A row of the inbox: an event with its tellings beneath, or an item alone.

use super::forms;
use crate::{
    routes,
    viewer::Viewer,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{Act, Millis};
use store::{Arrival, Arrived, InboxRow, Standing};

/// A row; `since` is up to when the viewer has seen the wire.
pub(super) fn row(row: &InboxRow, since: Millis, viewer: &Viewer) -> AnyView {
    let is_new = row.arrivals.iter().any(|arrival| arrival.at > since);
    let class = if is_new {
        "wire__row wire__row--new"
    } else {
        "wire__row"
    };
    let is_event = row.event.is_some() && row.arrivals.len() > 1;
    let public = row.arrivals.iter().find_map(|arrival| {
        let is_public = arrival.standing == Standing::Shown;
        arrival.told.as_ref().filter(|_| is_public)
    });
    let tick = public
        .filter(|_| viewer.may(Act::ArrangeEvent))
        .map(forms::tick);
    let event = row.event.as_ref().filter(|_| is_event).map(|event| {
        view! { <a class="wire__event" href=event.to_string()>{row.arrivals.len()}" tell of this event"</a> }
    });
    view! {
        <li class=class>
            <div class="wire__top">{tick}{event}</div>
            {row.arrivals.iter().map(|one| arrival(one, is_event, viewer)).collect_view()}
        </li>
    }
    .into_any()
}

fn arrival(arrival: &Arrival, is_of_event: bool, viewer: &Viewer) -> AnyView {
    let source = arrival
        .source
        .clone()
        .unwrap_or_else(|| "Our newsroom".into());
    let told = arrival.told.as_ref();
    view! {
        <article class="wire__one">
            <p class="wire__when">{when::time(arrival.at, Show::Full)}" "<b><bdi>{source}</bdi></b></p>
            {headline(arrival)}
            {told.map(stands)}
            {arrival.why.clone().map(|why| view! { <p class="wire__placed">"Placed so: "{why}</p> })}
            {told.and_then(|told| told.why_of_event.clone()).filter(|_| is_of_event)
                .map(|why| view! { <p class="wire__placed">"Of this event: "{why}</p> })}
            <p class="wire__standing">{standing(&arrival.standing)}</p>
            {arrival.refused.clone().map(|why| view! {
                <p class="wire__refused">"Its newest words were refused: "{why}</p>
            })}
            {told.and_then(|told| forms::all(told, &arrival.standing, is_of_event, viewer))}
        </article>
    }
    .into_any()
}

fn headline(arrival: &Arrival) -> AnyView {
    // What readers don't have stands nowhere here: its own page is at the agency.
    let stands = matches!(arrival.standing, Standing::Shown | Standing::Withdrawn(_));
    let elsewhere = arrival.url.clone().filter(|url| !stands && is_web(url));
    match (&arrival.told, &arrival.url) {
        (Some(told), _) => {
            let rel = elsewhere.as_ref().map(|_| "external noopener nofollow");
            let href = elsewhere.unwrap_or_else(|| told.address.to_string());
            view! {
                <h2 class="wire__headline" lang=told.lang.to_string() dir=told.lang.dir().as_str()>
                    <a href=href rel=rel>{told.headline.clone()}</a>
                </h2>
            }
            .into_any()
        }
        // Of what is refused no word is kept: its address says which it is.
        (None, Some(url)) if is_web(url) => view! {
            <h2 class="wire__headline"><a href=url.clone() rel="external noopener nofollow"><bdi>{url.clone()}</bdi></a></h2>
        }
        .into_any(),
        (None, url) => {
            let name = url.clone().unwrap_or_else(|| "An item without an address".into());
            view! { <h2 class="wire__headline"><bdi>{name}</bdi></h2> }.into_any()
        }
    }
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn stands(told: &Arrived) -> AnyView {
    let places = told.places.iter().map(|place| {
        view! { <a href=routes::place(*place)>{place.name()}</a> }
    });
    view! {
        <p class="wire__places">
            <a href=routes::section(told.section)>{told.section.title()}</a>
            {places.collect_view()}
            <span>{told.lang.to_string()}</span>
        </p>
    }
    .into_any()
}

/// Whether readers have it, in words.
fn standing(standing: &Standing) -> AnyView {
    match standing {
        Standing::Shown => "Readers have it".into_any(),
        Standing::Waits(Some(until)) => {
            view! { "Waits until "{when::time(*until, Show::Full)} }.into_any()
        }
        Standing::ToPlace => "Waits until somebody places it".into_any(),
        Standing::Held(why) => format!("Held until the desk lets it out: {why}").into_any(),
        Standing::Waits(None) => "Waits".into_any(),
        Standing::Withdrawn(why) => format!("Withdrawn: {why}").into_any(),
        Standing::Refused(why) => format!("Refused: {why}").into_any(),
    }
}
