//! Whether a feed may have become somebody else's: it is read from another domain, speaks another language, or suddenly
//! holds far more. The last two are told by [`crate::unusual`].

use crate::Report;
use crate::excerpt::registrable;
use store::{Feed, FeedFetched};
use url::Url;

/// The note of a fetch from this address that brought this, with what is odd about it.
pub(super) fn watched(feed: &Feed, from: &Url, report: &Report, noted: FeedFetched) -> FeedFetched {
    let host = registrable(from.as_str());
    FeedFetched {
        alarm: elsewhere(feed, host.as_deref()),
        alarm_lang: report.foreign.clone(),
        held: report.burst.clone(),
        host: host.or_else(|| feed.host.clone()),
        ..noted
    }
}

fn elsewhere(feed: &Feed, host: Option<&str>) -> Option<String> {
    let (before, now) = (feed.host.as_deref()?, host?);
    (before != now).then(|| format!("It is read from {now} now, and was from {before}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poll::a_feed;
    use news::Millis;

    fn odd(feed: &Feed, from: &str) -> (Option<String>, Option<String>) {
        let noted = feed.fetched(Millis(0), Millis(0));
        let noted = watched(feed, &Url::parse(from).unwrap(), &Report::default(), noted);
        (noted.host, noted.alarm)
    }

    #[test]
    fn another_domain_is_odd_and_another_host_of_it_is_not() {
        let mut feed = a_feed();
        let first = odd(&feed, "https://www.kuroshio-press.com/rss");
        assert_eq!(first, (Some("kuroshio-press.com".into()), None));
        feed.host = first.0;
        assert_eq!(odd(&feed, "https://feeds.kuroshio-press.com/rss").1, None);
        let (host, alarm) = odd(&feed, "https://parked-domains.net/rss");
        assert_eq!(host.as_deref(), Some("parked-domains.net"));
        let alarm = alarm.unwrap();
        assert!(
            alarm.contains("parked-domains.net now") && alarm.contains("from kuroshio-press.com")
        );
    }
}
