//! A story's words as HTML: one renderer draws the page and what an open page is told of a correction.

use news::{Document, body::html};

/// The headline's inside.
#[must_use]
pub fn headline(document: &Document) -> String {
    html::inline_headline(document)
}

/// The standfirst's inside.
#[must_use]
pub fn standfirst(document: &Document) -> String {
    html::standfirst(document)
}

/// The blocks of `after` that readers of `before` don't have as they are, by name; and the order of all.
#[must_use]
pub fn changed_blocks(
    before: Option<(&Document, &[String])>,
    after: (&Document, &[String]),
) -> (Vec<String>, Vec<(String, String)>) {
    let had = before
        .map(|(document, ids)| html::blocks(document, ids))
        .unwrap_or_default();
    let has = html::blocks(after.0, after.1);
    let order = has.iter().map(|(id, _)| id.clone()).collect();
    (
        order,
        has.into_iter()
            .filter(|block| !had.contains(block))
            .collect(),
    )
}
