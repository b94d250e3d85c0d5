//! The new page's title, language and head tags. What stands in both heads is left alone.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

/// The tags that belong to a page and not to the shell. `meta[name]` holds also the page's channel
/// and the newest change that it has seen, for the stream.
const OF_THE_PAGE: &str = "meta[name],meta[property],link[rel=canonical],link[rel=alternate],\
    link[rel=prev],link[rel=next],script[type='application/ld+json']";

/// Makes this document's head say what `page`'s says.
pub(super) fn merge(page: &Document) {
    document().set_title(&page.title());
    let roots = (document().document_element(), page.document_element());
    let (Some(old), Some(new)) = roots else {
        return;
    };
    for name in ["lang", "dir"] {
        match new.get_attribute(name) {
            Some(value) => old.set_attribute(name, &value).ok(),
            None => old.remove_attribute(name).ok(),
        };
    }
    let mut coming = tags(page);
    for tag in tags(&document()) {
        match coming.iter().position(|new| new.is_equal_node(Some(&tag))) {
            Some(same) => drop(coming.remove(same)),
            None => tag.remove(),
        }
    }
    let Some(head) = document().head() else {
        return;
    };
    for tag in coming {
        head.append_child(&tag).ok();
    }
}

fn tags(of: &Document) -> Vec<Element> {
    let found = of
        .head()
        .and_then(|head| head.query_selector_all(OF_THE_PAGE).ok());
    let Some(found) = found else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|at| found.item(at));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}
