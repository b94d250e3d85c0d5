//! The desk's rules for the wire, and the excerpts they are tried on before they are saved.

use crate::audit::Deed;
use crate::db::Tx;
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, row};
use news::rule::{Conditions, Effects};
use news::{Id, Lang, Millis, Place, Refusal, Rule, Rules, Section, StaffId, StoryAddress};
use serde_json::{Value, json};
use sqlx::types::Json;
use std::collections::HashMap;

sql! {
    RULES = "SELECT r.id, r.name, r.conditions, r.effects, r.off, s.name AS who, r.at
        FROM rule r LEFT JOIN staff s ON s.id = r.staff_id ORDER BY r.position, r.id";
    BEFORE = "SELECT name, conditions, effects, off, position FROM rule WHERE id = $1";
    // Two chiefs at once: one waits for the other, so that no position is given twice.
    HOLD_ALL = "UPDATE rule SET position = position";
    COUNT = "SELECT COUNT(*), CAST(COALESCE(MAX(position), 0) AS BIGINT) FROM rule";
    ADD = "INSERT INTO rule(id, position, name, conditions, effects, staff_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHANGE = "UPDATE rule SET name = $2, conditions = $3, effects = $4, staff_id = $5, at = $6 WHERE id = $1";
    SWITCH = "UPDATE rule SET off = $2, staff_id = $3, at = $4 WHERE id = $1";
    EARLIER = "SELECT id, position FROM rule WHERE position < $1 ORDER BY position DESC LIMIT 1";
    LATER = "SELECT id, position FROM rule WHERE position > $1 ORDER BY position LIMIT 1";
    PUT = "UPDATE rule SET position = $2 WHERE id = $1";
    RECENT = "SELECT s.id, s.slug, s.headline, s.excerpt, s.lang, s.section_id, s.placed_by_editor,
            src.id AS source_id, src.name AS source,
            (SELECT string_agg(p.code, ',' ORDER BY p.position) FROM story_place p WHERE p.story_id = s.id) AS places
        FROM story s JOIN source src ON src.id = s.source_id
        WHERE s.pub_status = 'usable' AND s.kind = 'excerpt' AND s.published_at > $1
        ORDER BY s.published_at DESC, s.id DESC LIMIT $2";
    RECENT_TOPICS = "SELECT st.story_id, t.names FROM (SELECT id FROM story
            WHERE pub_status = 'usable' AND kind = 'excerpt' AND published_at > $1
            ORDER BY published_at DESC, id DESC LIMIT $2) s
        JOIN story_topic st ON st.story_id = s.id JOIN topic t ON t.id = st.topic_id";
}

/// A rule as the desk sees it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeptRule {
    /// What it says.
    pub rule: Rule,
    /// Whether it is applied.
    pub on: bool,
    /// Who changed it last.
    pub who: Option<String>,
    /// When.
    pub at: Millis,
}

/// Where a rule moves in the order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Moves {
    /// Before the one that stands before it.
    Earlier,
    /// After the one that stands after it.
    Later,
}

/// An excerpt of the last days, as rules look at it.
#[derive(Clone, Debug)]
pub struct RecentExcerpt {
    /// Where it stands.
    pub address: StoryAddress,
    /// The agency's headline.
    pub headline: String,
    /// The words we show.
    pub words: Vec<String>,
    /// Its language.
    pub lang: Lang,
    /// Whose it is.
    pub source: (Id, String),
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// Its topics: what was kept of its feed's categories.
    pub topics: Vec<String>,
    /// Whether an editor has placed it: then no rule moves it.
    pub by_editor: bool,
}

#[derive(sqlx::FromRow)]
struct RuleRow {
    id: i64,
    name: String,
    conditions: Json<Conditions>,
    effects: Json<Effects>,
    off: bool,
    who: Option<String>,
    at: i64,
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
    source_id: i64,
    source: String,
    places: Option<String>,
}

/// Name, conditions, effects, whether it is off, position.
type Before = (String, Json<Value>, Json<Value>, bool, i64);

impl Store {
    /// All rules in their order.
    pub async fn rules(&self) -> Result<Vec<KeptRule>> {
        let rows: Vec<RuleRow> = all!(read self.db(); RULES)?;
        let kept = rows.into_iter().map(|row| KeptRule {
            rule: Rule {
                id: Id(row.id),
                name: row.name,
                when: row.conditions.0,
                then: row.effects.0,
            },
            on: !row.off,
            who: row.who,
            at: Millis(row.at),
        });
        Ok(kept.collect())
    }

    /// The rules that are on, ready for many items.
    pub async fn rules_in_force(&self) -> Result<Rules> {
        let kept = self.rules().await?.into_iter();
        Ok(Rules::new(
            kept.filter(|kept| kept.on).map(|kept| kept.rule),
        ))
    }

