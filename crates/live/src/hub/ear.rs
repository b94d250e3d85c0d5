//! One stream: what it missed, then what comes, and a heartbeat where nothing does.

use super::{Live, Replay};
use crate::event::{Encoded, Event};
use news::Channel;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{self, error::RecvError};

/// A stream says after so long without an event how far it has heard: proxies and phones see that it is
/// alive, and a browser that comes back later asks from there.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(15);

/// One connection's place in its channel.
pub(super) struct Ear {
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
    /// At the place `at`: what came after it is read first.
    pub(super) fn new(
        live: Live,
        channel: Channel,
        from: broadcast::Receiver<Arc<Encoded>>,
        at: u64,
    ) -> Self {
        Self {
            live,
            channel,
            from,
            at,
            ready: VecDeque::new(),
            behind: true,
        }
    }

    pub(super) async fn next(&mut self) -> Option<Arc<Encoded>> {
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

impl Drop for Ear {
    fn drop(&mut self) {
        self.live.leave(self.channel);
    }
}
