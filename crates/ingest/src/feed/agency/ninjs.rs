//! ninjs: news in JSON, by its 2.x names and, where they differ, by those of 1.x.

use super::fields::{
    Categories, embargo, link, moment, paragraphs, published, status, tail, urgency,
};
use crate::clean;
use crate::feed::date::Clock;
use crate::feed::guard::{Each, each};
use crate::feed::json::parsed;
use crate::feed::outline::MAX_ITEMS;
use news::{Lang, WireItem};
use serde_json::{Map, Value};
use url::Url;

type Object = Map<String, Value>;

/// The stories of a document: it is one, or it holds a list of them.
pub(super) fn items(
    text: &str,
    clock: &Clock,
    base: Option<&Url>,
) -> Result<Each<WireItem>, String> {
    let document = parsed(text)?;
    let whole = document.as_object().ok_or("JSON, but no ninjs")?;
    let inner = whole
        .get("data")
        .and_then(Value::as_object)
        .unwrap_or(whole);
    let listed = ["items", "_items"]
        .iter()
        .find_map(|key| inner.get(*key)?.as_array());
    // Some put each into a wrapper with notes of their own.
    let unwrapped = |one: &Object| -> bool { one.get("item").is_some_and(Value::is_object) };
    let one = |value: &'_ Value| -> Option<Object> {
        let object = value.as_object()?;
        let inner = unwrapped(object).then(|| object.get("item")?.as_object());
        Some(inner.flatten().unwrap_or(object).clone())
    };
    let all: Vec<Object> = match listed {
        Some(list) => list.iter().take(MAX_ITEMS).filter_map(one).collect(),
        None => vec![inner.clone()],
    };
    let stories = all.iter().filter(|object| is_text(object));
    Ok(each(stories, |object| read(object, clock, base)))
}

/// Pictures, films and events have a type, too.
fn is_text(object: &Object) -> bool {
    matches!(string(object, "type").as_str(), "" | "text" | "composite")
}

fn read(item: &Object, clock: &Clock, base: Option<&Url>) -> WireItem {
    let first = |keys: &[&str]| {
        let mut all = keys.iter().map(|key| string(item, key));
        all.find(|text| !text.is_empty()).unwrap_or_default()
    };
    let when = |keys: &[&str]| {
        keys.iter()
            .find_map(|key| moment(clock, &string(item, key)))
    };
    let status = status(&string(item, "pubstatus"));
    let (embargo, status) = embargo(clock, &string(item, "embargoed"), status);
    let made = when(&["firstcreated", "contentcreated", "versioncreated"]);
    let headline = main_of(item, "headlines").map(|(words, _)| words);
    let title = headline.unwrap_or_else(|| first(&["headline", "title"]));
    let language = first(&["language"]);
    let language = if language.is_empty() {
        strings(item, "languages")
            .into_iter()
            .next()
            .unwrap_or_default()
    } else {
        language
    };
    let byline = first(&["by", "byline"]);
    WireItem {
        guid: first(&["uri", "guid"]),
        url: link(&addresses(item), base),
        title: clean::line(&title),
        summary_html: words(item, "descriptions", "description"),
        content_html: words(item, "bodies", "body"),
        published: published(made, embargo),
        lang: Lang::parse(&language),
        authors: (!byline.is_empty())
            .then(|| clean::line(&byline))
            .into_iter()
            .collect(),
        categories: categories(item).0,
        status,
        embargo,
        version: string(item, "version").parse().ok(),
        urgency: urgency(&string(item, "urgency")),
        slugline: clean::line(&string(item, "slugline")),
        usage_terms: clean::line(&strings(item, "usageterms").join(" ")),
    }
}

/// Text of 2.x (a list of roles) or of 1.x (a name with what it is: `body_html`), as HTML.
fn words(item: &Object, list: &str, name: &str) -> String {
    if let Some((words, is_html)) = main_of(item, list) {
        return if is_html { words } else { paragraphs(&words) };
    }
    let of = |kind: &str| string(item, &format!("{name}_{kind}"));
    let html = [of("html"), of("xhtml")]
        .into_iter()
        .find(|html| !html.is_empty());
    html.unwrap_or_else(|| paragraphs(&of("text")))
}

