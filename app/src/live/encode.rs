//! Events of open pages, drawn by the same code that draws the pages.

use crate::{
    breaking::line,
    front::card::{Size, card},
    story::{self, changed_blocks, headline, standfirst},
    when,
};
use leptos::prelude::*;
use news::{Document, Story, Teaser};
use serde_json::{Value, json};

/// The event `blocks`: what changed between two published versions, `story` being the later one, its blocks named by
/// `ids`. Only changed blocks travel, with the order of all; the head's words travel whole.
#[must_use]
pub fn blocks(before: Option<(&Document, &[String])>, story: &Story, ids: &[String]) -> Value {
    let (order, changed) = changed_blocks(before, (&story.document, ids));
    let head = story::head(story, 0);
    let changed: Vec<Value> = changed
        .into_iter()
        .map(|(id, html)| json!({ "id": id, "html": html }))
        .collect();
    json!({
        "version": story.version,
        "order": order,
        "blocks": changed,
        "headline": headline(&story.document),
        "standfirst": standfirst(&story.document),
        "title": head.full_title(),
        "description": head.description(),
        "updated": when::iso(story.updated_at),
    })
}

/// The event `card`: a story as a list shows it.
#[must_use]
pub fn card_html(teaser: &Teaser) -> String {
    let owner = Owner::new();
    owner.with(|| card(teaser, Size::River).to_html())
}

/// The event `breaking`: something that breaks from now on, as the bar shows it, and in one sentence for who listens.
#[must_use]
pub fn breaking(teaser: &Teaser) -> Value {
    let owner = Owner::new();
    let html = owner.with(|| line(teaser).to_html());
    let headline = match teaser {
        Teaser::Story(card) => &card.headline,
        Teaser::Excerpt(card) => &card.headline,
    };
    json!({ "id": teaser.id(), "html": html, "words": headline })
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
