//! `ingest` and `feeds-report`: agencies' feeds by hand.

use super::{Failed, say};
use crate::config::Config;
use clap::Args;
use ingest::{Dates, From, report};
use news::Source;
use std::fmt::Display;
use std::path::PathBuf;
use store::Store;
use url::Url;

/// One feed.
#[derive(Args, Debug)]
pub(crate) struct Ingest {
    /// A file, or the http(s) address of a feed.
    #[arg(value_name = "FILE|URL")]
    feed: String,
    /// Whose feed it is: the name or the short name of a source, such as AP.
    #[arg(long, value_name = "NAME")]
    source: String,
}

/// A folder of feeds.
#[derive(Args, Debug)]
pub(crate) struct Report {
    /// The folder; each folder in it is a line of the report.
    folder: PathBuf,
}

impl Ingest {
    pub(crate) async fn run(self, config: Config) -> Result<(), Failed> {
        let store = Store::open(&config.at).await?;
        let done = Box::pin(self.into_store(&store)).await;
        match done {
            Ok(()) => store.close().await,
            Err(_) => store.undo().await,
        }
        done
    }

    async fn into_store(self, store: &Store) -> Result<(), Failed> {
        let source = known(store, &self.source).await?;
        let from = match self.feed.split_once("://") {
            Some(_) => From::Url(address(&self.feed)?),
            None => From::File(self.feed.clone().into()),
        };
        let report = ingest::ingest(store, from, &source, Store::now(), Dates::Feeds).await;
        let report = report.map_err(|error| match error {
            ingest::Error::Store(error) => Failed::from(error),
            other => Failed::with_code(other, 66),
        })?;
        if report.is_no_feed() {
            let why = report.complaint().unwrap_or_default();
            return Err(Failed::with_code(format_args!("{}: {why}", self.feed), 65));
        }
        say(format_args!("{}: {report}", source.name))
    }
}

fn address(text: &str) -> Result<Url, Failed> {
    let no = |why: &dyn Display| Failed::with_code(format_args!("{text}: {why}"), 64);
    let url = Url::parse(text).map_err(|error| no(&error))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(no(&"feeds are fetched by http or https")),
    }
}

/// The source of this name, or a line that lists those there are.
async fn known(store: &Store, name: &str) -> Result<Source, Failed> {
    if let Some(source) = store.source(name).await? {
        return Ok(source);
    }
    let all: Vec<String> = store
        .sources()
        .await?
        .into_iter()
        .map(|source| source.name)
        .collect();
    let line = format!(
        "there is no source {name}; the sources are {}",
        all.join(", ")
    );
    Err(Failed::with_code(line, 65))
}

impl Report {
    pub(crate) fn run(self) -> Result<(), Failed> {
        let report = report::folders(&self.folder).map_err(|error| {
            Failed::with_code(format_args!("{}: {error}", self.folder.display()), 66)
        })?;
        say(format_args!("{report}"))
    }
}
