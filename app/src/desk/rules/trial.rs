//! What a rule would have done with the excerpts of the last days. Nothing is changed by looking.

use super::{list::said, write::SaveRule};
use leptos::{prelude::*, server_fn::ServerFn};
use news::rule::Piece;
use news::{Rule, Rules, Section, Source};
use std::collections::BTreeMap;
use store::{Became, RecentExcerpt};

/// Examples that are shown.
const EXAMPLES: usize = 20;

/// The outcome: how many were looked at, and what would become of those that fit.
#[derive(Default)]
pub(super) struct Trial {
    looked: usize,
    fits: usize,
    /// By source and section before, and what would become of it.
    moved: BTreeMap<(String, Section, After), usize>,
    examples: Vec<(RecentExcerpt, After)>,
}

/// What would become of an item.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum After {
    /// Readers get it here.
    Stands(Section),
    /// It would wait for the desk.
    Held,
    /// It wouldn't be taken.
    Refused,
}

/// Tries one rule by itself.
pub(super) fn try_on(rule: Rule, recent: &[RecentExcerpt]) -> Trial {
    let rules = Rules::new([rule]);
    let mut trial = Trial {
        looked: recent.len(),
        ..Trial::default()
    };
    for excerpt in recent {
        let about = (excerpt.source.0, &excerpt.lang, &*excerpt.places);
        let topics = excerpt.topics.iter().map(String::as_str);
        let text = [&excerpt.headline].into_iter().chain(&excerpt.words);
        let Some(verdict) = rules.of(&Piece::new(about, topics, text.map(String::as_str))) else {
            continue;
        };
        let section = verdict.section.filter(|_| !excerpt.by_editor);
        let after = match (&verdict.refuse, &verdict.hold) {
            (Some(_), _) => After::Refused,
            (None, Some(_)) => After::Held,
            (None, None) => After::Stands(section.unwrap_or(excerpt.section)),
        };
        trial.fits += 1;
        let key = (excerpt.source.1.clone(), excerpt.section, after);
        *trial.moved.entry(key).or_default() += 1;
        if trial.examples.len() < EXAMPLES {
            trial.examples.push((excerpt.clone(), after));
        }
    }
    trial
}

/// The outcome, and the one form that saves the rule.
pub(super) fn seen(trial: &Trial, rule: &Rule, sources: &[Source]) -> AnyView {
    let Ok(carried) = serde_json::to_string(rule) else {
        return ().into_any();
    };
    let rows = trial.moved.iter().map(|((source, before, after), count)| {
        view! { <tr><td><bdi>{source.clone()}</bdi></td><td>{before.title()}</td><td>{becomes(*after)}</td><td>{*count}</td></tr> }
    });
    let rows: Vec<_> = rows.collect();
    let examples = trial.examples.iter().map(|(excerpt, after)| {
        let lang = excerpt.lang.clone();
        let stays = excerpt.by_editor.then_some(" (placed by an editor)");
        // What readers don't have has no page here.
        let shown = excerpt.address.as_ref().filter(|_| excerpt.became == Became::Shown);
        let headline = match shown {
            Some(address) => view! {
                <a class="page__link" href=address.to_string() lang=lang.to_string() dir=lang.dir().as_str()>{excerpt.headline.clone()}</a>
            }
            .into_any(),
            None => view! { <bdi lang=lang.to_string() dir=lang.dir().as_str()>{excerpt.headline.clone()}</bdi> }.into_any(),
        };
        view! {
            <li>
                {headline}{became(excerpt.became)}
                ": "{excerpt.section.title()}" → "{becomes(*after)}{stays}
            </li>
        }
    });
    let examples: Vec<_> = examples.collect();
    let none = examples.is_empty();
    view! {
        <section class="rules__trial">
            <h2 class="page__sub">"Tested: "<bdi>{rule.name.clone()}</bdi></h2>
            <p><bdi>{said(rule, sources)}</bdi></p>
            <p role="status"><b>{format!("{} of {} items", trial.fits, trial.looked)}</b>
                " of the last 7 days fit, by this rule alone, those among them that wait, were refused or withdrawn. Categories are compared
                with the topics that were kept; of what was refused or withdrawn only the headline was. Nothing was changed."</p>
            {(!none).then(|| view! {
                <table class="rules__table">
                    <thead><tr><th>"Source"</th><th>"Stood in"</th><th>"Would stand in"</th><th>"Items"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <ul>{examples}</ul>
            })}
            <form method="post" action=SaveRule::PATH>
                <input type="hidden" name="rule" value=carried/>
                <button class="action action--solid" type="submit">"Save this rule"</button>
            </form>
        </section>
    }
    .into_any()
}

fn becomes(after: After) -> &'static str {
    match after {
        After::Stands(section) => section.title(),
        After::Held => "held",
        After::Refused => "refused",
    }
}

const fn became(became: Became) -> &'static str {
    match became {
        Became::Shown => "",
        Became::Waits => " (waits)",
        Became::Withdrawn => " (withdrawn)",
        Became::Refused => " (refused)",
    }
}
