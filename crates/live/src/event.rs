//! What goes down a stream: an event's name and its JSON, and the bytes all connections share.

use bytes::Bytes;
use futures::future::BoxFuture;
use news::Channel;
use serde::Serialize;
use store::OutboxRow;

/// One event for one channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// `blocks`, `card`, `gone`, `steps`, `facts`, `published`, `reload`.
    pub event: &'static str,
    /// Its JSON.
    pub data: serde_json::Value,
}

impl Event {
    /// "What you missed can't be told any more: load the page again."
    #[must_use]
    pub fn reload() -> Self {
        Self {
            event: "reload",
            data: serde_json::json!({}),
        }
    }
}

/// Says a row of the outbox in the words of the pages: who renders, and for which channels.
pub trait Encode: Send + Sync + 'static {
    /// The events of this row; none where no open page cares.
    fn encode<'a>(&'a self, row: &'a OutboxRow) -> BoxFuture<'a, Vec<(Channel, Event)>>;
}

/// One row of the outbox for one channel, encoded once.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoded {
    /// Its number in the outbox: the `id:` of its events.
    pub seq: u64,
    /// The events, for those who poll.
    pub events: Vec<Event>,
    /// The same as `text/event-stream`.
    pub sse: Bytes,
}

impl Encoded {
    /// Encodes the events of one row.
    #[must_use]
    pub fn new(seq: u64, events: Vec<Event>) -> Self {
        use std::fmt::Write;
        let mut sse = String::new();
        for event in &events {
            // JSON has no line breaks of its own, so one `data:` line holds it.
            let wrote = write!(
                sse,
                "event: {}\nid: {seq}\ndata: {}\n\n",
                event.event, event.data
            );
            debug_assert!(wrote.is_ok(), "a string takes everything");
        }
        Self {
            seq,
            events,
            sse: Bytes::from(sse),
        }
    }

    /// No event, only how far the stream has heard. Browsers remember the number and fire nothing.
    #[must_use]
    pub fn heartbeat(seq: u64) -> Self {
        Self {
            seq,
            events: vec![],
            sse: Bytes::from(format!(":\nid: {seq}\n\n")),
        }
    }
}
