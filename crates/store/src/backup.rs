//! The whole store: copying it, looking whether it is sound, sweeping out what has served.

use crate::db::Db;
use crate::examine::named;
use crate::sql::{run, sql};
use crate::staff::sign_in_sweep;
use crate::{Error, Location, REGISTRY, Result, Store};
use news::Millis;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor, SqlStr};
use std::path::Path;

sql! {
    OLD_EVENTS = "DELETE FROM outbox WHERE shard = 0 AND at < $1";
    // Only steps that no draft needs any more: older than the story's newest saved state.
    OLD_STEPS = "DELETE FROM step WHERE at < $1
        AND version <= (SELECT MAX(r.version) FROM revision r WHERE r.story_id = step.story_id)";
}

const COPY: &str = "VACUUM INTO $1";
const QUICK_CHECK: &str = "PRAGMA quick_check";
const ANSWER: &str = "SELECT 1";
const FOREIGN_KEYS: &str = "PRAGMA foreign_key_check";

/// How long events are kept for streams that come back.
const EVENT_DAYS: i64 = 7;
/// How long steps are kept for editors that come back.
const STEP_DAYS: i64 = 90;

impl Store {
    /// Writes a sound copy of the database to a new file, while the site goes on: the copy is of one
    /// moment, and whoever writes meanwhile isn't held up.
    ///
    /// # Errors
    /// [`Error::NotHere`] on PostgreSQL, which has its own tools.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        let Location::Folder(folder) = &self.0.location else {
            return Err(Error::NotHere(
                "a PostgreSQL site is backed up with pg_dump -Fc",
            ));
        };
        let fault = |source| Error::File {
            file: to.to_owned(),
            source,
        };
        if to.exists() {
            return Err(fault(std::io::ErrorKind::AlreadyExists.into()));
        }
        // Under its own name only when it is whole: whoever finds the file can trust it.
        let part = to.with_added_extension("part");
        // Made by the system, which says best why a file can't be. SQLite fills an empty one.
        std::fs::File::create(&part).map_err(fault)?;
        let mut live = open(&folder.join("news.db")).await?;
        copy(&mut live, &part).await.map_err(|e| named(e, &part))?;
        live.close().await?;
        let mut copy = open(&part).await?;
        sound(&mut copy).await?;
        copy.close().await?;
        let file = std::fs::OpenOptions::new()
            .write(true)
            .open(&part)
            .map_err(fault)?;
        file.sync_all().map_err(fault)?;
        std::fs::rename(&part, to).map_err(fault)
    }

    /// Looks whether the database is sound: SQLite's quick check, and every reference leads somewhere.
    pub async fn check(&self) -> Result<()> {
        check(self.db()).await
    }

    /// Prepares every statement of the crate on this engine; what it has against them, by name.
    pub async fn prepare_all(&self) -> Result<Vec<String>> {
        let mut complaints = vec![];
        for (module, statements) in REGISTRY {
            for (name, text) in *statements {
                let text = SqlStr::from_static(text);
                let prepared = match self.db() {
                    Db::Lite { read, .. } => read.prepare(text).await.map(|_| ()),
                    Db::Pg(pool) => pool.prepare(text).await.map(|_| ()),
                };
                if let Err(error) = prepared {
                    complaints.push(format!("{module}::{name}: {error}"));
                }
            }
        }
        Ok(complaints)
    }

    /// Sweeps out what has served: events after 7 days, steps after 90, ended sessions and links.
    pub async fn sweep(&self, now: Millis) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; OLD_EVENTS, now.plus(-EVENT_DAYS * Millis::DAY).0)?;
        run!(tx; OLD_STEPS, now.plus(-STEP_DAYS * Millis::DAY).0)?;
        sign_in_sweep(&mut tx, now).await?;
        tx.commit().await
    }
}

pub(crate) async fn check(db: &Db) -> Result<()> {
    match db {
        Db::Lite { read, .. } => sound(&mut *read.acquire().await?).await,
        // PostgreSQL keeps its own references and checksums; here it is asked whether it answers.
        Db::Pg(pool) => Ok(sqlx::query(ANSWER).execute(pool).await.map(|_| ())?),
    }
}

/// Writes the database, as it is at this moment, to a file that isn't there yet.
pub(crate) async fn copy(live: &mut SqliteConnection, to: &Path) -> Result<()> {
    let to = to.to_string_lossy().into_owned();
    sqlx::query(COPY).bind(to).execute(live).await?;
    Ok(())
}

async fn open(file: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnectOptions::new().filename(file).connect().await?)
}

pub(crate) async fn sound(connection: &mut SqliteConnection) -> Result<()> {
    let found: Vec<(String,)> = sqlx::query_as(QUICK_CHECK)
        .fetch_all(&mut *connection)
        .await?;
    if let Some((complaint,)) = found.into_iter().find(|row| row.0 != "ok") {
        return Err(Error::Broken(complaint));
    }
    let loose = sqlx::query(FOREIGN_KEYS)
        .fetch_all(&mut *connection)
        .await?;
    if loose.is_empty() {
        return Ok(());
    }
    Err(Error::Broken(format!(
        "{} references lead nowhere",
        loose.len()
    )))
}
