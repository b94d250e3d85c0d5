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
    /// What the source says of its use: `Canceled` where it takes an item back.
    #[serde(default)]
    pub status: PubStatus,
}

/// A category of a feed's item.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct WireCategory {
    /// `domain` of RSS, `scheme` of Atom: `country`, `topic`, `dateline` …
    pub scheme: Option<String>,
    /// The category's words.
    pub term: String,
}