/// The best of several renderings: HTML before text, the main role before others. `None` without any.
fn main_of(item: &Object, list: &str) -> Option<(String, bool)> {
    let rank = |entry: &&Object| {
        let role = string(entry, "role");
        let of_role = match tail(&role) {
            "main" | "" => 0,
            "summary" | "abstract" | "html" | "html5" | "body" | "text" => 1,
            _ => 2,
        };
        (!is_html(entry), of_role)
    };
    let readable = |entry: &&Object| {
        let kind = string(entry, "contenttype");
        !string(entry, "value").is_empty()
            && (is_html(entry) || kind.is_empty() || kind.starts_with("text/plain"))
    };
    let all = objects(item, list).into_iter().filter(readable);
    let best = all.min_by_key(rank)?;
    Some((string(best, "value"), is_html(best)))
}

fn is_html(entry: &Object) -> bool {
    string(entry, "contenttype").contains("html")
        || tail(&string(entry, "role")).starts_with("html")
}

fn categories(item: &Object) -> Categories {
    let mut all = Categories::default();
    let code_of = |entry: &Object| {
        let bare = ["qcode", "code", "literal"].map(|key| string(entry, key));
        let scheme = string(entry, "scheme");
        let uri = string(entry, "uri");
        let bare = bare.into_iter().find(|code| !code.is_empty());
        match bare {
            Some(bare) if bare.contains(':') => bare,
            Some(bare) => format!("{scheme}:{bare}"),
            None => uri,
        }
    };
    for key in ["subjects", "subject"] {
        for entry in objects(item, key) {
            all.subject(&code_of(entry), &string(entry, "name"));
        }
    }
    for key in ["places", "place"] {
        for entry in objects(item, key) {
            let code = code_of(entry);
            all.place(&code, &string(entry, "name"));
        }
    }
    for keyword in strings(item, "keywords") {
        all.add(None, &keyword);
    }
    let located = objects(item, "located")
        .first()
        .map(|place| string(place, "name"));
    all.dateline(&located.unwrap_or_else(|| string(item, "located")));
    all
}

/// Where its page may stand, the surest first.
fn addresses(item: &Object) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let page = |entry: &&Object| {
        let kind = string(entry, "contenttype") + &string(entry, "mimetype");
        kind.is_empty() || kind.contains("html")
    };
    let href = |entry: &Object| ["href", "url", "value"].map(|key| string(entry, key));
    all.extend(
        objects(item, "links")
            .iter()
            .copied()
            .filter(page)
            .flat_map(href),
    );
    all.extend(["canonical", "url", "link"].map(|key| string(item, key)));
    all.extend(objects(item, "altids").iter().flat_map(|entry| href(entry)));
    // 1.x has them by name, not in a list.
    if let Some(named) = item.get("altids").and_then(Value::as_object) {
        all.extend(named.values().filter_map(Value::as_str).map(str::to_owned));
    }
    let html = |entry: &&Object| {
        (string(entry, "contenttype") + &string(entry, "mimetype")).contains("html")
    };
    all.extend(
        objects(item, "renditions")
            .iter()
            .copied()
            .filter(html)
            .flat_map(href),
    );
    all.push(string(item, "uri"));
    all
}

/// A text, or a number as one; anything else is nothing.
fn string(object: &Object, key: &str) -> String {
    match object.get(key) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// A list of texts, or one alone.
fn strings(object: &Object, key: &str) -> Vec<String> {
    match object.get(key) {
        Some(Value::Array(all)) => {
            let texts = all.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        _ => vec![string(object, key)],
    }
}

/// A list of objects, or one alone.
fn objects<'a>(object: &'a Object, key: &str) -> Vec<&'a Object> {
    match object.get(key) {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(one)) => vec![one],
        _ => Vec::new(),
    }
}
