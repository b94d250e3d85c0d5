//! Agencies and what their licences let us show.

use crate::{Lang, Millis};
use serde::{Deserialize, Serialize};

/// What a licence lets us show and keep (`usageterms` of ninjs). Stored as JSON with the source.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct UsageTerms {
    /// How many characters (grapheme clusters) of the agency's text an excerpt may have.
    pub max_chars: u32,
    /// How many words of it, where the licence counts words.
    pub max_words: Option<u32>,
    /// How much of the text it gave us, in per cent, where the licence names a share.
    pub max_share: Option<u8>,
    /// How long after the agency's own publication an item may appear here, in minutes.
    pub delay_min: u32,
    /// How many days an excerpt may stand after its publication; without one, for ever.
    pub archive_days: Option<u32>,
    /// When the agreement ends: nothing new is filed from then on, and what stands is withdrawn.
    pub contract_ends: Option<Millis>,
    /// Registrable domains of its own beside its home's: an item that leads elsewhere is not its own.
    pub hosts: Vec<String>,
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
            max_words: None,
            max_share: None,
            delay_min: 0,
            archive_days: None,
            contract_ends: None,
            hosts: Vec::new(),
            photos: false,
            full_text: false,
            canonical_ours: false,
            index: false,
            attribution: None,
            terms_url: None,
        }
    }
}

impl UsageTerms {
    /// How much may stand, as a sentence says it: "280 characters, 40 words".
    #[must_use]
    pub fn allowance(&self) -> String {
        let words = self.max_words.map(|words| format!(", {words} words"));
        let share = self
            .max_share
            .map(|percent| format!(", {percent} % of the given text"));
        format!(
            "{} characters{}{}",
            self.max_chars,
            words.unwrap_or_default(),
            share.unwrap_or_default()
        )
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
