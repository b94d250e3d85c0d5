//! The desk's rules for the wire. What they are tried on before they are saved is in `rule/recent.rs`.

use crate::audit::Deed;
use crate::db::Tx;
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store};
use news::rule::{Conditions, Effects};
use news::{Id, Millis, Refusal, Rule, Rules, StaffId};
pub(crate) use recent::STATEMENTS as RECENT;
pub(crate) use recent::refused;
pub use recent::{Became, RecentExcerpt};
use serde_json::{Value, json};
use sqlx::types::Json;

mod recent;

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
    REMOVE = "DELETE FROM rule WHERE id = $1";
    PUT = "UPDATE rule SET position = $2 WHERE id = $1";
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

    /// Removes a rule for good; the record keeps what it said.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none.
    pub async fn remove_rule(&self, rule: Id, staff: StaffId) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; HOLD_ALL)?;
        let (name, when, then, off, _) = before(&mut tx, rule).await?;
        run!(tx; REMOVE, rule.0)?;
        let was = json!({ "id": rule, "name": name, "when": when.0, "then": then.0, "on": !off });
        self.note_rule(&mut tx, staff, ("remove rule", rule), was, Value::Null)
            .await?;
        tx.commit().await
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
