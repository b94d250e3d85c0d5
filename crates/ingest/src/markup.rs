//! One scan over tags and text, for XML and HTML alike, well formed or not.
//!
//! It never fails, never recurses, and reads every byte a bounded number of times: what agencies
//! send is neither trusted nor refused here. The pre-pass, the salvage and the cleaning use it.

mod entity;

pub(crate) use entity::{decoded, resolved};
use std::ops::Range;

/// A piece of a document, in its order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Piece<'a> {
    /// Text between tags, entities still in it.
    Text(&'a str),
    /// What a CDATA section holds.
    Cdata(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// The name in an end tag.
    Close(&'a str),
    /// A comment, a processing instruction.
    Aside,
    /// A document type, with what is declared in it.
    Doctype,
}

/// A start tag.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Tag<'a> {
    /// As written, with its prefix.
    pub(crate) name: &'a str,
    /// What stands between the name and the end.
    pub(crate) rest: &'a str,
    /// `<br/>`
    pub(crate) empty: bool,
}

/// The name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The pieces of a document with the bytes they take.
pub(crate) fn pieces(text: &str) -> Pieces<'_> {
    Pieces {
        text,
        at: 0,
        lost: Lost::default(),
    }
}

/// See [`pieces`].
pub(crate) struct Pieces<'a> {
    text: &'a str,
    at: usize,
    lost: Lost,
}

/// Ends that were looked for in vain: they need not be looked for again.
#[derive(Default)]
struct Lost {
    tag: bool,
    comment: bool,
    double: bool,
    single: bool,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = (Range<usize>, Piece<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let (length, piece) = self.tag_like(rest).unwrap_or_else(|| {
            // A "<" that begins nothing is text.
            let own = usize::from(rest.starts_with('<'));
            let end = rest
                .get(own..)
                .and_then(|rest| rest.find('<'))
                .map(|end| own + end);
            let text = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
            (text.len(), Piece::Text(text))
        });
        self.at += length;
        Some((start..self.at, piece))
    }
}

impl<'a> Pieces<'a> {
    fn tag_like(&mut self, rest: &'a str) -> Option<(usize, Piece<'a>)> {
        let inner = rest.strip_prefix('<')?;
        if let Some(cdata) = inner.strip_prefix("![CDATA[") {
            // Cut off in the middle, it is still what the item says.
            let text = cdata.split_once("]]>").map_or(cdata, |(text, _)| text);
            let length = ("<![CDATA[".len() + text.len() + "]]>".len()).min(rest.len());
            return Some((length, Piece::Cdata(text)));
        }
        if inner.starts_with("!--") {
            let end = (!self.lost.comment).then(|| rest.find("-->")).flatten();
            self.lost.comment |= end.is_none();
            return Some((end.map_or("<!--".len(), |end| end + 3), Piece::Aside));
        }
        if starts_with_ignoring_case(inner, "!doctype") {
            return Some((doctype_length(rest), Piece::Doctype));
        }
        let first = inner.chars().next()?;
        if matches!(first, '!' | '?') {
            return Some((self.end_of_tag(rest)?, Piece::Aside));
        }
        let name_of = |text: &'a str| {
            let end = text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<'));
            end.and_then(|end| text.get(..end)).unwrap_or(text)
        };
        if let Some(closing) = inner.strip_prefix('/') {
            closing.starts_with(starts_name).then_some(())?;
            let length = self.end_of_tag(rest)?;
            return Some((length, Piece::Close(name_of(closing))));
        }
        starts_name(first).then_some(())?;
        let length = self.end_of_tag(rest)?;
        let name = name_of(inner);
        let rest = rest.get(1 + name.len()..length).unwrap_or_default();
        let rest = rest.strip_suffix('>').unwrap_or(rest).trim_end();
        let empty = rest.ends_with('/');
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        Some((length, Piece::Open(Tag { name, rest, empty })))
    }

    /// The length of a tag, up to its ">" outside quoted values.
    fn end_of_tag(&mut self, tag: &str) -> Option<usize> {
        if self.lost.tag {
            return None;
        }
        let bytes = tag.as_bytes();
        let mut at = 1;
        let mut before = b' ';
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' => return Some(at + 1),
                b'"' if before == b'=' && !self.lost.double => match tag.get(at + 1..)?.find('"') {
                    Some(end) => at += end + 1,
                    None => self.lost.double = true,
                },
                b'\'' if before == b'=' && !self.lost.single => {
                    match tag.get(at + 1..)?.find('\'') {
                        Some(end) => at += end + 1,
                        None => self.lost.single = true,
                    }
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
            at += 1;
        }
        self.lost.tag = true;
        None
    }
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// A document type may hold declarations in brackets, with ">" inside them.
fn doctype_length(rest: &str) -> usize {
    let plain = rest.find('>').unwrap_or(rest.len());
    let bracket = rest.find('[').filter(|&at| at < plain);
    let close = bracket.and_then(|at| rest.get(at..).and_then(|r| r.find(']')).map(|n| at + n));
    let end = match close {
        Some(close) => rest
            .get(close..)
            .and_then(|r| r.find('>'))
            .map(|n| close + n),
        None => rest.find('>'),
    };
    end.map_or(rest.len(), |end| end + 1)
}

