//! Hosts, and the feeds that wait for them. Who waits for a slow host stands in nobody else's way.

use news::Id;
use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};
use store::DueFeed;
use url::Url;

/// Who waits where, and who is being asked.
#[derive(Default)]
pub(super) struct Hosts {
    hosts: HashMap<String, Host>,
    /// The host of each feed that waits or is asked.
    known: HashMap<Id, Place>,
    pause: Duration,
    /// Orders feeds by when they came.
    count: u64,
}

#[derive(Default)]
struct Host {
    /// Those that have failed before come last, and otherwise who came first comes first.
    waiting: BTreeSet<(bool, u64, Id)>,
    asked: bool,
    /// The end of the pause after the last request.
    free_at: Option<Instant>,
}

struct Place {
    host: String,
    failing: bool,
    asked: bool,
}

impl Hosts {
    /// Forgets who waits. When a host was asked last is remembered.
    pub(super) fn begin_anew(&mut self, pause: Duration) {
        self.pause = pause;
        self.known.clear();
        for host in self.hosts.values_mut() {
            host.waiting.clear();
            host.asked = false;
        }
    }

    /// Nobody waits and nobody is asked.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Those that are due; who waits or is asked already goes on doing so.
    pub(super) fn add(&mut self, due: Vec<DueFeed>) {
        let now = Instant::now();
        self.hosts.retain(|_, host| {
            host.asked || !host.waiting.is_empty() || host.free_at.is_some_and(|at| at > now)
        });
        for feed in due {
            if self.known.contains_key(&feed.id) {
                continue;
            }
            let url = Url::parse(&feed.url).ok();
            let host = url.as_ref().and_then(Url::host_str);
            let host = host.unwrap_or_default().to_owned();
            let failing = feed.failures > 0;
            self.count += 1;
            let waiting = &mut self.hosts.entry(host.clone()).or_default().waiting;
            waiting.insert((failing, self.count, feed.id));
            let place = Place {
                host,
                failing,
                asked: false,
            };
            self.known.insert(feed.id, place);
        }
    }

    /// So many feeds of as many hosts that may be asked now; `failing` of all that are asked may have
    /// failed before, so that what hangs leaves room for what doesn't.
    pub(super) fn choose(&mut self, room: usize, failing: usize, now: Instant) -> Vec<Id> {
        if room == 0 {
            return Vec::new();
        }
        let asked = self.known.values().filter(|place| place.asked);
        let mut slow = asked.filter(|place| place.failing).count();
        let ready = self.hosts.values().filter(|host| host.is_free(now));
        let mut first: Vec<_> = ready.filter_map(|host| host.waiting.first()).collect();
        first.sort_unstable();
        let mut chosen = Vec::new();
        for (has_failed, _, id) in first {
            if chosen.len() == room || (*has_failed && slow >= failing) {
                break;
            }
            slow += usize::from(*has_failed);
            chosen.push(*id);
        }
        for id in &chosen {
            self.ask(*id);
        }
        chosen
    }

    fn ask(&mut self, id: Id) {
        let Some(place) = self.known.get_mut(&id) else {
            return;
        };
        place.asked = true;
        if let Some(host) = self.hosts.get_mut(&place.host) {
            host.waiting.retain(|(_, _, waiting)| *waiting != id);
            host.asked = true;
        }
    }

    /// A feed's turn is over; `asked` is when its host had answered, where it was asked at all.
    pub(super) fn done(&mut self, feed: Id, asked: Option<Instant>) {
        let Some(place) = self.known.remove(&feed) else {
            return;
        };
        if let Some(host) = self.hosts.get_mut(&place.host) {
            host.asked = false;
            host.free_at = asked.map(|at| at + self.pause).or(host.free_at);
        }
    }

    /// When the next host that somebody waits for ends its pause; `None` where nobody waits for a pause.
    pub(super) fn ready_at(&self, now: Instant) -> Option<Instant> {
        let waiting = self
            .hosts
            .values()
            .filter(|host| !host.asked && !host.waiting.is_empty());
        // Who could be asked already waits for room, and not for a moment.
        waiting
            .filter_map(|host| host.free_at)
            .filter(|at| *at > now)
            .min()
    }
}

impl Host {
    fn is_free(&self, now: Instant) -> bool {
        !self.asked && self.free_at.is_none_or(|at| at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_secs(2);

    fn due(feeds: &[(i64, &str, u32)]) -> Vec<DueFeed> {
        let feed = |(id, host, failures): &(i64, &str, u32)| DueFeed {
            id: Id(*id),
            url: format!("https://{host}/{id}"),
            failures: *failures,
        };
        feeds.iter().map(feed).collect()
    }

    fn with(feeds: &[(i64, &str, u32)]) -> Hosts {
        let mut hosts = Hosts::default();
        hosts.begin_anew(PAUSE);
        hosts.add(due(feeds));
        hosts
    }

    fn ids(all: &[i64]) -> Vec<Id> {
        all.iter().copied().map(Id).collect()
    }

    #[test]
    fn a_host_is_asked_by_one_and_after_a_pause() {
        let all = [
            (1, "a.example", 0),
            (2, "a.example", 0),
            (3, "b.example", 0),
        ];
        let mut hosts = with(&all);
        let now = Instant::now();
        assert_eq!(hosts.choose(9, 9, now), ids(&[1, 3]));
        // Seen as due again while they wait or are asked, they don't come twice.
        hosts.add(due(&all));
        assert_eq!(hosts.choose(9, 9, now), []);
        assert_eq!(hosts.ready_at(now), None);
        hosts.done(Id(1), Some(now));
        assert_eq!(hosts.choose(9, 9, now), []);
        assert_eq!(hosts.ready_at(now), Some(now + PAUSE));
        assert_eq!(hosts.choose(9, 9, now + PAUSE), ids(&[2]));
        // Who wasn't asked after all leaves no pause behind.
        hosts.done(Id(2), None);
        hosts.done(Id(3), None);
        assert!(hosts.is_empty());
        // The pause outlives the run.
        hosts.begin_anew(PAUSE);
        hosts.add(due(&[(1, "a.example", 0)]));
        assert_eq!(hosts.choose(9, 9, now), []);
    }

    #[test]
    fn who_came_first_is_asked_first_and_who_failed_last() {
        let mut hosts = with(&[
            (1, "a.example", 3),
            (2, "a.example", 0),
            (3, "b.example", 0),
        ]);
        hosts.add(due(&[(4, "c.example", 0)]));
        let now = Instant::now();
        assert_eq!(hosts.choose(2, 9, now), ids(&[2, 3]));
        assert_eq!(hosts.choose(1, 9, now), ids(&[4]));
    }

    #[test]
    fn what_hangs_leaves_room() {
        let mut hosts = with(&[
            (1, "a.example", 1),
            (2, "b.example", 1),
            (3, "c.example", 1),
            (4, "d.example", 0),
        ]);
        let now = Instant::now();
        assert_eq!(hosts.choose(9, 2, now), ids(&[4, 1, 2]));
        assert_eq!(hosts.choose(9, 2, now), []);
        hosts.done(Id(1), Some(now));
        assert_eq!(hosts.choose(9, 2, now), ids(&[3]));
    }

    #[test]
    fn an_address_that_is_none_has_its_turn_as_well() {
        let mut hosts = Hosts::default();
        let nonsense = DueFeed {
            id: Id(1),
            url: "nonsense".into(),
            failures: 0,
        };
        hosts.add(vec![nonsense]);
        assert_eq!(hosts.choose(1, 1, Instant::now()), ids(&[1]));
    }
}
