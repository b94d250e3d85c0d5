//! Editors put tellings together and take them apart. Their word stands: no follower joins what they keep apart, and
//! nothing takes apart what they put together.

use crate::audit::Deed;
use crate::cluster::{cluster_of, members, put, tell};
use crate::db::Tx;
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store};
use news::{ClusterId, Id, Millis, Refusal, StaffId, StoryId};
use serde_json::json;

sql! {
    SAY = "INSERT INTO cluster_link(one, other, word, staff_id, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (one, other) DO UPDATE SET word = excluded.word, staff_id = excluded.staff_id, at = excluded.at";
    ALONE = "UPDATE story SET cluster_id = NULL, cluster_rank = 0, cluster_why = NULL WHERE id = $1";
    MERGED = "UPDATE cluster SET merged_into = $2 WHERE id = $1 OR merged_into = $1";
    PUBLIC = "SELECT 1 FROM story WHERE id = $1 AND pub_status = 'usable'";
    KEPT_APART = "SELECT one, other FROM cluster_link WHERE word = 'cannot' AND at >= $1";
}

impl Store {
    /// Takes a telling out of its event, for good: it stands by itself, and joins none of the others again.
    pub async fn take_apart(&self, story: StoryId, staff: StaffId) -> Result<()> {
        let mut tx = self.write_events().await?;
        let Some(cluster) = cluster_of(&mut tx, story).await? else {
            return Ok(());
        };
        let others = members(&mut tx, cluster).await?;
        for other in others.into_iter().filter(|other| *other != story) {
            say(&mut tx, (story, other), "cannot", staff).await?;
        }
        run!(tx; ALONE, story.0)?;
        let deed = Deed {
            staff: Some(staff),
            what: "take apart",
            entity: story,
            before: json!({ "event": cluster }),
            after: json!({ "event": null }),
        };
        self.note(&mut tx, &deed).await?;
        tell(&mut tx, cluster, &[story]).await?;
        tx.commit().await
    }

    /// Puts a telling, with all of its event, to the event of another one.
    pub async fn put_together(
        &self,
        story: StoryId,
        with: StoryId,
        staff: StaffId,
    ) -> Result<ClusterId> {
        let mut tx = self.write_events().await?;
        for id in [story, with] {
            let public: Option<(i32,)> = maybe!(tx tx; PUBLIC, id.0)?;
            public.ok_or(Refusal::NotFound)?;
        }
        if story == with {
            return Err(Refusal::Invalid("These are the same telling.".into()).into());
        }
        let target = match cluster_of(&mut tx, with).await? {
            Some(cluster) => cluster,
            None => self.begin_event(&mut tx, with).await?,
        };
        let former = cluster_of(&mut tx, story).await?;
        if former == Some(target) {
            return Ok(target);
        }
        let moved = match former {
            Some(former) => members(&mut tx, former).await?,
            None => vec![story],
        };
        for id in &moved {
            put(&mut tx, *id, target, "an editor's word").await?;
        }
        say(&mut tx, (story, with), "must", staff).await?;
        if let Some(former) = former {
            run!(tx; MERGED, former.0, target.0)?;
            tell(&mut tx, former, &moved).await?;
        }
        let deed = Deed {
            staff: Some(staff),
            what: "put together",
            entity: story,
            before: json!({ "event": former }),
            after: json!({ "event": target, "with": with }),
        };
        self.note(&mut tx, &deed).await?;
        tell(&mut tx, target, &[]).await?;
        let stories = members(&mut tx, target).await?;
        self.breaking_after_join(&mut tx, &stories, Self::now())
            .await?;
        tx.commit().await?;
        Ok(target)
    }

    /// The pairs that editors keep apart, said since a moment; the smaller id comes first.
    pub async fn kept_apart(&self, since: Millis) -> Result<Vec<(StoryId, StoryId)>> {
        let rows: Vec<(i64, i64)> = all!(read self.db(); KEPT_APART, since.0)?;
        Ok(rows
            .into_iter()
            .map(|(one, other)| (Id(one), Id(other)))
            .collect())
    }
}

async fn say(
    tx: &mut Tx,
    (one, other): (StoryId, StoryId),
    word: &str,
    staff: StaffId,
) -> Result<()> {
    let (one, other) = (one.0.min(other.0), one.0.max(other.0));
    run!(tx; SAY, one, other, word, staff.0, Store::now().0)?;
    Ok(())
}
