//! What can go wrong with the store: a refusal for a person, or a failure of ours.

use news::Refusal;
use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;
use std::path::PathBuf;

/// The crate's result.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the store said no. Each shows as one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person who asked can do something about it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database was too busy, or chose this transaction as the one to give way; trying again helps.
    #[error("the database is busy; please try again")]
    Busy,
    /// Another process owns the data folder.
    #[error(
        "the data folder {} is held by another process{}; stop that one first, or give another folder with --data",
        .folder.display(),
        .pid.map(|pid| format!(" (pid {pid})")).unwrap_or_default()
    )]
    Held {
        /// The folder.
        folder: PathBuf,
        /// The process that holds it, where its note could be read.
        pid: Option<u32>,
    },
    /// A folder without a site, where nobody asked for a new one.
    #[error(
        "there is no site in {}; `asian-news serve` or `asian-news seed` makes one",
        .folder.display()
    )]
    NoSite {
        /// The folder.
        folder: PathBuf,
    },
    /// A file is no database of a site; nothing was done to it.
    #[error("{} {why}", .file.display())]
    NotOurs {
        /// The file.
        file: PathBuf,
        /// What it is instead, such as "is empty".
        why: String,
    },
    /// The data folder can't be made or used.
    #[error("the data folder {} can't be used: {source}", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A database or a copy of it can't be written.
    #[error("the file {} can't be written: {source}", .file.display())]
    File {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A later program wrote this database; an older one would not understand what it finds.
    #[error(
        "the database has schema version {found}, this program knows up to {known}; please use the newer program"
    )]
    Newer {
        /// The version that was found.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The site is served by a program that knows only an older schema; beside it nothing may be changed.
    #[error(
        "the site is being served by an older program (schema version {found}, this one knows {known}); serve it with this one first"
    )]
    Older {
        /// The version that was found.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// No address of a database.
    #[error("the database's address can't be read; it is written postgres://user@host/name")]
    Address,
    /// The database server doesn't answer.
    #[error("the database at {place} can't be reached: {why}")]
    Unreachable {
        /// Host and port, or a socket.
        place: String,
        /// What the system said.
        why: String,
    },
    /// This engine doesn't do that; the sentence says what does.
    #[error("{0}")]
    NotHere(&'static str),
    /// The store holds something it should never hold.
    #[error("the store holds what it should not: {0}")]
    Broken(String),
    /// The database failed.
    #[error("the database failed: {0}")]
    Db(#[source] sqlx::Error),
}

impl Error {
    /// What a person is told: the refusal itself, or "please try again" where that can help.
    /// `None` for what is our own failure.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal.clone()),
            Self::Busy => Some(Refusal::Unavailable),
            Self::Db(sqlx::Error::Database(db)) if takes_no_writes(&**db) => {
                Some(Refusal::Unavailable)
            }
            Self::Db(sqlx::Error::Io(_) | sqlx::Error::PoolClosed) => Some(Refusal::Unavailable),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let busy = match &error {
            sqlx::Error::PoolTimedOut => true,
            sqlx::Error::Database(db) => is_busy(&**db),
            _ => false,
        };
        if busy { Self::Busy } else { Self::Db(error) }
    }
}

/// SQLite's own number: the lowest byte of the code, the rest says more. `None` on another engine.
pub(crate) fn sqlite_code(error: &dyn DatabaseError) -> Option<i32> {
    let code = error.try_downcast_ref::<SqliteError>()?.code()?;
    Some(code.parse::<i32>().ok()? & 0xff)
}

/// SQLite's BUSY and LOCKED; PostgreSQL's serialisation failure, deadlock and lock timeout.
fn is_busy(error: &dyn DatabaseError) -> bool {
    match sqlite_code(error) {
        Some(code) => matches!(code, 5 | 6),
        None => matches!(error.code().as_deref(), Some("40001" | "40P01" | "55P03")),
    }
}

/// SQLite's READONLY, IOERR and FULL; PostgreSQL's full disk and its read-only and closing states.
fn takes_no_writes(error: &dyn DatabaseError) -> bool {
    match sqlite_code(error) {
        Some(code) => matches!(code, 8 | 10 | 13),
        None => matches!(
            error.code().as_deref(),
            Some("53100" | "53200" | "53300" | "25006" | "57P01" | "57P03")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{ConnectOptions, Executor};

    #[tokio::test]
    async fn a_code_of_sqlite_that_says_more_is_known_by_its_lowest_byte() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.db");
        let options = SqliteConnectOptions::new().filename(&file);
        let mut made = options.create_if_missing(true).connect().await.unwrap();
        made.execute("CREATE TABLE t(a)").await.unwrap();
        // A database that was moved away from under its writer takes no writes any more.
        std::fs::rename(&file, dir.path().join("b.db")).unwrap();
        let error = Error::from(made.execute("INSERT INTO t VALUES (1)").await.unwrap_err());
        assert!(error.to_string().contains("1032"), "{error}");
        assert_eq!(error.refusal(), Some(Refusal::Unavailable));
    }
}
