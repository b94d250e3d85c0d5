//! What stands around a story: others about its places or in its section.

use crate::{
    event::line,
    front::card::{Size, card, plain},
    routes,
};
use leptos::prelude::*;
use news::{EventLine, Section, Teaser};

/// Stories in the row below the text: a whole row, or none.
const ROW: usize = 3;

/// Beside the text: four, and those that don't make a row; below it: a row of ours from the same section.
pub(super) fn split(around: &[Teaser], section: Section) -> (Vec<Teaser>, Vec<Teaser>) {
    let (beside, rest) = around.split_at(around.len().min(4));
    let of_section = |t: &&Teaser| matches!(t, Teaser::Story(_)) && t.section() == section;
    let more: Vec<Teaser> = rest.iter().filter(of_section).take(ROW).cloned().collect();
    if more.len() == ROW {
        (beside.to_vec(), more)
    } else {
        ([beside, &more].concat(), vec![])
    }
}

/// The column beside the text: one picture at its head, where one of its stories has one, then words.
pub(super) fn beside(event: Option<&EventLine>, teasers: &[Teaser]) -> Option<AnyView> {
    let first = teasers.iter().find(|t| t.is_pictured()).map(Teaser::id);
    let (head, rest): (Vec<&Teaser>, Vec<&Teaser>) =
        teasers.iter().partition(|t| Some(t.id()) == first);
    (!teasers.is_empty() || event.is_some()).then(|| {
        view! {
            <aside class="story__side" lang="en" dir="ltr">
                {line::beside(event)}
                {(!teasers.is_empty()).then(|| view! {
                    <section aria-labelledby="also">
                        <h2 class="story__head" id="also">"Read next"</h2>
                        {head.into_iter().map(|t| card(t, Size::River)).collect_view()}
                        {rest.into_iter().map(plain).collect_view()}
                    </section>
                })}
            </aside>
        }
        .into_any()
    })
}

/// The row below it.
pub(super) fn below(teasers: &[Teaser], section: Section) -> Option<AnyView> {
    (!teasers.is_empty()).then(|| {
        view! {
            <section class="story__next grid grid--ruled grid--quarters" aria-labelledby="next" lang="en" dir="ltr">
                <header class="front__head" data-section=crate::masthead::own_colour(section)>
                    <h2 class="front__title" id="next"><a href=routes::section(section)>"More in " {section.title()}</a></h2>
                </header>
                {teasers.iter().map(|t| view! { <div>{card(t, Size::Second)}</div> }).collect_view()}
            </section>
        }
        .into_any()
    })
}
