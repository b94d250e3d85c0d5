//! The rules that there are, in their order.

use super::write::{MoveRule, RemoveRule, SwitchRule};
use crate::{
    routes,
    when::{self, Show},
};
use leptos::{prelude::*, server_fn::ServerFn};
use news::{Id, Rule, Source};
use store::KeptRule;

/// All of them, each with what can be done with it.
pub(super) fn list(kept: &[KeptRule], sources: &[Source]) -> AnyView {
    if kept.is_empty() {
        return view! { <p>"There is no rule yet."</p> }.into_any();
    }
    let rows: Vec<_> = kept.iter().map(|kept| row(kept, sources)).collect();
    view! { <ol class="rules__list">{rows}</ol> }.into_any()
}

fn row(kept: &KeptRule, sources: &[Source]) -> AnyView {
    let id = kept.rule.id;
    let change = format!("{}?change={id}", routes::RULES);
    let switch = if kept.on { "Switch off" } else { "Switch on" };
    view! {
        <li class="rules__row">
            <p><b dir="auto">{kept.rule.name.clone()}</b>{(!kept.on).then_some(" (off)")}": "<bdi>{said(&kept.rule, sources)}</bdi></p>
            <p class="field__hint">{kept.who.clone()}" "{when::time(kept.at, Show::Full)}</p>
            <div class="rules__do">
                <a class="action action--line" href=change>"Change"</a>
                <form method="post" action=SwitchRule::PATH>
                    <input type="hidden" name="rule" value=id.to_string()/>
                    <button class="action action--line" type="submit">{switch}</button>
                </form>
                {moves(id, "earlier", "Move up")}
                {moves(id, "later", "Move down")}
                {remove(id)}
            </div>
        </li>
    }
    .into_any()
}

fn moves(id: Id, to: &'static str, label: &'static str) -> AnyView {
    view! {
        <form method="post" action=MoveRule::PATH>
            <input type="hidden" name="rule" value=id.to_string()/>
            <input type="hidden" name="to" value=to/>
            <button class="action action--line" type="submit">{label}</button>
        </form>
    }
    .into_any()
}

/// A rule that is gone comes back only by being written anew: the form opens first, and asks.
fn remove(id: Id) -> AnyView {
    view! {
        <details>
            <summary class="action action--line">"Remove"</summary>
            <form method="post" action=RemoveRule::PATH>
                <input type="hidden" name="rule" value=id.to_string()/>
                <label class="wire__tick"><input type="checkbox" name="sure" value="true" required/>"What it placed stays. It can't be brought back."</label>
                <button class="action action--line" type="submit">"Remove this rule"</button>
            </form>
        </details>
    }
    .into_any()
}

/// The rule in one line: "AP, ja, about Japan, says 港 or harbour → Business, + Taiwan".
pub(super) fn said(rule: &Rule, sources: &[Source]) -> String {
    let (when, then) = (&rule.when, &rule.then);
    let mut parts = vec![];
    if let Some(id) = when.source {
        let named = sources.iter().find(|source| source.id == id);
        parts.push(named.map_or_else(|| id.to_string(), |source| source.name.clone()));
    }
    parts.extend(when.lang.as_ref().map(ToString::to_string));
    parts.extend(when.place.map(|place| format!("about {}", place.name())));
    parts.extend(
        when.category
            .as_ref()
            .map(|category| format!("category {category}")),
    );
    if !when.words.is_empty() {
        parts.push(format!("says {}", when.words.join(" or ")));
    }
    let mut does = vec![];
    does.extend(then.section.map(|section| section.title().to_owned()));
    does.extend(
        then.places
            .iter()
            .map(|place| format!("+ {}", place.name())),
    );
    does.extend(then.hold.then(|| "held".to_owned()));
    does.extend(then.refuse.as_ref().map(|why| format!("refused: {why}")));
    format!("{} → {}", parts.join(", "), does.join(", "))
}
