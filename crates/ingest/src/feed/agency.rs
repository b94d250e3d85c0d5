//! What agencies send beside feeds: ninjs (1.x and 2.x), NewsML-G2 and NITF 3.
//!
//! A document of theirs is taken whole or not at all: half of one is a file that is still on its way.
//! Limits are those of feeds. The words in it go the same way as a feed's.

mod fields;
mod newsml;
mod ninjs;
mod nitf;
mod tree;

use super::date::Clock;
use super::guard::Each;
use crate::markup::{Piece, local, pieces};
use news::WireItem;
use url::Url;

/// Which of the three a document is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// JSON.
    Ninjs,
    /// A message with several items, or one item.
    NewsMl,
    /// One story as marked-up text.
    Nitf,
}

/// Names that ninjs has and other JSON hardly ever; each alone is enough.
const OF_NINJS: [&str; 6] = [
    "\"headlines\"",
    "\"bodies\"",
    "\"pubstatus\"",
    "\"body_html\"",
    "\"body_text\"",
    "\"versioncreated\"",
];

/// By its first element, or by its names where it is JSON; `None` for a feed and for anything else.
pub(super) fn kind(text: &str) -> Option<Kind> {
    if text.starts_with('{') {
        let is_feed = text.contains("jsonfeed.org/version/");
        let is_ninjs = || OF_NINJS.iter().any(|name| text.contains(name));
        return (!is_feed && is_ninjs()).then_some(Kind::Ninjs);
    }
    let root = pieces(text).find_map(|(_, piece)| match piece {
        Piece::Open(tag) => Some(tag.name),
        _ => None,
    });
    match local(root?) {
        "newsMessage" | "newsItem" | "packageItem" => Some(Kind::NewsMl),
        "nitf" => Some(Kind::Nitf),
        _ => None,
    }
}

/// The stories in it, or why there are none. Pictures and what else isn't text are left out.
pub(super) fn items(
    kind: Kind,
    text: &str,
    clock: &Clock,
    base: Option<&Url>,
) -> Result<Each<WireItem>, String> {
    let each = match kind {
        Kind::Ninjs => ninjs::items(text, clock, base),
        Kind::NewsMl => newsml::items(text, clock, base),
        Kind::Nitf => nitf::items(text, clock, base),
    }?;
    if each.read.is_empty() && each.lost.is_empty() {
        return Err("there is no story in it".into());
    }
    Ok(each)
}

#[cfg(test)]
mod tests;
