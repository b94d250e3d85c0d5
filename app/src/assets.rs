//! Where the built files stand: names with a hash of their bytes, from the manifest `xtask` writes.

use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// The files of one build. Empty while nothing is built: pages then come without script and stay whole.
#[derive(Clone, Debug, Default)]
pub struct Assets(Arc<Manifest>);

#[derive(Debug, Default, Deserialize)]
struct Manifest {
    build: String,
    files: BTreeMap<String, String>,
}

impl Assets {
    /// Reads `manifest.json`.
    ///
    /// # Errors
    /// Where it is no manifest.
    pub fn read(manifest: &[u8]) -> serde_json::Result<Self> {
        Ok(Self(Arc::new(serde_json::from_slice(manifest)?)))
    }

    /// The address of a file by its plain name: `site.js` gives `/pkg/site.ab12cd34.js`. `None` where it isn't built.
    #[must_use]
    pub fn url(&self, name: &str) -> Option<String> {
        self.0.files.get(name).map(|file| format!("/pkg/{file}"))
    }

    /// The build's own name: an open tab that meets another one loads the page anew.
    #[must_use]
    pub fn build(&self) -> &str {
        &self.0.build
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_plain_name() {
        let manifest = br#"{"build":"b1","files":{"site.js":"site.ab12cd34.js"}}"#;
        let assets = Assets::read(manifest).unwrap();
        assert_eq!(
            assets.url("site.js").as_deref(),
            Some("/pkg/site.ab12cd34.js")
        );
        assert_eq!(assets.url("desk.js"), None);
        assert_eq!(assets.build(), "b1");
    }
}
