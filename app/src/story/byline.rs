//! The rail beside a story: who wrote it, two clocks, when it came out and last changed.

use crate::when::{self, Show};
use leptos::prelude::*;
use news::{Millis, Story};

/// The rail. It speaks the site's language, whatever the story's own, and stands where the story begins its lines.
pub(super) fn rail(story: &Story) -> impl IntoView + use<> {
    let names = story.authors.join(", ");
    let place = story.places.first().copied();
    view! {
        <div class="story__rail" lang="en">
            <div>
                {(!names.is_empty()).then(|| view! {
                    <p class="story__byline">
                        <bdi>{names}</bdi>
                        {story.dateline.clone().map(|line| view! { <span class="story__role">{line}</span> })}
                    </p>
                })}
                {story.first_published_at.map(|at| clocks(at, place))}
            </div>
            {changed(story)}
        </div>
    }
}

/// The story's own time and the reader's. Until the clock island knows the reader's zone, that one is UTC.
fn clocks(at: Millis, place: Option<news::Place>) -> AnyView {
    let own = place.map(|place| {
        let (city, clock, day) = when::in_place(at, place);
        view! { <dt>{city}</dt><dd><bdi dir="ltr"><b>{clock}</b>" "{day}</bdi></dd> }
    });
    view! {
        <dl class="story__clocks">
            {own}
            <dt data-own>"UTC"</dt>
            <dd><bdi dir="ltr">{when::time(at, Show::Own)}</bdi></dd>
        </dl>
    }
    .into_any()
}

fn changed(story: &Story) -> AnyView {
    let Some(first) = story.first_published_at else {
        return view! { <p class="story__changed">"Not published yet"</p> }.into_any();
    };
    let last = story.published_at.filter(|last| *last > first);
    view! {
        <p class="story__changed"><bdi dir="ltr">
            "Published " {when::time(first, Show::Full)}
            // A correction that comes while the page is open fills it in.
            <span class="story__updated" hidden=last.is_none()>", updated " {when::time(last.unwrap_or(first), Show::Full)}</span>
        </bdi></p>
    }
    .into_any()
}
