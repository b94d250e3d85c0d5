//! RSS and Atom by feed-rs, and its entries as our items.

use super::date::Clock;
use super::guard::{Each, each, guarded};
use super::outline::MAX_ITEMS;
use crate::clean;
use chrono::DateTime;
use feed_rs::model::{Entry, Feed, Link, Text};
use feed_rs::parser::Builder;
use news::{Lang, Millis, WireItem, wire::WireCategory};
use std::panic::{AssertUnwindSafe, catch_unwind};
use url::Url;

/// Why feed-rs gave nothing.
#[derive(Debug)]
pub(crate) enum Failed {
    /// It refused, with its reason.
    Refused(String),
    /// It panicked, as it does on some authors' names; the panic went no further.
    Panicked,
}

/// Reads a document in UTF-8.
pub(crate) fn items(
    text: &str,
    clock: &Clock,
    base: Option<&Url>,
) -> Result<Each<WireItem>, Failed> {
    let clock = clock.clone();
    let parser = Builder::new()
        .sanitize_content(false)
        .base_uri(base.map(Url::as_str))
        // An id of its making would be another one when the title is corrected.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |text| {
            let moment = guarded(|| clock.read(text))??;
            DateTime::from_timestamp_millis(moment.0)
        })
        .build();
    match catch_unwind(AssertUnwindSafe(|| parser.parse(text.as_bytes()))) {
        Ok(Ok(feed)) => Ok(read(feed, base)),
        Ok(Err(error)) => Err(Failed::Refused(error.to_string())),
        Err(_) => Err(Failed::Panicked),
    }
}

fn read(feed: Feed, base: Option<&Url>) -> Each<WireItem> {
    let lang = feed.language.as_deref().and_then(Lang::parse);
    let entries = feed.entries.into_iter().take(MAX_ITEMS);
    each(entries, |entry| item(entry, lang.as_ref(), base))
}

fn item(entry: Entry, lang: Option<&Lang>, base: Option<&Url>) -> WireItem {
    let own = entry.language.as_deref().and_then(Lang::parse);
    let published = entry.published.or(entry.updated);
    let content = entry.content.map(|content| {
        let plain = content.content_type.to_string() == "text/plain";
        html(content.body.unwrap_or_default(), plain)
    });
    WireItem {
        url: address(&entry.links, &entry.id, base).unwrap_or_default(),
        title: entry
            .title
            .map(|title| clean::line(&title.content))
            .unwrap_or_default(),
        summary_html: entry.summary.map(text_html).unwrap_or_default(),
        content_html: content.unwrap_or_default(),
        published: published.map(|moment| Millis(moment.timestamp_millis())),
        lang: own.or_else(|| lang.cloned()),
        authors: entry
            .authors
            .into_iter()
            .filter_map(|person| person.name)
            .collect(),
        categories: entry
            .categories
            .into_iter()
            .take(64)
            .map(|c| WireCategory {
                scheme: c.scheme,
                term: clean::name(c.label.as_ref().unwrap_or(&c.term)),
            })
            .collect(),
        guid: entry.id,
        ..WireItem::default()
    }
}

/// The item's page: the link without a relation or the alternate one, else a guid that is one.
fn address(links: &[Link], guid: &str, base: Option<&Url>) -> Option<String> {
    let page = |link: &&Link| {
        link.target.is_none() && link.rel.as_deref().is_none_or(|rel| rel == "alternate")
    };
    let html = |link: &&Link| {
        link.media_type
            .as_deref()
            .is_none_or(|kind| kind.contains("html"))
    };
    let best = links
        .iter()
        .filter(page)
        .find(html)
        .or_else(|| links.iter().find(page));
    best.and_then(|link| super::absolute(&link.href, base))
        .or_else(|| super::absolute(guid, None))
}

fn text_html(text: Text) -> String {
    let plain = text.content_type.to_string() == "text/plain";
    html(text.content, plain)
}

/// Many publishers put HTML where they promise plain text.
fn html(text: String, plain: bool) -> String {
    if plain && !clean::looks_like_html(&text) {
        clean::as_html(&text)
    } else {
        text
    }
}
