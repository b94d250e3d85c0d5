//! Which open pages a change of a story reaches: the lists it stands in, and the desk's view of it.

use live::Event;
use news::event::Stands;
use news::{Channel, Place, Region, StoryId};
use serde_json::json;
use std::collections::BTreeSet;

/// A card that stands in these lists is drawn anew, or goes. The page asks for itself: a card looks another way in each
/// slot.
pub(super) fn in_lists(
    stands: &Stands,
    event: &'static str,
    story: StoryId,
) -> Vec<(Channel, Event)> {
    let event = Event {
        event,
        data: json!({ "id": story }),
    };
    let to = lists(stands).into_iter();
    to.map(|list| (list, event.clone())).collect()
}

/// Something around a story's words changed; who shows it asks for what.
pub(super) fn facts() -> Event {
    Event {
        event: "facts",
        data: json!({}),
    }
}

/// Every list a card stands in.
pub(super) fn lists(stands: &Stands) -> Vec<Channel> {
    let (sections, places) = (&stands.sections, &stands.places);
    let regions: BTreeSet<Region> = places.iter().filter_map(|place| place.region()).collect();
    let facets = sections.iter().flat_map(|section| {
        let of = |place: &Place| Channel::SectionPlace(*section, *place);
        places.iter().map(of)
    });
    let lists = sections.iter().copied().map(Channel::Section);
    let lists = lists.chain(places.iter().copied().map(Channel::Place));
    let lists = lists.chain(regions.into_iter().map(Channel::Region));
    let all = lists.chain(facets);
    all.chain([Channel::Front, Channel::Latest]).collect()
}
