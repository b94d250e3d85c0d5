//! Says an event of the outbox in the words of the pages: the same renderers that draw a page draw what
//! its readers are sent afterwards.

use crate::steps;
use futures::FutureExt;
use futures::future::BoxFuture;
use live::{Encode, Event};
use news::event::Stands;
use news::story::Told;
use news::{Channel, NewsEvent, Place, Region, StoryId};
use serde_json::json;
use std::collections::BTreeSet;
use store::{OutboxRow, Store};

/// Steps are told in one event up to here; an editor so far behind reads them itself.
const MOST_STEPS: u32 = 1_000;

/// Encodes for the pages of this site.
pub struct Pages {
    store: Store,
}

impl Pages {
    /// Over this store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    async fn events(&self, row: &OutboxRow) -> store::Result<Vec<(Channel, Event)>> {
        match &row.event {
            NewsEvent::Published {
                story,
                version,
                before,
                stands,
                ..
            } => {
                let mut all = self.blocks(*story, *before).await?;
                if before.is_none() {
                    all.extend(self.card(*story, stands).await?);
                }
                let published = Event {
                    event: "published",
                    data: json!({ "version": version }),
                };
                all.push((Channel::Desk(*story), published));
                Ok(all)
            }
            NewsEvent::Canceled { story, .. } => {
                let why = match self.store.told(*story).await? {
                    Some(Told::Gone(gone)) => gone.why,
                    _ => String::new(),
                };
                let gone = Event {
                    event: "gone",
                    data: json!({ "why": why }),
                };
                Ok(vec![
                    (Channel::Story(*story), gone.clone()),
                    (Channel::Desk(*story), gone),
                ])
            }
            NewsEvent::ExcerptFiled {
                story,
                stands,
                new: true,
            } => self.card(*story, stands).await,
            NewsEvent::StepsAccepted { story, from, to } => {
                let mut new = self.store.steps_since(*story, *from, MOST_STEPS).await?;
                new.retain(|step| step.version <= *to);
                let event = Event {
                    event: "steps",
                    data: steps::told(*from, &new),
                };
                Ok(vec![(Channel::Desk(*story), event)])
            }
            NewsEvent::ExcerptFiled { new: false, .. }
            | NewsEvent::Placed { .. }
            | NewsEvent::DraftChanged { .. }
            | NewsEvent::SiteChanged => Ok(vec![]),
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
        let now = (&story.document, &*ids);
        let data = app::live::blocks(story.version, had, now, story.updated_at);
        Ok(vec![(
            Channel::Story(id),
            Event {
                event: "blocks",
                data,
            },
        )])
    }

    /// A new card, for every list it stands in.
    async fn card(&self, id: StoryId, stands: &Stands) -> store::Result<Vec<(Channel, Event)>> {
        let Some(teaser) = self.store.teaser(id).await? else {
            return Ok(vec![]);
        };
        let data = json!({ "id": id, "html": app::live::card_html(&teaser) });
        let event = Event {
            event: "card",
            data,
        };
        let (sections, places) = (&stands.sections, &stands.places);
        let regions: BTreeSet<Region> = places.iter().filter_map(|place| place.region()).collect();
        let facets = sections.iter().flat_map(|section| {
            let of = |place: &Place| Channel::SectionPlace(*section, *place);
            places.iter().map(of)
        });
        let lists = sections.iter().copied().map(Channel::Section);
        let lists = lists.chain(places.iter().copied().map(Channel::Place));
        let lists = lists.chain(regions.into_iter().map(Channel::Region));
        let all = lists.chain(facets).chain([Channel::Front]);
        let all = all.map(|channel| (channel, event.clone())).collect();
        Ok(all)
    }
}

impl Encode for Pages {
    fn encode<'a>(&'a self, row: &'a OutboxRow) -> BoxFuture<'a, Vec<(Channel, Event)>> {
        async move {
            match self.events(row).await {
                Ok(events) => events,
                Err(error) => {
                    tracing::error!(%error, seq = row.seq, "an event could not be told");
                    self.reload(row)
                }
            }
        }
        .boxed()
    }
}

impl Pages {
    /// What can't be told is not passed over: who shows the story loads it again.
    fn reload(&self, row: &OutboxRow) -> Vec<(Channel, Event)> {
        let Some(story) = row.event.story() else {
            return vec![];
        };
        [Channel::Story(story), Channel::Desk(story)]
            .map(|to| (to, Event::reload()))
            .to_vec()
    }
}
