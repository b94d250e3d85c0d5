//! New numbers for life: time first, so that they sort as they were made.

use news::{Id, Millis};
use std::sync::atomic::{AtomicI64, Ordering};

const COUNTER_BITS: u32 = 13;

/// Makes ids; no two of one process are equal, whatever the clock does.
pub(crate) struct IdMaker {
    node: u8,
    /// Milliseconds and counter of the last id, side by side.
    last: AtomicI64,
}

impl IdMaker {
    /// `node` tells apart the processes that share a database.
    pub(crate) const fn new(node: u8) -> Self {
        Self {
            node,
            last: AtomicI64::new(0),
        }
    }

    pub(crate) fn next(&self, now: Millis) -> Id {
        let fresh = now.0 << COUNTER_BITS;
        // A full millisecond, or a clock set back, borrows from the next one.
        let step = |last: i64| fresh.max(last + 1);
        let last = self
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(step(last))
            })
            .unwrap_or_default();
        let mine = step(last);
        let counter = u16::try_from(mine & ((1 << COUNTER_BITS) - 1)).unwrap_or_default();
        Id::new(Millis(mine >> COUNTER_BITS), self.node, counter)
    }
}

/// A node's number where none is configured: processes that share a database differ with good likelihood.
pub(crate) fn node() -> u8 {
    use std::hash::{BuildHasher, RandomState};
    // RandomState is keyed by the system's randomness, anew in each process.
    let hash = RandomState::new().hash_one(std::process::id());
    u8::try_from(hash & 0xff).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_when_the_clock_does_not() {
        let maker = IdMaker::new(3);
        let mut last = maker.next(Millis(1_000));
        for at in (0..20_000).map(|i| if i % 2 == 0 { 1_000 } else { 900 }) {
            let next = maker.next(Millis(at));
            assert!(next > last);
            last = next;
        }
        assert_eq!(maker.next(Millis(50_000)).made_at(), Millis(50_000));
    }
}
