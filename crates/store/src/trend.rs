//! How often places and topics are told of: now, and in the same hours of the days before. What makes a trend of the
//! counts is a rule of news: [`news::trend`].

use crate::sql::{all, sql};
use crate::voice::voice;
use crate::{Error, Result, Store, row};
use news::front::Of;
use news::trend::{Count, DAYS, FLOOR, Subject, WINDOW};
use news::{Millis, Place, Region, Section};
use serde_json::Value;
use sqlx::types::Json;

/// Stories that readers have, of one list, by what they are told of; what one voice tells of one event counts once a
/// day. $1 the moment, $2 the beginning of the oldest day's hours, $3 the length of a day's hours, $4 of a day, $5 how
/// many owners at least; $6, $7 and $8 the list: a section or 0, a place's code and a region's slug or nothing.
macro_rules! counts {
    ($what:literal, $join:literal, $group:literal) => {
        concat!(
            "SELECT ", $what, ",
                COUNT(DISTINCT CASE WHEN $1 - s.published_at < $3
                    THEN COALESCE(s.cluster_id, s.id) || ' ' || ", voice!("so"), " END),
                COUNT(DISTINCT CASE WHEN $1 - s.published_at < $3 THEN ", voice!("so"), " END),
                COUNT(DISTINCT CASE WHEN $1 - s.published_at >= $4 THEN (($1 - s.published_at) / $4) || ' '
                    || COALESCE(s.cluster_id, s.id) || ' ' || ", voice!("so"), " END)
            FROM story s LEFT JOIN source so ON so.id = s.source_id ", $join, "
            WHERE s.pub_status = 'usable' AND NOT s.undated AND s.published_at > $2
                AND ($1 - s.published_at < $3 OR ($1 - s.published_at >= $4 AND ($1 - s.published_at) % $4 < $3))
                AND (s.section_id = $6 OR $6 = 0)
                AND ($7 = '' OR EXISTS (SELECT 1 FROM story_place f WHERE f.story_id = s.id AND f.code = $7))
                AND ($8 = '' OR EXISTS (SELECT 1 FROM story_place f WHERE f.story_id = s.id AND f.region = $8))
            GROUP BY ", $group, "
            HAVING COUNT(DISTINCT CASE WHEN $1 - s.published_at < $3 THEN ", voice!("so"), " END) >= $5"
        )
    };
}

sql! {
    PLACES = counts!("p.code", "JOIN story_place p ON p.story_id = s.id", "p.code");
    TOPICS = counts!("t.slug, t.names", "JOIN story_topic st ON st.story_id = s.id JOIN topic t ON t.id = st.topic_id",
        "t.id, t.slug, t.names");
}

/// How many stories now, how many owners, how many before.
#[derive(sqlx::FromRow)]
struct PlaceRow(String, i64, i64, i64);

#[derive(sqlx::FromRow)]
struct TopicRow(String, Json<Value>, i64, i64, i64);

impl Store {
    /// What the stories of a list are told of, as far as enough owners do at this moment. What gave no date of its own
    /// is not counted.
    pub async fn trend_counts(&self, of: Of, now: Millis) -> Result<Vec<Count>> {
        let (section, place, region) = filter(of);
        let oldest = now.0 - WINDOW - i64::from(DAYS) * Millis::DAY;
        let floor = i64::from(FLOOR);
        let places: Vec<PlaceRow> = all!(read self.db(); PLACES, now.0, oldest, WINDOW, Millis::DAY, floor,
            section, place, region)?;
        let topics: Vec<TopicRow> = all!(read self.db(); TOPICS, now.0, oldest, WINDOW, Millis::DAY, floor,
            section, place, region)?;
        let mut counts = vec![];
        for PlaceRow(code, now, owners, before) in places {
            for place in row::places(Some(&code))? {
                counts.push(count(Subject::Place(place), now, owners, before)?);
            }
        }
        for TopicRow(slug, names, now, owners, before) in topics {
            let name = names.get("en").and_then(Value::as_str).unwrap_or(&slug);
            let of = Subject::Topic(slug.clone(), name.to_owned());
            counts.push(count(of, now, owners, before)?);
        }
        Ok(counts)
    }
}

/// The list as the statements ask for it.
pub(crate) fn filter(of: Of) -> (i64, &'static str, &'static str) {
    let section = |section: Section| section.id();
    match of {
        Of::All | Of::Since(_) => (0, "", ""),
        Of::Section(s) => (section(s), "", ""),
        Of::SectionPlace(s, place) => (section(s), Place::code(place), ""),
        Of::Place(place) => (0, Place::code(place), ""),
        Of::Region(region) => (0, "", Region::slug(region)),
    }
}

fn count(of: Subject, now: i64, owners: i64, before: i64) -> Result<Count> {
    let small =
        |n: i64| u32::try_from(n).map_err(|_| Error::Broken(format!("the count {n} of a trend")));
    Ok(Count {
        of,
        now: small(now)?,
        owners: small(owners)?,
        before: small(before)?,
    })
}
