//! The pre-pass: makes a feed that is nearly right right, before the parser that asks for exactly
//! right sees it again. It changes only what stops that parser.

use super::outline::{Root, outline};
use crate::markup::{Piece, Tag, local, pieces, resolved};
use std::borrow::Cow;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The document without its document type, with references resolved, versions and types mended.
pub(crate) fn mended(text: &str) -> String {
    let root = outline(text).root;
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut scan = pieces(text).peekable();
    let mut root_seen = false;
    while let Some((range, piece)) = scan.next() {
        match piece {
            Piece::Text(text) => push_text(&mut out, text),
            Piece::Cdata(inner) => {
                out.push_str("<![CDATA[");
                out.extend(inner.chars().filter(|c| allowed(*c)));
                out.push_str("]]>");
            }
            Piece::Aside | Piece::Doctype => {}
            Piece::Close(name) => {
                out.push_str("</");
                out.push_str(&renamed(root, name));
                out.push('>');
            }
            Piece::Open(tag) if !root_seen => {
                root_seen = true;
                push_root(&mut out, root, &tag);
            }
            Piece::Open(tag) if root == Root::Feed && is_text_construct(tag.name) => {
                let next = scan.peek().map(|(_, piece)| piece);
                let closes = matches!(next, Some(Piece::Close(name)) if *name == tag.name);
                if tag.empty {
                    continue;
                }
                // The parser refuses a whole feed for one element without words.
                if closes {
                    scan.next();
                    continue;
                }
                let blank = matches!(next, Some(Piece::Text(text)) if text.trim().is_empty());
                let markup = matches!(next, Some(Piece::Open(_)));
                let kind = text_kind(&tag, markup || blank);
                out.push_str(&format!("<{} type=\"{kind}\">", renamed(root, tag.name)));
            }
            Piece::Open(tag) => {
                out.push('<');
                out.push_str(&renamed(root, tag.name));
                push_attributes(&mut out, &tag, |_| true);
                out.push_str(if tag.empty { "/>" } else { ">" });
            }
        }
        debug_assert!(range.end <= text.len());
    }
    out
}

/// Versions that the parser doesn't know are read as the one it does.
fn push_root(out: &mut String, root: Root, tag: &Tag<'_>) {
    let name = match root {
        Root::Rss => "rss",
        _ => tag.name,
    };
    out.push('<');
    out.push_str(name);
    match root {
        Root::Rss => {
            let version = tag.attribute("version").unwrap_or_default();
            let version = if version == "0.91" || version == "0.92" {
                version
            } else {
                "2.0".into()
            };
            out.push_str(&format!(" version=\"{version}\""));
            push_attributes(out, tag, |name| !name.eq_ignore_ascii_case("version"));
        }
        Root::Feed => {
            let mut all = String::new();
            push_attributes(&mut all, tag, |name| name != "version");
            for old in [
                "http://purl.org/atom/ns#",
                "http://purl.org/atom/ns",
                "http://www.w3.org/2005/atom",
            ] {
                all = all.replace(&format!("\"{old}\""), &format!("\"{ATOM}\""));
            }
            out.push_str(&all);
        }
        Root::Rdf | Root::Other | Root::Nothing => push_attributes(out, tag, |_| true),
    }
    out.push_str(if tag.empty { "/>" } else { ">" });
}

/// Atom 0.3 had other words for three elements.
fn renamed(root: Root, name: &str) -> Cow<'_, str> {
    match (root, name) {
        (Root::Feed, "modified") => "updated".into(),
        (Root::Feed, "issued" | "created") => "published".into(),
        (Root::Feed, "tagline") => "subtitle".into(),
        (Root::Rss, name) if name.eq_ignore_ascii_case("rss") => "rss".into(),
        _ => name.into(),
    }
}

fn is_text_construct(name: &str) -> bool {
    matches!(
        name,
        "title" | "summary" | "content" | "subtitle" | "tagline" | "rights" | "copyright"
    ) || matches!(
        name,
        "info" | "atom:title" | "atom:summary" | "atom:content" | "atom:subtitle"
    )
}

