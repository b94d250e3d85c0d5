//! Says an event of the outbox in the words of the pages: the same renderers that draw a page draw what
//! its readers are sent afterwards.

use crate::steps;
use futures::FutureExt;
use futures::future::BoxFuture;
use lists::{facts, in_lists, lists};
use live::{Encode, Event};
use news::event::Stands;
use news::story::Told;
use news::{Channel, ClusterId, Millis, NewsEvent, StoryId};
use press::Shelf;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use store::{OutboxRow, Store};

mod lists;

/// Steps are told in one event up to here; an editor so far behind reads them itself.
const MOST_STEPS: u32 = 1_000;

/// Encodes for the pages of this site.
pub struct Pages {
    store: Store,
    shelf: Arc<Shelf>,
}

/// Tellings of one event that open pages are told of: the newest of a long one.
const MOST_TELLINGS: usize = 12;

/// How long a change is held back for the shelf; by then it is told in any case.
const PATIENCE: Duration = Duration::from_secs(1);

impl Pages {
    /// Over this store; nothing is told that this shelf hasn't heard of.
    #[must_use]
    pub fn new(store: Store, shelf: Arc<Shelf>) -> Self {
        Self { store, shelf }
    }

    async fn events(&self, row: &OutboxRow) -> store::Result<Vec<(Channel, Event)>> {
        match &row.event {
            NewsEvent::Published {
                story,
                version,
                before,
                stands,
                card,
            } => {
                let mut all = self.blocks(*story, *before).await?;
                if before.is_none() {
                    all.extend(self.card(*story, stands).await?);
                } else if *card {
                    all.extend(in_lists(stands, "changed", *story));
                    let on_its_pages = self.on_its_pages(*story).await?.into_iter();
                    // Its own page has heard of the words themselves.
                    all.extend(on_its_pages.filter(|(to, _)| *to != Channel::Story(*story)));
                }
                let published = Event {
                    event: "published",
                    data: json!({ "version": version }),
                };
                all.push((Channel::Desk(*story), published));
                Ok(all)
            }
            NewsEvent::Canceled { story, stands } => {
                let why = match self.store.told(*story).await? {
                    Some(Told::Gone(gone)) => gone.why,
                    _ => String::new(),
                };
                let gone = Event {
                    event: "gone",
                    data: json!({ "why": why }),
                };
                let mut all = in_lists(stands, "removed", *story);
                all.push((Channel::Story(*story), gone.clone()));
                all.push((Channel::Desk(*story), gone));
                Ok(all)
            }
            NewsEvent::ExcerptFiled {
                story,
                stands,
                new: true,
            } => self.card(*story, stands).await,
            NewsEvent::Clustered {
                cluster,
                stories,
                stands,
            } => self.event(*cluster, stories, stands).await,
            NewsEvent::StepsAccepted { story, from, to } => {
                let mut new = self.store.steps_since(*story, *from, MOST_STEPS).await?;
                new.retain(|step| step.version <= *to);
                let event = Event {
                    event: "steps",
                    data: steps::told(*from, &new),
                };
                Ok(vec![(Channel::Desk(*story), event)])
            }
            NewsEvent::Placed { story, stands }
            | NewsEvent::ExcerptFiled {
                story,
                stands,
                new: false,
            } => {
                let mut all = in_lists(stands, "changed", *story);
                all.extend(self.on_its_pages(*story).await?);
                all.push((Channel::Desk(*story), facts()));
                Ok(all)
            }
            NewsEvent::Breaking {
                story,
                stands,
                until,
            } => self.breaking(*story, stands, *until).await,
            NewsEvent::DraftChanged { story, .. } => Ok(vec![(Channel::Desk(*story), facts())]),
            NewsEvent::SiteChanged => Ok(vec![]),
        }
    }

    /// The blocks in which a story differs from what readers had. A first publication has no readers.
    async fn blocks(
        &self,
        id: StoryId,
        before: Option<u64>,
    ) -> store::Result<Vec<(Channel, Event)>> {
        let Some(before) = before else {
            return Ok(vec![]);
        };
        let Some(Told::Story(story)) = self.store.told(id).await? else {
            return Ok(vec![]);
        };
        let ids = self.store.block_ids(id).await?;
        let had = self.store.words(id, before).await?;
        let had = had.as_ref().map(|had| (&had.doc, &*had.block_ids));
        let data = app::live::blocks(had, &story, &ids);
        Ok(vec![(
            Channel::Story(id),
            Event {
                event: "blocks",
                data,
            },
        )])
    }

