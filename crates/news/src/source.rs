//! Agencies and what their licences let us show.

use crate::Lang;
use serde::{Deserialize, Serialize};

/// What a licence lets us show and keep (`usageterms` of ninjs). Stored as JSON with the source.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct UsageTerms {
    /// How many characters (grapheme clusters) of the agency's text an excerpt may have.
    pub max_chars: u32,
    /// Whether its photos may be shown.
    pub photos: bool,
    /// Whether its full text may be kept in the record.
    pub full_text: bool,
    /// Whether the address readers should find first is ours (else theirs).
    pub canonical_ours: bool,
    /// Whether search engines may index our page.
    pub index: bool,
    /// A line the licence asks for.
    pub attribution: Option<String>,
    /// Where the terms stand.
    pub terms_url: Option<String>,
}

impl Default for UsageTerms {
    fn default() -> Self {
        Self {
            max_chars: 280,
            photos: false,
            full_text: false,
            canonical_ours: false,
            index: false,
            attribution: None,
            terms_url: None,
        }
    }
}

/// An agency or publisher whose items we excerpt (`provider`, `copyrightHolder`).
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Source {
    /// Its number in the store.
    pub id: crate::Id,
    /// Its part of addresses, and its name on the command line: `ap`.
    pub slug: String,
    /// As readers see it: `AP`.
    pub name: String,
    /// Its own site.
    pub home_url: String,
    /// The language of its feeds, where they don't say.
    pub lang: Lang,
    /// What we may show.
    pub terms: UsageTerms,
}
