//! How often somebody may try: a sliding window a key, bounded in memory.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// At most `most` tries in `window` for each key.
#[derive(Debug)]
pub struct Rate<K> {
    most: usize,
    window: Duration,
    tries: Mutex<HashMap<K, VecDeque<Instant>>>,
}

/// Beyond this many keys, somebody is trying names by the thousand: then those whose tries are used up
/// are remembered, and only where they alone are so many is everything forgotten.
const MOST_KEYS: usize = 100_000;

impl<K: Eq + Hash> Rate<K> {
    /// A limit.
    #[must_use]
    pub fn new(most: usize, window: Duration) -> Self {
        Self {
            most,
            window,
            tries: Mutex::default(),
        }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// How long to wait, where there were too many; such a try isn't counted.
    pub fn count(&self, key: K, now: Instant) -> Result<(), Duration> {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_KEYS {
            all.retain(|_, tries| {
                tries
                    .back()
                    .is_some_and(|last| now.duration_since(*last) < self.window)
            });
            if all.len() >= MOST_KEYS {
                all.retain(|_, tries| tries.len() >= self.most);
            }
            if all.len() >= MOST_KEYS {
                all.clear();
            }
        }
        let tries = all.entry(key).or_default();
        while tries
            .front()
            .is_some_and(|first| now.duration_since(*first) >= self.window)
        {
            tries.pop_front();
        }
        match tries.front() {
            Some(first) if tries.len() >= self.most => {
                Err(self.window.saturating_sub(now.duration_since(*first)))
            }
            _ => {
                tries.push_back(now);
                Ok(())
            }
        }
    }

    /// Takes the last try back: it was no guess.
    pub fn take_back(&self, key: &K) {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tries) = all.get_mut(key) {
            tries.pop_back();
        }
    }

    /// Forgets a key's tries: the right password was given.
    pub fn forget(&self, key: &K) {
        self.tries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
    }
}

/// Whose address it is, for limits: an IPv6 customer has a whole /64.
#[must_use]
pub fn customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tries_and_then_a_wait() {
        let rate = Rate::new(10, Duration::from_secs(900));
        let start = Instant::now();
        for _ in 0..10 {
            assert_eq!(rate.count("mika", start), Ok(()));
        }
        let later = start + Duration::from_secs(100);
        assert_eq!(rate.count("mika", later), Err(Duration::from_secs(800)));
        assert_eq!(rate.count("wei", later), Ok(()));
        assert_eq!(rate.count("mika", start + Duration::from_secs(900)), Ok(()));
        rate.forget(&"mika");
        assert_eq!(rate.count("mika", later), Ok(()));
    }

    #[test]
    fn many_names_dont_free_one_that_waits() {
        let rate = Rate::new(2, Duration::from_secs(900));
        let now = Instant::now();
        for _ in 0..2 {
            rate.count(0, now).unwrap();
        }
        for name in 1..=MOST_KEYS {
            rate.count(name, now).unwrap();
        }
        assert!(rate.count(0, now).is_err());
        assert!(rate.tries.lock().unwrap().len() < MOST_KEYS);
    }

    #[test]
    fn a_try_that_was_no_guess_is_taken_back() {
        let rate = Rate::new(1, Duration::from_secs(900));
        let now = Instant::now();
        for _ in 0..3 {
            assert_eq!(rate.count("mika", now), Ok(()));
            rate.take_back(&"mika");
        }
        rate.count("mika", now).unwrap();
        assert!(rate.count("mika", now).is_err());
    }

    #[test]
    fn one_customer_of_many_addresses() {
        let of = |text: &str| customer(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
