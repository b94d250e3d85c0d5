//! Keeps the facts of the drawer.

use super::choices;
use crate::desk::{
    facts::DeskFacts,
    write::{self, ExcerptFacts, StoryFacts},
};
use crate::refused::Refused;
use news::Kind;

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
