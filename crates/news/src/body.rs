//! A story's document: headline, standfirst and body as a tree of blocks, in ProseMirror's JSON.
//! Drawn in [`html`]; its blocks' names for life are in [`ids`]; changed only through the `desk`.

pub mod html;
pub mod ids;
pub mod url;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use unicode_segmentation::UnicodeSegmentation;

/// One schema for Rust and TypeScript: ProseMirror's spec with `dom` (how a node or mark is drawn),
/// `parse` (how it is read from foreign markup) and `check` (what an attribute may be) beside it.
pub const SCHEMA: &str = include_str!("body/schema.json");

/// A whole document (node `doc`): `headline standfirst body`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Document(pub Value);

/// A block of words without marks, for documents that no editor typed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A heading of the second level.
    Heading(String),
    /// A quotation, in its paragraphs.
    Quote(Vec<String>),
    /// A list with bullets.
    Bullets(Vec<String>),
    /// A list with numbers.
    Numbers(Vec<String>),
}

impl Document {
    /// Where a new story begins: nothing written, one paragraph to write into.
    #[must_use]
    pub fn blank() -> Self {
        Self::from_plain("", "", &[])
    }

    /// A document of plain words. Without blocks the body is one empty paragraph: it is never without any.
    #[must_use]
    pub fn from_plain(headline: &str, standfirst: &str, blocks: &[Block]) -> Self {
        let mut body: Vec<Value> = blocks.iter().map(block).collect();
        if body.is_empty() {
            body.push(textblock("paragraph", ""));
        }
        Self(json!({ "type": "doc", "content": [
            textblock("headline", headline),
            textblock("standfirst", standfirst),
            { "type": "body", "content": body },
        ]}))
    }

    /// The title's words.
    #[must_use]
    pub fn headline(&self) -> String {
        self.part("headline").map(line).unwrap_or_default()
    }

    /// The words of the sentence beneath it.
    #[must_use]
    pub fn standfirst(&self) -> String {
        self.part("standfirst").map(line).unwrap_or_default()
    }

    /// The top-level blocks of the body.
    #[must_use]
    pub fn blocks(&self) -> &[Value] {
        self.part("body").map(children).unwrap_or_default()
    }

    /// All words, a line for each headline, standfirst, paragraph and heading.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        textblocks(&self.0, &mut lines);
        lines.join("\n")
    }

    /// How many words it has, in any script: Unicode's word boundaries, not spaces.
    #[must_use]
    pub fn words(&self) -> usize {
        self.text().unicode_words().count()
    }

    fn part(&self, kind: &str) -> Option<&Value> {
        children(&self.0).iter().find(|node| kind_of(node) == kind)
    }
}

impl From<&str> for Block {
    fn from(words: &str) -> Self {
        Self::Paragraph(words.to_owned())
    }
}

fn block(block: &Block) -> Value {
    let list = |kind: &str, items: &[String]| -> Value {
        let items = items.iter().map(
            |words| json!({ "type": "list_item", "content": [textblock("paragraph", words)] }),
        );
        json!({ "type": kind, "content": items.collect::<Vec<_>>() })
    };
    match block {
        Block::Paragraph(words) => textblock("paragraph", words),
        Block::Heading(words) => textblock("heading", words),
        Block::Quote(paragraphs) => {
            let paragraphs = paragraphs.iter().map(|words| textblock("paragraph", words));
            json!({ "type": "blockquote", "content": paragraphs.collect::<Vec<_>>() })
        }
        Block::Bullets(items) => list("bullet_list", items),
        Block::Numbers(items) => list("ordered_list", items),
    }
}

/// A block that holds words. All attributes are written out, as ProseMirror does, so that equal
/// documents are equal JSON.
fn textblock(kind: &str, words: &str) -> Value {
    let mut node = Map::new();
    node.insert("type".into(), kind.into());
    match kind {
        "paragraph" => node.insert("attrs".into(), json!({ "dir": null })),
        "heading" => node.insert("attrs".into(), json!({ "level": 2 })),
        _ => None,
    };
    // ProseMirror knows no empty text node.
    if !words.is_empty() {
        node.insert("content".into(), json!([{ "type": "text", "text": words }]));
    }
    Value::Object(node)
}

fn textblocks(node: &Value, lines: &mut Vec<String>) {
    if matches!(
        kind_of(node),
        "headline" | "standfirst" | "paragraph" | "heading"
    ) {
        lines.push(line(node));
    } else {
        children(node)
            .iter()
            .for_each(|child| textblocks(child, lines));
    }
}

fn line(textblock: &Value) -> String {
    let words = children(textblock)
        .iter()
        .map(|inline| match kind_of(inline) {
            "text" => inline
                .get("text")
                .and_then(Value::as_str)
                .unwrap_or_default(),
            _ => " ",
        });
    words.collect()
}

fn kind_of(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn children(node: &Value) -> &[Value] {
    node.get("content")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_found_again() {
        let document = Document::from_plain(
            "Typhoon nears Kyushu",
            "台風が接近している。",
            &[
                "Ferries stop at noon.".into(),
                Block::Heading("In port".into()),
                Block::Quote(vec!["We wait.".into(), "That is all.".into()]),
                Block::Bullets(vec!["Kagoshima".into(), "Fukuoka".into()]),
            ],
        );
        assert_eq!(document.headline(), "Typhoon nears Kyushu");
        assert_eq!(document.standfirst(), "台風が接近している。");
        assert_eq!(document.blocks().len(), 4);
        assert!(
            document
                .text()
                .ends_with("In port\nWe wait.\nThat is all.\nKagoshima\nFukuoka")
        );
        assert_eq!(Document::from_plain("a b", "c", &["d e".into()]).words(), 5);
    }

    #[test]
    fn a_blank_document_has_one_paragraph() {
        let blank = Document::blank();
        assert_eq!(
            (blank.headline(), blank.words(), blank.blocks().len()),
            (String::new(), 0, 1)
        );
    }

    #[test]
    fn what_is_no_document_has_no_words() {
        for value in [
            json!(null),
            json!([]),
            json!({ "type": "doc", "content": 5 }),
        ] {
            let document = Document(value);
            assert_eq!(
                (document.headline(), document.text()),
                (String::new(), String::new())
            );
            assert_eq!(html::body(&document, None), "");
        }
    }
}
