//! The form that chooses what the inbox shows.

use super::asked::Asked;
use crate::routes;
use leptos::prelude::*;
use news::{Lang, Place, Section, Source};
use std::collections::BTreeSet;
use store::WireState;

/// A choice: its value, its name, and whether it is the chosen one.
type Choice = (String, String, bool);

pub(super) fn filters(asked: &Asked, sources: &[Source]) -> AnyView {
    let places = Place::ALL.iter().map(|place| {
        let chosen = asked.place == Some(*place);
        (place.slug().to_owned(), place.name().to_owned(), chosen)
    });
    let sections = Section::ALL.iter().map(|section| {
        let chosen = asked.section == Some(*section);
        (
            section.slug().to_owned(),
            section.title().to_owned(),
            chosen,
        )
    });
    let asked_lang = asked.lang.as_ref().map(Lang::to_string);
    let mut langs: BTreeSet<String> = sources.iter().map(|s| offered(&s.lang)).collect();
    langs.insert("en".into());
    langs.extend(asked_lang.clone());
    let langs = langs.into_iter().map(|lang| {
        let chosen = asked_lang.as_ref() == Some(&lang);
        (lang.clone(), lang, chosen)
    });
    let agencies = sources.iter().map(|source| {
        let chosen = asked
            .source
            .as_ref()
            .is_some_and(|(id, _)| *id == source.id);
        (source.slug.clone(), source.name.clone(), chosen)
    });
    let states = WireState::ALL.into_iter().skip(1).map(|state| {
        let chosen = asked.state == state;
        (state.slug().to_owned(), state.slug().to_owned(), chosen)
    });
    view! {
        <form class="wire__filters" method="get" action=routes::WIRE>
            {field("Place", "place", places.collect())}
            {field("Section", "section", sections.collect())}
            {field("Language", "lang", langs.collect())}
            {field("Source", "source", agencies.collect())}
            {field("State", "state", states.collect())}
            <label class="wire__tick"><input type="checkbox" name="new" value="1" checked=asked.only_new/>" Only new"</label>
            <button class="wire__button" type="submit">"Show"</button>
            <a href=routes::WIRE>"Show all"</a>
        </form>
    }
    .into_any()
}

fn field(label: &'static str, name: &'static str, choices: Vec<Choice>) -> AnyView {
    view! {
        <label class="field">{label}
            <select class="field__input" name=name>
                <option value="">"All"</option>
                {choices.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

/// A language without its region: readers of both have one choice. Chinese is one by its script.
fn offered(lang: &Lang) -> String {
    let plain = Lang::parse(lang.primary()).filter(|plain| plain.as_str() == lang.primary());
    plain.map_or_else(|| lang.to_string(), |plain| plain.to_string())
}

/// One of a list's choices.
pub(super) fn option((value, name, chosen): Choice) -> AnyView {
    view! { <option value=value selected=chosen>{name}</option> }.into_any()
}

/// The places' names, offered wherever one is typed.
pub(super) fn place_names() -> AnyView {
    let names = Place::ALL.map(|place| view! { <option value=place.name()></option> });
    view! { <datalist id="wire-places">{names.into_iter().collect_view()}</datalist> }.into_any()
}
