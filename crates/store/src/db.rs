//! The two engines behind one door.
//!
//! SQLite: a write pool of one connection with BEGIN IMMEDIATE (a fair queue, never "database is
//! locked") and a read pool that can't write. PostgreSQL: one pool.

use crate::{Error, Result, outbox};
use news::NewsEvent;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;
use tokio::sync::broadcast;

/// How long a database server may take to answer at the start.
const PATIENCE: Duration = Duration::from_secs(5);

/// The engine.
#[derive(Clone)]
pub(crate) enum Db {
    /// A file of our own.
    Lite {
        /// Reads only, four at once.
        read: SqlitePool,
        /// The one writer.
        write: SqlitePool,
    },
    /// A server.
    Pg(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`] it leaves nothing behind.
pub(crate) struct Tx {
    pub(crate) seat: Seat,
    events: Vec<NewsEvent>,
    bell: Option<broadcast::Sender<u64>>,
}

/// The engine's own transaction.
pub(crate) enum Seat {
    Lite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

impl Db {
    pub(crate) async fn lite(file: &Path) -> Result<Self> {
        // FULL: an editor's "saved" is true even when the power fails a moment later.
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .pragma("mmap_size", "268435456")
            .pragma("cache_size", "-16384");
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options.pragma("query_only", "1"))
            .await?;
        Ok(Self::Lite { read, write })
    }

    pub(crate) async fn pg(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| Error::Address)?
            .application_name("asian-news")
            .options([("synchronous_commit", "on")]);
        reach(&options).await?;
        Ok(Self::Pg(
            PgPoolOptions::new()
                .max_connections(8)
                .connect_with(options)
                .await?,
        ))
    }

    /// A transaction that reads: every statement sees the same moment.
    pub(crate) async fn look(&self) -> Result<Tx> {
        let seat = match self {
            Self::Lite { read, .. } => Seat::Lite(read.begin().await?),
            Self::Pg(pool) => Seat::Pg(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        };
        Ok(Tx {
            seat,
            events: vec![],
            bell: None,
        })
    }

    /// A transaction that writes; `bell` rings once it stands.
    pub(crate) async fn write(&self, bell: &broadcast::Sender<u64>) -> Result<Tx> {
        let seat = match self {
            Self::Lite { write, .. } => Seat::Lite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Pg(pool) => Seat::Pg(pool.begin().await?),
        };
        Ok(Tx {
            seat,
            events: vec![],
            bell: Some(bell.clone()),
        })
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Lite { read, write } => {
                read.close().await;
                // Last, so that closing it folds the write-ahead log into the file.
                write.close().await;
            }
            Self::Pg(pool) => pool.close().await,
        }
    }
}

/// One try by itself: a pool goes on trying for half a minute, and then only says that it was long.
async fn reach(options: &PgConnectOptions) -> Result<()> {
    let refused = |why: String| Error::Unreachable {
        place: match options.get_socket() {
            Some(socket) => socket.display().to_string(),
            None => format!("{}:{}", options.get_host(), options.get_port()),
        },
        why,
    };
    match tokio::time::timeout(PATIENCE, options.connect()).await {
        Err(_) => Err(refused(format!("no answer within {PATIENCE:?}"))),
        Ok(Err(sqlx::Error::Io(error))) => Err(refused(error.to_string())),
        // Something answers there, but not as PostgreSQL does, or not to us.
        Ok(Err(error @ (sqlx::Error::Protocol(_) | sqlx::Error::Tls(_)))) => {
            Err(refused(error.to_string()))
        }
        Ok(Err(error)) => Err(error.into()),
        Ok(Ok(connection)) => Ok(connection.close().await?),
    }
}

impl Tx {
    /// Says what becomes true with this transaction.
    pub(crate) fn tell(&mut self, event: NewsEvent) {
        self.events.push(event);
    }

    /// Numbers the events as the very last thing, so that nobody holds the counter during slow work
    /// and the order of numbers is the order of commits; then commits and rings.
    pub(crate) async fn commit(mut self) -> Result<()> {
        let events = std::mem::take(&mut self.events);
        let head = outbox::write(&mut self, &events).await?;
        match self.seat {
            Seat::Lite(seat) => seat.commit().await?,
            Seat::Pg(seat) => seat.commit().await?,
        }
        if let (Some(head), Some(bell)) = (head, self.bell) {
            // Nobody listening is no fault: the outbox is the truth, the bell only a courtesy.
            let _ = bell.send(head);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sqlite_is_set_up_to_keep_its_word() {
        let folder = tempfile::tempdir().unwrap();
        let Db::Lite { read, write } = Db::lite(&folder.path().join("news.db")).await.unwrap()
        else {
            panic!("SQLite")
        };
        let ask = async |text: &'static str| -> i64 {
            sqlx::query_scalar(text).fetch_one(&write).await.unwrap()
        };
        assert_eq!(ask("PRAGMA synchronous").await, 2, "FULL");
        assert_eq!(ask("PRAGMA foreign_keys").await, 1);
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
            .fetch_one(&write)
            .await
            .unwrap();
        assert_eq!(mode, "wal");
        assert!(
            sqlx::query("CREATE TABLE t(a TEXT)")
                .execute(&read)
                .await
                .is_err()
        );
    }

    #[tokio::test]
    async fn postgres_is_set_up_to_keep_its_word() {
        let Ok(url) = std::env::var("PG_URL") else {
            eprintln!("skipped: no PostgreSQL");
            return;
        };
        let Db::Pg(pool) = Db::pg(&url).await.unwrap() else {
            panic!("PostgreSQL")
        };
        let commit: String = sqlx::query_scalar("SHOW synchronous_commit")
            .fetch_one(&pool)
            .await
            .unwrap();
        assert_eq!(commit, "on");
    }
}
