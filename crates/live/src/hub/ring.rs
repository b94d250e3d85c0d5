//! The newest rows of the outbox, encoded, for those who come a little later.
//!
//! **Invariant:** what was withdrawn is told to nobody any more: with a withdrawal go the story's cards and
//! blocks that were encoded before it.

use crate::event::Encoded;
use news::{Channel, StoryId};
use std::collections::VecDeque;
use std::sync::Arc;

/// How many rows of the outbox stay encoded, and in how many bytes.
const ROWS: usize = 1_000;
const BYTES: usize = 8 << 20;

/// A row of the outbox, encoded for each channel that cares.
pub(crate) struct Row {
    pub(crate) seq: u64,
    /// The story it is about.
    pub(crate) story: Option<StoryId>,
    /// Whether that story was withdrawn by it.
    pub(crate) withdraws: bool,
    pub(crate) parts: Vec<(Channel, Arc<Encoded>)>,
}

/// The rows, oldest first.
#[derive(Default)]
pub(super) struct Ring {
    rows: VecDeque<Row>,
    bytes: usize,
}

impl Ring {
    /// Keeps one more, and lets go of the oldest where there is no room.
    pub(super) fn push(&mut self, row: Row) {
        if let (true, Some(story)) = (row.withdraws, row.story) {
            self.forget(story);
        }
        self.bytes += row.size();
        self.rows.push_back(row);
        while self.rows.len() > ROWS || self.bytes > BYTES {
            let Some(oldest) = self.rows.pop_front() else {
                break;
            };
            self.bytes = self.bytes.saturating_sub(oldest.size());
        }
    }

    /// What readers were told of a story is told no more; the rows stay, for their numbers have no gap.
    fn forget(&mut self, story: StoryId) {
        for row in self.rows.iter_mut().filter(|row| row.story == Some(story)) {
            let before = row.size();
            row.parts.retain(|(channel, _)| channel.is_for_staff());
            self.bytes = self.bytes.saturating_sub(before - row.size());
        }
    }

    /// What a channel had after a number; `None` where older rows than are here would be needed.
    pub(super) fn after(&self, since: u64, channel: Channel) -> Option<Vec<Arc<Encoded>>> {
        self.rows.front().filter(|row| row.seq <= since + 1)?;
        let rows = self.rows.iter().filter(|row| row.seq > since);
        Some(rows.filter_map(|row| row.of(channel)).collect())
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Row {
    pub(super) fn of(&self, channel: Channel) -> Option<Arc<Encoded>> {
        self.parts
            .iter()
            .find(|(of, _)| *of == channel)
            .map(|(_, encoded)| encoded.clone())
    }

    fn size(&self) -> usize {
        // A part is kept twice: as values for those who poll and as bytes for the streams.
        let bytes = self.parts.iter().map(|(_, encoded)| encoded.sse.len());
        64 + 2 * bytes.sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Event;
    use news::Id;

    fn row(seq: u64, story: u64, withdraws: bool) -> Row {
        let story = Id(i64::try_from(story).unwrap());
        let event = Event {
            event: "card",
            data: serde_json::json!({ "id": story, "html": "Ferry" }),
        };
        let part = |channel| (channel, Arc::new(Encoded::new(seq, vec![event.clone()])));
        Row {
            seq,
            story: Some(story),
            withdraws,
            parts: vec![part(Channel::Front), part(Channel::Desk(story))],
        }
    }

    #[test]
    fn what_is_withdrawn_is_told_no_more() {
        let mut ring = Ring::default();
        for (seq, story) in [(1, 7), (2, 8), (3, 7)] {
            ring.push(row(seq, story, false));
        }
        let seen = |ring: &Ring, channel| -> Vec<u64> {
            let rows = ring.after(0, channel).unwrap();
            rows.iter().map(|row| row.seq).collect()
        };
        assert_eq!(seen(&ring, Channel::Front), [1, 2, 3]);
        ring.push(row(4, 7, true));
        assert_eq!(seen(&ring, Channel::Front), [2, 4]);
        assert_eq!(seen(&ring, Channel::Desk(Id(7))), [1, 3, 4]);
        let bytes: usize = ring.rows.iter().map(Row::size).sum();
        assert_eq!(ring.bytes, bytes);
    }
}
