//! Withdrawing: the address answers 410 with the reason, for ever.

use crate::audit::Deed;
use crate::cluster::tell_event;
use crate::links::{list, stale, stands};
use crate::rights::Deal;
use crate::sql::{maybe, run, sql};
use crate::{Result, Store, count, text};
use news::story::LONGEST_REASON;
use news::{NewsEvent, Refusal, StaffId, StoryId};
use serde_json::json;
use sqlx::types::Json;

sql! {
    BEFORE = "SELECT rev, pub_status, published_at FROM story WHERE id = $1";
    CANCEL = "UPDATE story SET rev = rev + 1, pub_status = 'canceled', canceled_at = $3, canceled_why = $4,
        excerpt = CASE WHEN kind = 'excerpt' THEN $5 ELSE excerpt END, updated_at = $3 WHERE id = $1 AND rev = $2";
}

impl Store {
    /// Withdraws a story or an excerpt. Withdrawn once more, it stays as it is.
    pub async fn withdraw(
        &self,
        story: StoryId,
        rev: u64,
        staff: StaffId,
        why: &str,
    ) -> Result<()> {
        let why = text::short(why, LONGEST_REASON, "The reason")?;
        if why.is_empty() {
            return Err(Refusal::Invalid(
                "Readers are told why a story was withdrawn: please give the reason.".into(),
            )
            .into());
        }
        let mut tx = self.write().await?;
        let before: Option<(i64, String, Option<i64>)> = maybe!(tx tx; BEFORE, story.0)?;
        let (ours, status, published_at) = before.ok_or(Refusal::NotFound)?;
        if status == "canceled" {
            return Ok(());
        }
        if published_at.is_none() {
            return Err(Refusal::Invalid(
                "This story was never published; there is nothing to withdraw.".into(),
            )
            .into());
        }
        let stood = stands(&mut tx, story).await?;
        // An agency's words that aren't shown any more aren't kept either.
        let (now, none) = (Self::now(), Json::<[&str; 0]>([]));
        if run!(tx; CANCEL, story.0, count(rev)?, now.0, why.as_str(), none)? == 0 {
            return Err(stale(rev, ours));
        }
        list(&mut tx, story, None).await?;
        self.deal(&mut tx, story, Deal::Withdrawn, None, now)
            .await?;
        let deed = Deed {
            staff: Some(staff),
            what: "withdraw",
            entity: story,
            before: json!({ "pub_status": status }),
            after: json!({ "pub_status": "canceled", "why": why }),
        };
        self.note(&mut tx, &deed).await?;
        tx.tell(NewsEvent::Canceled {
            story,
            stands: stood,
        });
        tell_event(&mut tx, story).await?;
        tx.commit().await
    }
}