impl<'a> Tag<'a> {
    /// Names and values of its attributes, entities still in the values.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.rest;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest
                .find(|c: char| c.is_whitespace() || c == '=')
                .unwrap_or(rest.len());
            // A "=" without a name before it is stepped over.
            let (name, after) = rest.split_at_checked(end)?;
            if rest.is_empty() {
                return None;
            }
            let after = after.trim_start();
            let Some(value) = after.strip_prefix('=') else {
                rest = after;
                return Some((name, ""));
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => {
                    let inner = value.get(1..).unwrap_or_default();
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                None => {
                    let end = value.find(char::is_whitespace).unwrap_or(value.len());
                    value.split_at_checked(end).unwrap_or((value, ""))
                }
            };
            rest = after;
            Some((name, value))
        })
    }

    /// The value of an attribute, by its name without prefix, decoded.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.attributes().take(256);
        all.find(|(n, _)| local(n).eq_ignore_ascii_case(name))
            .map(|(_, value)| decoded(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[Piece<'_>]) {
        let found: Vec<_> = pieces(text).map(|(_, piece)| piece).collect();
        assert_eq!(found, want, "{text}");
        let bytes: usize = pieces(text).map(|(range, _)| range.len()).sum();
        assert_eq!(bytes, text.len(), "{text}");
    }

    const fn open<'a>(name: &'a str, rest: &'a str) -> Piece<'a> {
        Piece::Open(Tag {
            name,
            rest,
            empty: false,
        })
    }

    #[test]
    fn pieces_of_good_and_bad_markup() {
        use Piece::{Aside, Cdata, Close, Doctype, Text};
        check("<p>a</p>", &[open("p", ""), Text("a"), Close("p")]);
        check("a < b", &[Text("a "), Text("< b")]);
        check("<a href='x>y'>z", &[open("a", " href='x>y'"), Text("z")]);
        check("<a href=\"x>z", &[open("a", " href=\"x"), Text("z")]);
        check("<p it's>z", &[open("p", " it's"), Text("z")]);
        check("<![CDATA[<b>]]>c", &[Cdata("<b>"), Text("c")]);
        check("<![CDATA[cut off", &[Cdata("cut off")]);
        check("<!-- <p> -->x", &[Aside, Text("x")]);
        check("<!-- open x", &[Aside, Text(" open x")]);
        check("<!DOCTYPE a [<!ENTITY b 'c'>]>x", &[Doctype, Text("x")]);
        check("<?xml version='1.0'?>x", &[Aside, Text("x")]);
        check("<標題>字", &[open("標題", ""), Text("字")]);
        check("<b", &[Text("<b")]);
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let Some((_, Piece::Open(tag))) = pieces("<a b=c d = 'e' f g:h=\"&lt;i\" =x/>").next()
        else {
            panic!("no tag")
        };
        let all: Vec<_> = tag.attributes().collect();
        assert_eq!(
            all,
            [
                ("b", "c"),
                ("d", "e"),
                ("f", ""),
                ("g:h", "&lt;i"),
                ("", "x")
            ]
        );
        assert_eq!(tag.attribute("h").as_deref(), Some("<i"));
        assert!(tag.empty);
    }
}
