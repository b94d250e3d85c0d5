//! The newest encodings, and every stream that waits for the next one.

use crate::event::{Encode, Encoded, Event};
use crate::tail;
use futures::{Stream, stream};
use news::Channel;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{OutboxRow, Store};
use tokio::sync::broadcast::{self, error::RecvError};

/// How many events a stream may have missed; more, and it is told to load the page again.
pub const MOST: u64 = 1_000;
/// How many rows of the outbox stay encoded, and in how many bytes.
const RING_ROWS: usize = 1_000;
const RING_BYTES: usize = 8 << 20;
/// A stream says after so long without an event how far it has heard: proxies and phones see that it is
/// alive, and a browser that comes back later asks from there.
const HEARTBEAT: Duration = Duration::from_secs(15);
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
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The newest row that was handed on.
    head: u64,
    ring: VecDeque<Row>,
    ring_bytes: usize,
    channels: HashMap<Channel, broadcast::Sender<Arc<Encoded>>>,
}

/// A row of the outbox, encoded for each channel that cares.
pub(crate) struct Row {
    pub(crate) seq: u64,
    pub(crate) parts: Vec<(Channel, Arc<Encoded>)>,
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
            let from = state
                .channels
                .entry(channel)
                .or_insert_with(|| broadcast::channel(BACKLOG).0)
                .subscribe();
            (from, since.unwrap_or(state.head))
        };
        let ear = Ear {
            live: self.clone(),
            channel,
            from,
            at,
            ready: VecDeque::new(),
            behind: true,
        };
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
            if since > state.head || state.head - since > MOST {
                return Ok(Replay {
                    head: state.head,
                    reload: true,
                    ..Replay::default()
                });
            }
            let is_in_ring = state.ring.front().is_some_and(|row| row.seq <= since + 1);
            if since == state.head || is_in_ring {
                let rows = state.ring.iter().filter(|row| row.seq > since);
                let rows = rows.filter_map(|row| row.of(channel)).collect();
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
        let most = u32::try_from(MOST).unwrap_or(u32::MAX);
        let stored = self.hub.store.outbox(since, most).await?;
        // The outbox is dense: a first row that isn't the next one means that older ones were swept.
        if stored.first().is_none_or(|row| row.seq != since + 1) {
            return Ok(Replay {
                head,
                reload: true,
                ..Replay::default()
            });
        }
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

    /// The newest number that was handed on.
    #[must_use]
    pub fn head(&self) -> u64 {
        self.state().head
    }

    /// How many streams are open.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.state()
            .channels
            .values()
            .map(broadcast::Sender::receiver_count)
            .sum()
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
            parts,
        }
    }

    /// Hands a row to everybody who listens and keeps it for those who come a little later.
    pub(crate) fn hand_on(&self, row: Row) {
        let mut state = self.state();
        state.head = state.head.max(row.seq);
        for (channel, encoded) in &row.parts {
            let is_alone = state
                .channels
                .get(channel)
                .is_some_and(|to| to.send(encoded.clone()).is_err());
            if is_alone {
                state.channels.remove(channel);
            }
        }
        state.ring_bytes += row.size();
        state.ring.push_back(row);
        while state.ring.len() > RING_ROWS || state.ring_bytes > RING_BYTES {
            let Some(oldest) = state.ring.pop_front() else {
                break;
            };
            state.ring_bytes = state.ring_bytes.saturating_sub(oldest.size());
        }
    }

    /// Rows between here and `seq` can't be had any more: every stream is told to load again.
    pub(crate) fn lose(&self, seq: u64) {
        let mut state = self.state();
        state.head = seq;
        state.ring.clear();
        state.ring_bytes = 0;
        let reload = Arc::new(Encoded::new(seq, vec![Event::reload()]));
        state
            .channels
            .retain(|_, to| to.send(reload.clone()).is_ok());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.hub
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Row {
    fn of(&self, channel: Channel) -> Option<Arc<Encoded>> {
        self.parts
            .iter()
            .find(|(of, _)| *of == channel)
            .map(|(_, encoded)| encoded.clone())
    }

    fn size(&self) -> usize {
        // A part is kept twice: as values for those who poll and as bytes for the streams.
        let bytes: usize = self
            .parts
            .iter()
            .map(|(_, encoded)| encoded.sse.len())
            .sum();
        64 + 2 * bytes
    }
}

/// One connection's place in its channel.
struct Ear {
    live: Live,
    channel: Channel,
    from: broadcast::Receiver<Arc<Encoded>>,
    /// The number of the last row that was heard.
    at: u64,
    ready: VecDeque<Arc<Encoded>>,
    /// Something may have been missed: read again before waiting for the next.
    behind: bool,
}

impl Ear {
    async fn next(&mut self) -> Option<Arc<Encoded>> {
        loop {
            if let Some(next) = self.ready.pop_front() {
                self.at = self.at.max(next.seq);
                return Some(next);
            }
            if self.behind {
                self.catch_up().await;
                continue;
            }
            // What was handed on before this moment is in the channel already: once the channel is empty,
            // everything up to here has been heard.
            let head = self.live.head();
            let Ok(next) = tokio::time::timeout(HEARTBEAT, self.from.recv()).await else {
                self.at = self.at.max(head);
                return Some(Arc::new(Encoded::heartbeat(self.at)));
            };
            match next {
                Ok(next) if next.seq > self.at => {
                    self.at = next.seq;
                    return Some(next);
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => self.behind = true,
                Err(RecvError::Closed) => return None,
            }
        }
    }

    async fn catch_up(&mut self) {
        self.behind = false;
        let replay = match self.live.since(self.channel, self.at).await {
            Ok(replay) => replay,
            Err(error) => {
                tracing::warn!(%error, "a stream can't read what it missed");
                Replay {
                    head: self.live.head(),
                    reload: true,
                    ..Replay::default()
                }
            }
        };
        if replay.reload {
            self.ready
                .push_back(Arc::new(Encoded::new(replay.head, vec![Event::reload()])));
            // The number given may have been beyond the head; the channel's own numbers count now.
            self.at = replay.head;
        } else {
            self.ready.extend(replay.rows);
        }
    }
}

#[cfg(test)]
mod tests;
