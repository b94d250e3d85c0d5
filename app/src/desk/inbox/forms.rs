//! What may be done with a row in place: plain forms, whose answer leads back to the page they were sent from.

use super::{
    arrange::{
        FreeFromWire, PlaceFromWire, PutRowsTogether, SetBreakingFromWire, WithdrawFromWire,
    },
    filters::option,
};
use crate::{desk::arrange::TakeApart, viewer::Viewer};
use leptos::{prelude::*, server_fn::ServerFn};
use news::{Act, Id, Kind, Millis, Section, breaking::LASTS, story::LONGEST_REASON};
use store::{Arrived, Standing};

/// The form that the rows' ticks belong to.
const TOGETHER: &str = "wire-together";
/// How many places may be given; an excerpt that has more keeps its fields for them.
const PLACES: usize = 3;

/// The button that puts the ticked rows together.
pub(super) fn together() -> AnyView {
    view! {
        <form class="wire__together" id=TOGETHER method="post" action=PutRowsTogether::PATH>
            <button class="wire__button" type="submit">"Put the ticked together"</button>
        </form>
    }
    .into_any()
}

/// A row's tick.
pub(super) fn tick(told: &Arrived) -> AnyView {
    view! {
        <label class="wire__tick">
            <input type="checkbox" form=TOGETHER name="stories[]" value=told.address.id.to_string()/>
            <span class="unseen">"Together with the others: "{told.headline.clone()}</span>
        </label>
    }
    .into_any()
}

/// Everything the viewer may do with it. What readers don't have can be placed where it waits for that, and no more.
pub(super) fn all(
    told: &Arrived,
    standing: &Standing,
    is_of_event: bool,
    viewer: &Viewer,
) -> Option<AnyView> {
    let shown = *standing == Standing::Shown;
    let held = matches!(standing, Standing::Held(_));
    if !shown && !held && *standing != Standing::ToPlace {
        return None;
    }
    let is_excerpt = told.kind == Kind::Excerpt;
    let may_place = viewer.may(Act::PlaceExcerpt);
    let forms: Vec<AnyView> = [
        (held && may_place).then(|| free(FreeFromWire::PATH, "story", told.address.id, "it")),
        (is_excerpt && may_place).then(|| place(told)),
        (shown && is_of_event && viewer.may(Act::ArrangeEvent)).then(|| take_apart(told)),
        (shown && viewer.may(Act::MarkBreaking)).then(|| breaking(told)),
        (shown && viewer.may(Act::Withdraw)).then(|| withdraw(told)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if forms.is_empty() {
        return None;
    }
    let view = view! {
        <details class="wire__do">
            <summary>"Arrange"</summary>
            {forms}
        </details>
    };
    Some(view.into_any())
}

/// Lets out what is held, or refuses it: an item, or all that a feed brought.
pub(crate) fn free(path: &'static str, name: &'static str, id: Id, what: &str) -> AnyView {
    view! {
        <form class="wire__form" method="post" action=path>
            <input type="hidden" name=name value=id.to_string()/>
            <button class="wire__button" type="submit" name="word" value="out">{format!("Let {what} out")}</button>
        </form>
        <form class="wire__form" method="post" action=path>
            <input type="hidden" name=name value=id.to_string()/>
            <input class="field__input" type="text" name="why" required maxlength=LONGEST_REASON.to_string()
                autocomplete="off" aria-label="Why it is refused" placeholder="Why"/>
            <button class="wire__button" type="submit" name="word" value="refuse">{format!("Refuse {what}")}</button>
        </form>
    }
    .into_any()
}

fn place(told: &Arrived) -> AnyView {
    let sections = Section::ALL.iter().map(|section| {
        let chosen = told.section == *section;
        option((
            section.slug().to_owned(),
            section.title().to_owned(),
            chosen,
        ))
    });
    let fields = told.places.len().max(PLACES);
    let places = (0..fields).map(|at| {
        let name = told.places.get(at).map(|place| place.name());
        view! {
            <input class="field__input" type="text" name="places[]" list="wire-places" autocomplete="off"
                aria-label=format!("Place {}", at + 1) value=name/>
        }
    });
    view! {
        <form class="wire__form" method="post" action=PlaceFromWire::PATH>
            <input type="hidden" name="story" value=told.address.id.to_string()/>
            <input type="hidden" name="rev" value=told.rev.to_string()/>
            <input type="hidden" name="note" value=told.note.clone().unwrap_or_default()/>
            <select class="field__input" name="section" aria-label="Section">{sections.collect_view()}</select>
            {places.collect_view()}
            <button class="wire__button" type="submit">"Place"</button>
        </form>
    }
    .into_any()
}

fn take_apart(told: &Arrived) -> AnyView {
    view! {
        <form class="wire__form" method="post" action=TakeApart::PATH>
            <input type="hidden" name="story" value=told.address.id.to_string()/>
            <button class="wire__button" type="submit">"Not this event"</button>
        </form>
    }
    .into_any()
}

/// Breaking for as long as it lasts by default, or over.
fn breaking(told: &Arrived) -> AnyView {
    let (hours, words) = match told.breaking_until {
        Some(_) => (None, "Breaking is over"),
        None => (Some(LASTS / Millis::HOUR), "Mark as breaking"),
    };
    view! {
        <form class="wire__form" method="post" action=SetBreakingFromWire::PATH>
            <input type="hidden" name="story" value=told.address.id.to_string()/>
            {hours.map(|hours| view! { <input type="hidden" name="hours" value=hours.to_string()/> })}
            <button class="wire__button" type="submit">{words}</button>
        </form>
    }
    .into_any()
}

fn withdraw(told: &Arrived) -> AnyView {
    view! {
        <form class="wire__form" method="post" action=WithdrawFromWire::PATH>
            <input type="hidden" name="story" value=told.address.id.to_string()/>
            <input class="field__input" type="text" name="why" required maxlength=LONGEST_REASON.to_string()
                autocomplete="off" aria-label="Why it is withdrawn" placeholder="Why, for readers"/>
            <button class="wire__button" type="submit">"Withdraw"</button>
        </form>
    }
    .into_any()
}
