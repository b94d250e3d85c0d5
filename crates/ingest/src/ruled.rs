//! The desk's rules, on an item that was classified already: their word comes after ours, and before the store, where
//! an editor's hand on the excerpt itself counts more than either.

use news::rule::Piece;
use news::{Rules, Source, WireItem};
use store::{NewExcerpt, Placing};

/// Places an excerpt has room for.
const MOST_PLACES: usize = 6;

/// Does with the excerpt what the rules say of it, and notes it in the reason.
pub(crate) fn apply(rules: &Rules, item: &WireItem, source: &Source, excerpt: &mut NewExcerpt) {
    if rules.is_empty() {
        return;
    }
    let categories = item
        .categories
        .iter()
        .map(|category| category.term.as_str());
    let text = [&excerpt.headline].into_iter().chain(&excerpt.paragraphs);
    let about = (source.id, &excerpt.lang, &*excerpt.places);
    let piece = Piece::new(about, categories, text.map(String::as_str));
    let Some(verdict) = rules.of(&piece) else {
        return;
    };
    if let Some(section) = verdict.section {
        // Where a rule says so nobody has to be asked.
        (excerpt.section, excerpt.placing) = (section, Placing::Sure);
    }
    let room = MOST_PLACES.saturating_sub(excerpt.places.len());
    excerpt.places.extend(verdict.places.into_iter().take(room));
    excerpt.refuse = verdict.refuse;
    excerpt.hold = verdict.hold;
    for why in verdict.why {
        excerpt.why.push_str("; ");
        excerpt.why.push_str(&why);
    }
}
