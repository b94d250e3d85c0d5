//! Events: which tellings are of one. What a follower of the outbox finds is written here with its mark; what editors
//! say of two tellings is in [`crate::cluster_link`] and stands against it.

use crate::db::{Seat, Tx};
use crate::links::stands;
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, count, row};
use news::cluster::Telling;
use news::event::Stands;
use news::{ClusterId, EventAddress, Id, Millis, NewsEvent, Slug, StoryId};
use sqlx::types::Json;

/// What a telling is compared by. Analyses and opinions are of no one event.
macro_rules! tellings {
    ($where:literal) => {
        concat!(
            "SELECT s.id, src.slug AS source, s.published_at, s.lang, s.headline, s.standfirst, s.excerpt, s.cluster_id,
                (SELECT string_agg(p.code, ',' ORDER BY p.position) FROM story_place p WHERE p.story_id = s.id) AS places
            FROM story s LEFT JOIN source src ON src.id = s.source_id
            WHERE s.pub_status = 'usable' AND s.genre IN ('news', 'live-coverage') AND ",
            $where
        )
    };
}

sql! {
    SINCE = tellings!("s.published_at >= $1 ORDER BY s.published_at, s.id");
    ONE = tellings!("s.id = $1");
    CLUSTER_OF = "SELECT cluster_id FROM story WHERE id = $1";
    MEMBERS = "SELECT id FROM story WHERE cluster_id = $1 ORDER BY id";
    APART = "SELECT 1 FROM cluster_link l JOIN story s ON s.cluster_id = $2
        WHERE l.word = 'cannot' AND ((l.one = $1 AND l.other = s.id) OR (l.other = $1 AND l.one = s.id)) LIMIT 1";
    HEADLINE = "SELECT headline FROM story WHERE id = $1";
    ADD = "INSERT INTO cluster(id, slug, at) VALUES ($1, $2, $3)";
    // An own story stands for an event before an agency's, one in English before one in another language, a find
    // from the archive after all of them.
    PUT = "UPDATE story SET cluster_id = $2, cluster_why = $3,
            cluster_rank = CASE WHEN kind = 'story' THEN 0 ELSE 2 END + CASE WHEN lang = 'en' THEN 0 ELSE 1 END + CASE WHEN archive THEN 4 ELSE 0 END
        WHERE id = $1";
    WHY = "SELECT cluster_why FROM story WHERE id = $1";
    REVISIONS = "SELECT r.story_id, r.at, r.note FROM revision r JOIN story s ON s.id = r.story_id
        WHERE s.cluster_id = $1 AND s.pub_status = 'usable' AND r.what = 'published' AND r.at > s.published_at
        ORDER BY r.at, r.story_id";
    RETOLD = "SELECT w.story_id, w.retold_at FROM wire_item w JOIN story s ON s.id = w.story_id
        WHERE s.cluster_id = $1 AND s.pub_status = 'usable' AND w.retold_at IS NOT NULL ORDER BY w.retold_at, w.story_id";
    EVENT = "SELECT id, slug, merged_into FROM cluster WHERE id = $1";
    MOVE_MARK = "UPDATE consumer SET seq = $3 WHERE name = $1 AND seq = $2";
    FIRST_MARK = "INSERT INTO consumer(name, shard, seq) VALUES ($1, 0, $2) ON CONFLICT (name) DO NOTHING";
}

/// SQLite's writers follow one another anyway; elsewhere this makes those that change events do so. Two that put two
/// events to each other at once would leave addresses that lead in a circle.
const IN_TURN: &str = "SELECT pg_advisory_xact_lock(7302)";

/// How the follower that finds events is called among the outbox's consumers.
pub const EVENTS: &str = "events";

/// One telling is of the event of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// The telling that came later.
    pub story: StoryId,
    /// The one it is most alike.
    pub with: StoryId,
    /// Why, for an editor: "0.61 like 5k2f9".
    pub why: String,
}

/// Something that happened to a telling after it was published.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Which telling.
    pub story: StoryId,
    /// When.
    pub at: Millis,
    /// What.
    pub what: What,
}

