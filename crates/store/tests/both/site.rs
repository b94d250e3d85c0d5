//! A fresh site on one engine, and the macro that runs a test on both.

use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{AssertSqlSafe, Executor};
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Location, Store};

pub(crate) struct Site {
    pub(crate) store: Store,
    pub(crate) at: Location,
    // Removed with the site.
    pub(crate) folder: Option<tempfile::TempDir>,
}

impl Site {
    pub(crate) async fn lite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = Location::Folder(folder.path().to_owned());
        Self {
            store: Store::open(&at).await.unwrap(),
            at,
            folder: Some(folder),
        }
    }

    /// `None` where no server is named.
    pub(crate) async fn postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(url) = std::env::var("PG_URL") else {
            eprintln!("skipped: no PostgreSQL");
            return None;
        };
        let (n, pid) = (COUNT.fetch_add(1, Ordering::Relaxed), std::process::id());
        let name = format!("store_{pid}_{n}_{}", Store::now().0);
        let admin = PgPoolOptions::new()
            .max_connections(1)
            .connect(&url)
            .await
            .unwrap();
        admin
            .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .await
            .unwrap();
        admin.close().await;
        let (server, _) = url.rsplit_once('/').unwrap();
        let at = Location::Postgres(format!("{server}/{name}"));
        Some(Self {
            store: Store::open(&at).await.unwrap(),
            at,
            folder: None,
        })
    }

    /// Runs a statement behind the store's back.
    pub(crate) async fn raw(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.at {
            Location::Folder(folder) => {
                let options = SqliteConnectOptions::new()
                    .filename(folder.join("news.db"))
                    .foreign_keys(true)
                    .busy_timeout(std::time::Duration::from_secs(5));
                let pool = SqlitePoolOptions::new()
                    .max_connections(1)
                    .connect_with(options)
                    .await?;
                let done = pool.execute(sql).await.map(|_| ());
                pool.close().await;
                done
            }
            Location::Postgres(url) => {
                let pool = PgPoolOptions::new().max_connections(1).connect(url).await?;
                let done = pool.execute(sql).await.map(|_| ());
                pool.close().await;
                done
            }
        }
    }

    /// The number a query gives, asked behind the store's back.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.at {
            Location::Folder(folder) => {
                let options = SqliteConnectOptions::new().filename(folder.join("news.db"));
                let pool = SqlitePoolOptions::new()
                    .connect_with(options)
                    .await
                    .unwrap();
                let found = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
                pool.close().await;
                found
            }
            Location::Postgres(url) => {
                let pool = PgPoolOptions::new().connect(url).await.unwrap();
                let found = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
                pool.close().await;
                found
            }
        }
    }
}

/// Makes of each `async fn name(site: Site)` one test an engine.
macro_rules! both {
    ($($name:ident)+) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$name($crate::site::Site::lite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                if let Some(site) = $crate::site::Site::postgres().await {
                    super::$name(site).await;
                }
            }
        }
    )+ };
}

pub(crate) use both;
