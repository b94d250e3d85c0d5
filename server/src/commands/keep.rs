//! `backup` and `restore`.

use super::{Failed, say};
use crate::config::Config;
use clap::Args;
use std::path::{Path, PathBuf};
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
        let store = Store::open(&config.at).await?;
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
        // The copy is opened and checked in a folder of its own, before anything of the site is touched.
        let trial = config.data.join("restore-under-way");
        std::fs::create_dir_all(&trial)?;
        let checked = tried(&self.file, &trial).await;
        let done = match checked {
            Ok(()) => exchange(&config.data, &trial).await,
            Err(failed) => Err(failed),
        };
        std::fs::remove_dir_all(&trial)?;
        let old = done?;
        say(format_args!(
            "The backup is in place. What was there before is kept as {}.",
            old.display()
        ))
    }
}

/// Whether a copy of the file opens as a site and is whole.
async fn tried(file: &Path, trial: &Path) -> Result<(), Failed> {
    std::fs::copy(file, trial.join("news.db"))?;
    let store = Store::open(&Location::Folder(trial.to_owned())).await?;
    store.check().await?;
    store.close().await;
    Ok(())
}

/// Puts the tried database in the place of the site's, which is kept under another name.
async fn exchange(data: &Path, trial: &Path) -> Result<PathBuf, Failed> {
    let old = data.join(format!("news.db.before-{}", Store::now().0));
    // Nobody may have the folder open; a damaged database is no obstacle, it is why we are here.
    match Store::open(&Location::Folder(data.to_owned())).await {
        Ok(store) => store.close().await,
        Err(error @ store::Error::Held { .. }) => return Err(error.into()),
        Err(_) => {}
    }
    let database = data.join("news.db");
    if database.exists() {
        std::fs::rename(&database, &old)?;
    }
    // A log that belongs to the old database would be read into the new one.
    for suffix in ["-wal", "-shm"] {
        let beside = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
        if beside(&database).exists() {
            std::fs::rename(beside(&database), beside(&old))?;
        }
    }
    std::fs::rename(trial.join("news.db"), &database)?;
    std::fs::File::open(data)?.sync_all()?;
    Ok(old)
}
