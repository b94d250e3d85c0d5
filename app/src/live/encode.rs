//! Events of open pages, drawn by the same code that draws the pages.

use crate::{
    front::card::{Size, card},
    story::{changed_blocks, headline, standfirst},
    when,
};
use leptos::prelude::*;
use news::{Document, Millis, Teaser};
use serde_json::{Value, json};

/// The event `blocks`: what changed between two published versions. Only changed blocks travel, with the order of all.
#[must_use]
pub fn blocks(
    version: u64,
    before: Option<(&Document, &[String])>,
    after: (&Document, &[String]),
    updated: Millis,
) -> Value {
    let (order, changed) = changed_blocks(before, after);
    let changed: Vec<Value> = changed
        .into_iter()
        .map(|(id, html)| json!({ "id": id, "html": html }))
        .collect();
    json!({
        "version": version,
        "order": order,
        "blocks": changed,
        "headline": headline(after.0),
        "standfirst": standfirst(after.0),
        "updated": when::iso(updated),
    })
}

/// The event `card`: a story as a list shows it.
#[must_use]
pub fn card_html(teaser: &Teaser) -> String {
    let owner = Owner::new();
    owner.with(|| card(teaser, Size::River).to_html())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::fixture::a_card;

    #[test]
    fn a_card_is_whole() {
        let html = card_html(&Teaser::Story(a_card(0)));
        assert!(
            html.contains("href=\"/story/kaohsiung-sells-its-empty-hours-"),
            "{html}"
        );
        assert!(html.contains("lang=\"en\""), "{html}");
    }
}