/// What happened to a telling.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum What {
    /// Our newsroom said what was wrong.
    Corrected(String),
    /// Our newsroom brought a newer version.
    NewVersion,
    /// The agency told it in other words.
    Retold,
}

/// An event's own facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Where it stands.
    pub address: EventAddress,
    /// The event it was merged into, where an editor did that.
    pub merged_into: Option<ClusterId>,
}

#[derive(sqlx::FromRow)]
struct TellingRow {
    id: i64,
    source: Option<String>,
    published_at: i64,
    lang: String,
    headline: Option<String>,
    standfirst: Option<String>,
    excerpt: Option<Json<Vec<String>>>,
    cluster_id: Option<i64>,
    places: Option<String>,
}

impl Store {
    /// The tellings since a moment, oldest first.
    pub async fn tellings_since(&self, since: Millis) -> Result<Vec<Telling>> {
        let rows: Vec<TellingRow> = all!(read self.db(); SINCE, since.0)?;
        rows.into_iter().map(TellingRow::telling).collect()
    }

    /// One telling; `None` where readers don't have it, or it is of a genre that is of no one event.
    pub async fn telling(&self, id: StoryId) -> Result<Option<Telling>> {
        let row: Option<TellingRow> = maybe!(read self.db(); ONE, id.0)?;
        row.map(TellingRow::telling).transpose()
    }

    /// Writes what a follower found between `seen` and `to`, with its mark. `None` where another follower was there
    /// first: nothing is written then. Else the event of each, `None` for what editors keep apart.
    pub async fn join_tellings(
        &self,
        (seen, to): (u64, u64),
        joins: &[Join],
    ) -> Result<Option<Vec<Option<ClusterId>>>> {
        let mut tx = self.write_events().await?;
        run!(tx; FIRST_MARK, EVENTS, 0_i64)?;
        if run!(tx; MOVE_MARK, EVENTS, count(seen)?, count(to)?)? == 0 {
            return Ok(None);
        }
        let mut found = vec![];
        for join in joins {
            found.push(self.join(&mut tx, join).await?);
        }
        tx.commit().await?;
        Ok(Some(found))
    }

    /// A transaction that changes which telling is of which event: the only one until it ends.
    pub(crate) async fn write_events(&self) -> Result<Tx> {
        let mut tx = self.write().await?;
        if let Seat::Pg(seat) = &mut tx.seat {
            sqlx::query(IN_TURN).execute(&mut **seat).await?;
        }
        Ok(tx)
    }

    async fn join(&self, tx: &mut Tx, join: &Join) -> Result<Option<ClusterId>> {
        if let Some(stands) = cluster_of(tx, join.story).await? {
            return Ok(Some(stands));
        }
        let cluster = match cluster_of(tx, join.with).await? {
            Some(cluster) => cluster,
            None => self.begin_event(tx, join.with).await?,
        };
        let apart: Option<(i32,)> = maybe!(tx tx; APART, join.story.0, cluster.0)?;
        if apart.is_some() {
            return Ok(None);
        }
        run!(tx; PUT, join.story.0, cluster.0, join.why.as_str())?;
        tell(tx, cluster, &[]).await?;
        let stories = members(tx, cluster).await?;
        self.breaking_after_join(tx, &stories, Self::now()).await?;
        Ok(Some(cluster))
    }

    /// An event with this telling in it.
    pub(crate) async fn begin_event(&self, tx: &mut Tx, first: StoryId) -> Result<ClusterId> {
        let id = self.next_id();
        let headline: Option<(Option<String>,)> = maybe!(tx tx; HEADLINE, first.0)?;
        let headline = headline.and_then(|row| row.0).unwrap_or_default();
        let slug = Slug::from_headline(&headline);
        run!(tx; ADD, id.0, slug.as_ref().map(Slug::as_str), Self::now().0)?;
        run!(tx; PUT, first.0, id.0, "the first")?;
        Ok(id)
    }

