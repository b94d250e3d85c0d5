//! Breaking news: an editor says so, or a trusted source's own mark and a second owner do. It is over by the clock.

use crate::audit::Deed;
use crate::db::Tx;
use crate::links::stands;
use crate::sql::{all, maybe, run, sql};
use crate::voice::voice;
use crate::{Result, Store};
use news::breaking::{LASTS, LONGEST, Teller, raised};
use news::event::Stands;
use news::front::Of;
use news::{Id, Millis, NewsEvent, Refusal, StaffId, StoryId, Teaser};
use serde_json::json;

sql! {
    BEFORE = "SELECT pub_status, breaking_until FROM story WHERE id = $1";
    SET = "UPDATE story SET breaking_until = $2, broke_at = COALESCE(broke_at, $3)
        WHERE id = $1 AND pub_status = 'usable'";
    NOW = "SELECT id, breaking_until FROM story WHERE breaking_until > $1 AND pub_status = 'usable'
        ORDER BY broke_at DESC, id DESC LIMIT 20";
    OVER = "SELECT id FROM story WHERE breaking_until <= $1 ORDER BY breaking_until, id LIMIT 100";
    END = "UPDATE story SET breaking_until = NULL WHERE id = $1 AND breaking_until <= $2";
    TELLER = concat!("SELECT ", voice!("src"), " AS owner, s.breaking_mark, s.broke_at, s.published_at
        FROM story s LEFT JOIN source src ON src.id = s.source_id
        WHERE s.id = $1 AND s.pub_status = 'usable' AND s.published_at IS NOT NULL");
}

/// Something that breaks now.
#[derive(Clone, Debug, PartialEq)]
pub struct Breaking {
    /// Its card.
    pub teaser: Teaser,
    /// When it is over.
    pub until: Millis,
}

type TellerRow = (String, Option<String>, Option<i64>, i64);

impl Store {
    /// What readers of a list are told as breaking at this moment, what broke last first, each event once.
    pub async fn breaking(&self, of: Of, now: Millis) -> Result<Vec<Breaking>> {
        let rows: Vec<(i64, i64)> = all!(read self.db(); NOW, now.0)?;
        let mut all: Vec<Breaking> = vec![];
        let event = |teaser: &Teaser| teaser.event().map(|event| event.address.id);
        for (id, until) in rows {
            let teaser = self.teaser(Id(id)).await?;
            let Some(teaser) = teaser.filter(|teaser| of.holds(teaser)) else {
                continue;
            };
            // Once for an event, whoever tells it.
            let own = event(&teaser);
            if own.is_none() || all.iter().all(|other| event(&other.teaser) != own) {
                let until = Millis(until);
                all.push(Breaking { teaser, until });
            }
        }
        Ok(all)
    }

    /// An editor's word: breaking for so many milliseconds from `now` on, or over. Gives when it ends.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where readers don't have the story, [`Refusal::Invalid`] for a time that is none.
    pub async fn set_breaking(
        &self,
        story: StoryId,
        staff: StaffId,
        lasts: Option<i64>,
        now: Millis,
    ) -> Result<Option<Millis>> {
        if lasts.is_some_and(|lasts| !(1..=LONGEST).contains(&lasts)) {
            let sentence = "Breaking news lasts a day at most.";
            return Err(Refusal::Invalid(sentence.into()).into());
        }
        let until = lasts.map(|lasts| now.plus(lasts));
        let mut tx = self.write().await?;
        let before: Option<(String, Option<i64>)> = maybe!(tx tx; BEFORE, story.0)?;
        let was = match before {
            Some((status, was)) if status == "usable" => was,
            Some((status, _)) if status == "canceled" => return Err(Refusal::Withdrawn.into()),
            _ => return Err(Refusal::NotFound.into()),
        };
        if was.is_none() && until.is_none() {
            return Ok(None);
        }
        self.break_it(&mut tx, story, (was, until), Some(staff), now)
            .await?;
        tx.commit().await?;
        Ok(until)
    }

    /// Looks whether the tellings of one event, `stories`, make it breaking news, and raises it then; which one.
    /// Asked whenever a telling joins an event; asked again it does nothing more.
    pub(crate) async fn breaking_after_join(
        &self,
        tx: &mut Tx,
        stories: &[StoryId],
        now: Millis,
    ) -> Result<Option<StoryId>> {
        let mut tellers = vec![];
        for story in stories {
            let row: Option<TellerRow> = maybe!(tx tx; TELLER, story.0)?;
            tellers.extend(row.map(|row| teller(*story, row)));
        }
        let Some(story) = raised(&tellers, now) else {
            return Ok(None);
        };
        let done = self.raise(tx, story, now).await?;
        Ok(done.then_some(story))
    }

    /// Ends what is over by the clock, and tells it; how many that were.
    pub async fn end_breaking(&self, now: Millis) -> Result<usize> {
        let mut tx = self.write().await?;
        let over: Vec<(i64,)> = all!(tx tx; OVER, now.0)?;
        for (id,) in &over {
            run!(tx; END, id, now.0)?;
            let stands = stands(&mut tx, Id(*id)).await?;
            tx.tell(broke(Id(*id), stands, None));
        }
        tx.commit().await?;
        Ok(over.len())
    }

    async fn raise(&self, tx: &mut Tx, story: StoryId, now: Millis) -> Result<bool> {
        let row: Option<TellerRow> = maybe!(tx tx; TELLER, story.0)?;
        if row.is_none_or(|(_, _, broke_at, _)| broke_at.is_some()) {
            return Ok(false);
        }
        let until = Some(now.plus(LASTS));
        self.break_it(tx, story, (None, until), None, now).await?;
        Ok(true)
    }

    async fn break_it(
        &self,
        tx: &mut Tx,
        story: StoryId,
        (was, until): (Option<i64>, Option<Millis>),
        staff: Option<StaffId>,
        now: Millis,
    ) -> Result<()> {
        run!(tx; SET, story.0, until.map(|until| until.0), now.0)?;
        let deed = Deed {
            staff,
            what: "breaking",
            entity: story,
            before: json!({ "until": was }),
            after: json!({ "until": until }),
        };
        self.note(tx, &deed).await?;
        let stands = stands(tx, story).await?;
        tx.tell(broke(story, stands, until));
        Ok(())
    }
}

/// What is told of it.
pub(crate) const fn broke(story: StoryId, stands: Stands, until: Option<Millis>) -> NewsEvent {
    NewsEvent::Breaking {
        story,
        stands,
        until,
    }
}

fn teller(story: StoryId, (owner, mark, broke_at, published_at): TellerRow) -> Teller {
    Teller {
        story,
        owner,
        marked: mark.is_some(),
        broke: broke_at.is_some(),
        published_at: Millis(published_at),
    }
}
