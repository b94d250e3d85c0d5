//! A correction comes into the page that is read.

use super::browser::{get, text};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlTemplateElement};

/// Puts the changed blocks in their places. What is read stays where it is on the screen.
pub(super) fn correct(event: &JsValue) {
    title(&text(event, "title"), &text(event, "description"));
    let Ok(Some(body)) = document().query_selector("main .story__body") else {
        return;
    };
    let anchor = anchor(&body);
    let stood = anchor.as_ref().map(top);
    let blocks = js_sys::Array::from(&get(event, "blocks"));
    let changed = |id: &str| {
        blocks
            .iter()
            .find(|block| text(block, "id") == id)
            .map(|block| text(&block, "html"))
    };
    let mut at = body.first_element_child();
    for id in js_sys::Array::from(&get(event, "order"))
        .iter()
        .filter_map(|id| id.as_string())
    {
        let old = block(&body, &id);
        let new = match (changed(&id), &old) {
            (Some(html), _) => element(&html),
            (None, Some(old)) => Some(old.clone()),
            (None, None) => None,
        };
        let Some(new) = new else { continue };
        if let Some(old) = old.filter(|old| *old != new) {
            if at.as_ref() == Some(&old) {
                at = Some(new.clone());
            }
            old.replace_with_with_node_1(&new).ok();
        }
        if at.as_ref() == Some(&new) {
            at = new.next_element_sibling();
        } else {
            body.insert_before(&new, at.as_ref().map(AsRef::as_ref))
                .ok();
        }
    }
    // What stands behind the last block of the new order is no longer part of the story.
    while let Some(rest) = at {
        at = rest.next_element_sibling();
        rest.remove();
    }
    for (which, name) in [
        (".story__headline", "headline"),
        (".story__standfirst", "standfirst"),
    ] {
        if let Ok(Some(part)) = document().query_selector(&format!("main {which}")) {
            let html = text(event, name);
            if part.inner_html() != html {
                part.set_inner_html(&html);
            }
        }
    }
    updated(&text(event, "updated"));
    if let (Some(anchor), Some(stood)) = (anchor.filter(|anchor| anchor.is_connected()), stood) {
        window().scroll_by_with_x_and_y(0.0, top(&anchor) - stood);
    }
}

/// What the tab, a bookmark and a share made from here say.
fn title(title: &str, about: &str) {
    document().set_title(title);
    for (tag, words) in [
        ("meta[property='og:title']", title),
        ("meta[name=description]", about),
        ("meta[property='og:description']", about),
    ] {
        if let Ok(Some(tag)) = document().query_selector(tag) {
            tag.set_attribute("content", words).ok();
        }
    }
}

/// The first block that the reader sees.
fn anchor(body: &Element) -> Option<Element> {
    let mut at = body.first_element_child();
    while let Some(block) = at {
        if block.get_bounding_client_rect().bottom() > 0.0 {
            return Some(block);
        }
        at = block.next_element_sibling();
    }
    None
}

fn top(of: &Element) -> f64 {
    of.get_bounding_client_rect().top()
}

fn block(body: &Element, id: &str) -> Option<Element> {
    let mut at = body.first_element_child();
    while let Some(block) = at {
        if block.get_attribute("data-block").as_deref() == Some(id) {
            return Some(block);
        }
        at = block.next_element_sibling();
    }
    None
}

fn updated(iso: &str) {
    let Ok(Some(line)) = document().query_selector("main .story__updated") else {
        return;
    };
    if let Ok(Some(time)) = line.query_selector("time") {
        time.set_attribute("datetime", iso).ok();
    }
    if let Some(line) = line.dyn_ref::<HtmlElement>() {
        line.set_hidden(false);
    }
    if let Ok(event) = web_sys::Event::new("times") {
        window().dispatch_event(&event).ok();
    }
}

fn element(html: &str) -> Option<Element> {
    let template: HtmlTemplateElement = document()
        .create_element("template")
        .ok()?
        .dyn_into()
        .ok()?;
    template.set_inner_html(html);
    template.content().first_element_child()
}
