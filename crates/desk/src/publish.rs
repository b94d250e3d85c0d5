//! What readers get: beginning, publishing and withdrawing a story, and the facts around its words.

use crate::Desk;
use news::body::ids;
use news::{Document, Genre, Lang, Refusal, Section, StaffId, StoryId, story::Told};
use store::{Error, Facts, NewStory, Publish, PublishedVersion, Result, Store};

impl Desk {
    /// Begins a story: a blank draft that only the desk sees.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn begin(&self, who: StaffId, lang: Lang, section: Section) -> Result<StoryId> {
        let author = self.store.staff(who).await?.map(|staff| staff.name);
        let new = NewStory {
            id: None,
            staff: Some(who),
            lang,
            section,
            places: vec![],
            topics: vec![],
            genre: Genre::News,
            document: Document::blank(),
            authors: author.into_iter().collect(),
            dateline: None,
            urgency: 5,
            slug: None,
            picture: None,
        };
        self.store.begin_story(new).await
    }

    /// Makes the version public that the editor has seen. Published again, it is the same answer.
    ///
    /// # Errors
    /// [`Refusal::Stale`] where newer steps came meanwhile: they would go out unseen.
    pub async fn publish(
        &self,
        who: StaffId,
        id: StoryId,
        version_seen: u64,
    ) -> Result<PublishedVersion> {
        let mut lane = self.lanes.enter(id).await;
        let (story, doc) = self.draft(&mut lane, id).await?;
        if story.draft_version != version_seen {
            let (yours, ours) = (version_seen, story.draft_version);
            return Err(Error::Refused(Refusal::Stale { yours, ours }));
        }
        let headline = doc.headline();
        if news::text::is_blank(&headline) {
            let sentence = "A story needs a headline before readers get it.";
            return Err(Error::Refused(Refusal::Invalid(sentence.to_owned())));
        }
        let before = self.public(id).await?;
        let before = before
            .as_ref()
            .map(|(document, ids)| (document, ids.as_slice()));
        let block_ids = ids::align(before, &doc, version_seen);
        let standfirst = doc.standfirst();
        let publish = Publish {
            story: id,
            version: version_seen,
            rev: story.rev,
            doc,
            block_ids,
            headline,
            standfirst,
            slug: None,
            staff: Some(who),
            at: Store::now(),
            note: None,
        };
        self.store.publish(publish).await
    }

    /// Withdraws a story or an excerpt: its address answers 410 from now on, with the reason.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] without a reason, [`Refusal::NotFound`] where there is no such story.
    pub async fn withdraw(&self, who: StaffId, id: StoryId, why: &str) -> Result<()> {
        let _lane = self.lanes.enter(id).await;
        let rev = match self.store.draft(id).await? {
            Some(draft) => draft.story.rev,
            None => match self.store.told(id).await? {
                Some(Told::Excerpt(excerpt)) => excerpt.rev,
                Some(Told::Gone(_)) => return Err(Error::Refused(Refusal::Withdrawn)),
                Some(Told::Story(_)) | None => return Err(Error::Refused(Refusal::NotFound)),
            },
        };
        self.store.withdraw(id, rev, who, why).await
    }

    /// Sets section, places, language, genre, slug and topics; gives the row's new `rev`.
    ///
    /// # Errors
    /// [`Refusal::Stale`] where somebody else changed them meanwhile.
    pub async fn set_facts(&self, facts: Facts) -> Result<u64> {
        // In the lane, because publishing reads the row's `rev` and writes by it.
        let _lane = self.lanes.enter(facts.story).await;
        self.store.set_facts(facts).await
    }

    /// What readers have now, with its blocks' names.
    async fn public(&self, id: StoryId) -> Result<Option<(Document, Vec<String>)>> {
        let Some(Told::Story(story)) = self.store.told(id).await? else {
            return Ok(None);
        };
        Ok(Some((story.document, self.store.block_ids(id).await?)))
    }
}
