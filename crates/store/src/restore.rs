//! A backup comes back: tried first, then exchanged for the folder's database.

use crate::examine::{self, NOT_THE_TABLES, beside, named, not_ours};
use crate::lock::FolderLock;
use crate::open::FILE;
use crate::{Error, Location, Result, Store, backup};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// After it the log is empty, where nobody else has the database open.
const SETTLE: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// What belongs to a SQLite database: the file, and the two that stand beside it while it is open.
const SUFFIXES: [&str; 3] = ["", "-wal", "-shm"];

impl Store {
    /// Puts the database in `file` in the place of the folder's. What stood there is kept under the
    /// name that is returned; `None` where nothing stood there.
    ///
    /// # Errors
    /// [`Error::NotOurs`] before anything that stands in the folder was touched, where the file is no
    /// whole database of a site; [`Error::Held`] where another process has the folder.
    pub async fn restore(folder: &Path, file: &Path) -> Result<Option<PathBuf>> {
        examine::whole(file).await?;
        // Held until the exchange is done: nobody may open the old database meanwhile. Its state is no
        // obstacle, a damaged one is why we are here.
        let mut lock = FolderLock::take(folder)?;
        let trial = folder.join("restore-under-way");
        let done = match tried(file, &trial).await {
            Ok(()) => {
                let database = folder.join(FILE);
                if database.exists()
                    && let Err(error) = settled(&database).await
                {
                    tracing::warn!(%error, "what stands there is kept as it is");
                }
                exchange(folder, &trial).map_err(|e| fault(folder, e))
            }
            Err(error) => Err(error),
        };
        away(&trial)?;
        match done {
            Ok(_) => lock.unclean = false,
            Err(_) => lock.unmake(),
        }
        done
    }
}

/// Opens a copy in a folder of its own, as the site will: brought to our schema, and looked at again.
async fn tried(file: &Path, trial: &Path) -> Result<()> {
    // One that was interrupted left it behind.
    away(trial)?;
    fs::create_dir_all(trial).map_err(|e| fault(trial, e))?;
    // By SQLite and not as bytes: what a log beside the file holds comes along.
    let mut source = examine::open(file).await.map_err(|e| named(e, file))?;
    let copied = backup::copy(&mut source, &trial.join(FILE)).await;
    source.close().await?;
    copied.map_err(|e| named(e, file))?;
    let store = Store::open(&Location::Folder(trial.to_owned())).await;
    let store = store.map_err(|e| named(e, file))?;
    let sound = store.check().await;
    let complaints = store.prepare_all().await;
    store.close().await;
    sound?;
    if complaints?.is_empty() {
        Ok(())
    } else {
        Err(not_ours(file, NOT_THE_TABLES))
    }
}

/// What a log holds comes into the file, so that the file alone is the database. A damaged one keeps its log.
async fn settled(database: &Path) -> Result<()> {
    let mut open = SqliteConnectOptions::new()
        .filename(database)
        .connect()
        .await?;
    let done: (i64, i64, i64) = sqlx::query_as(SETTLE).fetch_one(&mut open).await?;
    open.close().await?;
    tracing::debug!(?done, "the old database's log was written into it");
    Ok(())
}

fn exchange(folder: &Path, trial: &Path) -> io::Result<Option<PathBuf>> {
    let database = folder.join(FILE);
    let old = folder.join(format!("{FILE}.before-{}", Store::now().0));
    let mut kept = None;
    // A copy, and whole before it has its name: whatever ends us, the folder's database stands there as it was.
    for suffix in SUFFIXES {
        let stood = beside(&database, suffix);
        if stood.exists() {
            let copy = trial.join("old");
            fs::copy(stood, &copy)?;
            fs::File::open(&copy)?.sync_all()?;
            fs::rename(copy, beside(&old, suffix))?;
            kept = Some(old.clone());
        }
    }
    fs::File::open(folder)?.sync_all()?;
    // A log that belongs to the old database would be read into the new one.
    for suffix in ["-wal", "-shm"] {
        match fs::remove_file(beside(&database, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(trial.join(FILE), &database)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(kept)
}

fn away(trial: &Path) -> Result<()> {
    match fs::remove_dir_all(trial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fault(trial, error)),
        _ => Ok(()),
    }
}

fn fault(folder: &Path, source: io::Error) -> Error {
    let folder = folder.to_owned();
    Error::Folder { folder, source }
}
