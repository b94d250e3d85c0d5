//! JSON Feed 1.x, item by item: a field of the wrong type is a missing field, never a lost feed.

use super::date::Clock;
use super::guard::{Each, each, guarded};
use super::outline::MAX_ITEMS;
use crate::clean;
use news::{Lang, WireItem, wire::WireCategory};
use serde_json::{Map, Value};
use url::Url;

/// A document of more values than this is none of a feed's, and would take much memory.
const MAX_VALUES: usize = 300_000;

/// The items, or why there are none.
pub(crate) fn items(
    text: &str,
    clock: &Clock,
    base: Option<&Url>,
) -> Result<Each<WireItem>, String> {
    if text
        .bytes()
        .filter(|b| matches!(b, b',' | b'[' | b'{'))
        .count()
        > MAX_VALUES
    {
        return Err("more values than a feed has".into());
    }
    let feed: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let version = feed
        .get("version")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let items = feed.get("items").and_then(Value::as_array);
    let (true, Some(items)) = (version.contains("jsonfeed.org/version/"), items) else {
        return Err("JSON, but no JSON Feed".into());
    };
    let lang = feed
        .get("language")
        .and_then(Value::as_str)
        .and_then(Lang::parse);
    let objects = items.iter().take(MAX_ITEMS).filter_map(Value::as_object);
    Ok(each(objects, |item| read(item, lang.as_ref(), clock, base)))
}

fn read(
    item: &Map<String, Value>,
    lang: Option<&Lang>,
    clock: &Clock,
    base: Option<&Url>,
) -> WireItem {
    let text = |key: &str| match item.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let guid = text("id");
    let addresses = [text("url"), text("external_url"), guid.clone()];
    let date = [text("date_published"), text("date_modified")];
    let tags = item
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let plain = clean::as_html(&text("content_text"));
    let html = text("content_html");
    WireItem {
        url: addresses
            .iter()
            .find_map(|url| super::absolute(url, base))
            .unwrap_or_default(),
        title: clean::line(&text("title")),
        summary_html: clean::as_html(&text("summary")),
        content_html: if html.is_empty() { plain } else { html },
        published: date.iter().find_map(|date| guarded(|| clock.read(date))?),
        lang: Lang::parse(&text("language")).or_else(|| lang.cloned()),
        authors: Vec::new(),
        categories: tags
            .filter_map(Value::as_str)
            .take(64)
            .map(|tag| WireCategory {
                scheme: None,
                term: clean::name(tag),
            })
            .collect(),
        guid,
        ..WireItem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_field_is_a_missing_field() {
        let feed = r#"{"version":"http://jsonfeed.org/version/1","language":"ja","items":[
            {"id":7,"url":"/a","title":"台風","content_text":"一行\n\n二行","tags":["気象",3],
             "date_published":"2026-11-24T10:00:00+09:00"},
            5, {"id":"x","title":["no"],"external_url":"https://b.example/"}]}"#;
        let base = Url::parse("https://a.example/").unwrap();
        let found = items(feed, &Clock::of(None), Some(&base)).unwrap().read;
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].guid.as_str(), found[0].url.as_str()),
            ("7", "https://a.example/a")
        );
        assert_eq!(clean::paragraphs(&found[0].content_html), ["一行", "二行"]);
        assert_eq!(found[0].categories.len(), 1);
        assert_eq!(found[1].url, "https://b.example/");
        assert!(items("{}", &Clock::of(None), None).is_err());
        assert!(items("[", &Clock::of(None), None).is_err());
    }
}
