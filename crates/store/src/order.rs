//! Orders to take something away: an agency takes back what it sent, somebody outside obliges us, or a whole
//! source goes. The address answers 410 with a notice from then on; an agency's words leave the store.

use crate::audit::Deed;
use crate::cluster::tell_event;
use crate::db::Tx;
use crate::file::{Names, Recorded};
use crate::licence::{End, Over};
use crate::links::{list, stands};
use crate::rights::Deal;
use crate::source::{hold, source_of};
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, text};
use news::story::LONGEST_REASON;
use news::{Id, Millis, NewsEvent, Refusal, Source, StoryId};
use serde_json::json;

sql! {
    STATUS = "SELECT kind, pub_status, published_at FROM story WHERE id = $1";
    TAKE_DOWN = "UPDATE story SET rev = rev + 1, pub_status = 'canceled', canceled_at = $2, canceled_why = $3,
        updated_at = $2 WHERE id = $1 AND pub_status IN ('usable', 'withheld')";
    RECORDED = "SELECT id, guid, url, story_id, killed_at FROM wire_item WHERE id IN
            (SELECT id FROM wire_item WHERE source_id = $1 AND guid IN ($2, $3)
            UNION SELECT id FROM wire_item WHERE source_id = $1 AND url = $4 AND url <> '') ORDER BY id DESC LIMIT 100";
    KILL = "UPDATE wire_item SET killed_at = $2 WHERE id = $1";
    REMEMBER = "INSERT INTO wire_item(id, source_id, guid, url, content_hash, fate, why, at, killed_at)
        VALUES ($1, $2, $3, $4, '', 'rejected', 'taken back before it came', $5, $6)";
}

/// An agency takes an item back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KillOrder {
    /// Its own id of the item; empty where it names only the page.
    pub guid: String,
    /// The address of the item's page in one spelling, where it is given.
    pub address: String,
    /// When it was taken back: an item that comes later under another id is another one.
    pub at: Millis,
}

/// What became of a kill.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Killed {
    /// These excerpts answer 410 now.
    Now(Vec<StoryId>),
    /// We never had the item; if it comes, it won't appear.
    Remembered,
    /// We had heard of it.
    Known,
}

/// Somebody obliges us to take something away.
#[derive(Clone, Debug)]
pub struct TakeDown {
    /// What readers are told.
    pub why: String,
    /// Whose order it is, for the record only.
    pub by: String,
}

impl Store {
    /// Takes back what a source doesn't want shown any more, all in one transaction. Again is harmless.
    pub async fn kill_items(&self, source: Id, orders: &[KillOrder]) -> Result<Vec<Killed>> {
        let mut tx = self.write().await?;
        hold(&mut tx, source).await?;
        let Some(source) = source_of(&mut tx, source).await? else {
            return Err(Refusal::Invalid("There is no such source.".into()).into());
        };
        let mut done = vec![];
        for order in orders {
            done.push(self.kill(&mut tx, &source, order).await?);
        }
        tx.commit().await?;
        Ok(done)
    }

    async fn kill(&self, tx: &mut Tx, source: &Source, order: &KillOrder) -> Result<Killed> {
        let (guid, address) = (text::clean(&order.guid)?, text::clean(&order.address)?);
        let names = Names::of(&guid, &address);
        if names.guid.is_empty() {
            return Ok(Killed::Known);
        }
        let now = Self::now();
        let at = order.at.min(now);
        let apart = names.apart();
        let rows: Vec<Recorded> =
            all!(tx tx; RECORDED, source.id.0, names.guid, apart.as_str(), names.address)?;
        let named = names.of_kill(rows);
        if named.is_empty() {
            let id = self.next_id();
            run!(tx; REMEMBER, id.0, source.id.0, names.guid, names.address, now.0, at.0)?;
            self.deal_unseen(tx, source.id, Deal::Killed, now).await?;
            let deed = Deed {
                staff: None,
                what: "killed by its agency",
                entity: id,
                before: json!({}),
                after: json!({ "guid": guid, "address": address }),
            };
            self.note(tx, &deed).await?;
            return Ok(Killed::Remembered);
        }
        let why = format!("Withdrawn at the request of {}.", source.name);
        let end = End {
            deed: "killed by its agency",
            deal: Deal::Killed,
            why: &why,
            by: Some(&source.name),
        };
        let mut gone = vec![];
        for row in named.into_iter().filter(|row| row.killed_at.is_none()) {
            run!(tx; KILL, row.id, at.0)?;
            if let Some(story) = row.story_id.map(Id)
                && self.end_excerpt(tx, story, &end, now).await?
            {
                gone.push(story);
            }
        }
        Ok(if gone.is_empty() {
            Killed::Known
        } else {
            Killed::Now(gone)
        })
    }

    /// Takes a story or an excerpt down; `false` where it was withdrawn already.
    ///
    /// # Errors
    /// Where there is no such story, or readers never had it, or no reason is given.
    pub async fn take_down(&self, story: StoryId, order: &TakeDown) -> Result<bool> {
        let order = order.checked()?;
        let now = Self::now();
        let mut tx = self.write().await?;
        let found: Option<(String, String, Option<i64>)> = maybe!(tx tx; STATUS, story.0)?;
        let (kind, status, published_at) = found.ok_or(Refusal::NotFound)?;
        if status == "canceled" {
            return Ok(false);
        }
        if published_at.is_none() {
            return Err(Refusal::NotFound.into());
        }
        if kind == "excerpt" {
            self.end_excerpt(&mut tx, story, &order.end(), now).await?;
        } else {
            let stood = stands(&mut tx, story).await?;
            run!(tx; TAKE_DOWN, story.0, now.0, order.why.as_str())?;
            list(&mut tx, story, None).await?;
            let deed = Deed {
                staff: None,
                what: "take down",
                entity: story,
                before: json!({ "pub_status": status }),
                after: json!({ "pub_status": "canceled", "why": order.why, "by": order.by }),
            };
            self.note(&mut tx, &deed).await?;
            tx.tell(NewsEvent::Canceled {
                story,
                stands: stood,
            });
            tell_event(&mut tx, story).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Takes down every excerpt of a source, a hundred in a transaction; how many those were.
    pub async fn take_source_down(&self, source: &Source, order: &TakeDown) -> Result<usize> {
        let order = order.checked()?;
        let over = Over {
            source: source.id,
            before: Millis(i64::MAX),
        };
        self.end_excerpts(&over, &order.end(), Self::now()).await
    }
}

impl TakeDown {
    fn checked(&self) -> Result<Self> {
        let why = text::short(&self.why, LONGEST_REASON, "The reason")?;
        let by = text::short(&self.by, LONGEST_REASON, "Whose order it is")?;
        if why.is_empty() {
            let sentence = "Readers are told why a story was withdrawn: please give the reason.";
            return Err(Refusal::Invalid(sentence.into()).into());
        }
        Ok(Self { why, by })
    }

    fn end(&self) -> End<'_> {
        End {
            deed: "take down",
            deal: Deal::Withdrawn,
            why: &self.why,
            by: Some(&self.by),
        }
    }
}
