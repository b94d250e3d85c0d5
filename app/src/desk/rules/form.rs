//! The fields of a rule, as they are typed and as they are read.

use crate::routes;
use leptos::prelude::*;
use news::rule::{Conditions, Effects};
use news::{Id, Lang, Place, Refusal, Rule, Section, Source};

/// What stands in the form, as it was typed: it is shown again whatever is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    id: String,
    name: String,
    source: String,
    lang: String,
    place: String,
    category: String,
    words: String,
    section: String,
    places: String,
    hold: String,
    refuse: String,
}

impl Fields {
    /// As a query says them.
    pub(super) fn asked(get: impl Fn(&str) -> String) -> Self {
        Self {
            id: get("id"),
            name: get("name"),
            source: get("source"),
            lang: get("lang"),
            place: get("place"),
            category: get("category"),
            words: get("words"),
            section: get("section"),
            places: get("places"),
            hold: get("hold"),
            refuse: get("refuse"),
        }
    }

    /// As a rule says them.
    pub(super) fn of(rule: &Rule) -> Self {
        let (when, then) = (&rule.when, &rule.then);
        let places: Vec<_> = then.places.iter().map(|place| place.name()).collect();
        Self {
            id: rule.id.to_string(),
            name: rule.name.clone(),
            source: when.source.map(|id| id.to_string()).unwrap_or_default(),
            lang: when.lang.as_ref().map(Lang::to_string).unwrap_or_default(),
            place: when
                .place
                .map(|place| place.code().to_owned())
                .unwrap_or_default(),
            category: when.category.clone().unwrap_or_default(),
            words: when.words.join(", "),
            section: then
                .section
                .map(|section| section.slug().to_owned())
                .unwrap_or_default(),
            places: places.join(", "),
            hold: if then.hold { "1".into() } else { String::new() },
            refuse: then.refuse.clone().unwrap_or_default(),
        }
    }

    pub(super) const fn is_new(&self) -> bool {
        self.id.is_empty()
    }

    /// The rule, or the sentence that says what it lacks. One that is new has no number yet: 0.
    pub(super) fn rule(&self) -> Result<Rule, Refusal> {
        let rule = Rule {
            id: read(&self.id, "rule", |id| id.parse().ok())?.unwrap_or(Id(0)),
            name: self.name.clone(),
            when: Conditions {
                source: read(&self.source, "source", |id| id.parse().ok())?,
                lang: read(&self.lang, "language", Lang::parse)?,
                place: read(&self.place, "place", named)?,
                category: Some(self.category.clone()),
                words: parts(&self.words).map(str::to_owned).collect(),
            },
            then: Effects {
                section: read(&self.section, "section", Section::from_slug)?,
                places: parts(&self.places)
                    .map(|place| named(place).ok_or_else(|| unknown(place, "place")))
                    .collect::<Result<_, _>>()?,
                hold: !self.hold.is_empty(),
                refuse: Some(self.refuse.clone()),
            },
        };
        rule.checked()
    }
}

/// Nothing, where nothing was typed.
fn read<T>(
    typed: &str,
    what: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let found = parse(typed).ok_or_else(|| unknown(typed, what))?;
    Ok(Some(found))
}

fn unknown(typed: &str, what: &str) -> Refusal {
    let typed: String = typed.chars().take(60).collect();
    Refusal::Invalid(format!("“{typed}” is no {what} that we know."))
}

/// What commas of any script and line ends part.
fn parts(typed: &str) -> impl Iterator<Item = &str> {
    typed
        .split([',', ';', '\n', '、', '，', '،', '；'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A place by its code, its name, or what stands for it in addresses.
fn named(typed: &str) -> Option<Place> {
    let small = typed.to_lowercase();
    Place::from_code(&typed.to_uppercase())
        .or_else(|| Place::from_slug(&small))
        .or_else(|| Place::from_alias(&small))
        .or_else(|| {
            Place::ALL
                .into_iter()
                .find(|place| place.name().to_lowercase() == small)
        })
}

/// The form; it asks for the trial.
pub(super) fn form(fields: &Fields, sources: &[Source]) -> AnyView {
    let sources = sources
        .iter()
        .map(|source| (source.id.to_string(), source.name.clone()));
    let places = Place::ALL
        .into_iter()
        .map(|place| (place.code().into(), place.name().into()));
    let sections = Section::ALL
        .into_iter()
        .map(|section| (section.slug().into(), section.title().into()));
    let is_new = fields.is_new();
    view! {
        <form class="rules__form" method="get" action=routes::RULES>
            <input type="hidden" name="test" value="1"/>
            {(!is_new).then(|| view! { <input type="hidden" name="id" value=fields.id.clone()/> })}
            {typed("Name", "name", &fields.name, "It stands in the reason of whatever the rule places.")}
            <fieldset class="rules__part">
                <legend>"When all of this is so"</legend>
                {chosen("Source", "source", &fields.source, sources)}
                {typed("Language", "lang", &fields.lang, "A tag: ja, zh-Hant, ar.")}
                {chosen("About", "place", &fields.place, places.collect::<Vec<_>>().into_iter())}
                {typed("Category of the feed", "category", &fields.category, "As the feed spells it.")}
                <label class="field">
                    "One of these words"
                    <textarea class="field__input" name="words" rows="3" dir="auto">{fields.words.clone()}</textarea>
                    <span class="field__hint">"With commas between them, twenty at most; in the headline or in the excerpt."</span>
                </label>
            </fieldset>
            <fieldset class="rules__part">
                <legend>"Do this"</legend>
                {chosen("Section", "section", &fields.section, sections.collect::<Vec<_>>().into_iter())}
                {typed("Places added", "places", &fields.places, "Names or codes with commas, three at most.")}
                <label class="wire__tick"><input type="checkbox" name="hold" value="1" checked=!fields.hold.is_empty()/>"Hold it: readers get it once the desk lets it out of the inbox"</label>
                {typed("Refuse, because", "refuse", &fields.refuse, "The reason is kept with the item. What stands already goes on being corrected.")}
            </fieldset>
            <button class="action action--solid" type="submit">"Test on the last 7 days"</button>
        </form>
    }
    .into_any()
}

fn typed(label: &'static str, name: &'static str, value: &str, hint: &'static str) -> AnyView {
    view! {
        <label class="field">
            {label}
            <input class="field__input" type="text" name=name value=value.to_owned() dir="auto" autocomplete="off"/>
            <span class="field__hint">{hint}</span>
        </label>
    }
    .into_any()
}

fn chosen(
    label: &'static str,
    name: &'static str,
    value: &str,
    choices: impl Iterator<Item = (String, String)>,
) -> AnyView {
    let choices = choices.map(|(id, words)| {
        let selected = id == value;
        view! { <option value=id selected=selected>{words}</option> }
    });
    let choices: Vec<_> = choices.collect();
    view! {
        <label class="field">
            {label}
            <select class="field__input" name=name><option value="">"–"</option>{choices}</select>
        </label>
    }
    .into_any()
}
