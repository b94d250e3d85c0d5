//! Whether a feed may have become somebody else's: it is read from another domain, or suddenly holds far more.

use crate::excerpt::registrable;
use store::{Feed, FeedFetched};
use url::Url;

/// How many times its usual number of new items is a burst.
const BURST: i64 = 10;
/// Fewer at once are no burst, however slow the feed is.
const FEWEST: i64 = 20;
/// After so many polls it is known what is usual.
const KNOWN: i64 = 10;

/// The note of a fetch from this address that brought so many new items, with what is odd about it.
pub(super) fn watched(feed: &Feed, from: &Url, new: usize, noted: FeedFetched) -> FeedFetched {
    let host = registrable(from.as_str());
    let odd = elsewhere(feed, host.as_deref()).or_else(|| burst(feed, new));
    FeedFetched {
        host: host.or_else(|| feed.host.clone()),
        alarm: odd,
        ..noted
    }
}

fn elsewhere(feed: &Feed, host: Option<&str>) -> Option<String> {
    let (before, now) = (feed.host.as_deref()?, host?);
    (before != now).then(|| format!("It is read from {now} now, and was from {before}."))
}

fn burst(feed: &Feed, new: usize) -> Option<String> {
    let new = i64::try_from(new).unwrap_or(i64::MAX);
    // Half the median between two items is what the feed shows of its rhythm.
    let every_s = feed.pace.every_s?.saturating_mul(2).max(1);
    let polled_s = feed.interval_s.max(every_s);
    let usual = (polled_s / every_s).max(1);
    let is_one = feed.spent.polls >= KNOWN && new >= FEWEST && new > usual.saturating_mul(BURST);
    is_one.then(|| format!("It brought {new} new items at once, where about {usual} are usual."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poll::a_feed;
    use news::Millis;
    use store::Pace;

    fn odd(feed: &Feed, from: &str, new: usize) -> (Option<String>, Option<String>) {
        let noted = feed.fetched(Millis(0), Millis(0));
        let noted = watched(feed, &Url::parse(from).unwrap(), new, noted);
        (noted.host, noted.alarm)
    }

    #[test]
    fn another_domain_is_odd_and_another_host_of_it_is_not() {
        let mut feed = a_feed();
        let first = odd(&feed, "https://www.kuroshio-press.com/rss", 3);
        assert_eq!(first, (Some("kuroshio-press.com".into()), None));
        feed.host = first.0;
        assert_eq!(
            odd(&feed, "https://feeds.kuroshio-press.com/rss", 3).1,
            None
        );
        let (host, alarm) = odd(&feed, "https://parked-domains.net/rss", 3);
        assert_eq!(host.as_deref(), Some("parked-domains.net"));
        let alarm = alarm.unwrap();
        assert!(
            alarm.contains("parked-domains.net now") && alarm.contains("from kuroshio-press.com")
        );
    }

    #[test]
    fn ten_times_the_usual_is_a_burst_once_it_is_known_what_is_usual() {
        let mut feed = a_feed();
        feed.pace = Pace {
            every_s: Some(150),
            ..Pace::default()
        };
        // Three in a quarter of an hour are usual.
        let from = "https://kuroshio-press.com/rss";
        assert_eq!(
            odd(&feed, from, 100).1,
            None,
            "the first polls bring everything"
        );
        feed.spent.polls = KNOWN;
        assert_eq!(odd(&feed, from, 30).1, None);
        assert!(odd(&feed, from, 31).1.unwrap().contains("31 new items"));
        feed.pace.every_s = Some(86_400);
        assert_eq!(odd(&feed, from, 19).1, None, "a slow feed that caught up");
        assert!(odd(&feed, from, 20).1.is_some());
    }
}
