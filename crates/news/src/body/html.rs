//! The document as HTML: what readers get, and to the byte what the editor's ProseMirror draws, so
//! that no box moves when editing begins. How a node is drawn stands in `schema.json` (`dom`).
//!
//! **Invariant:** everything is escaped; what the schema doesn't know is left out; a link whose
//! address isn't allowed is drawn as its words; there is never a `style`.

use super::{Document, SCHEMA, children, kind_of, url};
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// All children of `.story__words`: headline, standfirst and body.
#[must_use]
pub fn words(document: &Document, ids: Option<&[String]>) -> String {
    let mut out = String::new();
    for part in children(&document.0) {
        if kind_of(part) == "body" {
            let (open, close) = tags(part, None).unwrap_or_default();
            out.extend([open, body(document, ids), close]);
        } else {
            draw(part, None, &mut out);
        }
    }
    out
}

/// What stands inside `div.story__body`. With `ids`, each top-level block carries its `data-block`.
#[must_use]
pub fn body(document: &Document, ids: Option<&[String]>) -> String {
    let mut out = String::new();
    for (at, block) in document.blocks().iter().enumerate() {
        draw(block, ids.and_then(|ids| ids.get(at)), &mut out);
    }
    out
}

/// Each top-level block with its id, as it stands in [`body`].
#[must_use]
pub fn blocks(document: &Document, ids: &[String]) -> Vec<(String, String)> {
    let named = document.blocks().iter().zip(ids);
    named
        .map(|(block, id)| {
            let mut out = String::new();
            draw(block, Some(id), &mut out);
            (id.clone(), out)
        })
        .collect()
}

/// What stands inside `h1.story__headline`.
#[must_use]
pub fn inline_headline(document: &Document) -> String {
    inside(document, "headline")
}

/// What stands inside `p.story__standfirst`.
#[must_use]
pub fn standfirst(document: &Document) -> String {
    inside(document, "standfirst")
}

fn inside(document: &Document, part: &str) -> String {
    let mut out = String::new();
    if let Some(part) = document.part(part) {
        draw_all(children(part), &mut out);
    }
    out
}

static SPEC: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or_default());

fn draw(node: &Value, id: Option<&String>, out: &mut String) {
    if kind_of(node) == "text" {
        escape(
            node.get("text").and_then(Value::as_str).unwrap_or_default(),
            out,
        );
    } else if let Some((open, close)) = tags(node, id) {
        out.push_str(&open);
        draw_all(children(node), out);
        out.push_str(&close);
    }
}

/// Draws nodes with their marks, the first mark outermost; neighbours share the marks that both
/// begin with, as ProseMirror's serializer does.
fn draw_all(nodes: &[Value], out: &mut String) {
    let mut active: Vec<(&Value, String)> = Vec::new();
    for node in nodes {
        let marks = node
            .get("marks")
            .and_then(Value::as_array)
            .map(Vec::as_slice);
        let marks = marks.unwrap_or_default();
        let keep = active
            .iter()
            .zip(marks)
            .take_while(|((a, _), b)| a == b)
            .count();
        while active.len() > keep {
            out.push_str(&active.pop().map(|(_, close)| close).unwrap_or_default());
        }
        for mark in marks.iter().skip(keep) {
            let (open, close) = mark_tags(mark).unwrap_or_default();
            out.push_str(&open);
            active.push((mark, close));
        }
        draw(node, None, out);
    }
    while let Some((_, close)) = active.pop() {
        out.push_str(&close);
    }
}

fn tags(node: &Value, id: Option<&String>) -> Option<(String, String)> {
    let spec = SPEC.get("nodes")?.get(kind_of(node))?;
    tags_by(spec, node.get("attrs").and_then(Value::as_object), id)
}

fn mark_tags(mark: &Value) -> Option<(String, String)> {
    let spec = SPEC.get("marks")?.get(kind_of(mark))?;
    let attrs = mark.get("attrs").and_then(Value::as_object);
    let declared = spec
        .get("attrs")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    for (name, rule) in declared {
        let value = attrs
            .and_then(|attrs| attrs.get(name))
            .and_then(Value::as_str);
        let is_url = rule.get("check").and_then(Value::as_str) == Some("url");
        if is_url && !value.is_some_and(url::allowed) {
            return None;
        }
    }
    tags_by(spec, attrs, None)
}