    /// The page of a telling, and that of its event, draw it anew.
    async fn on_its_pages(&self, story: StoryId) -> store::Result<Vec<(Channel, Event)>> {
        let teaser = self.store.teaser(story).await?;
        let event = teaser.and_then(|teaser| teaser.event().map(|event| event.address.id));
        let pages = [Some(Channel::Story(story)), event.map(Channel::Event)];
        let changed = Event {
            event: "changed",
            data: json!({ "id": story }),
        };
        let pages = pages.into_iter().flatten();
        Ok(pages.map(|page| (page, changed.clone())).collect())
    }

    /// An open page of the event gets its new tellings; lists draw the card anew that stands for it.
    async fn event(
        &self,
        cluster: ClusterId,
        stories: &[StoryId],
        stands: &Stands,
    ) -> store::Result<Vec<(Channel, Event)>> {
        let mut all = vec![];
        let newest = stories.len().saturating_sub(MOST_TELLINGS);
        for story in stories.iter().skip(newest) {
            let teaser = self.store.teaser(*story).await?;
            let event = teaser.and_then(|teaser| teaser.event().map(|event| event.address.id));
            let name = if event == Some(cluster) {
                "card"
            } else {
                "removed"
            };
            let data = json!({ "id": story });
            all.push((Channel::Event(cluster), Event { event: name, data }));
            all.extend(in_lists(stands, "changed", *story));
        }
        Ok(all)
    }

    /// The red bar comes or goes, on every list the story stands in.
    async fn breaking(
        &self,
        story: StoryId,
        stands: &Stands,
        until: Option<Millis>,
    ) -> store::Result<Vec<(Channel, Event)>> {
        let teaser = match until.filter(|until| *until > Store::now()) {
            Some(_) => self.store.teaser(story).await?,
            None => None,
        };
        let over = || json!({ "id": story });
        let data = teaser.map_or_else(over, |teaser| app::live::breaking(&teaser));
        let event = Event {
            event: "breaking",
            data,
        };
        let to = lists(stands).into_iter();
        let mut all: Vec<_> = to.map(|list| (list, event.clone())).collect();
        all.push((Channel::Desk(story), facts()));
        Ok(all)
    }

    /// A new card, for every list it stands in.
    async fn card(&self, id: StoryId, stands: &Stands) -> store::Result<Vec<(Channel, Event)>> {
        let Some(teaser) = self.store.teaser(id).await? else {
            return Ok(vec![]);
        };
        // A find from the archive is no news to anybody: who reads one of its lists finds it at its place.
        if self.store.is_archive(id).await? {
            return Ok(in_lists(stands, "changed", id));
        }
        let data = json!({ "id": id, "html": app::live::card_html(&teaser) });
        let event = Event {
            event: "card",
            data,
        };
        let mut to = lists(stands);
        // What comes in late, or without a date of its own, is new in its lists and no news.
        if !self
            .store
            .is_since(id, Store::now().plus(-Millis::DAY))
            .await?
        {
            to.retain(|list| *list != Channel::Latest);
        }
        Ok(to.into_iter().map(|list| (list, event.clone())).collect())
    }
}

impl Encode for Pages {
    fn encode<'a>(&'a self, row: &'a OutboxRow) -> BoxFuture<'a, Vec<(Channel, Event)>> {
        async move {
            // Who is told of a change and asks again must not get the page from before it.
            let heard = self.shelf.has_heard(row.seq);
            if tokio::time::timeout(PATIENCE, heard).await.is_err() {
                tracing::warn!(seq = row.seq, "the shelf has not heard of a change yet");
            }
            match self.events(row).await {
                Ok(events) => events,
                Err(error) => {
                    tracing::error!(%error, seq = row.seq, "an event could not be told");
                    reload(&row.event)
                }
            }
        }
        .boxed()
    }
}

/// What can't be told is not passed over: who shows the story, or a list its card is new in, loads it again.
fn reload(event: &NewsEvent) -> Vec<(Channel, Event)> {
    let new = match event {
        NewsEvent::Published {
            before: None,
            stands,
            ..
        }
        | NewsEvent::ExcerptFiled {
            new: true, stands, ..
        } => lists(stands),
        _ => vec![],
    };
    let own = event.story().into_iter();
    let own = own.flat_map(|story| [Channel::Story(story), Channel::Desk(story)]);
    own.chain(new).map(|to| (to, Event::reload())).collect()
}

#[cfg(test)]
mod tests;
