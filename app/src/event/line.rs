//! "5 sources: Kyodo, AP, VNA and 2 more": who tells an event, and the way to all they tell.

use crate::site::Site;
use leptos::prelude::*;
use news::EventLine;

/// Names that a line tells.
const NAMED: usize = 3;

/// Under the one card of an event in a list. Nothing where it has none.
pub(crate) fn line(event: Option<&EventLine>) -> Option<AnyView> {
    let event = event?;
    let view = view! {
        <p class="event__line" lang="en" dir="ltr">
            <a href=event.address.to_string()>{how_many(event)}</a>
            {named(&event.sources)}
        </p>
    };
    Some(view.into_any())
}

/// In a dense list: how many tell it, and no more.
pub(crate) fn short(event: Option<&EventLine>) -> Option<AnyView> {
    let event = event?;
    let view = view! {
        <a class="event__short" lang="en" dir="ltr" href=event.address.to_string()>{how_many(event)}</a>
    };
    Some(view.into_any())
}

/// At the head of what stands beside a story: others tell it, too.
pub(crate) fn beside(event: Option<&EventLine>) -> Option<AnyView> {
    let event = event?;
    let view = view! {
        <section class="event__beside" aria-labelledby="event">
            <h2 class="story__head" id="event"><a href=event.address.to_string()>"Who tells this"</a></h2>
            <p class="event__line">
                <a href=event.address.to_string()>{how_many(event)}</a>
                {named(&event.sources)}
            </p>
        </section>
    };
    Some(view.into_any())
}

/// "5 sources"; "3 reports" where one alone tells.
pub(super) fn how_many(event: &EventLine) -> String {
    match event.sources.len() {
        0 | 1 if event.tellings == 1 => "1 report".into(),
        0 | 1 => format!("{} reports", event.tellings),
        sources => format!("{sources} sources"),
    }
}

/// Their names, the first first; ours is the site's.
pub(super) fn named(sources: &[String]) -> AnyView {
    let names = sources.iter().take(NAMED).enumerate();
    let names = names.map(|(n, name)| {
        let before = if n == 0 { ": " } else { ", " };
        view! { {before}<bdi>{name_of(name)}</bdi> }
    });
    let rest = sources.len().saturating_sub(NAMED);
    let rest = (rest > 0).then(|| format!(" and {rest} more"));
    view! { {names.collect_view()}{rest} }.into_any()
}

/// Who tells; the empty name is our newsroom's.
pub(super) fn name_of(source: &str) -> String {
    if source.is_empty() {
        Site::get().name.clone()
    } else {
        source.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use news::{EventAddress, Id};

    fn html(sources: &[&str], tellings: u32) -> String {
        let event = EventLine {
            address: EventAddress {
                slug: None,
                id: Id(7),
            },
            sources: sources.iter().map(|&name| name.into()).collect(),
            tellings,
        };
        let owner = Owner::new();
        owner.with(|| {
            line(Some(&event))
                .map(|view| view.to_html())
                .unwrap_or_default()
        })
    }

    #[test]
    fn a_line_says_who_tells() {
        let check = |sources: &[&str], tellings, wanted: &[&str]| {
            let html = html(sources, tellings);
            for words in wanted {
                assert!(html.contains(words), "{words}: {html}");
            }
        };
        check(
            &["Kyodo", "AP"],
            3,
            &["2 sources", "Kyodo", "AP", "href=\"/event/"],
        );
        check(&["A", "B", "C", "D", "E"], 5, &["5 sources", " and 2 more"]);
        check(&["AP"], 3, &["3 reports"]);
        check(&["AP"], 1, &["1 report<"]);
    }
}
