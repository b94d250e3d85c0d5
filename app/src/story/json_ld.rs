//! Stories in the words of schema.org.

use crate::{site::Site, when};
use news::{
    Place, Story,
    story::{Excerpt, Topic},
};
use serde_json::{Value, json};

/// One of ours.
pub(super) fn of_story(story: &Story) -> Value {
    let site = Site::get();
    let url = site.absolute(&story.address.to_string());
    let mut fact = json!({
        "@context": "https://schema.org",
        "@type": story.genre.schema_type(),
        "headline": story.document.headline(),
        "description": story.document.standfirst(),
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": story.lang.as_str(),
        "articleSection": story.section.title(),
        "author": story.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect::<Vec<_>>(),
        "publisher": publisher(),
        "contentLocation": places(&story.places),
        "keywords": topics(&story.topics),
        "isAccessibleForFree": true,
    });
    let mut say = |name: &str, value: Option<Value>| {
        if let (Some(fact), Some(value)) = (fact.as_object_mut(), value) {
            fact.insert(name.into(), value);
        }
    };
    say(
        "datePublished",
        story.first_published_at.map(|at| when::iso(at).into()),
    );
    say(
        "dateModified",
        story.published_at.map(|at| when::iso(at).into()),
    );
    say("dateline", story.dateline.clone().map(Value::from));
    say(
        "image",
        story
            .picture
            .as_ref()
            .map(|picture| json!([site.absolute(&picture.url)])),
    );
    fact
}

/// An agency's: based on its own page, credited to it.
pub(super) fn of_excerpt(excerpt: &Excerpt) -> Value {
    let source = json!({ "@type": "NewsMediaOrganization", "name": excerpt.source.name, "url": excerpt.source.home_url });
    json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": excerpt.headline,
        "inLanguage": excerpt.lang.as_str(),
        "articleSection": excerpt.section.title(),
        "datePublished": when::iso(excerpt.published_at),
        "dateModified": when::iso(excerpt.updated_at),
        "author": source,
        "publisher": publisher(),
        "creditText": excerpt.source.name,
        "isBasedOn": excerpt.read_more.url,
        "mainEntityOfPage": Site::get().absolute(&excerpt.address.to_string()),
        "contentLocation": places(&excerpt.places),
        "keywords": topics(&excerpt.topics),
        "isAccessibleForFree": true,
    })
}

fn publisher() -> Value {
    let site = Site::get();
    json!({ "@type": "NewsMediaOrganization", "name": site.name, "url": site.absolute("/") })
}

fn places(places: &[Place]) -> Vec<Value> {
    places
        .iter()
        .map(|place| json!({ "@type": "Place", "name": place.name() }))
        .collect()
}

fn topics(topics: &[Topic]) -> Vec<&str> {
    topics.iter().map(|topic| topic.name.as_str()).collect()
}