/// The three types that are always understood.
fn text_kind(tag: &Tag<'_>, markup_follows: bool) -> &'static str {
    let kind = tag
        .attribute("type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let escaped = tag.attribute("mode").is_some_and(|mode| mode == "escaped");
    match kind.as_str() {
        "xhtml" if markup_follows => "xhtml",
        _ if kind.contains("xml") && markup_follows && !escaped => "xhtml",
        "" | "text" | "text/plain" if !escaped => "text",
        _ => "html",
    }
}

/// Writes the attributes with proper quotes and references; a name given twice counts once.
fn push_attributes(out: &mut String, tag: &Tag<'_>, keep: impl Fn(&str) -> bool) {
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in tag.attributes() {
        let proper = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && !name.contains(['"', '\'', '<', '&', '>']);
        if !proper || seen.contains(&name) || !keep(name) {
            continue;
        }
        seen.push(name);
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        push_text(out, value);
        out.push('"');
    }
}

/// Text in which a "&" either begins a reference of XML or is written as one.
fn push_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if next == '&'
            && let Some((characters, length)) = resolved(rest)
        {
            characters.chars().for_each(|c| push_char(out, c));
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        push_char(out, next);
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
    }
}

fn push_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        _ if allowed(c) => out.push(c),
        _ => {}
    }
}

/// What XML admits: no control characters but white space, no non-characters.
fn allowed(c: char) -> bool {
    (!c.is_control() || matches!(c, '\t' | '\n' | '\r')) && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Without the elements that name authors: the parser panics on some of them.
pub(crate) fn without_authors(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside: Option<&str> = None;
    for (range, piece) in pieces(text) {
        match (&piece, inside) {
            (Piece::Open(tag), None) if names_authors(tag.name) => {
                inside = (!tag.empty).then_some(tag.name);
            }
            (Piece::Close(name), Some(open)) if *name == open => inside = None,
            // An author that never ends must not take the items with it.
            (Piece::Open(tag), Some(_)) if super::outline::is_item(tag.name) => {
                inside = None;
                out.push_str(text.get(range).unwrap_or_default());
            }
            (_, None) => out.push_str(text.get(range).unwrap_or_default()),
            (_, Some(_)) => {}
        }
    }
    out
}

fn names_authors(name: &str) -> bool {
    const AUTHORS: [&str; 8] = [
        "author",
        "creator",
        "managingeditor",
        "webmaster",
        "contributor",
        "owner",
        "credit",
        "person",
    ];
    let local = local(name).to_ascii_lowercase();
    AUTHORS.contains(&local.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &str) {
        assert_eq!(mended(text), want, "{text}");
    }

    #[test]
    fn what_stops_the_parser_is_mended() {
        check(
            "<rss><t>A & B</t></rss>",
            "<rss version=\"2.0\"><t>A &amp; B</t></rss>",
        );
        check("<rss version='0.94'/>", "<rss version=\"2.0\"/>");
        check("<RSS version='0.91'></RSS>", "<rss version=\"0.91\"></rss>");
        check(
            "<rss><t>a&nbsp;b&lt;</t></rss>",
            "<rss version=\"2.0\"><t>a\u{a0}b&lt;</t></rss>",
        );
        check(
            "<rss><t a=b c='d\"' c=e>\u{8}</t></rss>",
            "<rss version=\"2.0\"><t a=\"b\" c=\"d&quot;\"></t></rss>",
        );
        check(
            "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'>&a;</rss>",
            "<rss version=\"2.0\">&amp;a;</rss>",
        );
        check(
            "<rss><![CDATA[<b>&\u{1}]]></rss>",
            "<rss version=\"2.0\"><![CDATA[<b>&]]></rss>",
        );
    }

    #[test]
    fn atom_of_old_becomes_atom() {
        check(
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><issued>x</issued></feed>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><published>x</published></feed>",
        );
        check(
            "<feed><content type='text/html' mode='escaped'>a</content><content/></feed>",
            "<feed><content type=\"html\">a</content></feed>",
        );
        check(
            "<feed><content type='application/xhtml+xml'><p>a</p></content></feed>",
            "<feed><content type=\"xhtml\"><p>a</p></content></feed>",
        );
    }

    #[test]
    fn authors_go_and_nothing_else() {
        let text = "<i><author>記者（a@b.com）</author><dc:creator>x</dc:creator><t>y</t></i>";
        assert_eq!(without_authors(text), "<i><t>y</t></i>");
        assert_eq!(without_authors("<author>x<item>y</item>"), "<item>y</item>");
    }
}
