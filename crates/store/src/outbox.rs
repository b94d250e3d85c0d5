//! The outbox: what happened, in the order it became true.
//!
//! **Invariant:** numbers are dense and appear in order, for the counter is the last thing a
//! transaction takes. Bells (the broadcast channel, LISTEN and NOTIFY) only say "look now";
//! whoever misses one reads on from its own mark.

use crate::db::{Db, Seat, Tx};
use crate::sql::{all, maybe, run, sql};
use crate::{Error, Result, Store, number};
use news::{Millis, NewsEvent, StoryId};
use sqlx::types::Json;
use sqlx::{PgPool, postgres::PgListener};
use std::time::Duration;
use tokio::sync::broadcast;

sql! {
    HEAD = "SELECT seq FROM outbox_head WHERE shard = 0";
    TAKE = "UPDATE outbox_head SET seq = seq + $1 WHERE shard = 0 RETURNING seq";
    APPEND = "INSERT INTO outbox(shard, seq, topic, entity, payload, at) VALUES (0, $1, $2, $3, $4, $5)";
    AFTER = "SELECT seq, payload, at FROM outbox WHERE shard = 0 AND seq > $1 ORDER BY seq LIMIT $2";
    AFTER_OF = "SELECT seq, payload, at FROM outbox WHERE shard = 0 AND entity = $1 AND seq > $2
        ORDER BY seq LIMIT $3";
    OLDEST = "SELECT seq FROM outbox WHERE shard = 0 ORDER BY seq LIMIT 1";
    MARK = "SELECT seq FROM consumer WHERE name = $1";
    SET_MARK = "INSERT INTO consumer(name, shard, seq) VALUES ($1, 0, $2)
        ON CONFLICT (name) DO UPDATE SET seq = excluded.seq";
}

const POLL: Duration = Duration::from_secs(1);

const NOTIFY: &str = "SELECT pg_notify('outbox', '')";

/// One event. Sequence numbers are dense: the next one is always `seq + 1`.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxRow {
    /// Its place in the one order of the site.
    pub seq: u64,
    /// What happened.
    pub event: NewsEvent,
    /// When it was written.
    pub at: Millis,
}

impl Store {
    /// The newest sequence number; 0 where nothing has happened.
    pub async fn head(&self) -> Result<u64> {
        let row: Option<(i64,)> = maybe!(read self.db(); HEAD)?;
        number(row.map_or(0, |r| r.0))
    }

    /// What happened after `after`, in order.
    pub async fn outbox(&self, after: u64, most: u32) -> Result<Vec<OutboxRow>> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let rows: Vec<Stored> = all!(read self.db(); AFTER, after, i64::from(most))?;
        rows.into_iter().map(row).collect()
    }

    /// What happened to one story after `after`, in order; `None` where rows from then on were swept out.
    pub async fn outbox_of(
        &self,
        story: StoryId,
        after: u64,
        most: u32,
    ) -> Result<Option<Vec<OutboxRow>>> {
        let from = i64::try_from(after).unwrap_or(i64::MAX);
        let rows: Vec<Stored> = all!(read self.db(); AFTER_OF, story.0, from, i64::from(most))?;
        // Asked last: what was swept while the rows were read is noticed, too.
        let oldest: Option<(i64,)> = maybe!(read self.db(); OLDEST)?;
        if oldest.is_none_or(|oldest| oldest.0 > from.saturating_add(1)) {
            return Ok(None);
        }
        rows.into_iter().map(row).collect::<Result<_>>().map(Some)
    }

    /// How far a consumer has read; 0 where it never did.
    pub async fn mark(&self, consumer: &str) -> Result<u64> {
        let row: Option<(i64,)> = maybe!(read self.db(); MARK, consumer)?;
        number(row.map_or(0, |r| r.0))
    }

    /// Notes how far a consumer has read.
    pub async fn set_mark(&self, consumer: &str, seq: u64) -> Result<()> {
        let seq = i64::try_from(seq).map_err(|_| Error::Broken("a mark past the end".into()))?;
        let mut tx = self.write().await?;
        run!(tx; SET_MARK, consumer, seq)?;
        tx.commit().await
    }
}

type Stored = (i64, Json<NewsEvent>, i64);

fn row((seq, event, at): Stored) -> Result<OutboxRow> {
    Ok(OutboxRow {
        seq: number(seq)?,
        event: event.0,
        at: Millis(at),
    })
}

/// Writes a transaction's events; the head after them, `None` where there are none.
pub(crate) async fn write(tx: &mut Tx, events: &[NewsEvent]) -> Result<Option<u64>> {
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(None);
    }
    let taken: Option<(i64,)> = maybe!(tx tx; TAKE, count)?;
    let Some((head,)) = taken else {
        return Err(Error::Broken("no row in outbox_head".into()));
    };
    let at = Store::now().0;
    for (seq, event) in (head - count + 1..).zip(events) {
        let payload = serde_json::to_value(event)
            .map_err(|e| Error::Broken(format!("an event without JSON: {e}")))?;
        let topic = payload
            .get("event")
            .and_then(|t| t.as_str())
            .unwrap_or_default()
            .to_owned();
        let entity = event.story().map(|id| id.0);
        run!(tx; APPEND, seq, topic.as_str(), entity, Json(&payload), at)?;
    }
    if let Seat::Pg(seat) = &mut tx.seat {
        sqlx::query(NOTIFY).execute(&mut **seat).await?;
    }
    number(head).map(Some)
}

/// Rings the bell for what the commits themselves didn't ring for: other nodes' transactions, and
/// one of ours whose caller went away between its commit and its bell.
pub(crate) fn listen(db: &Db, bell: broadcast::Sender<u64>) -> tokio::task::AbortHandle {
    let db = db.clone();
    tokio::spawn(async move { tail(&db, &bell).await }).abort_handle()
}

async fn tail(db: &Db, bell: &broadcast::Sender<u64>) {
    let mut last = None;
    let mut listener = None;
    loop {
        if let (Db::Pg(pool), None) = (db, &listener) {
            listener = subscribe(pool).await;
        }
        // The poll is the net: engines without LISTEN and lost connections are heard a second late.
        match &mut listener {
            Some(open) => {
                if let Ok(Err(error)) = tokio::time::timeout(POLL, open.recv()).await {
                    tracing::warn!(%error, "store.outbox: the bell's connection is lost");
                    listener = None;
                }
            }
            None => tokio::time::sleep(POLL).await,
        }
        let head: Option<(i64,)> = maybe!(read *db; HEAD).ok().flatten();
        if head > last {
            last = head;
            let _ = head
                .and_then(|h| u64::try_from(h.0).ok())
                .map(|h| bell.send(h));
        }
    }
}

async fn subscribe(pool: &PgPool) -> Option<PgListener> {
    let mut listener = PgListener::connect_with(pool).await.ok()?;
    listener.listen("outbox").await.ok()?;
    Some(listener)
}
