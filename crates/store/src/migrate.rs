//! The schema, forward only: numbered files, each applied once, all of them in one transaction.

use crate::db::{Db, Seat, Tx};
use crate::sql::{maybe, run, sql};
use crate::{Error, Result, Store};
use news::{Id, Lang, Place, Section, UsageTerms};
use serde_json::json;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;
use sqlx::types::Json;
use tokio::sync::broadcast;

/// Append only: a file that was ever applied somewhere never changes.
const MIGRATIONS: [&str; 17] = [
    include_str!("../migrations/0001_newsroom.sql"),
    include_str!("../migrations/0002_sweep.sql"),
    include_str!("../migrations/0003_address.sql"),
    include_str!("../migrations/0004_outbox_entity.sql"),
    include_str!("../migrations/0005_licence.sql"),
    include_str!("../migrations/0006_feed_off.sql"),
    include_str!("../migrations/0007_cluster.sql"),
    include_str!("../migrations/0008_now.sql"),
    include_str!("../migrations/0009_way_in.sql"),
    include_str!("../migrations/0010_polling.sql"),
    include_str!("../migrations/0011_orders.sql"),
    include_str!("../migrations/0012_to_place.sql"),
    include_str!("../migrations/0013_rule.sql"),
    include_str!("../migrations/0014_inbox.sql"),
    include_str!("../migrations/0015_health.sql"),
    include_str!("../migrations/0016_held.sql"),
    include_str!("../migrations/0017_dates.sql"),
];

const VERSION_TABLE: &str =
    "CREATE TABLE IF NOT EXISTS schema_version(version BIGINT PRIMARY KEY, at BIGINT NOT NULL)";

/// Two nodes that start at once must not both migrate.
const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(7301)";

sql! {
    VERSION = "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM schema_version";
    // No such row: it only asks whether the database takes writes, before anybody relies on it.
    ASK = "DELETE FROM schema_version WHERE version < 0";
    APPLIED = "INSERT INTO schema_version(version, at) VALUES ($1, $2)";
    ADD_SECTION = "INSERT INTO section(id, slug, position, names) VALUES ($1, $2, $1, $3)";
    ADD_PLACE = "INSERT INTO place(code, region, slug, zone, names) VALUES ($1, $2, $3, $4, $5)";
    ADD_SOURCE = "INSERT INTO source(id, slug, name, home_url, lang, terms) VALUES ($1, $2, $3, $4, $5, $6)";
}

/// Brings the schema to what this program knows. A newer one is left alone and refused.
pub(crate) async fn migrate(db: &Db, bell: &broadcast::Sender<u64>) -> Result<()> {
    let known = known();
    let mut tx = db.write(bell).await?;
    if let Seat::Pg(seat) = &mut tx.seat {
        sqlx::query(ONE_AT_A_TIME).execute(&mut **seat).await?;
    }
    run!(tx; VERSION_TABLE)?;
    let found: Option<(i64,)> = maybe!(tx tx; VERSION)?;
    let found = found.map_or(0, |row| row.0);
    if found > known {
        return Err(Error::Newer { found, known });
    }
    run!(tx; ASK)?;
    for (version, text) in (1..)
        .zip(MIGRATIONS)
        .filter(|(version, _)| *version > found)
    {
        apply(&mut tx, text).await?;
        if version == 1 {
            first_rows(&mut tx).await?;
        }
        run!(tx; APPLIED, version, Store::now().0)?;
        tracing::info!(version, "store.migrate: the schema moved forward");
    }
    tx.commit().await
}

/// The newest version this program knows.
pub(crate) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The version a database is at.
pub(crate) async fn version(connection: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar(VERSION).fetch_one(connection).await?)
}

async fn apply(tx: &mut Tx, text: &str) -> Result<()> {
    let (id, json) = match tx.seat {
        Seat::Lite(_) => ("INTEGER", "TEXT"),
        Seat::Pg(_) => ("BIGINT", "JSONB"),
    };
    // Comments go first: a semicolon in one would cut a statement in two.
    let bare: String = text
        .lines()
        .filter(|l| !l.trim_start().starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n");
    let text = bare.replace("{ID}", id).replace("{JSON}", json);
    for statement in text.split(';').map(str::trim).filter(|s| !s.is_empty()) {
        run!(tx; AssertSqlSafe(statement.to_owned()))?;
    }
    Ok(())
}

/// Sections and places are the program's own; the sources are the sample edition's, with their terms.
async fn first_rows(tx: &mut Tx) -> Result<()> {
    for section in Section::ALL {
        let names = Json(json!({ "en": section.title() }));
        run!(tx; ADD_SECTION, section.id(), section.slug(), names)?;
    }
    for place in Place::ALL {
        let names = Json(json!({ "en": place.name() }));
        let region = place.region().map(|r| r.slug());
        run!(tx; ADD_PLACE, place.code(), region, place.slug(), place.zone(), names)?;
    }
    let sources = [
        (1, "ap", "AP", "https://apnews.com/", "en", 2_000),
        (
            2,
            "kuroshio",
            "Kuroshio Press",
            "https://kuroshio-press.example/",
            "ja",
            280,
        ),
        (
            3,
            "formosa",
            "Formosa Wire",
            "https://formosa-wire.example/",
            "zh-Hant",
            280,
        ),
        (
            4,
            "gulf-courier",
            "Gulf Courier",
            "https://gulf-courier.example/",
            "ar",
            280,
        ),
    ];
    for (id, slug, name, home, lang, max_chars) in sources {
        let terms = UsageTerms {
            max_chars,
            ..UsageTerms::default()
        };
        let lang = Lang::parse(lang).unwrap_or_else(Lang::english);
        run!(tx; ADD_SOURCE, Id(id).0, slug, name, home, lang.as_str(), Json(terms))?;
    }
    Ok(())
}
