//! Whose database a file is, found out before anything of ours is made or written beside it.

use crate::error::sqlite_code;
use crate::{Error, REGISTRY, Result, backup, migrate};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor, SqlStr};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table'";

/// Three that stand in every version of the schema; one of them alone might be anybody's.
const OURS: [&str; 3] = ["schema_version", "story", "outbox_head"];

const ANOTHER: &str = "is the database of another program";
pub(crate) const NOT_THE_TABLES: &str = "doesn't have the tables of a site";

/// What stands at a database's place.
#[derive(Debug, PartialEq)]
pub(crate) enum Found {
    /// No file, or one in which nothing was ever made.
    Nothing,
    /// A site's facts, in this version of the schema.
    Site(i64),
}

/// Looks and writes nothing. What is not ours is an error that names the file.
pub(crate) async fn look(file: &Path) -> Result<Found> {
    let metadata = match fs::metadata(file) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(source) => {
            let folder = file.parent().unwrap_or(file).to_owned();
            return Err(Error::Folder { folder, source });
        }
    };
    if metadata.is_dir() {
        return Err(not_ours(file, "is a folder"));
    }
    if metadata.len() == 0 && !log_of(file).exists() {
        return Ok(Found::Nothing);
    }
    let mut connection = open(file).await.map_err(|e| named(e, file))?;
    let found = read(&mut connection, file).await;
    connection.close().await?;
    found.map_err(|e| named(e, file))
}

/// Whether the file is a whole database of a site that this program can read. Writes nothing.
pub(crate) async fn whole(file: &Path) -> Result<()> {
    let version = match look(file).await? {
        Found::Nothing => return Err(not_ours(file, "is empty")),
        Found::Site(version) => version,
    };
    let known = migrate::known();
    if version > known {
        return Err(Error::Newer {
            found: version,
            known,
        });
    }
    let mut connection = open(file).await.map_err(|e| named(e, file))?;
    let sound = backup::sound(&mut connection).await;
    // An older schema is tried after it was brought forward, in a copy.
    let fits = version < known || fits(&mut connection).await;
    connection.close().await?;
    match sound {
        Err(Error::Broken(complaint)) => Err(not_ours(file, &format!("is damaged: {complaint}"))),
        Err(error) => Err(named(error, file)),
        Ok(()) if !fits => Err(not_ours(file, NOT_THE_TABLES)),
        Ok(()) => Ok(()),
    }
}

/// What SQLite has against a file, said of the file.
pub(crate) fn named(error: Error, file: &Path) -> Error {
    // A copy of it was tried, which nobody else knows.
    if let Error::NotOurs { why, .. } = &error {
        return not_ours(file, why);
    }
    match code_of(&error) {
        // A statement that doesn't fit: other tables, or other columns.
        Some(1) => not_ours(file, NOT_THE_TABLES),
        Some(8) => Error::File {
            file: file.to_owned(),
            source: ErrorKind::PermissionDenied.into(),
        },
        Some(11) => not_ours(file, "is damaged"),
        Some(14) => not_ours(file, "can't be opened"),
        Some(26) => not_ours(file, "is no SQLite database"),
        _ => error,
    }
}

fn code_of(error: &Error) -> Option<i32> {
    match error {
        Error::Db(sqlx::Error::Database(db)) => sqlite_code(&**db),
        _ => None,
    }
}

pub(crate) fn not_ours(file: &Path, why: &str) -> Error {
    Error::NotOurs {
        file: file.to_owned(),
        why: why.to_owned(),
    }
}

/// Opens a file to read from it. Without a log beside it nothing is hidden there, and then nothing
/// is put there either: SQLite would make two files for a reader who might be the only one.
pub(crate) async fn open(file: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(!log_of(file).exists())
        .connect()
        .await?)
}

async fn read(connection: &mut SqliteConnection, file: &Path) -> Result<Found> {
    let tables: Vec<(String,)> = sqlx::query_as(TABLES).fetch_all(&mut *connection).await?;
    if tables.is_empty() {
        return Ok(Found::Nothing);
    }
    let has = |name: &str| tables.iter().any(|table| table.0 == name);
    if !OURS.into_iter().all(has) {
        return Err(not_ours(file, ANOTHER));
    }
    match migrate::version(connection).await {
        Ok(version) => Ok(Found::Site(version)),
        // Tables of these names, but other columns.
        Err(error) if code_of(&error) == Some(1) => Err(not_ours(file, ANOTHER)),
        Err(error) => Err(error),
    }
}

/// Whether every statement of the crate can be run on it.
async fn fits(connection: &mut SqliteConnection) -> bool {
    for (_, text) in REGISTRY.iter().flat_map(|(_, statements)| *statements) {
        let text = SqlStr::from_static(text);
        if connection.prepare(text).await.is_err() {
            return false;
        }
    }
    true
}

/// Where SQLite keeps what isn't in the file yet.
fn log_of(file: &Path) -> PathBuf {
    beside(file, "-wal")
}

/// A file's neighbour: its name with something after it.
pub(crate) fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
