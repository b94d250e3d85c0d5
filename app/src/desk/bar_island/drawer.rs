//! The drawer: the facts around the words, and the way to withdraw.

use super::{Bar, Wish, act, breaking::breaking};
use crate::desk::facts::DeskFacts;
use leptos::{html, prelude::*};
use news::story::{LONGEST_NOTE, LONGEST_REASON};
use news::{Genre, Kind, Lang, Place, Region, Section};

pub(super) fn drawer(bar: Bar) -> impl IntoView {
    let ours = move || bar.is(|f| f.kind == Kind::Story);
    view! {
        <h2>"Story facts"</h2>
        <label class="field">"Section"
            <select class="field__input" name="section"
                prop:value=move || bar.of(|f| f.section.slug()).unwrap_or("politics")
                on:change=move |ev| change(bar, set_section, &event_target_value(&ev))>
                {Section::ALL.map(|s| view! { <option value=s.slug()>{s.title()}</option> }).collect_view()}
            </select>
        </label>
        <label class="field" hidden=move || !ours()>"Language"{languages(bar)}</label>
        <label class="field" hidden=move || !ours()>"Genre"
            <select class="field__input" name="genre"
                prop:value=move || bar.of(|f| f.genre.slug()).unwrap_or("news")
                on:change=move |ev| change(bar, set_genre, &event_target_value(&ev))>
                {Genre::ALL.map(|g| view! { <option value=g.slug()>{g.label()}</option> }).collect_view()}
            </select>
        </label>
        <label class="field" hidden=move || !ours()>"Slug"
            <input class="field__input" name="slug" prop:value=move || bar.of(|f| f.slug.clone()).flatten().unwrap_or_default()
                on:input=move |ev| change(bar, set_slug, &event_target_value(&ev))/>
            <span class="field__hint">"Empty: from the headline. An old address leads to the new one for ever."</span>
        </label>
        <label class="field" hidden=ours>"Note beside the agency's headline"
            <input class="field__input" name="note" maxlength=LONGEST_NOTE.to_string() prop:value=move || bar.of(|f| f.note.clone()).flatten().unwrap_or_default()
                on:input=move |ev| change(bar, set_note, &event_target_value(&ev))/>
        </label>
        {places(bar)}
        <p class="desk__keep"><button class="action action--solid" type="button" on:click=move |_| act(bar, Wish::Keep)>"Keep the facts"</button></p>
        {breaking(bar)}
        {withdrawal(bar)}
    }
}

/// Those we offer; what a feed or an import brought beside them stays until somebody chooses.
fn languages(bar: Bar) -> impl IntoView {
    let option = move |lang: Lang, name: String| {
        let (tag, value) = (lang.clone(), lang.to_string());
        let chosen = move || bar.is(|f| f.lang == tag);
        view! { <option value=value prop:selected=chosen>{name}</option> }
    };
    let other = move || {
        let lang = bar.of(|f| f.lang.clone())?;
        let offered = Lang::OFFERED.iter().any(|(tag, _)| *tag == lang.as_str());
        (!offered).then(|| option(lang.clone(), lang.to_string()))
    };
    let offered = Lang::OFFERED
        .iter()
        .filter_map(|(tag, name)| Some(option(Lang::parse(tag)?, (*name).to_owned())));
    view! {
        <select class="field__input" name="lang" on:change=move |ev| change(bar, set_lang, &event_target_value(&ev))>
            {offered.collect_view()}
            {other}
        </select>
    }
}

/// All 53 by region, those that match the filter; what is chosen is said above them.
fn places(bar: Bar) -> impl IntoView {
    let filter = RwSignal::new(String::new());
    let chosen = move || {
        let names = |f: &DeskFacts| {
            f.places
                .iter()
                .map(|place| place.name())
                .collect::<Vec<_>>()
        };
        let names = bar.of(names).unwrap_or_default();
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    };
    let toggle = move |place: Place| change(bar, toggle_place, place.code());
    // Enter takes the first that matches: a few letters and a key for each place.
    let first = move |ev: web_sys::KeyboardEvent| {
        let command = ev.ctrl_key() || ev.meta_key();
        if ev.key() != "Enter" || command || ev.is_composing() {
            return;
        }
        ev.prevent_default();
        let words = filter.get_untracked();
        let found = Place::ALL.into_iter().find(|place| matches(*place, &words));
        if let Some(place) = found.filter(|_| !words.trim().is_empty()) {
            toggle(place);
            filter.set(String::new());
        }
    };
    let group = move |region: Option<Region>| {
        let of = move || {
            Place::ALL
                .into_iter()
                .filter(move |place| place.region() == region)
        };
        let none = move || filter.with(|words| !of().any(|place| matches(place, words)));
        let place = move |place: Place| {
            view! {
                <label class="desk__place" hidden=move || filter.with(|words| !matches(place, words))>
                    <input type="checkbox" name="place" value=place.code()
                        prop:checked=move || bar.is(|f| f.places.contains(&place))
                        on:change=move |_| toggle(place)/>
                    {place.name()}
                </label>
            }
        };
        view! {
            <div class="desk__region" hidden=none>
                <h3>{region.map_or("Partly in Asia", Region::name)}</h3>
                {of().map(place).collect_view()}
            </div>
        }
    };
    let regions = Region::ALL.into_iter().map(Some).chain([None]);
    view! {
        <fieldset class="desk__places">
            <legend>"Places: "<span class="desk__chosen">{chosen}</span></legend>
            <input class="field__input" type="search" aria-label="Find a place" placeholder="Find a place" autocomplete="off"
                prop:value=filter on:input=move |ev| filter.set(event_target_value(&ev)) on:keydown=first/>
            {regions.map(group).collect_view()}
        </fieldset>
    }
}

