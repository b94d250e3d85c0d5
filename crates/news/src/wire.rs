//! An agency's item as it came, before we touched it.

use crate::{Lang, Millis, PubStatus};
use serde::{Deserialize, Serialize};

/// One item of a feed (`newsItem` of NewsML-G2). Texts are decoded, markup is still in them.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct WireItem {
    /// The feed's own id of it; unique within its source only.
    pub guid: String,
    /// Its page on the source's site.
    pub url: String,
    /// Its title, as text.
    pub title: String,
    /// Its summary, as HTML.
    pub summary_html: String,
    /// Its content, as HTML; kept only where the terms allow.
    pub content_html: String,
    /// When the source says it was published.
    pub published: Option<Millis>,
    /// What it calls its language.
    pub lang: Option<Lang>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its categories, with their scheme or domain where one is given.
    pub categories: Vec<WireCategory>,
    /// Whether the agency lets it be used; a feed doesn't say, which means that it does.
    #[serde(default)]
    pub status: PubStatus,
    /// The moment before which nobody may see it.
    #[serde(default)]
    pub embargo: Option<Millis>,
    /// The running number of this state of it.
    #[serde(default)]
    pub version: Option<u32>,
    /// How pressing the agency finds it: 1 is a flash, 9 can wait.
    #[serde(default)]
    pub urgency: Option<u8>,
    /// The agency's working name for it.
    #[serde(default)]
    pub slugline: String,
    /// What the agency says of its use, in its own words.
    #[serde(default)]
    pub usage_terms: String,
}

/// A category of a feed's item.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct WireCategory {
    /// `domain` of RSS, `scheme` of Atom: `country`, `topic`, `dateline` …; of an agency's subject the code
    /// with its vocabulary, `medtop:04000000`.
    pub scheme: Option<String>,
    /// The category's words.
    pub term: String,
}
