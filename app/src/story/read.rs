//! What a story's page shows, for a reader or for staff.

use crate::{error_page::Trouble, page_notes::PageNotes, viewer::Viewer};
use desk::Desk;
use news::{Act, EventLine, Refusal, Shows, StoryId, Teaser, story::Told};
use store::Store;

/// A story with what stands around it.
pub(super) struct StoryView {
    /// The outbox before anything was read.
    pub(super) seq: u64,
    /// The story: its published version for readers, its draft for staff.
    pub(super) told: Told,
    /// The names of the published version's blocks; none in a draft.
    pub(super) block_ids: Option<Vec<String>>,
    /// The event it is of, where others tell it, too.
    pub(super) event: Option<EventLine>,
    /// Others on the same subject.
    pub(super) related: Vec<Teaser>,
}

/// How many stories stand around one.
const RELATED: u32 = 8;

pub(super) async fn read_story(
    store: &Store,
    desk: Option<&Desk>,
    viewer: &Viewer,
    notes: &PageNotes,
    id: StoryId,
) -> Result<StoryView, Trouble> {
    let seq = store.head().await?;
    notes.shows([Shows::Story(id), Shows::Site]);
    let published = store.told(id).await?;
    let drafts = desk.filter(|_| viewer.may(Act::ReadDraft));
    let (told, block_ids) = match (published, drafts) {
        (Some(Told::Gone(gone)), _) => (Told::Gone(gone), None),
        (Some(Told::Excerpt(excerpt)), _) => (Told::Excerpt(excerpt), None),
        (_, Some(desk)) => match desk.open(id).await {
            Ok(opened) => (Told::Story(Box::new(opened.story)), None),
            Err(store::Error::Refused(Refusal::NotFound)) => return Err(Trouble::NotFound),
            Err(error) => return Err(error.into()),
        },
        (Some(told), None) => (told, Some(store.block_ids(id).await?)),
        (None, None) => return Err(Trouble::NotFound),
    };
    let (section, places) = match &told {
        Told::Story(story) => (story.section, &story.places),
        Told::Excerpt(excerpt) => (excerpt.section, &excerpt.places),
        Told::Gone(_) => {
            return Ok(StoryView {
                seq,
                told,
                block_ids,
                event: None,
                related: vec![],
            });
        }
    };
    // What stands around it is taken from these lists.
    notes.shows([Shows::Section(section)]);
    notes.shows(places.iter().copied().map(Shows::Place));
    let event = store.teaser(id).await?;
    let event = event.and_then(|teaser| teaser.event().cloned());
    notes.shows(event.iter().map(|event| Shows::Event(event.address.id)));
    let related = store.related(id, RELATED).await?;
    Ok(StoryView {
        seq,
        told,
        block_ids,
        event,
        related,
    })
}
