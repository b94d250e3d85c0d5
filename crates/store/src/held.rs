//! What is held: it came in, nothing of it is lost, and readers get it once the desk lets it out. A rule of the desk
//! holds an item; a burst holds what its feed brings. What is usual for a feed is in `held/usual.rs`.

use crate::audit::Deed;
use crate::db::Tx;
use crate::licence::End;
use crate::links::{list, stands};
use crate::rights::Deal;
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, text};
use news::story::LONGEST_REASON;
use news::{Id, Millis, NewsEvent, Refusal, StaffId, StoryId};
use serde_json::json;
use sqlx::types::Json;
pub(crate) use usual::STATEMENTS as USUAL;
pub use usual::Usual;

mod usual;

/// How many items one transaction takes.
const AT_ONCE: i64 = 100;

sql! {
    LET_OUT = "UPDATE story SET rev = rev + 1, held = NULL,
            pub_status = CASE WHEN NOT to_place AND show_at IS NULL THEN 'usable' ELSE pub_status END,
            went_out_at = $2, card_at = $2, updated_at = $2
        WHERE id = $1 AND held IS NOT NULL AND pub_status = 'withheld' RETURNING pub_status, published_at, excerpt";
    IS_HELD = "SELECT id FROM story WHERE id = $1 AND held IS NOT NULL AND pub_status = 'withheld'";
    // What a rule holds isn't the feed's.
    OF_FEED = "SELECT DISTINCT s.id FROM story s JOIN wire_item w ON w.story_id = s.id JOIN feed f ON f.id = w.feed_id
        WHERE f.id = $1 AND s.held = f.held AND s.pub_status = 'withheld' ORDER BY s.id LIMIT $2";
    FEED_FREE = "UPDATE feed SET held = NULL, let_out_at = $2 WHERE id = $1 AND held IS NOT NULL";
    FEED_HELD = "SELECT id FROM feed WHERE id = $1 AND held IS NOT NULL";
}

/// What the desk says of what is held.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Word {
    /// Readers get it, unless it waits for something else, too.
    LetOut,
    /// They never do, with the reason.
    Refuse(String),
}

/// Its status now, when its agency published it, and its words.
type Out = (String, Option<i64>, Option<Json<Vec<String>>>);

impl Store {
    /// Does with one held item what the desk says.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it isn't held.
    pub async fn free_story(&self, story: StoryId, word: &Word, staff: StaffId) -> Result<()> {
        let word = word.checked()?;
        let mut tx = self.write().await?;
        let held: Option<(i64,)> = maybe!(tx tx; IS_HELD, story.0)?;
        held.ok_or(Refusal::NotFound)?;
        self.free(&mut tx, story, &word, Self::now()).await?;
        self.note_word(&mut tx, story, &word, staff, 1).await?;
        tx.commit().await
    }

    /// Does with everything that a held feed brought what the desk says, and holds it no longer; how many those were.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it isn't held.
    pub async fn free_feed(&self, feed: Id, word: &Word, staff: StaffId) -> Result<usize> {
        let (word, now) = (word.checked()?, Self::now());
        let mut freed = 0;
        loop {
            let mut tx = self.write().await?;
            let held: Option<(i64,)> = maybe!(tx tx; FEED_HELD, feed.0)?;
            held.ok_or(Refusal::NotFound)?;
            let some: Vec<(i64,)> = all!(tx tx; OF_FEED, feed.0, AT_ONCE)?;
            for (story,) in &some {
                self.free(&mut tx, Id(*story), &word, now).await?;
            }
            freed += some.len();
            if some.is_empty() {
                run!(tx; FEED_FREE, feed.0, now.0)?;
                self.note_word(&mut tx, feed, &word, staff, freed).await?;
                tx.commit().await?;
                return Ok(freed);
            }
            tx.commit().await?;
        }
    }

    async fn free(&self, tx: &mut Tx, story: StoryId, word: &Word, now: Millis) -> Result<()> {
        if let Word::Refuse(why) = word {
            let end = End {
                deed: "refused by the desk",
                deal: Deal::Withdrawn,
                why,
                by: None,
            };
            return self.end_excerpt(tx, story, &end, now).await.map(|_| ());
        }
        let out: Option<Out> = maybe!(tx tx; LET_OUT, story.0, now.0)?;
        let Some((status, published_at, words)) = out else {
            return Ok(());
        };
        if status != "usable" {
            return Ok(());
        }
        list(tx, story, published_at).await?;
        let words = words.as_ref().map(|words| words.0.as_slice());
        self.deal(tx, story, Deal::Shown, words, now).await?;
        let stands = stands(tx, story).await?;
        tx.tell(NewsEvent::ExcerptFiled {
            story,
            stands,
            new: true,
        });
        Ok(())
    }

    async fn note_word(
        &self,
        tx: &mut Tx,
        entity: Id,
        word: &Word,
        staff: StaffId,
        items: usize,
    ) -> Result<()> {
        let (what, why) = match word {
            Word::LetOut => ("let out", None),
            Word::Refuse(why) => ("refuse held", Some(why)),
        };
        let deed = Deed {
            staff: Some(staff),
            what,
            entity,
            before: json!({ "held": true }),
            after: json!({ "held": false, "items": items, "why": why }),
        };
        self.note(tx, &deed).await
    }
}

impl Word {
    fn checked(&self) -> Result<Self> {
        let Self::Refuse(why) = self else {
            return Ok(Self::LetOut);
        };
        let why = text::short(why, LONGEST_REASON, "The reason")?;
        if why.is_empty() {
            let sentence = "Please say why it is refused: the reason is kept with it.";
            return Err(Refusal::Invalid(sentence.into()).into());
        }
        Ok(Self::Refuse(why))
    }
}
