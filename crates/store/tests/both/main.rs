//! Every test runs on SQLite and, where `PG_URL` names a server, on PostgreSQL in a database of its own.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly; clippy's own exception covers only the bodies of tests"
)]

mod breaking;
mod clusters;
mod desk;
mod drafts;
mod engine;
mod feeds;
mod health;
mod held;
mod inbox;
mod licences;
mod names;
mod news_room;
mod now;
mod opening;
mod orders;
mod outbox;
mod people;
mod placing;
mod readers;
mod restoring;
mod retold;
mod rules;
mod schema;
mod site;
mod terms;
mod ways;
mod wire;
mod work;
