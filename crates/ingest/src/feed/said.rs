//! What a feed says of itself: how often it may be read, and who tells of its changes.
//! Taken from what stands before the first item, by search: a broken feed says it as well as a good one.

use super::absolute;
use super::outline::is_item;
use crate::markup::{Piece, Tag, local, pieces};
use serde_json::Value;
use url::Url;

/// No word of a feed's makes us wait longer: a day, in seconds.
pub(crate) const LATEST: i64 = 24 * 60 * 60;

/// What a feed says of itself.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Said {
    /// Seconds: half the median between its last items; `None` where too few say when they are from.
    pub every_s: Option<i64>,
    /// Seconds that it asks its readers to wait at least (`ttl`, `sy:updatePeriod`).
    pub least_s: i64,
    /// Hours of the day (UTC) in which it asks not to be read: bit 0 is the hour after midnight.
    pub skip_hours: u32,
    /// Days of the week, in the same way: bit 0 is Monday.
    pub skip_days: u32,
    /// Who tells of its changes.
    pub hub: Option<String>,
    /// What it calls its own address.
    pub itself: Option<String>,
}

/// Of a feed of markup.
pub(super) fn of_markup(text: &str, base: Option<&Url>) -> Said {
    let mut said = Said::default();
    let (mut period, mut frequency) = (None, 1);
    let (mut words, mut skips) = (String::new(), None);
    for (_, piece) in pieces(text) {
        match piece {
            Piece::Open(tag) if is_item(tag.name) => break,
            Piece::Open(tag) => {
                words.clear();
                match local(tag.name).to_ascii_lowercase().as_str() {
                    "link" => said.link(&tag, base),
                    "skiphours" => skips = Some("hour"),
                    "skipdays" => skips = Some("day"),
                    _ => {}
                }
            }
            // Nothing of what is asked for here is long.
            Piece::Text(text) | Piece::Cdata(text) if words.len() < 64 => {
                words.extend(text.chars().take(64));
            }
            Piece::Close(name) => {
                let word = words.trim();
                match local(name).to_ascii_lowercase().as_str() {
                    "ttl" => said.wait(word.parse::<i64>().ok().map(|n| n.saturating_mul(60))),
                    "updateperiod" => period = seconds(word),
                    "updatefrequency" => frequency = word.parse().unwrap_or(1),
                    "hour" if skips == Some("hour") => said.skip_hours |= hour(word),
                    "day" if skips == Some("day") => said.skip_days |= day(word),
                    "skiphours" | "skipdays" => skips = None,
                    _ => {}
                }
                words.clear();
            }
            _ => {}
        }
    }
    said.wait(period.map(|period| period / frequency.max(1)));
    said
}

/// Of a JSON Feed.
pub(super) fn of_json(feed: &Value, base: Option<&Url>) -> Said {
    let hubs = feed.get("hubs").and_then(Value::as_array);
    let text = |value: &Value, key: &str| {
        let text = value.get(key).and_then(Value::as_str)?;
        absolute(text, base)
    };
    let is_websub = |hub: &&Value| {
        let kind = hub.get("type").and_then(Value::as_str);
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("websub"))
    };
    Said {
        hub: hubs
            .and_then(|hubs| hubs.iter().find(is_websub))
            .and_then(|hub| text(hub, "url")),
        itself: text(feed, "feed_url"),
        ..Said::default()
    }
}

impl Said {
    fn wait(&mut self, seconds: Option<i64>) {
        let seconds = seconds.unwrap_or_default().clamp(0, LATEST);
        self.least_s = self.least_s.max(seconds);
    }

    fn link(&mut self, tag: &Tag<'_>, base: Option<&Url>) {
        let (Some(rel), Some(href)) = (tag.attribute("rel"), tag.attribute("href")) else {
            return;
        };
        for rel in rel.split_ascii_whitespace() {
            let place = match rel.to_ascii_lowercase().as_str() {
                "hub" => &mut self.hub,
                "self" => &mut self.itself,
                _ => continue,
            };
            if place.is_none() {
                *place = absolute(&href, base);
            }
        }
    }
}

/// `sy:updatePeriod`
fn seconds(period: &str) -> Option<i64> {
    const DAY: i64 = 86_400;
    Some(match period.to_ascii_lowercase().as_str() {
        "hourly" => 3_600,
        "daily" => DAY,
        "weekly" => 7 * DAY,
        "monthly" => 30 * DAY,
        "yearly" => 365 * DAY,
        _ => return None,
    })
}

/// Midnight is 0, or 24 in old feeds.
fn hour(word: &str) -> u32 {
    let hour = word.parse::<u32>().ok().filter(|hour| *hour <= 24);
    hour.map_or(0, |hour| 1 << (hour % 24))
}

fn day(word: &str) -> u32 {
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let at = days.iter().position(|day| word.eq_ignore_ascii_case(day));
    at.map_or(0, |at| 1 << at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, want: &Said) {
        let feed = format!(
            "<rss version='2.0'><channel><title>t</title>{head}<item><ttl>9</ttl>\
             <link rel='hub' href='https://late.example/'/></item></channel></rss>"
        );
        let base = Url::parse("https://a.example/feed").unwrap();
        assert_eq!(&of_markup(&feed, Some(&base)), want, "{head}");
    }

    #[test]
    fn what_stands_before_the_first_item_counts() {
        let waits = |least_s| Said {
            least_s,
            ..Said::default()
        };
        check("", &Said::default());
        check("<ttl> 45 </ttl>", &waits(2_700));
        check("<ttl><![CDATA[45]]></ttl>", &waits(2_700));
        check("<ttl>-5</ttl><ttl>soon</ttl>", &Said::default());
        check("<ttl>99999999999999999</ttl>", &waits(LATEST));
        let period = "<sy:updatePeriod>daily</sy:updatePeriod>";
        check(period, &waits(LATEST));
        let often = format!("{period}<sy:updateFrequency>12</sy:updateFrequency>");
        check(&often, &waits(7_200));
        let never = format!("{period}<sy:updateFrequency>0</sy:updateFrequency>");
        check(&never, &waits(LATEST));
        check(
            "<skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>x</hour><hour>31</hour></skipHours>\
             <skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays><hour>5</hour>",
            &Said {
                skip_hours: 1 | 1 << 23,
                skip_days: 0b110_0000,
                ..Said::default()
            },
        );
        check(
            "<link>https://a.example/</link><atom:link rel='hub self' href='/x'/>\
             <link rel='hub' href='https://b.example/'/>",
            &Said {
                hub: Some("https://a.example/x".into()),
                itself: Some("https://a.example/x".into()),
                ..Said::default()
            },
        );
        check("<link rel='hub' href='javascript:x'/>", &Said::default());
    }

    #[test]
    fn a_json_feed_names_its_hubs() {
        let feed = serde_json::json!({"feed_url": "https://a.example/feed", "hubs": [
            {"type": "rssCloud", "url": "https://c.example/"}, 5, {"type": "WebSub", "url": "https://hub.example/"}]});
        let said = of_json(&feed, None);
        assert_eq!(said.hub.as_deref(), Some("https://hub.example/"));
        assert_eq!(said.itself.as_deref(), Some("https://a.example/feed"));
    }
}
