use super::*;
use crate::poll::a_feed;

const MINUTE: i64 = Millis::MINUTE;
/// A Thursday, at midnight.
const NOW: Millis = Millis(1_795_651_200_000);

fn feed(every_s: Option<i64>) -> Feed {
    let mut feed = a_feed();
    feed.pace.every_s = every_s;
    feed
}

#[track_caller]
fn near(found: Millis, seconds: i64) {
    let away = (found.since(NOW) - seconds * 1_000).abs();
    assert!(
        away <= seconds * 100,
        "{} s, not {seconds}",
        found.since(NOW) / 1_000
    );
}

#[test]
fn a_rhythm_is_half_the_median_of_the_newest() {
    let check = |minutes_ago: &[i64], want: Option<i64>| {
        let dates = minutes_ago.iter().map(|ago| NOW.plus(-ago * MINUTE));
        assert_eq!(every(dates, NOW), want, "{minutes_ago:?}");
    };
    check(&[], None);
    check(&[5, 10], None);
    check(&[40, 0, 20], Some(600));
    // One long night between two busy days is none of the rhythm; dates to come are none either.
    check(&[0, 10, 20, 30, 700, 710, -90], Some(300));
    check(&[7, 7, 7, 7], Some(0));
    // What was once, long ago, is over.
    let (newest, old) = ((0..21).map(|n| n * 30), (21..400).map(|n| 600 + n));
    check(&newest.chain(old).collect::<Vec<_>>(), Some(900));
}

#[test]
fn a_feed_is_due_by_its_rhythm_within_bounds() {
    for (every_s, seconds) in [
        (None, 900),
        (Some(0), 300),
        (Some(299), 300),
        (Some(1_200), 1_200),
        (Some(50_000), 3_600),
    ] {
        let feed = feed(every_s);
        near(after(&feed, feed.pace, NOW, None), seconds);
    }
    let set = |interval_s, every_s, seconds| {
        let feed = Feed {
            interval_s,
            ..feed(every_s)
        };
        near(after(&feed, feed.pace, NOW, None), seconds);
    };
    set(120, Some(0), 120);
    set(1, Some(0), 120);
    set(1, None, 120);
    set(21_600, Some(0), 21_600);
}

#[test]
fn nobody_is_asked_before_the_time_he_named() {
    let asks = |wait: u64, least_s: i64, seconds: i64| {
        for n in 0..50 {
            let mut feed = feed(Some(600));
            (feed.id, feed.pace.least_s) = (news::Id(n), least_s);
            let at = after(&feed, feed.pace, NOW, Some(Duration::from_secs(wait)));
            near(at, seconds);
            assert!(at.since(NOW) >= seconds * 1_000);
        }
    };
    asks(3_600, 0, 3_600);
    asks(0, 7_200, 7_200);
    asks(9_000, 7_200, 9_000);
    asks(u64::MAX, 0, LATEST);
    asks(0, i64::MAX, LATEST);
}

#[test]
fn a_feed_whose_hub_tells_us_is_asked_four_times_a_day() {
    let mut feed = feed(Some(600));
    feed.told_until = Some(NOW.plus(1));
    near(after(&feed, feed.pace, NOW, None), TOLD);
    feed.told_until = Some(NOW);
    near(after(&feed, feed.pace, NOW, None), 600);
}

#[test]
fn hours_and_days_that_it_skips_are_skipped() {
    let skipping = |skip_hours, skip_days, at: i64, want: i64| {
        let pace = Pace {
            skip_hours,
            skip_days,
            ..Pace::default()
        };
        let hour = |hours: i64| NOW.plus(hours * Millis::HOUR + 17 * MINUTE);
        assert_eq!(
            open(pace, hour(at)),
            hour(want),
            "{skip_hours:x} {skip_days:x} {at}"
        );
    };
    skipping(0, 0, 5, 5);
    skipping(0b11_1110, 0, 1, 6);
    skipping(1 << 23 | 0b11, 0, 23, 26);
    // Thursday is bit 3, Friday bit 4.
    skipping(0, 1 << 3, 5, 24);
    skipping(0, 1 << 4, 5, 5);
    skipping(0, 1 << 4 | 1 << 5, 24, 48);
    skipping(u32::MAX, 0, 0, 24);
    let mut feed = feed(Some(600));
    feed.pace.skip_hours = u32::MAX;
    assert_eq!(after(&feed, feed.pace, NOW, None), NOW.plus(Millis::DAY));
}

#[test]
fn failures_make_it_wait() {
    let due = |every_s, failures, wait: Option<u64>| {
        after_failures(&feed(every_s), failures, NOW, wait.map(Duration::from_secs))
    };
    near(due(None, 1, None), 1_800);
    near(due(None, 3, None), 7_200);
    near(due(Some(300), 1, None), 600);
    near(due(None, u32::MAX, None), LATEST);
    near(due(None, 1, Some(7_000)), 7_000);
    assert!(due(None, 1, Some(7_000)).since(NOW) >= 7_000_000);
}

#[test]
fn feeds_that_came_together_part() {
    let at = |id| {
        let feed = Feed {
            id: news::Id(id),
            ..feed(Some(600))
        };
        after(&feed, feed.pace, NOW, None)
    };
    let all: std::collections::HashSet<_> = (0..100).map(at).collect();
    assert!(all.len() > 50, "{}", all.len());
}
