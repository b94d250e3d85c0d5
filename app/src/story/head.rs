//! The head of a story's page.

use super::json_ld;
use crate::{head::Head, when};
use news::{
    PubStatus, Section, Story,
    story::{Excerpt, Topic},
};

/// One of ours. What isn't published is for no search engine.
pub(crate) fn of_story(story: &Story, seq: u64) -> Head {
    let (headline, standfirst) = (story.document.headline(), story.document.standfirst());
    let about = if standfirst.is_empty() {
        headline.clone()
    } else {
        standfirst
    };
    let published = story.pub_status == PubStatus::Usable;
    let mut more = vec![];
    if let Some(at) = story.first_published_at {
        more.push(("article:published_time", when::iso(at)));
    }
    if let Some(at) = story.published_at {
        more.push(("article:modified_time", when::iso(at)));
    }
    more.extend(filed(story.section, &story.topics));
    Head {
        lang: story.lang.clone(),
        seq,
        og: "article",
        og_more: more,
        picture: story.picture.clone(),
        index: published,
        json_ld: if published {
            vec![json_ld::of_story(story)]
        } else {
            vec![]
        },
        ..Head::new(
            titled(&headline, story.section),
            about,
            &story.address.to_string(),
        )
    }
}

/// An agency's: its terms say whether search engines may keep our page, and whose page they should find first.
pub(super) fn of_excerpt(excerpt: &Excerpt, seq: u64) -> Head {
    let about = excerpt.paragraphs.first().unwrap_or(&excerpt.headline);
    let mut more = vec![("article:published_time", when::iso(excerpt.published_at))];
    more.extend(filed(excerpt.section, &excerpt.topics));
    let terms = &excerpt.source.terms;
    Head {
        lang: excerpt.lang.clone(),
        canonical: (!terms.canonical_ours).then(|| excerpt.read_more.url.clone()),
        seq,
        og: "article",
        og_more: more,
        index: terms.index,
        json_ld: vec![json_ld::of_excerpt(excerpt)],
        ..Head::new(
            titled(&excerpt.headline, excerpt.section),
            about,
            &excerpt.address.to_string(),
        )
    }
}

fn titled(headline: &str, section: Section) -> String {
    let headline = if headline.is_empty() {
        "Untitled"
    } else {
        headline
    };
    format!("{headline} — {}", section.title())
}

fn filed(
    section: Section,
    topics: &[Topic],
) -> impl Iterator<Item = (&'static str, String)> + use<'_> {
    let section = [("article:section", section.title().to_owned())];
    section.into_iter().chain(
        topics
            .iter()
            .map(|topic| ("article:tag", topic.name.clone())),
    )
}
