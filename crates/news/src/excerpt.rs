//! Excerpts: the first words of an agency's story and the way to the rest of it.
//! Items are read in `ingest`; the card and the page readers see are in `app::story`.

mod border;
mod cut;
mod room;

pub use cut::cut;
pub use room::Room;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// "Read more on {host}": an address on the source's own site, never ours.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ReadMore {
    /// The agency's page.
    pub url: String,
    /// Its registrable domain, as readers see it: `apnews.com`.
    pub host: String,
}

impl ReadMore {
    /// The link's whole text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("Read more on {}", self.host)
    }
}

/// How long a text is for a licence: its grapheme clusters, paragraph breaks not counted.
#[must_use]
pub fn length(paragraphs: &[impl AsRef<str>]) -> usize {
    paragraphs
        .iter()
        .map(|p| p.as_ref().graphemes(true).count())
        .sum()
}
