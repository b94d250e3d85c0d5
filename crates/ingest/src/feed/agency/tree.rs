//! An agency's XML as a tree: strict where feeds are not, for what ends in the middle is half a file.
//!
//! Nothing is fetched and nothing expanded: a document that declares entities of its own is refused.

use crate::feed::outline::{MAX_ATTRIBUTES, MAX_DEPTH};
use crate::markup::{Piece, Tag, decoded, local, pieces};
use std::ops::Range;

/// More elements than any story and any message of stories has.
const MAX_ELEMENTS: usize = 200_000;

/// The elements of a document, each before what is inside it.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    text: &'a str,
    nodes: Vec<Node<'a>>,
}

#[derive(Debug)]
struct Node<'a> {
    tag: Tag<'a>,
    parent: Option<usize>,
    /// The first element after those inside it.
    end: usize,
    /// What stands between its tags.
    inner: Range<usize>,
}

/// One element of a [`Tree`].
#[derive(Clone, Copy)]
pub(super) struct Element<'t, 'a> {
    tree: &'t Tree<'a>,
    at: usize,
    node: &'t Node<'a>,
}

/// Reads a whole document.
pub(super) fn tree(text: &str) -> Result<Tree<'_>, String> {
    let mut nodes: Vec<Node<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (range, piece) in pieces(text) {
        match piece {
            Piece::Open(tag) => {
                if open.is_empty() && !nodes.is_empty() {
                    return Err(format!("<{}> stands after the end", tag.name));
                }
                if nodes.len() >= MAX_ELEMENTS || open.len() >= MAX_DEPTH {
                    return Err("it has more elements than a story has".into());
                }
                if tag.attributes().take(MAX_ATTRIBUTES + 1).count() > MAX_ATTRIBUTES {
                    return Err("it has more than 256 attributes".into());
                }
                let (at, is_open) = (nodes.len(), !tag.empty);
                nodes.push(Node {
                    tag,
                    parent: open.last().copied(),
                    end: at + 1,
                    inner: range.end..range.end,
                });
                if is_open {
                    open.push(at);
                }
            }
            Piece::Close(name) => {
                let end = nodes.len();
                let node = open.pop().and_then(|at| nodes.get_mut(at));
                match node.filter(|node| node.tag.name == name) {
                    Some(node) => {
                        node.end = end;
                        node.inner.end = range.start;
                    }
                    None => return Err(format!("</{name}> ends nothing")),
                }
            }
            Piece::Text(words) if open.is_empty() && !words.trim().is_empty() => {
                return Err("it has words outside its elements".into());
            }
            Piece::Doctype if text.get(range).is_some_and(|d| d.contains("<!ENTITY")) => {
                return Err("it declares entities of its own".into());
            }
            Piece::Text(_) | Piece::Cdata(_) | Piece::Aside | Piece::Doctype => {}
        }
    }
    match open.last().and_then(|at| nodes.get(*at)) {
        Some(node) => Err(format!("it ends inside <{}>", node.tag.name)),
        None => Ok(Tree { text, nodes }),
    }
}

impl<'a> Tree<'a> {
    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_, 'a>> {
        self.element(0)
    }

    fn element(&self, at: usize) -> Option<Element<'_, 'a>> {
        let node = self.nodes.get(at)?;
        Some(Element {
            tree: self,
            at,
            node,
        })
    }
}