/// Opening and closing tag after the spec's `dom`: `[tag, {attribute: "value" or "$attr"}?, 0?]`.
fn tags_by(
    spec: &Value,
    attrs: Option<&Map<String, Value>>,
    id: Option<&String>,
) -> Option<(String, String)> {
    let dom = spec.get("dom")?.as_array()?;
    let value = |name: &str| -> Option<String> {
        let given = attrs.and_then(|attrs| attrs.get(name));
        match given.or_else(|| spec.get("attrs")?.get(name)?.get("default"))? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    };
    let tag = match dom.first()?.as_str()?.split_once('$') {
        None => dom.first()?.as_str()?.to_owned(),
        // Only `h$level`: what isn't one of its levels is no tag of ours.
        Some((stem, name)) => format!("{stem}{}", value(name).filter(|v| v == "2" || v == "3")?),
    };
    let mut open = format!("<{tag}");
    let mut attribute = |name: &str, value: &str| {
        open.extend([" ", name, "=\""]);
        escape(value, &mut open);
        open.push('"');
    };
    if let Some(id) = id {
        attribute("data-block", id);
    }
    for (name, rule) in dom.get(1).and_then(Value::as_object).into_iter().flatten() {
        let rule = rule.as_str().unwrap_or_default();
        match rule.strip_prefix('$') {
            None => attribute(name, rule),
            Some(from) => value(from).iter().for_each(|value| attribute(name, value)),
        }
    }
    open.push('>');
    let leaf = dom.last() != Some(&Value::from(0));
    Some((
        open,
        if leaf {
            String::new()
        } else {
            format!("</{tag}>")
        },
    ))
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // The HTML parser makes a bare one a line feed.
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Block;
    use serde_json::json;

    fn paragraph(inline: Value) -> Document {
        let body =
            json!({ "type": "body", "content": [{ "type": "paragraph", "content": inline }] });
        Document(json!({ "type": "doc", "content": [
            { "type": "headline" }, { "type": "standfirst" }, body
        ]}))
    }

    #[test]
    fn the_whole_document_is_drawn() {
        let blocks = [
            "A & B".into(),
            Block::Heading("In <port>".into()),
            Block::Quote(vec!["We wait.".into()]),
            Block::Bullets(vec!["one".into()]),
        ];
        let document = Document::from_plain("Fish & chips", "Hot", &blocks);
        assert_eq!(
            words(&document, None),
            "<h1 class=\"story__headline\" tabindex=\"-1\">Fish &amp; chips</h1>\
             <p class=\"story__standfirst\">Hot</p>\
             <div class=\"story__body\"><p>A &amp; B</p><h2>In &lt;port&gt;</h2>\
             <blockquote class=\"story__quote\"><p>We wait.</p></blockquote>\
             <ul><li><p>one</p></li></ul></div>"
        );
        let ids = ["a", "b", "c", "d"].map(String::from);
        assert!(body(&document, Some(&ids)).starts_with("<p data-block=\"a\">A"));
        assert_eq!(blocks_joined(&document, &ids), body(&document, Some(&ids)));
        assert_eq!(inline_headline(&document), "Fish &amp; chips");
    }

    fn blocks_joined(document: &Document, ids: &[String]) -> String {
        blocks(document, ids)
            .into_iter()
            .map(|(_, html)| html)
            .collect()
    }

    #[test]
    fn neighbours_share_their_marks() {
        let link = json!({ "type": "link", "attrs": { "href": "/a?b&c" } });
        let document = paragraph(json!([
            { "type": "text", "text": "one ", "marks": [link, { "type": "strong" }] },
            { "type": "text", "text": "two", "marks": [link] },
            { "type": "hard_break" },
            { "type": "text", "text": "three", "marks": [{ "type": "em" }] },
        ]));
        assert_eq!(
            body(&document, None),
            "<p><a href=\"/a?b&amp;c\"><strong>one </strong>two</a><br><em>three</em></p>"
        );
    }

    #[test]
    fn nothing_hostile_is_drawn() {
        let check = |inline: Value, want: &str| assert_eq!(body(&paragraph(inline), None), want);
        let link = |href: &str| {
            json!([{ "type": "text", "text": "x", "marks": [
            { "type": "link", "attrs": { "href": href } }] }])
        };
        check(link("javascript:alert(1)"), "<p>x</p>");
        check(
            link("\"><script>"),
            "<p><a href=\"&quot;&gt;&lt;script&gt;\">x</a></p>",
        );
        check(
            json!([{ "type": "script", "content": [{ "type": "text", "text": "x" }] }]),
            "<p></p>",
        );
        check(
            json!([{ "type": "heading", "attrs": { "level": "1 onclick=x" } }]),
            "<p></p>",
        );
        check(
            json!([{ "type": "text", "text": "<img onerror=x>" }]),
            "<p>&lt;img onerror=x&gt;</p>",
        );
    }
}
