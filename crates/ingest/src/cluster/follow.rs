//! Follows the outbox: each telling that readers get is placed once, and the event it is of is written with the mark.
//!
//! What is placed where depends on the order of the outbox alone. Several nodes may follow: the mark moves only from
//! where a follower saw it, so one of them writes, and the others begin anew from what it wrote.

use super::sketch::Sketch;
use super::window::{Links, Placement, SPAN, Window};
use news::cluster::Telling;
use news::{ClusterId, NewsEvent, StoryId};
use std::collections::BTreeSet;
use store::{EVENTS, Join, Result, Store};

/// Rows of the outbox that are followed in one transaction.
const AT_ONCE: u32 = 100;

/// The tellings of the last two days, and how far the outbox was followed.
pub struct Follower {
    store: Store,
    seen: u64,
    window: Window,
    links: Links,
}

impl Follower {
    /// Begins where the followers before it ended.
    ///
    /// # Errors
    /// Where the store can't be read.
    pub async fn open(store: Store) -> Result<Self> {
        let seen = store.mark(EVENTS).await?;
        let mut follower = Self {
            store,
            seen,
            window: Window::default(),
            links: Links::default(),
        };
        follower.fill().await?;
        Ok(follower)
    }

    /// What was placed already stands in the window; what wasn't comes by the outbox.
    async fn fill(&mut self) -> Result<()> {
        let since = Store::now().plus(-SPAN);
        let ahead = self.ahead().await?;
        for telling in self.store.tellings_since(since).await? {
            if !ahead.contains(&telling.id) {
                self.stand(&telling, None);
            }
        }
        self.links.cannot = self.store.kept_apart(since).await?.into_iter().collect();
        Ok(())
    }

    /// Stories of which the outbox still tells for the first time: whoever comes later doesn't stand there before.
    async fn ahead(&self) -> Result<BTreeSet<StoryId>> {
        let mut all = BTreeSet::new();
        let mut after = self.seen;
        loop {
            let rows = self.store.outbox(after, AT_ONCE).await?;
            let Some(last) = rows.last() else {
                return Ok(all);
            };
            after = last.seq;
            all.extend(rows.iter().filter_map(|row| first_told(&row.event)));
        }
    }

    /// Follows a few rows more; how many there were, none at the end of the outbox.
    ///
    /// # Errors
    /// Where the store fails; the next step begins where this one did.
    pub async fn step(&mut self) -> Result<usize> {
        let rows = self.store.outbox(self.seen, AT_ONCE).await?;
        let Some(last) = rows.last() else {
            return Ok(0);
        };
        let (to, n) = (last.seq, rows.len());
        let mut joins = vec![];
        for row in &rows {
            match &row.event {
                NewsEvent::Published { story, .. }
                | NewsEvent::ExcerptFiled { story, .. }
                | NewsEvent::Placed { story, .. } => joins.extend(self.look_at(*story).await?),
                NewsEvent::Canceled { story, .. } => self.window.remove(*story),
                NewsEvent::Clustered { stories, .. } => self.again(stories).await?,
                NewsEvent::StepsAccepted { .. }
                | NewsEvent::DraftChanged { .. }
                | NewsEvent::Breaking { .. }
                | NewsEvent::SiteChanged => {}
            }
        }
        match self.store.join_tellings((self.seen, to), &joins).await? {
            Some(found) => {
                self.seen = to;
                for (join, cluster) in joins.iter().zip(found) {
                    self.settle(join, cluster).await?;
                }
            }
            // Another node was here first: what it wrote is read anew.
            None => *self = Self::open(self.store.clone()).await?,
        }
        Ok(n)
    }

    /// Places a telling that wasn't looked at before; one that was only has its words set anew.
    async fn look_at(&mut self, story: StoryId) -> Result<Option<Join>> {
        let Some(telling) = self.store.telling(story).await? else {
            self.window.remove(story);
            return Ok(None);
        };
        if let Some(stands) = telling.cluster.or_else(|| self.window.cluster_of(story)) {
            self.stand(&telling, Some(stands));
            return Ok(None);
        }
        let sketch = Sketch::of(&telling);
        let join = match self.window.place(&sketch, &self.links) {
            Placement::Joins {
                cluster,
                like,
                likeness,
            } => {
                self.window.add(sketch, cluster);
                Some(Join {
                    story,
                    with: like,
                    why: format!("{likeness:.2} like {like}"),
                })
            }
            Placement::Starts => {
                self.window.add(sketch, story);
                None
            }
        };
        Ok(join)
    }

    /// The store gave the event its number, or an editor's word was against it.
    async fn settle(&mut self, join: &Join, cluster: Option<ClusterId>) -> Result<()> {
        let Some(cluster) = cluster else {
            return self.again(&[join.story]).await;
        };
        for story in [join.with, join.story] {
            if self.window.cluster_of(story) != Some(cluster) {
                self.again(&[story]).await?;
            }
        }
        Ok(())
    }

    /// Editors put these together or apart, or another node did: they stand where the store says.
    async fn again(&mut self, stories: &[StoryId]) -> Result<()> {
        let since = Store::now().plus(-SPAN);
        self.links.cannot = self.store.kept_apart(since).await?.into_iter().collect();
        for story in stories {
            match self.store.telling(*story).await? {
                Some(telling) if telling.at >= since => self.stand(&telling, None),
                _ => self.window.remove(*story),
            }
        }
        Ok(())
    }

    /// A telling without an event is one of its own until another joins it.
    fn stand(&mut self, telling: &Telling, cluster: Option<ClusterId>) {
        let cluster = cluster.or(telling.cluster).unwrap_or(telling.id);
        self.window.add(Sketch::of(telling), cluster);
    }
}

/// The story that readers get by this event for the first time.
fn first_told(event: &NewsEvent) -> Option<StoryId> {
    match event {
        NewsEvent::Published {
            story,
            before: None,
            ..
        }
        | NewsEvent::ExcerptFiled {
            story, new: true, ..
        } => Some(*story),
        _ => None,
    }
}
