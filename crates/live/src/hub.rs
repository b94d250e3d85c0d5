//! The newest encodings, and every stream that waits for the next one.

use crate::event::{Encode, Encoded, Event};
use crate::tail;
use futures::{Stream, stream};
use news::{Channel, NewsEvent};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{OutboxRow, Store};
use tokio::sync::broadcast;

mod ear;
mod ring;

use ear::Ear;
use ring::Ring;
pub(crate) use ring::Row;

/// How many events a stream may have missed; more, and it is told to load the page again.
pub const MOST: u64 = 1_000;
/// How far one slow connection may fall behind before it re-reads.
const BACKLOG: usize = 128;

/// The hub of all streams. Cloning it is cheap.
#[derive(Clone)]
pub struct Live {
    hub: Arc<Hub>,
}

struct Hub {
    store: Store,
    encode: Arc<dyn Encode>,
    streams: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The newest row that was handed on.
    head: u64,
    ring: Ring,
    channels: HashMap<Channel, Heard>,
}

/// A channel that somebody listens to.
struct Heard {
    to: broadcast::Sender<Arc<Encoded>>,
    /// How many do. The count changes only under the lock: a receiver lives on for a moment after it.
    streams: usize,
}

/// What a channel had after a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replay {
    /// The rows, oldest first.
    pub rows: Vec<Arc<Encoded>>,
    /// Up to which number of the outbox they reach.
    pub head: u64,
    /// Too much was missed, or the number is none of ours: load the page again.
    pub reload: bool,
}

impl Replay {
    const fn reload(head: u64) -> Self {
        Self {
            rows: vec![],
            head,
            reload: true,
        }
    }
}

impl Live {
    /// The hub over this store's outbox, from where it stands now. Begins to follow it at once.
    ///
    /// # Errors
    /// When the outbox can't be read.
    pub async fn new(store: Store, encode: Arc<dyn Encode>) -> store::Result<Self> {
        // The bell first: what is committed between the two is then heard.
        let bell = store.bell();
        let head = store.head().await?;
        let state = Mutex::new(State {
            head,
            ..State::default()
        });
        let live = Self {
            hub: Arc::new(Hub {
                store,
                encode,
                streams: AtomicUsize::new(0),
                state,
            }),
        };
        tokio::spawn(tail::follow(live.clone(), bell));
        Ok(live)
    }

    /// Everything on `channel` after number `since` (from now on, if none is given), for as long as
    /// somebody listens; a heartbeat (a row without events) where nothing happens.
    pub fn listen(
        &self,
        channel: Channel,
        since: Option<u64>,
    ) -> impl Stream<Item = Arc<Encoded>> + Send + use<> {
        let (from, at) = {
            let mut state = self.state();
            let heard = state.channels.entry(channel).or_insert_with(|| Heard {
                to: broadcast::channel(BACKLOG).0,
                streams: 0,
            });
            heard.streams += 1;
            (heard.to.subscribe(), since.unwrap_or(state.head))
        };
        self.hub.streams.fetch_add(1, Ordering::Relaxed);
        let ear = Ear::new(self.clone(), channel, from, at);
        stream::unfold(ear, |mut ear| async move {
            let next = ear.next().await?;
            Some((next, ear))
        })
    }

    /// What `channel` had after `since`; for those who poll, and for streams that fell behind.
    ///
    /// # Errors
    /// When the outbox can't be read.
    pub async fn since(&self, channel: Channel, since: u64) -> store::Result<Replay> {
        {
            let state = self.state();
            let too_many = channel.story().is_none() && state.head.saturating_sub(since) > MOST;
            if since > state.head || too_many {
                return Ok(Replay::reload(state.head));
            }
            let in_ring = state.ring.after(since, channel);
            let nothing = (since == state.head).then(Vec::new);
            if let Some(rows) = in_ring.or(nothing) {
                return Ok(Replay {
                    rows,
                    head: state.head,
                    reload: false,
                });
            }
        }
        self.read_outbox(channel, since).await
    }

    async fn read_outbox(&self, channel: Channel, since: u64) -> store::Result<Replay> {
        let head = self.head();
        let Some(stored) = self.stored(channel, since).await? else {
            return Ok(Replay::reload(head));
        };
        let mut rows = vec![];
        for row in stored.iter().filter(|row| row.seq <= head) {
            rows.extend(self.encode(row).await.of(channel));
        }
        Ok(Replay {
            rows,
            head,
            reload: false,
        })
    }

    /// The rows that may matter to a channel; nothing where some were swept, or there are too many. One story's
    /// are few, however much happened to others while nobody looked at it.
    async fn stored(&self, channel: Channel, since: u64) -> store::Result<Option<Vec<OutboxRow>>> {
        let store = &self.hub.store;
        let most = u32::try_from(MOST).unwrap_or(u32::MAX);
        if let Some(story) = channel.story() {
            let stored = store
                .outbox_of(story, since, most.saturating_add(1))
                .await?;
            return Ok(stored.filter(|rows| rows.len() as u64 <= MOST));
        }
        let stored = store.outbox(since, most).await?;
        // The outbox is dense: a first row that isn't the next one means that older ones were swept.
        let whole = stored.first().is_some_and(|row| row.seq == since + 1);
        Ok(whole.then_some(stored))
    }

    /// The newest number that was handed on.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.state().head
    }

    /// How many streams are open.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.hub.streams.load(Ordering::Relaxed)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.hub.store
    }

    /// Has a row encoded: its events gathered by channel.
    pub(crate) async fn encode(&self, row: &OutboxRow) -> Row {
        let mut by_channel: Vec<(Channel, Vec<Event>)> = vec![];
        for (channel, event) in self.hub.encode.encode(row).await {
            match by_channel.iter_mut().find(|(of, _)| *of == channel) {
                Some((_, events)) => events.push(event),
                None => by_channel.push((channel, vec![event])),
            }
        }
        let parts = by_channel
            .into_iter()
            .map(|(channel, events)| (channel, Arc::new(Encoded::new(row.seq, events))))
            .collect();
        Row {
            seq: row.seq,
            story: row.event.story(),
            withdraws: matches!(row.event, NewsEvent::Canceled { .. }),
            parts,
        }
    }

    /// Hands a row to everybody who listens and keeps it for those who come a little later.
    pub(crate) fn hand_on(&self, row: Row) {
        let mut state = self.state();
        state.head = state.head.max(row.seq);
        for (channel, encoded) in &row.parts {
            if let Some(heard) = state.channels.get(channel) {
                heard.hand_on(encoded);
            }
        }
        state.ring.push(row);
    }

    /// Rows between here and `seq` can't be had any more: every stream is told to load again.
    pub(crate) fn lose(&self, seq: u64) {
        let mut state = self.state();
        state.head = seq;
        state.ring.clear();
        let reload = Arc::new(Encoded::new(seq, vec![Event::reload()]));
        for heard in state.channels.values() {
            heard.hand_on(&reload);
        }
    }

    /// One stream less. A channel goes with its last one: anybody can listen to any number of names.
    fn leave(&self, channel: Channel) {
        self.hub.streams.fetch_sub(1, Ordering::Relaxed);
        let mut state = self.state();
        if let Some(heard) = state.channels.get_mut(&channel) {
            heard.streams -= 1;
            if heard.streams == 0 {
                state.channels.remove(&channel);
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.hub
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Heard {
    fn hand_on(&self, encoded: &Arc<Encoded>) {
        // It fails where all have just left, and then nobody misses it.
        let _heard = self.to.send(encoded.clone()).is_ok();
    }
}

#[cfg(test)]
mod tests;