/// By a part of the name, or by its code.
fn matches(place: Place, words: &str) -> bool {
    let words = words.trim().to_lowercase();
    place.name().to_lowercase().contains(&words) || place.code().eq_ignore_ascii_case(&words)
}

/// It can't be taken back: a second press says that it is meant.
fn withdrawal(bar: Bar) -> impl IntoView {
    let why = RwSignal::new(String::new());
    let sure = RwSignal::new(false);
    // Another story, or a closed drawer, asks anew; what others write in this one doesn't.
    let story = Memo::new(move |_| bar.of(|f| f.story));
    Effect::new(move || {
        story.track();
        bar.drawer.track();
        sure.set(false);
    });
    let around = NodeRef::<html::Div>::new();
    // What is asked must be read before it is answered.
    Effect::new(move || {
        if sure.get() {
            in_sight(around);
        }
    });
    let press = move |_| {
        let why = why.get_untracked();
        if why.trim().is_empty() || sure.get_untracked() {
            sure.set(false);
            act(bar, Wish::Withdraw(why));
        } else {
            sure.set(true);
        }
    };
    let label = move || {
        if sure.get() {
            "Yes, withdraw for ever"
        } else {
            "Withdraw for ever"
        }
    };
    view! {
        <div class="desk__withdraw" node_ref=around hidden=move || !bar.is(|f| f.may.withdraw)>
            <label class="field">"Withdraw: the reason, for readers"
                <input class="field__input" name="why" maxlength=LONGEST_REASON.to_string() prop:value=why
                    on:input=move |ev| { why.set(event_target_value(&ev)); sure.set(false); }/>
            </label>
            <p class="desk__sure" role="status">{move || sure.get().then_some("Readers will find the reason in its place, and it can't be taken back. Press once more.")}</p>
            <button class="action action--line" type="button" on:click=press>{label}</button>
        </div>
    }
}

#[cfg(not(feature = "hydrate"))]
fn in_sight(_: NodeRef<html::Div>) {}

/// Once it is drawn: the question makes it taller.
#[cfg(feature = "hydrate")]
fn in_sight(element: NodeRef<html::Div>) {
    request_animation_frame(move || {
        if let Some(element) = element.get_untracked() {
            element.scroll_into_view_with_bool(false);
        }
    });
}

/// A fact as somebody chose it. It is kept with the others.
fn change(bar: Bar, to: fn(&mut DeskFacts, &str), value: &str) {
    bar.refusal.set(String::new());
    bar.facts.update(|facts| {
        if let Some(facts) = facts {
            to(facts, value);
        }
    });
}

fn set_section(facts: &mut DeskFacts, slug: &str) {
    facts.section = Section::from_slug(slug).unwrap_or(facts.section);
}

fn set_lang(facts: &mut DeskFacts, tag: &str) {
    if let Some(lang) = Lang::parse(tag) {
        facts.lang = lang;
    }
}

fn set_genre(facts: &mut DeskFacts, slug: &str) {
    facts.genre = Genre::from_slug(slug).unwrap_or(facts.genre);
}

fn set_slug(facts: &mut DeskFacts, slug: &str) {
    facts.slug = Some(slug.to_owned()).filter(|slug| !slug.is_empty());
}

fn set_note(facts: &mut DeskFacts, note: &str) {
    facts.note = Some(note.to_owned()).filter(|note| !note.is_empty());
}

fn toggle_place(facts: &mut DeskFacts, code: &str) {
    let Some(place) = Place::from_code(code) else {
        return;
    };
    if facts.places.contains(&place) {
        facts.places.retain(|p| *p != place);
    } else {
        facts.places.push(place);
    }
}
