//! The edition's files as they are read; `edition/FORMAT.md` says what each field means.

use anyhow::Context;
use news::{Lang, Millis, Place, Section};
use serde::Deserialize;
use std::collections::HashMap;

/// One of our own stories.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) key: String,
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "the desk's working name has no place in the store yet"
    )]
    pub(super) slugline: Option<String>,
    pub(super) headline: String,
    pub(super) standfirst: String,
    pub(super) lang: Lang,
    pub(super) section: String,
    pub(super) genre: String,
    pub(super) places: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) authors: Vec<String>,
    pub(super) dateline: String,
    pub(super) urgency: u8,
    pub(super) minutes_ago: i64,
    pub(super) picture: Option<Drawn>,
    pub(super) body: Vec<Block>,
    pub(super) corrected: Option<Corrected>,
}

/// A story's picture.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawn {
    pub(super) file: String,
    pub(super) alt: String,
    pub(super) credit: String,
    pub(super) caption: String,
}

/// A later version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Corrected {
    pub(super) minutes_ago: i64,
    pub(super) note: String,
}

/// A block of a body.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Block {
    /// A quotation and who said it.
    Quote { quote: String, by: String },
    /// A paragraph.
    Paragraph { p: String },
    /// A heading.
    Heading { h: String },
    /// A list.
    List { list: Vec<String> },
}

/// An agency's item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wired {
    pub(super) source: String,
    pub(super) url: String,
    pub(super) headline: String,
    pub(super) lang: Lang,
    pub(super) section: String,
    pub(super) places: Vec<String>,
    pub(super) topics: Vec<String>,
    pub(super) dateline: String,
    pub(super) minutes_ago: i64,
    pub(super) paragraphs: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Words {
    sample_line: HashMap<String, String>,
}

pub(super) fn stories() -> anyhow::Result<Vec<Written>> {
    serde_json::from_str(include_str!("edition/stories.json")).context("stories.json")
}

pub(super) fn excerpts() -> anyhow::Result<Vec<Wired>> {
    serde_json::from_str(include_str!("edition/excerpts.json")).context("excerpts.json")
}

/// The line that says "sample text", by language; English where a language has none.
pub(super) fn sample_lines() -> anyhow::Result<impl Fn(&Lang) -> String> {
    let words: Words =
        serde_json::from_str(include_str!("edition/edition.json")).context("edition.json")?;
    Ok(move |lang: &Lang| {
        let line = words
            .sample_line
            .get(lang.as_str())
            .or_else(|| words.sample_line.get("en"));
        line.cloned().unwrap_or_default()
    })
}

pub(super) fn section(slug: &str) -> anyhow::Result<Section> {
    Section::from_slug(slug).with_context(|| format!("no section {slug}"))
}

pub(super) fn places(codes: &[String]) -> anyhow::Result<Vec<Place>> {
    let one = |code: &String| Place::from_code(code).with_context(|| format!("no place {code}"));
    codes.iter().map(one).collect()
}

pub(super) fn ago(now: Millis, minutes: i64) -> Millis {
    now.plus(-minutes.saturating_mul(Millis::MINUTE))
}
