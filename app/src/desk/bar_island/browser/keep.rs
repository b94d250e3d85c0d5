//! Keeps the facts of the drawer.

use super::choices;
use crate::desk::{
    facts::DeskFacts,
    write::{self, ExcerptFacts, StoryFacts},
};
use crate::refused::Refused;
use gloo_net::http::Request;
use leptos::prelude::{document, window};
use news::Kind;
use web_sys::{DomParser, SupportedType};

pub(super) async fn keep(facts: DeskFacts) -> Result<(), Refused> {
    let kept = facts.clone();
    match facts.kind {
        Kind::Story => {
            let (story, rev, section, places) =
                (facts.story, facts.rev, facts.section, facts.places);
            let (lang, genre, slug) = (facts.lang, facts.genre, facts.slug);
            write::set_facts(StoryFacts {
                story,
                rev,
                section,
                places,
                lang,
                genre,
                slug,
            })
            .await?;
        }
        Kind::Excerpt => {
            let (story, rev, section, places) =
                (facts.story, facts.rev, facts.section, facts.places);
            write::place_excerpt(ExcerptFacts {
                story,
                rev,
                section,
                places,
                note: facts.note,
            })
            .await?;
        }
    }
    choices::know(Some(&kept));
    Ok(())
}

/// Shows the facts as they stand now around words that are being written: what the page says of section, genre,
/// places and language. Where it doesn't come, the page is loaded anew when editing ends.
pub(super) async fn redraw() {
    let read = async {
        let address = window().location().pathname().ok()?;
        let answer = Request::get(&address).send().await.ok()?;
        let html = answer.text().await.ok()?;
        let parser = DomParser::new().ok()?;
        parser
            .parse_from_string(&html, SupportedType::TextHtml)
            .ok()
    };
    let Some(fresh) = crate::in_time(read).await else {
        return;
    };
    let both = |what: &str| {
        let find = |page: &web_sys::Document| page.query_selector(what).ok().flatten();
        Some((find(&document())?, find(&fresh)?))
    };
    for (element, fresh) in ["html", "main .story"].into_iter().filter_map(both) {
        for name in ["lang", "dir"] {
            let value = fresh.get_attribute(name).unwrap_or_default();
            element.set_attribute(name, &value).ok();
        }
    }
    if let Some((kicker, fresh)) = both("main .story__kicker") {
        kicker.replace_with_with_node_1(&fresh).ok();
    }
}
