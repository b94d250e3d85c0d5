//! Every test runs on SQLite and, where `PG_URL` names a server, on PostgreSQL in a database of its own.

mod desk;
mod engine;
mod news_room;
mod outbox;
mod people;
mod readers;
mod schema;
mod site;
mod wire;
mod work;
