//! What is unusual about a fetch, before anything of it is filed: a burst, whose new items are held until the desk has
//! said its word, and another language than the feed's, which is an alarm. Both are measured by the feed's own last
//! seven days.

use crate::Report;
use news::{Id, Millis};
use store::{NewExcerpt, Store, Usual};

/// How many times its usual number of new items in an hour is a burst.
const BURST: i64 = 10;
/// Fewer in an hour are no burst, however slow the feed is.
const FEWEST: i64 = 20;
/// After so many polls it is known what is usual: a first one that was cut short goes on with the next.
const POLLED: i64 = 10;
/// A feed that brings its day at once isn't held each day: a burst is over so many times its busiest hour, too.
const BUSIER: i64 = 2;
/// A fetch of fewer items says nothing of a feed's language.
const FEWEST_SPOKEN: usize = 5;
/// Of so many items one is enough for a language to be one of the feed's.
const SPOKEN: i64 = 10;

/// Looks at what a feed has brought, and holds what is new of it where that is a burst or the feed is held already.
pub(crate) async fn look(
    store: &Store,
    source: Id,
    (feed, now): (Id, Millis),
    excerpts: &mut [NewExcerpt],
    report: &mut Report,
) -> store::Result<()> {
    if excerpts.is_empty() {
        return Ok(());
    }
    let held = store.feed_held(feed).await?;
    let usual = store.usual_of(feed, now).await?;
    report.foreign = foreign(&usual, excerpts);
    let all = i64::try_from(excerpts.len()).unwrap_or(i64::MAX);
    // Most fetches are too small for a burst: then nobody has to ask what of it is new.
    if held.is_none() && burst(&usual, all, now).is_none() {
        return Ok(());
    }
    let unknown = store.are_unknown(source, excerpts).await?;
    let new = unknown.iter().filter(|unknown| **unknown).count();
    let why = held.or_else(|| burst(&usual, i64::try_from(new).unwrap_or(i64::MAX), now));
    let Some(why) = why else {
        return Ok(());
    };
    for (excerpt, unknown) in excerpts.iter_mut().zip(unknown) {
        if unknown && excerpt.hold.is_none() {
            excerpt.hold = Some(why.clone());
        }
    }
    report.burst = Some(why);
    Ok(())
}

/// What a burst is called, where so many new items are one.
fn burst(usual: &Usual, new: i64, now: Millis) -> Option<String> {
    let known = now.since(usual.since?);
    // Nobody knows what is usual on a feed's first day.
    if known < Millis::DAY || usual.polls < POLLED {
        return None;
    }
    let hours = (known / Millis::HOUR).clamp(1, 7 * 24);
    let new = new.saturating_add(usual.last_hour);
    let is_one = new >= FEWEST
        && new.saturating_mul(hours) > usual.before.saturating_mul(BURST)
        && new > usual.busiest.saturating_mul(BUSIER);
    let about = (usual.before.saturating_add(hours / 2) / hours).max(1);
    is_one.then(|| {
        format!("It brought {new} new items within an hour, where about {about} are usual.")
    })
}

fn foreign(usual: &Usual, excerpts: &[NewExcerpt]) -> Option<String> {
    let before: i64 = usual.langs.values().sum();
    if excerpts.len() < FEWEST_SPOKEN || before < SPOKEN {
        return None;
    }
    let is_spoken = |lang: &str| {
        let items = usual.langs.get(lang).copied().unwrap_or_default();
        items.saturating_mul(SPOKEN) >= before
    };
    let others = excerpts
        .iter()
        .map(|excerpt| excerpt.lang.primary())
        .filter(|lang| !is_spoken(lang));
    let others: Vec<&str> = others.collect();
    if others.len() * 2 <= excerpts.len() {
        return None;
    }
    let (most, _) = usual
        .langs
        .iter()
        .max_by_key(|(lang, items)| (**items, std::cmp::Reverse(*lang)))?;
    let other = others.first()?;
    Some(format!(
        "{} of its {} items are in another language ({other}) than those of the last seven days ({most}).",
        others.len(),
        excerpts.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_795_651_200_000);

    fn usual(days: i64, before: i64, busiest: i64) -> Usual {
        Usual {
            polls: POLLED,
            before,
            busiest,
            since: Some(NOW.plus(-days * Millis::DAY)),
            ..Usual::default()
        }
    }

    #[test]
    fn over_ten_times_the_usual_is_a_burst() {
        // Three an hour are usual: thirty are ten times that, and more are a burst.
        let three = usual(7, 3 * 168, 6);
        assert_eq!(burst(&three, 30, NOW), None);
        let why = burst(&three, 31, NOW).unwrap();
        assert!(why.contains("31 new items") && why.contains("about 3 are"));
        let after = Usual {
            last_hour: 25,
            ..three
        };
        assert_eq!(burst(&after, 5, NOW), None);
        assert!(burst(&after, 6, NOW).is_some(), "the hour counts");
    }

    #[test]
    fn small_feeds_and_daily_ones_are_not_held() {
        let slow = usual(7, 4, 1);
        assert_eq!(burst(&slow, 19, NOW), None, "a slow feed that caught up");
        assert!(burst(&slow, 20, NOW).is_some());
        let daily = usual(7, 7 * 40, 40);
        assert_eq!(burst(&daily, 80, NOW), None, "it brings its day at once");
        assert!(burst(&daily, 81, NOW).is_some());
        assert_eq!(burst(&usual(0, 4, 1), 500, NOW), None, "its first day");
        assert_eq!(burst(&Usual::default(), 500, NOW), None, "its first poll");
        let second = Usual {
            polls: POLLED - 1,
            ..slow
        };
        assert_eq!(burst(&second, 500, NOW), None, "its first polls");
    }
}
