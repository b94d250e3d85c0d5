//! From an agency's HTML to paragraphs of text. No markup survives, and no invisible characters
//! that could turn a text around.
//!
//! What is no news goes too: scripts, captions, "Read more …" and "The post … appeared first on …".

mod boilerplate;
mod text;

use crate::markup::{Piece, decoded, pieces};
use std::collections::HashMap;
pub(crate) use text::plain;

/// More than any terms admit; what comes after is not looked at.
const MAX_PARAGRAPHS: usize = 400;
const MAX_BYTES: usize = 256 * 1024;

/// The paragraphs of a text in HTML.
pub(crate) fn paragraphs(html: &str) -> Vec<String> {
    let mut out = Paragraphs::default();
    let mut skipping: Option<(String, usize)> = None;
    let mut ends = Ends::default();
    for (range, piece) in pieces(html) {
        if out.done.len() >= MAX_PARAGRAPHS || out.bytes > MAX_BYTES {
            break;
        }
        if let Some((name, depth)) = &mut skipping {
            match piece {
                Piece::Close(n) if n.eq_ignore_ascii_case(name) => *depth -= 1,
                Piece::Open(t) if !t.empty && t.name.eq_ignore_ascii_case(name) => *depth += 1,
                _ => {}
            }
            if *depth == 0 {
                skipping = None;
            }
            continue;
        }
        match piece {
            Piece::Text(words) => out.words(&decoded(words)),
            Piece::Cdata(words) => out.words(words),
            Piece::Aside | Piece::Doctype => {}
            Piece::Open(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if is_skipped(&name) {
                    if !tag.empty && (is_script(&name) || ends.after(&name, html, range.end)) {
                        skipping = Some((name, 1));
                    }
                } else if name == "br" {
                    out.line_break();
                } else if name == "a" {
                    out.in_link = true;
                } else if breaks(&name) {
                    out.paragraph_break();
                }
            }
            Piece::Close(name) => {
                let name = name.to_ascii_lowercase();
                if name == "a" {
                    out.in_link = false;
                } else if breaks(&name) {
                    out.paragraph_break();
                }
            }
        }
    }
    out.paragraph_break();
    out.done
}

/// A name that others are compared with: a category. Every space in it is the ordinary one.
pub(crate) fn name(html: &str) -> String {
    let words = line(html);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in one line: a title.
pub(crate) fn line(html: &str) -> String {
    let mut out = String::new();
    // A script's text is no word of the title.
    let mut script: Option<&str> = None;
    for (_, piece) in pieces(html) {
        match piece {
            Piece::Close(name) if script.is_some_and(|open| name.eq_ignore_ascii_case(open)) => {
                script = None;
            }
            _ if script.is_some() => {}
            Piece::Open(tag) if is_script(tag.name) => script = (!tag.empty).then_some(tag.name),
            Piece::Text(words) => out.push_str(&decoded(words)),
            Piece::Cdata(words) => out.push_str(words),
            Piece::Open(tag) if tag.name.eq_ignore_ascii_case("br") => out.push(' '),
            Piece::Open(_) | Piece::Close(_) | Piece::Aside | Piece::Doctype => {}
        }
        if out.len() > MAX_BYTES {
            break;
        }
    }
    // Some publishers escape their titles twice.
    plain(&decoded(&out))
}

/// Plain text as HTML: blank lines are paragraphs, nothing in it is a tag.
pub(crate) fn as_html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace("\r\n", "\n");
    let all = escaped
        .split("\n\n")
        .map(str::trim)
        .filter(|p| !p.is_empty());
    all.map(|p| format!("<p>{p}</p>")).collect()
}

/// Whether what calls itself plain text has tags or references of HTML in it.
pub(crate) fn looks_like_html(text: &str) -> bool {
    const SIGNS: [&str; 9] = [
        "</", "<p", "<br", "<img", "<a ", "<div", "&lt;", "&#", "&nbsp;",
    ];
    SIGNS.iter().any(|sign| text.contains(sign))
}

/// Where elements that are left out end for the last time. One that never ends would take the rest of
/// the text with it.
#[derive(Default)]
struct Ends(HashMap<String, Option<usize>>);

impl Ends {
    fn after(&mut self, name: &str, html: &str, at: usize) -> bool {
        let last = *self.0.entry(name.to_owned()).or_insert_with(|| {
            let end = format!("</{name}");
            html.to_ascii_lowercase().rfind(&end)
        });
        last.is_some_and(|last| last >= at)
    }
}

#[derive(Default)]
struct Paragraphs {
    done: Vec<String>,
    bytes: usize,
    current: String,
    /// How much of the current paragraph stands in links.
    linked: usize,
    in_link: bool,
    broken: bool,
}

impl Paragraphs {
    fn words(&mut self, words: &str) {
        if words.chars().all(char::is_whitespace) {
            self.current.push_str(words);
            return;
        }
        self.broken = false;
        if self.in_link {
            self.linked += solid(words);
        }
        self.current.push_str(words);
    }

    /// One break is a space; two end the paragraph.
    fn line_break(&mut self) {
        if self.broken {
            self.paragraph_break();
        }
        self.broken = true;
        self.current.push(' ');
    }

    fn paragraph_break(&mut self) {
        let raw = std::mem::take(&mut self.current);
        let linked = std::mem::take(&mut self.linked);
        self.broken = false;
        let text = plain(&raw);
        let wholly_linked = linked > 0 && linked >= solid(&raw);
        if text.is_empty() || boilerplate::is(&text, wholly_linked) {
            return;
        }
        self.bytes += text.len();
        self.done.push(boilerplate::without_teaser_mark(text));
    }
}

/// How many characters it has beside white space.
fn solid(words: &str) -> usize {
    words.chars().filter(|c| !c.is_whitespace()).count()
}

fn is_script(name: &str) -> bool {
    name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
}

/// Elements whose text is no part of the story.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "figcaption"
            | "figure"
            | "noscript"
            | "template"
            | "iframe"
            | "svg"
            | "math"
            | "head"
            | "title"
            | "select"
            | "button"
            | "form"
            | "nav"
            | "aside"
            | "audio"
            | "video"
            | "object"
            | "textarea"
            | "xmp"
    )
}

fn breaks(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "pre"
            | "hr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "center"
            | "address"
            | "details"
            | "summary"
            | "body"
    )
}

#[cfg(test)]
mod tests;
