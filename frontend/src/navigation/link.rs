//! Which clicks and forms are ours. Everything else is the browser's.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FormData, HtmlAnchorElement, HtmlFormElement, MouseEvent, SubmitEvent, Url,
    UrlSearchParams,
};

/// Attributes by which a button overrules its form.
const OVERRULING: [&str; 3] = ["formaction", "formmethod", "formtarget"];

/// The page that a plain click on a link of ours leads to.
pub(super) fn clicked(event: &MouseEvent) -> Option<Url> {
    let modified = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    // A fragment of this page is the browser's: it scrolls, moves focus and knows :target.
    pointed_at(event).filter(|to| to.hash().is_empty() || super::path(to) != super::here())
}

/// The page of ours that the link under an event leads to.
pub(super) fn pointed_at(event: &Event) -> Option<Url> {
    let touched = event.target()?.dyn_into::<Element>().ok()?;
    let link: HtmlAnchorElement = touched.closest("a[href]").ok()??.dyn_into().ok()?;
    let external = link
        .rel()
        .split_ascii_whitespace()
        .any(|word| word == "external");
    if !stays_here(&link.target()) || link.has_attribute("download") || external {
        return None;
    }
    page(Url::new(&link.href()).ok()?)
}

/// The page that a GET form of ours asks for.
pub(super) fn submitted(event: &SubmitEvent) -> Option<Url> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let button = event
        .submitter()
        .and_then(|button| button.dyn_into::<Element>().ok());
    let overruled = |button: &Element| OVERRULING.iter().any(|name| button.has_attribute(name));
    // Attributes, not properties: a field named "method" or "action" would stand in their way.
    let attribute = |name: &str| form.get_attribute(name).unwrap_or_default();
    let gets = matches!(&*attribute("method").to_ascii_lowercase(), "" | "get");
    let ours = gets && stays_here(&attribute("target")) && !button.as_ref().is_some_and(overruled);
    if event.default_prevented() || !ours {
        return None;
    }
    let base = document().base_uri().ok()??;
    let to = page(Url::new_with_base(&attribute("action"), &base).ok()?)?;
    let pairs = FormData::new_with_form(&form).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&pairs.into()).ok()?;
    if let Some(button) = &button
        && let Some(name) = button.get_attribute("name")
    {
        fields.append(&name, &button.get_attribute("value").unwrap_or_default());
    }
    to.set_search(&String::from(fields.to_string()));
    Some(to)
}

fn stays_here(target: &str) -> bool {
    matches!(target, "" | "_self")
}

/// `to` if it is on this site and its last part has no extension: `/feed.xml` is a file.
fn page(to: Url) -> Option<Url> {
    let file = to
        .pathname()
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains('.'));
    let ours = window()
        .location()
        .origin()
        .is_ok_and(|origin| origin == to.origin());
    (ours && !file).then_some(to)
}
