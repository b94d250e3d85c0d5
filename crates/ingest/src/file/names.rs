//! What the items of one document are known by: names that several share are none.

use crate::excerpt::{canonical, digest, name};
use news::{Millis, Source, WireItem};
use std::collections::{HashMap, HashSet};
use store::{KillOrder, NewExcerpt};

/// Takes away the names that name no single item: some programs give every item the site's address
/// or a constant as its guid, some send the items of a live page with one address. All items but one
/// would be lost. An item without a name left is known by its headline.
pub(super) fn apart(excerpts: &mut [NewExcerpt], source: &Source) {
    let home = canonical(&source.home_url);
    // No item is the site itself, not even where it is the only one left in the feed.
    for excerpt in &mut *excerpts {
        for name in [&mut excerpt.guid, &mut excerpt.address] {
            if canonical(name) == home {
                name.clear();
            }
        }
    }
    let guids = shared(excerpts, |e| (&e.guid, &e.address));
    for excerpt in &mut *excerpts {
        if guids.contains(&excerpt.guid) {
            excerpt.guid.clear();
        }
    }
    let addresses = shared(excerpts, |e| (&e.address, &e.guid));
    for excerpt in &mut *excerpts {
        if addresses.contains(&excerpt.address) {
            excerpt.address.clear();
        }
        if excerpt.guid.is_empty() && excerpt.address.is_empty() {
            excerpt.guid = digest(&[&excerpt.headline]);
        }
    }
}

/// What an item that is taken back is known by.
pub(super) fn of_kill(item: &WireItem, source: &Source, now: Millis) -> KillOrder {
    let home = canonical(&source.home_url);
    let named = |text: &str| Some(name(text)).filter(|name| canonical(name) != home);
    // A tombstone says when it was set; an item that is marked may still have its first date.
    let at = item.published.filter(|_| item.title.is_empty());
    KillOrder {
        guid: named(&item.guid).unwrap_or_default(),
        address: named(&canonical(&item.url)).unwrap_or_default(),
        at: at.unwrap_or(now).min(now),
    }
}

/// Names that stand beside more than one of the other kind.
fn shared(
    excerpts: &[NewExcerpt],
    names: impl Fn(&NewExcerpt) -> (&String, &String),
) -> HashSet<String> {
    let mut others: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (name, other) in excerpts.iter().map(names) {
        others.entry(name).or_default().insert(other);
    }
    let several = others.into_iter().filter(|(_, all)| all.len() > 1);
    several.map(|(name, _)| name.to_owned()).collect()
}