    /// Adds a rule behind all others; gives its number. What stands in `id` is of no account.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where it says too little or too much, [`Refusal::TooLarge`] where there are enough.
    pub async fn add_rule(&self, rule: Rule, staff: StaffId) -> Result<Id> {
        let rule = Rule {
            id: self.next_id(),
            ..rule.checked()?
        };
        let mut tx = self.write().await?;
        run!(tx; HOLD_ALL)?;
        let found: Option<(i64, i64)> = maybe!(tx tx; COUNT)?;
        let (count, last) = found.unwrap_or_default();
        if usize::try_from(count).unwrap_or(usize::MAX) >= Rules::MOST {
            let limit = format!("at most {} rules", Rules::MOST);
            return Err(Refusal::TooLarge(limit).into());
        }
        let (when, then, at) = (Json(&rule.when), Json(&rule.then), Self::now().0);
        run!(tx; ADD, rule.id.0, last + 1, rule.name.as_str(), when, then, staff.0, at)?;
        self.note_rule(
            &mut tx,
            staff,
            ("add rule", rule.id),
            Value::Null,
            json!(rule),
        )
        .await?;
        tx.commit().await?;
        Ok(rule.id)
    }

    /// Changes what a rule says; its place in the order stays, and so does whether it is on.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none, [`Refusal::Invalid`] where it says too little or too much.
    pub async fn change_rule(&self, rule: Rule, staff: StaffId) -> Result<()> {
        let rule = rule.checked()?;
        let mut tx = self.write().await?;
        let (name, when, then, ..) = before(&mut tx, rule.id).await?;
        let was = json!({ "id": rule.id, "name": name, "when": when.0, "then": then.0 });
        let (when, then, at) = (Json(&rule.when), Json(&rule.then), Self::now().0);
        run!(tx; CHANGE, rule.id.0, rule.name.as_str(), when, then, staff.0, at)?;
        self.note_rule(&mut tx, staff, ("change rule", rule.id), was, json!(rule))
            .await?;
        tx.commit().await
    }

    /// Switches a rule on, or off where it is on; gives whether it is on now.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none.
    pub async fn switch_rule(&self, rule: Id, staff: StaffId) -> Result<bool> {
        let mut tx = self.write().await?;
        let (_, _, _, off, _) = before(&mut tx, rule).await?;
        run!(tx; SWITCH, rule.0, !off, staff.0, Self::now().0)?;
        let (was, is) = (json!({ "on": !off }), json!({ "on": off }));
        self.note_rule(&mut tx, staff, ("switch rule", rule), was, is)
            .await?;
        tx.commit().await?;
        Ok(off)
    }

    /// Moves a rule by one in the order; at an end of it nothing happens.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none.
    pub async fn move_rule(&self, rule: Id, moves: Moves, staff: StaffId) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; HOLD_ALL)?;
        let (.., position) = before(&mut tx, rule).await?;
        let neighbour: Option<(i64, i64)> = match moves {
            Moves::Earlier => maybe!(tx tx; EARLIER, position)?,
            Moves::Later => maybe!(tx tx; LATER, position)?,
        };
        let Some((other, there)) = neighbour else {
            return Ok(());
        };
        run!(tx; PUT, rule.0, there)?;
        run!(tx; PUT, other, position)?;
        let (was, is) = (
            json!({ "position": position }),
            json!({ "position": there }),
        );
        self.note_rule(&mut tx, staff, ("move rule", rule), was, is)
            .await?;
        tx.commit().await
    }

    /// The newest excerpts that readers have, published since a moment.
    pub async fn recent_excerpts(&self, since: Millis, most: u32) -> Result<Vec<RecentExcerpt>> {
        let most = i64::from(most);
        let rows: Vec<RecentRow> = all!(read self.db(); RECENT, since.0, most)?;
        let named: Vec<(i64, Json<Value>)> = all!(read self.db(); RECENT_TOPICS, since.0, most)?;
        let mut topics: HashMap<i64, Vec<String>> = HashMap::new();
        for (story, names) in named {
            let name = names.get("en").and_then(Value::as_str).unwrap_or_default();
            topics.entry(story).or_default().push(name.to_owned());
        }
        rows.into_iter()
            .map(|row| {
                Ok(RecentExcerpt {
                    address: row::address(row.id, row.slug.as_deref()),
                    headline: row.headline.unwrap_or_default(),
                    words: row.excerpt.map(|words| words.0).unwrap_or_default(),
                    lang: row::lang(&row.lang)?,
                    source: (Id(row.source_id), row.source),
                    section: row::section(row.section_id)?,
                    places: row::places(row.places.as_deref())?,
                    topics: topics.remove(&row.id).unwrap_or_default(),
                    by_editor: row.placed_by_editor,
                })
            })
            .collect()
    }

    async fn note_rule(
        &self,
        tx: &mut Tx,
        staff: StaffId,
        (what, entity): (&'static str, Id),
        before: Value,
        after: Value,
    ) -> Result<()> {
        let deed = Deed {
            staff: Some(staff),
            what,
            entity,
            before,
            after,
        };
        self.note(tx, &deed).await
    }
}

async fn before(tx: &mut Tx, rule: Id) -> Result<Before> {
    let row: Option<Before> = maybe!(tx tx; BEFORE, rule.0)?;
    Ok(row.ok_or(Refusal::NotFound)?)
}
