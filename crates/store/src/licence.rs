//! What a licence does by the clock: an excerpt appears after the delay it asks for, and goes when its
//! days or the agreement are over. What has gone keeps its headline for the record and no other word.

use crate::audit::Deed;
use crate::cluster::tell_event;
use crate::db::Tx;
use crate::links::{list, stands};
use crate::rights::Deal;
use crate::sql::{all, run, sql};
use crate::{Result, Store};
use news::{Id, Millis, NewsEvent, Source};
use serde_json::json;
use sqlx::types::Json;

/// How many excerpts one transaction takes.
const AT_ONCE: i64 = 100;

sql! {
    WAITING = "SELECT id, published_at, excerpt FROM story WHERE show_at <= $1 AND pub_status = 'withheld' AND NOT to_place AND held IS NULL
        ORDER BY show_at, id LIMIT $2";
    SHOW = "UPDATE story SET rev = rev + 1, pub_status = 'usable', show_at = NULL, went_out_at = $2, card_at = $2,
        updated_at = $2 WHERE id = $1 AND pub_status = 'withheld'";
    OVER = "SELECT id FROM story WHERE source_id = $1 AND kind = 'excerpt' AND pub_status = 'usable'
        AND published_at < $2 ORDER BY published_at, id LIMIT $3";
    WAITS_IN_VAIN = "SELECT id FROM story WHERE source_id = $1 AND show_at IS NOT NULL AND pub_status = 'withheld'
        AND published_at < $2 ORDER BY published_at, id LIMIT $3";
    UNPLACED = "SELECT id FROM
            (SELECT id, published_at FROM story
                WHERE source_id = $1 AND to_place AND pub_status = 'withheld' AND published_at < $2
            UNION SELECT id, published_at FROM story
                WHERE source_id = $1 AND held IS NOT NULL AND pub_status = 'withheld' AND published_at < $2) late
        ORDER BY published_at, id LIMIT $3";
    END = "UPDATE story SET rev = rev + 1, pub_status = 'canceled', canceled_at = $2, canceled_why = $3, excerpt = $4,
        show_at = NULL, to_place = FALSE, held = NULL, updated_at = $2 WHERE id = $1 AND kind = 'excerpt' AND pub_status IN ('usable', 'withheld')";
}

/// Which one waits, when its agency published it, and its words.
type Waiting = (i64, Option<i64>, Option<Json<Vec<String>>>);

/// Why excerpts go.
#[derive(Clone, Copy)]
pub(crate) struct End<'a> {
    /// As the record says it.
    pub(crate) deed: &'static str,
    /// As the account says it.
    pub(crate) deal: Deal,
    /// As readers are told.
    pub(crate) why: &'a str,
    /// Whose word it is, where it isn't the licence's.
    pub(crate) by: Option<&'a str>,
}

/// Which excerpts of a source go.
#[derive(Clone, Copy)]
pub(crate) struct Over {
    pub(crate) source: Id,
    /// Those that were published before.
    pub(crate) before: Millis,
}

impl Store {
    /// Does what the licences ask for at this moment; how many excerpts appeared, and how many went.
    pub async fn keep_licences(&self, now: Millis) -> Result<(usize, usize)> {
        // What is due and over at once must not be seen for a moment: what is over goes first.
        let mut ended = 0;
        for source in self.sources().await? {
            let Some((before, why)) = end(&source, now) else {
                continue;
            };
            let over = Over {
                source: source.id,
                before,
            };
            let end = End {
                deed: "licence ended",
                deal: Deal::Ended,
                why: &why,
                by: None,
            };
            ended += self.end_excerpts(&over, &end, now).await?;
        }
        let mut shown = 0;
        loop {
            let some = self.show_waiting(now).await?;
            shown += some;
            if some == 0 {
                break;
            }
        }
        Ok((shown, ended))
    }

    async fn show_waiting(&self, now: Millis) -> Result<usize> {
        let mut tx = self.write().await?;
        let due: Vec<Waiting> = all!(tx tx; WAITING, now.0, AT_ONCE)?;
        for (id, published_at, words) in &due {
            // Another node may have shown or ended it since it was looked for.
            if run!(tx; SHOW, id, now.0)? == 0 {
                continue;
            }
            list(&mut tx, Id(*id), *published_at).await?;
            let words = words.as_ref().map(|words| words.0.as_slice());
            self.deal(&mut tx, Id(*id), Deal::Shown, words, now).await?;
            let stands = stands(&mut tx, Id(*id)).await?;
            tx.tell(NewsEvent::ExcerptFiled {
                story: Id(*id),
                stands,
                new: true,
            });
        }
        tx.commit().await?;
        Ok(due.len())
    }

    /// Ends them, a hundred in a transaction; how many those were.
    pub(crate) async fn end_excerpts(
        &self,
        which: &Over,
        end: &End<'_>,
        now: Millis,
    ) -> Result<usize> {
        let mut ended = 0;
        loop {
            let mut tx = self.write().await?;
            let (source, before) = (which.source.0, which.before.0);
            let mut over: Vec<(i64,)> = all!(tx tx; OVER, source, before, AT_ONCE)?;
            // What nobody placed in its days is over like the rest.
            if over.is_empty() {
                over = all!(tx tx; UNPLACED, source, before, AT_ONCE)?;
            }
            // So is what has waited for its hour longer than that.
            if over.is_empty() {
                over = all!(tx tx; WAITS_IN_VAIN, source, before, AT_ONCE)?;
            }
            for (id,) in &over {
                self.end_excerpt(&mut tx, Id(*id), end, now).await?;
            }
            tx.commit().await?;
            ended += over.len();
            if over.is_empty() {
                return Ok(ended);
            }
        }
    }

    /// Ends one; `false` where there is nothing to end.
    pub(crate) async fn end_excerpt(
        &self,
        tx: &mut Tx,
        id: Id,
        end: &End<'_>,
        now: Millis,
    ) -> Result<bool> {
        let stood = stands(tx, id).await?;
        let none: [&str; 0] = [];
        if run!(tx; END, id.0, now.0, end.why, Json(none))? == 0 {
            return Ok(false);
        }
        list(tx, id, None).await?;
        self.deal(tx, id, end.deal, None, now).await?;
        let deed = Deed {
            staff: None,
            what: end.deed,
            entity: id,
            before: json!({ "pub_status": "usable" }),
            after: json!({ "pub_status": "canceled", "why": end.why, "by": end.by }),
        };
        self.note(tx, &deed).await?;
        tx.tell(NewsEvent::Canceled {
            story: id,
            stands: stood,
        });
        tell_event(tx, id).await?;
        Ok(true)
    }
}

/// Since when excerpts of this source must have been published to stand, and what is said of the others.
fn end(source: &Source, now: Millis) -> Option<(Millis, String)> {
    let name = &source.name;
    if has_ended(source, now) {
        let why = format!("The agreement under which we showed {name}'s words has ended.");
        return Some((Millis(i64::MAX), why));
    }
    let days = source.terms.archive_days?;
    let why = format!("{name}'s words may be shown for {days} days; they have passed.");
    Some((now.plus(-i64::from(days) * Millis::DAY), why))
}

/// Why an item of this age may not be filed under the source's terms.
pub(crate) fn refuses(source: &Source, published_at: Millis, now: Millis) -> Option<String> {
    let (since, why) = end(source, now)?;
    (published_at < since).then_some(why)
}

fn has_ended(source: &Source, now: Millis) -> bool {
    source.terms.contract_ends.is_some_and(|end| end <= now)
}
