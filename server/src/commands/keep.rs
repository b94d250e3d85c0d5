//! `backup` and `restore`.

use super::{Failed, say};
use crate::config::Config;
use clap::Args;
use std::path::PathBuf;
use store::{Location, Store};

/// Where a backup goes.
#[derive(Args, Debug)]
pub(crate) struct Backup {
    /// The file to write; it must not be there yet.
    file: PathBuf,
}

/// Which backup comes back.
#[derive(Args, Debug)]
pub(crate) struct Restore {
    /// A file that `backup` wrote.
    file: PathBuf,
}

impl Backup {
    pub(crate) async fn run(self, config: Config) -> Result<(), Failed> {
        if self.file.exists() {
            let line = format!(
                "{} is there already; nothing was written",
                self.file.display()
            );
            return Err(Failed::with_code(line, 73));
        }
        let store = Store::open_beside(&config.at).await?;
        let saved = store.backup(&self.file).await;
        store.close().await;
        saved?;
        say(format_args!(
            "The database is saved and checked in {}. Pictures lie in {}: copy that folder as well.",
            self.file.display(),
            config.data.join("media").display()
        ))
    }
}

impl Restore {
    pub(crate) async fn run(self, config: Config) -> Result<(), Failed> {
        if config.at != Location::Folder(config.data.clone()) {
            let line = "a PostgreSQL database is restored with its own pg_restore";
            return Err(Failed::with_code(line, 64));
        }
        if !self.file.is_file() {
            let line = format!("there is no file {}", self.file.display());
            return Err(Failed::with_code(line, 66));
        }
        match Store::restore(&config.data, &self.file).await? {
            Some(old) => say(format_args!(
                "The backup is in place. What was there before is kept as {}.",
                old.display()
            )),
            None => say(format_args!("The backup is in place.")),
        }
    }
}
