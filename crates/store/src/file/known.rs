//! Whether an item was here before: a source names it by a guid and by the address of its page.
//!
//! Neither can be relied on alone. Some programs give every item one guid, some a new one at each
//! fetch, some send a live page's items with one address; a story that moves keeps its guid. So two
//! names that are equal are the same item, whatever its headline says by now. Where one of the two
//! differs, it is the same item only if the headlines are close: to show one story twice is a smaller
//! harm than to overwrite one story with another.

use super::likeness::are_close;
use crate::db::Tx;
use crate::sql::{all, sql};
use crate::wire::{FileItems, NewExcerpt};
use crate::{Result, Store, text};
use news::{Id, StoryId};

sql! {
    CANDIDATES = "SELECT w.guid, w.url, w.content_hash, w.fate, w.story_id, w.killed_at, s.pub_status, s.headline
        FROM (SELECT id FROM wire_item WHERE source_id = $1 AND guid IN ($2, $3)
            UNION SELECT id FROM wire_item WHERE source_id = $1 AND url = $4 AND url <> '') named
        JOIN wire_item w ON w.id = named.id LEFT JOIN story s ON s.id = w.story_id
        ORDER BY w.id DESC LIMIT 100";
}

/// A row that a kill may mean.
#[derive(sqlx::FromRow)]
pub(crate) struct Recorded {
    pub(crate) id: i64,
    guid: String,
    url: String,
    pub(crate) story_id: Option<i64>,
    pub(crate) killed_at: Option<i64>,
}

/// What a source calls an item.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    /// Its own id; the address again where it gives none.
    pub(crate) guid: &'a str,
    /// Its page's address, in one spelling; empty where several items share it.
    pub(crate) address: &'a str,
}

/// What the record says of an item.
#[derive(sqlx::FromRow)]
pub(super) struct Known {
    /// The key of its row.
    pub(super) guid: String,
    url: String,
    pub(super) content_hash: String,
    pub(super) fate: String,
    pub(super) story_id: Option<i64>,
    /// When its agency took it back.
    pub(super) killed_at: Option<i64>,
    pub(super) pub_status: Option<String>,
    headline: Option<String>,
}

impl Known {
    /// Whether it was withdrawn or taken back: then it stays so, whatever the agency sends.
    pub(super) fn is_gone(&self) -> bool {
        self.killed_at.is_some() || self.pub_status.as_deref() == Some("canceled")
    }
}

impl<'a> Names<'a> {
    /// Of an item that gives these, either of which may be empty.
    pub(crate) fn of(guid: &'a str, address: &'a str) -> Self {
        let guid = if guid.is_empty() { address } else { guid };
        Self { guid, address }
    }

    /// The rows a kill means: those that both names say, else those of the page it names, else those of the guid,
    /// which some sources give to everything.
    pub(crate) fn of_kill(self, rows: Vec<Recorded>) -> Vec<Recorded> {
        let sure = |row: &Recorded| {
            let address = !self.address.is_empty() && row.url == self.address;
            match row.guid == self.guid {
                _ if row.guid == self.apart() => 3,
                true if address => 3,
                false if address => 2,
                guid => u8::from(guid),
            }
        };
        let surest = rows.iter().map(sure).max().unwrap_or_default();
        let mut rows = rows;
        rows.retain(|row| surest > 0 && sure(row) == surest);
        rows
    }

    /// The key of an item whose guid is another's already.
    pub(crate) fn apart(self) -> String {
        format!("{} {}", self.guid, self.address)
    }

    /// How surely it is the item of this row; `None` where it is another.
    fn match_with(self, row: &Known, item: &NewExcerpt) -> Option<u8> {
        let address = !self.address.is_empty() && row.url == self.address;
        if row.guid == self.apart() || (row.guid == self.guid && address) {
            return Some(3);
        }
        let guid = row.guid == self.guid;
        if !guid && !address {
            return None;
        }
        if let (false, Some(killed_at)) = (guid, row.killed_at) {
            // The agency took back what stood at this address. What it publishes there later, under another id, is
            // another telling; what is older is what it took back.
            return (item.published_at.0 <= killed_at).then_some(1);
        }
        let mine_alone = self.guid == self.address || self.address.is_empty();
        let alone = mine_alone || row.guid == row.url || row.url.is_empty();
        let close = || {
            row.headline
                .as_ref()
                .is_none_or(|h| are_close(h, &item.headline))
        };
        (alone || close()).then_some(if guid { 2 } else { 1 })
    }
}

impl Store {
    /// The items we have as they are. Most of a feed is: to see that, nobody who writes has to wait.
    pub(super) async fn as_they_are(&self, batch: &FileItems) -> Result<Vec<Option<StoryId>>> {
        let mut tx = self.db().look().await?;
        let mut all = Vec::with_capacity(batch.items.len());
        for item in &batch.items {
            let texts = [&item.guid, &item.address, &item.content_hash].map(|t| text::clean(t));
            let [Ok(guid), Ok(address), Ok(hash)] = texts else {
                all.push(None);
                continue;
            };
            let guid = if guid.is_empty() { &address } else { &guid };
            let names = Names {
                guid,
                address: &address,
            };
            let (known, _) = known(&mut tx, batch.source, names, item).await?;
            let same = known.filter(|k| k.content_hash == hash && k.fate != "rejected");
            all.push(same.and_then(|k| k.story_id).map(Id));
        }
        Ok(all)
    }
}

impl Store {
    /// Which of these items of a source nobody has sent before.
    pub async fn are_unknown(&self, source: Id, items: &[NewExcerpt]) -> Result<Vec<bool>> {
        let mut tx = self.db().look().await?;
        let mut all = Vec::with_capacity(items.len());
        for item in items {
            let (Ok(guid), Ok(address)) = (text::clean(&item.guid), text::clean(&item.address))
            else {
                all.push(false);
                continue;
            };
            let names = Names::of(&guid, &address);
            let (known, _) = known(&mut tx, source, names, item).await?;
            all.push(known.is_none());
        }
        Ok(all)
    }
}

/// The record of this item where there is one, and the key its record has or gets.
pub(super) async fn known(
    tx: &mut Tx,
    source: Id,
    names: Names<'_>,
    item: &NewExcerpt,
) -> Result<(Option<Known>, String)> {
    let (guid, apart) = (names.guid, names.apart());
    let rows: Vec<Known> = all!(tx tx; CANDIDATES, source.0, guid, apart.as_str(), names.address)?;
    let taken = rows.iter().any(|row| row.guid == guid);
    let surest = |row: Known| Some((names.match_with(&row, item)?, row));
    // The first of equals: the newest.
    let same = rows
        .into_iter()
        .filter_map(surest)
        .rev()
        .max_by_key(|(sure, _)| *sure);
    let key = match &same {
        Some((_, row)) => row.guid.clone(),
        None if taken => apart,
        None => guid.to_owned(),
    };
    Ok((same.map(|(_, row)| row), key))
}