    /// An event's own facts; its tellings are read by [`Store::tellings`].
    pub async fn event(&self, id: ClusterId) -> Result<Option<Event>> {
        let row: Option<(i64, Option<String>, Option<i64>)> = maybe!(read self.db(); EVENT, id.0)?;
        Ok(row.map(|(id, slug, merged)| Event {
            address: EventAddress {
                slug: slug.as_deref().and_then(Slug::parse),
                id: Id(id),
            },
            merged_into: merged.map(Id),
        }))
    }

    /// What happened to the tellings of an event after they were published, oldest first.
    pub async fn moments(&self, id: ClusterId) -> Result<Vec<Moment>> {
        let revisions: Vec<(i64, i64, Option<String>)> = all!(read self.db(); REVISIONS, id.0)?;
        let retold: Vec<(i64, i64)> = all!(read self.db(); RETOLD, id.0)?;
        let ours = revisions.into_iter().map(|(story, at, note)| Moment {
            story: Id(story),
            at: Millis(at),
            what: note.map_or(What::NewVersion, What::Corrected),
        });
        let theirs = retold.into_iter().map(|(story, at)| Moment {
            story: Id(story),
            at: Millis(at),
            what: What::Retold,
        });
        let mut all: Vec<Moment> = ours.chain(theirs).collect();
        all.sort_by_key(|moment| (moment.at, moment.story));
        Ok(all)
    }

    /// Why a telling is of its event, for an editor.
    pub async fn why_of_event(&self, story: StoryId) -> Result<Option<String>> {
        let row: Option<(Option<String>,)> = maybe!(read self.db(); WHY, story.0)?;
        Ok(row.and_then(|row| row.0))
    }
}

impl TellingRow {
    fn telling(self) -> Result<Telling> {
        let words = match self.excerpt {
            Some(paragraphs) => paragraphs.0.join("\n"),
            None => self.standfirst.unwrap_or_default(),
        };
        Ok(Telling {
            id: Id(self.id),
            source: self.source,
            at: Millis(self.published_at),
            lang: row::lang(&self.lang)?,
            headline: self.headline.unwrap_or_default(),
            words,
            places: row::places(self.places.as_deref())?,
            cluster: self.cluster_id.map(Id),
        })
    }
}

/// The event a telling is of.
pub(crate) async fn cluster_of(tx: &mut Tx, story: StoryId) -> Result<Option<ClusterId>> {
    let row: Option<(Option<i64>,)> = maybe!(tx tx; CLUSTER_OF, story.0)?;
    Ok(row.and_then(|row| row.0).map(Id))
}

/// The tellings of an event, whether readers have them or not.
pub(crate) async fn members(tx: &mut Tx, cluster: ClusterId) -> Result<Vec<StoryId>> {
    let rows: Vec<(i64,)> = all!(tx tx; MEMBERS, cluster.0)?;
    Ok(rows.into_iter().map(|(id,)| Id(id)).collect())
}

/// Puts a telling into an event.
pub(crate) async fn put(tx: &mut Tx, story: StoryId, cluster: ClusterId, why: &str) -> Result<()> {
    run!(tx; PUT, story.0, cluster.0, why)?;
    Ok(())
}

/// Tells the event of a story that was withdrawn, in the same transaction: its page and the line of the others change.
pub(crate) async fn tell_event(tx: &mut Tx, story: StoryId) -> Result<()> {
    match cluster_of(tx, story).await? {
        Some(cluster) => tell(tx, cluster, &[story]).await,
        None => Ok(()),
    }
}

/// Tells of an event's tellings, and of those that were; the last are told last.
pub(crate) async fn tell(tx: &mut Tx, cluster: ClusterId, former: &[StoryId]) -> Result<()> {
    let mut stories = members(tx, cluster).await?;
    stories.retain(|story| !former.contains(story));
    stories.extend_from_slice(former);
    let mut everywhere = Stands::default();
    for story in &stories {
        everywhere.add(&stands(tx, *story).await?);
    }
    tx.tell(NewsEvent::Clustered {
        cluster,
        stories,
        stands: everywhere,
    });
    Ok(())
}
