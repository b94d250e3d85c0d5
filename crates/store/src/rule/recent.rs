//! What rules are tried on: everything that came in of late, whatever became of it.

use crate::sql::{all, sql};
use crate::{NewExcerpt, Result, Store, row, text};
use news::{Id, Lang, Millis, Place, Section, StoryAddress};
use serde_json::{Value, json};
use sqlx::types::Json;
use std::cmp::Reverse;
use std::collections::HashMap;

sql! {
    RECENT = "SELECT s.id, s.slug, s.headline, s.excerpt, s.lang, s.section_id, s.placed_by_editor, s.pub_status,
            src.id AS source_id, src.name AS source,
            (SELECT string_agg(p.code, ',' ORDER BY p.position) FROM story_place p WHERE p.story_id = s.id) AS places, c.came
        FROM story s JOIN source src ON src.id = s.source_id
        JOIN (SELECT w.story_id, MAX(w.at) AS came FROM wire_item w
            WHERE w.at > $1 AND w.story_id IS NOT NULL GROUP BY w.story_id) c ON c.story_id = s.id
        WHERE s.kind = 'excerpt' ORDER BY c.came DESC, s.published_at DESC, s.id DESC LIMIT $2";
    RECENT_TOPICS = "SELECT st.story_id, t.names FROM (SELECT s.id FROM story s
            JOIN (SELECT w.story_id, MAX(w.at) AS came FROM wire_item w
            WHERE w.at > $1 AND w.story_id IS NOT NULL GROUP BY w.story_id) c ON c.story_id = s.id
            WHERE s.kind = 'excerpt' ORDER BY c.came DESC, s.published_at DESC, s.id DESC LIMIT $2) s
        JOIN story_topic st ON st.story_id = s.id JOIN topic t ON t.id = st.topic_id";
    RECENTLY_REFUSED = "SELECT w.refused, src.id, src.name, w.at FROM wire_item w JOIN source src ON src.id = w.source_id
        WHERE w.at > $1 AND w.story_id IS NULL AND w.refused IS NOT NULL ORDER BY w.at DESC, w.id DESC LIMIT $2";
}

/// An item of the last days, as rules look at it.
#[derive(Clone, Debug)]
pub struct RecentExcerpt {
    /// Where it stands; nowhere where it was refused.
    pub address: Option<StoryAddress>,
    /// What became of it.
    pub became: Became,
    /// The agency's headline.
    pub headline: String,
    /// The words that were kept; none of what was refused or withdrawn.
    pub words: Vec<String>,
    /// Its language.
    pub lang: Lang,
    /// Whose it is.
    pub source: (Id, String),
    /// Where readers find it, or would have.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// Its topics: what was kept of its feed's categories.
    pub topics: Vec<String>,
    /// Whether an editor has placed it: then no rule moves it.
    pub by_editor: bool,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Became {
    /// Readers have it.
    Shown,
    /// They don't have it yet.
    Waits,
    /// They had it, or would have.
    Withdrawn,
    /// It was not taken.
    Refused,
}

#[derive(sqlx::FromRow)]
struct RecentRow {
    id: i64,
    slug: Option<String>,
    headline: Option<String>,
    excerpt: Option<Json<Vec<String>>>,
    lang: String,
    section_id: i64,
    placed_by_editor: bool,
    pub_status: String,
    source_id: i64,
    source: String,
    places: Option<String>,
    came: i64,
}

/// What is kept of an item that isn't taken: enough to try a rule on it, and nothing of its text.
pub(crate) fn refused(item: &NewExcerpt) -> Value {
    let clean =
        |words: &str| text::clean(words).map(|words| words.chars().take(300).collect::<String>());
    let topics = item.topics.iter().filter_map(|topic| clean(topic).ok());
    let codes = item.places.iter().map(|place| place.code());
    json!({
        "headline": clean(&item.headline).unwrap_or_default(),
        "lang": item.lang.as_str(),
        "section": item.section.slug(),
        "places": codes.collect::<Vec<_>>(),
        "topics": topics.collect::<Vec<_>>(),
    })
}

impl Store {
    /// The newest items that came in since a moment, whatever became of them: the newest of all,
    /// so that a full week shows what was refused beside what was taken.
    pub async fn recent_excerpts(&self, since: Millis, most: u32) -> Result<Vec<RecentExcerpt>> {
        let most = i64::from(most);
        let rows: Vec<RecentRow> = all!(read self.db(); RECENT, since.0, most)?;
        let named: Vec<(i64, Json<Value>)> = all!(read self.db(); RECENT_TOPICS, since.0, most)?;
        let mut topics: HashMap<i64, Vec<String>> = HashMap::new();
        for (story, names) in named {
            let name = names.get("en").and_then(Value::as_str).unwrap_or_default();
            topics.entry(story).or_default().push(name.to_owned());
        }
        let mut recent = rows
            .into_iter()
            .map(|row| {
                let topics = topics.remove(&row.id).unwrap_or_default();
                Ok((row.came, row.recent(topics)?))
            })
            .collect::<Result<Vec<_>>>()?;
        let rows: Vec<(Json<Value>, i64, String, i64)> =
            all!(read self.db(); RECENTLY_REFUSED, since.0, most)?;
        recent.extend(
            rows.into_iter()
                .filter_map(|(kept, id, name, at)| Some((at, of_refused(&kept, (Id(id), name))?))),
        );
        // A stable order: what came in one moment stays as each list has it.
        recent.sort_by_key(|(came, _)| Reverse(*came));
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(recent.into_iter().take(most).map(|(_, one)| one).collect())
    }
}

impl RecentRow {
    fn recent(self, topics: Vec<String>) -> Result<RecentExcerpt> {
        let became = match self.pub_status.as_str() {
            "usable" => Became::Shown,
            "canceled" => Became::Withdrawn,
            _ => Became::Waits,
        };
        Ok(RecentExcerpt {
            address: Some(row::address(self.id, self.slug.as_deref())),
            became,
            headline: self.headline.unwrap_or_default(),
            words: self.excerpt.map(|words| words.0).unwrap_or_default(),
            lang: row::lang(&self.lang)?,
            source: (Id(self.source_id), self.source),
            section: row::section(self.section_id)?,
            places: row::places(self.places.as_deref())?,
            topics,
            by_editor: self.placed_by_editor,
        })
    }
}

fn of_refused(kept: &Value, source: (Id, String)) -> Option<RecentExcerpt> {
    let text = |name: &str| kept.get(name).and_then(Value::as_str);
    let list = |name: &str| {
        let all = kept.get(name).and_then(Value::as_array);
        let all = all.into_iter().flatten().filter_map(Value::as_str);
        all.map(str::to_owned).collect::<Vec<_>>()
    };
    let places = list("places");
    Some(RecentExcerpt {
        address: None,
        became: Became::Refused,
        headline: text("headline")?.to_owned(),
        words: vec![],
        lang: Lang::parse(text("lang")?)?,
        source,
        section: Section::from_slug(text("section")?)?,
        places: places
            .iter()
            .filter_map(|code| Place::from_code(code))
            .collect(),
        topics: list("topics"),
        by_editor: false,
    })
}
