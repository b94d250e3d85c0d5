//! The terms of a source as a form, and what it would do to the excerpts of the last days before it is saved. One form
//! with two buttons: the one asks this page by GET and changes nothing, the other sends the same fields to be kept.

use crate::{
    desk::terms::{SetTerms, TermsForm},
    routes,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::params::ParamsMap;
use news::{
    Millis, Source,
    trial::{Effect, Filed, effect},
};
use store::{SourceHealth, SourceTerms};

/// How many excerpts are named as examples.
const EXAMPLES: usize = 5;

/// The form as it was sent to be tried; nothing where the page was only opened.
pub(super) fn tried(query: &ParamsMap) -> Option<TermsForm> {
    query.get("preview")?;
    let field = |name: &str| query.get(&format!("terms[{name}]"));
    let text = |name: &str| field(name).unwrap_or_default();
    Some(TermsForm {
        max_chars: text("max_chars"),
        max_words: text("max_words"),
        max_share: text("max_share"),
        delay_min: text("delay_min"),
        archive_days: text("archive_days"),
        contract_ends: text("contract_ends"),
        hosts: text("hosts"),
        photos: field("photos"),
        full_text: field("full_text"),
        canonical_ours: field("canonical_ours"),
        index: field("index"),
        attribution: text("attribution"),
        terms_url: text("terms_url"),
        owner: text("owner"),
        silent_after_h: text("silent_after_h"),
    })
}

/// What stands now, as the form shows it.
pub(super) fn standing(one: &SourceHealth) -> TermsForm {
    TermsForm::of(&SourceTerms {
        terms: one.source.terms.clone(),
        owner: one.owner.clone(),
        silent_after_h: one.silent_after_h,
    })
}

/// The form with these fields in it.
pub(super) fn form(source: &Source, fields: &TermsForm) -> AnyView {
    let number = |name: &'static str, label: &'static str, value: &str, hint: &'static str| {
        field(name, label, value, hint, "numeric")
    };
    let words = |name: &'static str, label: &'static str, value: &str, hint: &'static str| {
        field(name, label, value, hint, "text")
    };
    view! {
        <form class="sources__form" method="get" action=routes::source(&source.slug)>
            <input type="hidden" name="source" value=source.id.to_string()/>
            {number("max_chars", "Characters at most", &fields.max_chars, "")}
            {number("max_words", "Words at most", &fields.max_words, "Empty: not counted.")}
            {number("max_share", "Per cent of the given text at most", &fields.max_share, "Empty: not counted.")}
            {number("delay_min", "Delay in minutes", &fields.delay_min, "Counted from the agency's own publication.")}
            {number("archive_days", "Days an excerpt may stand", &fields.archive_days, "Empty: for ever.")}
            {words("contract_ends", "The agreement ends on", &fields.contract_ends, "A day such as 2027-03-31, UTC. What stands is withdrawn then. Empty: it doesn't end.")}
            {words("hosts", "More domains of its own", &fields.hosts, "An item that leads elsewhere is not taken.")}
            {words("attribution", "A line the licence asks for", &fields.attribution, "")}
            {words("terms_url", "Where the terms stand", &fields.terms_url, "")}
            {words("owner", "Owner", &fields.owner, "Several sources of one owner are one voice. Empty: it is its own.")}
            {number("silent_after_h", "An alarm after so many hours of silence", &fields.silent_after_h, "")}
            {tick("photos", "Photos may be shown", fields.photos.is_some())}
            {tick("full_text", "The full text may be kept in the record", fields.full_text.is_some())}
            {tick("canonical_ours", "Readers should find our address first", fields.canonical_ours.is_some())}
            {tick("index", "Search engines may index our page", fields.index.is_some())}
            <div class="sources__buttons">
                <button class="action action--line" type="submit" name="preview" value="1">"Preview"</button>
                <button class="action action--solid" type="submit" formmethod="post" formaction=SetTerms::PATH>"Save"</button>
            </div>
        </form>
    }
    .into_any()
}

fn field(
    name: &'static str,
    label: &'static str,
    value: &str,
    hint: &'static str,
    mode: &'static str,
) -> AnyView {
    let hint = (!hint.is_empty()).then(|| view! { <span class="field__hint">{hint}</span> });
    view! {
        <label class="field">{label}
            <input class="field__input" type="text" name=format!("terms[{name}]") value=value.to_owned() inputmode=mode autocomplete="off"/>
            {hint}
        </label>
    }
    .into_any()
}

fn tick(name: &'static str, label: &'static str, set: bool) -> AnyView {
    view! { <label class="sources__tick"><input type="checkbox" name=format!("terms[{name}]") checked=set/>{label}</label> }
        .into_any()
}

/// What the tried terms would do to the excerpts of the last seven days, or why they can't be so.
pub(super) fn trial(source: &Source, form: &TermsForm, of_late: &[Filed], now: Millis) -> AnyView {
    let said = match form.read() {
        Ok(said) => said,
        Err(why) => {
            return view! { <p class="sources__trial sources__trial--no" role="alert">{why.to_string()}</p> }
                .into_any();
        }
    };
    let effects: Vec<(&Filed, Effect)> = of_late
        .iter()
        .map(|filed| (filed, effect(source, &said.terms, filed, now)))
        .collect();
    let count = |is: fn(&Effect) -> bool| effects.iter().filter(|(_, effect)| is(effect)).count();
    let examples = effects.iter().filter(|(_, effect)| effect.is_any());
    let examples = examples.take(EXAMPLES).map(
        |(filed, effect)| view! { <li><bdi>{filed.headline.clone()}</bdi>": "{sentence(*effect)}</li> },
    );
    view! {
        <div class="sources__trial" role="status">
            <p>"Nothing is changed yet. Of the "<b>{of_late.len()}</b>" excerpts of the last seven days "
                <b>{count(|e| e.shorter.is_some())}</b>" would be cut shorter, "
                <b>{count(|e| e.refused)}</b>" refused, "
                <b>{count(|e| e.withdrawn)}</b>" withdrawn, "
                <b>{count(|e| e.later_min > 0)}</b>" delayed."</p>
            <ul>{examples.collect_view()}</ul>
        </div>
    }
    .into_any()
}

fn sentence(effect: Effect) -> String {
    let mut parts: Vec<String> = vec![];
    if effect.withdrawn {
        parts.push("withdrawn".into());
    }
    if effect.refused {
        parts.push("refused, it leads to a domain that isn't its own".into());
    }
    if let Some((from, to)) = effect.shorter {
        parts.push(format!("{to} characters instead of {from}"));
    }
    if effect.later_min > 0 {
        parts.push(format!("{} minutes later", effect.later_min));
    }
    parts.join(", ")
}
