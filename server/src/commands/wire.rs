//! `ingest` and `feeds-report`: agencies' feeds by hand.

use super::Failed;
use crate::config::Config;
use clap::Args;
use std::path::PathBuf;

/// One feed.
#[derive(Args, Debug)]
pub(crate) struct Ingest {
    /// A file, or the address of a feed.
    #[arg(value_name = "FILE|URL")]
    feed: String,
    /// Whose feed it is: the name or the short name of a source, such as AP.
    #[arg(long, value_name = "NAME")]
    source: String,
}

/// A folder of feeds.
#[derive(Args, Debug)]
pub(crate) struct Report {
    /// The folder; the folders in it are the kinds.
    folder: PathBuf,
}

impl Ingest {
    pub(crate) async fn run(self, config: Config) -> Result<(), Failed> {
        let _ = (config, self.feed, self.source);
        Err(Failed::new("not written yet"))
    }
}

impl Report {
    pub(crate) fn run(self) -> Result<(), Failed> {
        let _ = self.folder;
        Err(Failed::new("not written yet"))
    }
}