impl<'t, 'a> Element<'t, 'a> {
    /// Its name without a prefix.
    pub(super) fn name(self) -> &'a str {
        local(self.node.tag.name)
    }

    /// An attribute's value; empty where it has none.
    pub(super) fn attribute(self, name: &str) -> String {
        self.node.tag.attribute(name).unwrap_or_default()
    }

    /// Everything inside it, at any depth, in its order.
    pub(super) fn inside(self) -> impl Iterator<Item = Element<'t, 'a>> {
        (self.at + 1..self.node.end).filter_map(move |at| self.tree.element(at))
    }

    /// All of this name inside it, at any depth.
    pub(super) fn all(self, name: &'static str) -> impl Iterator<Item = Element<'t, 'a>> {
        self.inside().filter(move |element| element.name() == name)
    }

    /// Its own children of this name.
    pub(super) fn children(self, name: &'static str) -> impl Iterator<Item = Element<'t, 'a>> {
        let is_child = move |element: &Element<'t, 'a>| element.node.parent == Some(self.at);
        self.all(name).filter(is_child)
    }

    /// The first child of this name.
    pub(super) fn child(self, name: &'static str) -> Option<Element<'t, 'a>> {
        self.children(name).next()
    }

    /// The words in it, entities resolved, markup left out.
    pub(super) fn text(self) -> String {
        let mut out = String::new();
        for (_, piece) in pieces(self.source()) {
            match piece {
                Piece::Text(words) => out.push_str(&decoded(words)),
                Piece::Cdata(words) => out.push_str(words),
                _ => {}
            }
        }
        out.trim().to_owned()
    }

    /// What is in it as HTML: elements of NITF under the names HTML has for them, without attributes.
    pub(super) fn html(self) -> String {
        let mut out = String::new();
        for (_, piece) in pieces(self.source()) {
            match piece {
                Piece::Text(words) => out.push_str(words),
                Piece::Cdata(words) => {
                    out.push_str(&words.replace('&', "&amp;").replace('<', "&lt;"));
                }
                Piece::Open(tag) => {
                    let end = if tag.empty { "/>" } else { ">" };
                    out.extend(["<", of_html(tag.name), end]);
                }
                Piece::Close(name) => out.extend(["</", of_html(name), ">"]),
                Piece::Aside | Piece::Doctype => {}
            }
        }
        out
    }

    fn source(self) -> &'a str {
        let inner = self.node.inner.clone();
        self.tree.text.get(inner).unwrap_or_default()
    }
}

fn of_html(name: &str) -> &str {
    match local(name) {
        "block" => "div",
        "hl1" | "hl2" => "h2",
        "media" => "figure",
        "note" | "fn" => "aside",
        "bq" => "blockquote",
        "nitf-table" => "table",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_words_and_html() {
        let text = "<a x:lang='ja'><b>1 &amp; <i>2</i></b><c/><n:b><![CDATA[<3>]]></n:b><d><b>4</b></d></a>";
        let read = tree(text).unwrap();
        let root = read.root().unwrap();
        assert_eq!((root.name(), root.attribute("lang").as_str()), ("a", "ja"));
        let words = |all: Vec<Element<'_, '_>>| -> Vec<String> {
            all.into_iter().map(Element::text).collect()
        };
        assert_eq!(words(root.children("b").collect()), ["1 & 2", "<3>"]);
        assert_eq!(words(root.all("b").collect()), ["1 & 2", "<3>", "4"]);
        assert_eq!(
            root.html(),
            "<b>1 &amp; <i>2</i></b><c/><b>&lt;3></b><d><b>4</b></d>"
        );
        assert!(root.child("none").is_none());
    }

    #[test]
    fn half_a_document_is_none() {
        let check = |text: &str, why: &str| assert_eq!(tree(text).unwrap_err(), why, "{text}");
        check("<a><b>1</b>", "it ends inside <a>");
        check("<a><b>1</b></a", "it ends inside <a>");
        check("<a><b>1</a>", "</a> ends nothing");
        check("<a/><b/>", "<b> stands after the end");
        check("<a></a>b", "it has words outside its elements");
        check(
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "it declares entities of its own",
        );
        let deep = "<a>".repeat(100);
        check(&deep, "it has more elements than a story has");
        let wide = format!("<a>{}</a>", "<b/>".repeat(MAX_ELEMENTS));
        check(&wide, "it has more elements than a story has");
    }
}
