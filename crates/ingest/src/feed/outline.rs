//! What a document is and how large, seen in one scan before any parser gets it.

use crate::markup::{Piece, Tag, local, pieces};

/// More nesting, items or attributes than any feed has: such a document goes to the salvage only.
pub(crate) const MAX_DEPTH: usize = 64;
/// See [`MAX_DEPTH`].
pub(crate) const MAX_ITEMS: usize = 10_000;
/// See [`MAX_DEPTH`].
pub(crate) const MAX_ATTRIBUTES: usize = 256;

/// What a feed's root says it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Root {
    /// RSS 0.9x or 2.0.
    Rss,
    /// Atom.
    Feed,
    /// RSS 0.90, 1.0, 1.1.
    Rdf,
    /// Some other markup: a page, OPML, a fragment.
    Other,
    /// No markup at all.
    Nothing,
}

/// What one scan tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outline {
    pub(crate) root: Root,
    /// Start tags of items and entries.
    pub(crate) items: usize,
    /// Which limit is broken, if one is.
    pub(crate) beyond: Option<&'static str>,
}

/// Scans the whole document.
pub(crate) fn outline(text: &str) -> Outline {
    let mut seen = Outline {
        root: Root::Nothing,
        items: 0,
        beyond: None,
    };
    let mut depth = 0_usize;
    for (_, piece) in pieces(text) {
        match piece {
            Piece::Open(tag) => {
                if seen.root == Root::Nothing {
                    seen.root = root(&tag);
                }
                seen.items += usize::from(is_item(tag.name));
                if seen.items > MAX_ITEMS {
                    seen.beyond = seen.beyond.or(Some("more than 10,000 items"));
                }
                if tag.attributes().take(MAX_ATTRIBUTES + 1).count() > MAX_ATTRIBUTES {
                    seen.beyond = seen.beyond.or(Some("more than 256 attributes"));
                }
                depth += usize::from(!tag.empty);
                if depth > MAX_DEPTH {
                    seen.beyond = seen
                        .beyond
                        .or(Some("more than 64 elements inside each other"));
                }
            }
            Piece::Close(_) => depth = depth.saturating_sub(1),
            Piece::Text(_) | Piece::Cdata(_) | Piece::Aside | Piece::Doctype => {}
        }
    }
    seen
}

fn root(tag: &Tag<'_>) -> Root {
    match local(tag.name).to_ascii_lowercase().as_str() {
        "rss" => Root::Rss,
        "feed" => Root::Feed,
        "rdf" => Root::Rdf,
        _ => Root::Other,
    }
}

/// Whether an element is one item of a feed.
pub(crate) fn is_item(name: &str) -> bool {
    let local = local(name);
    local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry")
}
