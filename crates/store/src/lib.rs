//! Every SQL statement of the site, on SQLite and on PostgreSQL.
//!
//! A change of a fact and its [`news::NewsEvent`] are one transaction; what is answered `Ok` is on
//! the disk. Readers' functions never see a draft's words. Nothing here knows of pages, feeds'
//! formats or HTTP. Begin with [`Store::open`] in `open.rs`; how a statement is written stands in `sql.rs`.
#![forbid(unsafe_code)]

mod audit;
mod backup;
mod breaking;
mod cluster;
mod cluster_link;
mod db;
mod draft;
mod error;
mod examine;
mod facts;
mod feed;
mod file;
mod health;
mod held;
mod id;
mod inbox;
mod job;
mod licence;
mod links;
mod lock;
mod media;
mod migrate;
mod open;
mod order;
mod outbox;
mod place;
#[cfg(test)]
mod plans;
mod publish;
mod restore;
mod rights;
mod row;
mod rule;
mod source;
mod sql;
mod staff;
mod subscription;
mod teaser;
mod terms;
mod text;
mod told;
mod trend;
mod voice;
mod way_in;
mod weight;
mod wire;
mod withdraw;

pub use breaking::Breaking;
pub use cluster::{EVENTS, Event, Join, Moment, What};
pub use draft::{Accepted, Draft, DraftLine, NewSteps, NewStory, Snapshot, StoredStep};
pub use error::{Error, Result};
pub use facts::Facts;
pub use feed::{Cost, DueFeed, Feed, FeedFetched, Moved, Pace, Spent};
pub use health::{Alarm, SourceHealth};
pub use held::{Usual, Word};
pub use inbox::{Arrival, Arrived, Inbox, InboxRow, Standing, WireState};
pub use job::Job;
pub use media::Media;
pub use order::{KillOrder, Killed, TakeDown};
pub use outbox::OutboxRow;
pub use place::{ExcerptWords, PlaceExcerpt, ToPlace};
pub use publish::{Publish, PublishedVersion, RevisionLine};
pub use rights::Account;
pub use rule::{Became, KeptRule, Moves, RecentExcerpt};
pub use staff::{NewStaff, Session, Staff, StaffStatus};
pub use subscription::Subscription;
pub use teaser::Counts;
pub use terms::SourceTerms;
pub use told::Words;
pub use way_in::WayIn;
pub use wire::{Fate, FileItems, NewExcerpt, Placing};

use db::{Db, Tx};
use news::{Id, Millis};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::broadcast;

/// Where a site's facts are kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Location {
    /// A folder of our own: SQLite at `news.db` in it.
    Folder(PathBuf),
    /// A PostgreSQL database, by its address.
    Postgres(String),
}

/// The site's facts. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    db: Db,
    ids: id::IdMaker,
    bell: broadcast::Sender<u64>,
    tail: tokio::task::AbortHandle,
    location: Location,
    // Given back when the last clone is gone.
    lock: Option<lock::FolderLock>,
}

impl Store {
    /// A new number for life.
    #[must_use]
    pub fn next_id(&self) -> Id {
        self.0.ids.next(Self::now())
    }

    /// This moment.
    #[must_use]
    pub fn now() -> Millis {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Millis(
            since
                .ok()
                .and_then(|d| i64::try_from(d.as_millis()).ok())
                .unwrap_or_default(),
        )
    }

    /// Rings with the outbox's head after a commit, ours or (on PostgreSQL) another node's.
    /// Nothing may depend on hearing it: read on from your own mark, and look now and then.
    #[must_use]
    pub fn bell(&self) -> broadcast::Receiver<u64> {
        self.0.bell.subscribe()
    }

    /// Lets go of the database in an orderly way; other clones get errors from now on.
    pub async fn close(&self) {
        self.0.tail.abort();
        self.0.db.close().await;
    }

    /// As [`Store::close`], after what the store was opened for has failed: a folder that was made for it goes again.
    pub async fn undo(&self) {
        self.close().await;
        if let Some(lock) = &self.0.lock {
            lock.unmake();
        }
    }

    fn db(&self) -> &Db {
        &self.0.db
    }

    async fn write(&self) -> Result<Tx> {
        self.0.db.write(&self.0.bell).await
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.tail.abort();
    }
}

/// A number that the store only ever counts upwards from 0.
fn number(value: i64) -> Result<u64> {
    u64::try_from(value).map_err(|_| Error::Broken(format!("the count {value}")))
}

/// A count as the database takes it.
fn count(value: u64) -> Result<i64> {
    i64::try_from(value).map_err(|_| Error::Broken(format!("the count {value}")))
}

/// Every statement of the crate, by module and name.
const REGISTRY: &[(&str, &[(&str, &str)])] = &[
    ("audit", audit::STATEMENTS),
    ("backup", backup::STATEMENTS),
    ("cluster", cluster::STATEMENTS),
    ("cluster_link", cluster_link::STATEMENTS),
    ("breaking", breaking::STATEMENTS),
    ("draft", draft::STATEMENTS),
    ("draft::begin", draft::BEGIN),
    ("facts", facts::STATEMENTS),
    ("feed", feed::STATEMENTS),
    ("file", file::STATEMENTS),
    ("file::age", file::AGE),
    ("file::embargo", file::EMBARGO),
    ("file::known", file::KNOWN),
    ("file::record", file::RECORD),
    ("file::version", file::VERSION),
    ("inbox", inbox::STATEMENTS),
    ("health", health::STATEMENTS),
    ("held", held::STATEMENTS),
    ("held::usual", held::USUAL),
    ("job", job::STATEMENTS),
    ("licence", licence::STATEMENTS),
    ("links", links::STATEMENTS),
    ("media", media::STATEMENTS),
    ("migrate", migrate::STATEMENTS),
    ("order", order::STATEMENTS),
    ("outbox", outbox::STATEMENTS),
    ("place", place::STATEMENTS),
    ("publish", publish::STATEMENTS),
    ("rights", rights::STATEMENTS),
    ("row", row::STATEMENTS),
    ("rule", rule::STATEMENTS),
    ("rule::recent", rule::RECENT),
    ("source", source::STATEMENTS),
    ("staff", staff::STATEMENTS),
    ("staff::sign_in", staff::SIGN_IN),
    ("subscription", subscription::STATEMENTS),
    ("teaser", teaser::STATEMENTS),
    ("terms", terms::STATEMENTS),
    ("told", told::STATEMENTS),
    ("trend", trend::STATEMENTS),
    ("weight", weight::STATEMENTS),
    ("way_in", way_in::STATEMENTS),
    ("withdraw", withdraw::STATEMENTS),
];
