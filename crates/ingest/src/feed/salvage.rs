//! The salvage: items of a feed that no parser takes, as many as are whole enough to be news.
//!
//! It looks for start tags of items and, inside each, for the elements it knows; what is broken
//! between them doesn't matter.

use super::date::Clock;
use super::guard::guarded;
use super::outline::{MAX_ITEMS, is_item};
use crate::clean;
use crate::markup::{Piece, Tag, decoded, local, pieces};
use news::{Lang, WireItem, wire::WireCategory};
use url::Url;

/// Every item that was begun, also one without anything.
pub(crate) fn items(text: &str, clock: &Clock, base: Option<&Url>) -> Vec<WireItem> {
    let mut all: Vec<WireItem> = Vec::new();
    let mut lang = None;
    let mut current: Option<Reading> = None;
    let mut field: Option<Field<'_>> = None;
    for (range, piece) in pieces(text) {
        let source = text.get(range).unwrap_or_default();
        match piece {
            Piece::Open(tag) if is_item(tag.name) => {
                finish(&mut all, &mut current, field.take(), clock, base);
                if all.len() >= MAX_ITEMS {
                    break;
                }
                current = Some(Reading::begun(&tag, lang.clone()));
            }
            Piece::Close(name) if is_item(name) => {
                finish(&mut all, &mut current, field.take(), clock, base);
            }
            Piece::Open(tag) => match (&mut field, &mut current) {
                (Some(field), _) if !begins_field(&tag, field) => field.html.push_str(source),
                (open, Some(reading)) => {
                    if let Some(field) = open.take() {
                        reading.take(field, clock, base);
                    }
                    *open = Field::begun(tag).and_then(|field| reading.or_keep(field, base));
                }
                (open, None) => *open = Field::begun(tag).filter(|f| f.is("language")),
            },
            Piece::Close(name) => match field.take() {
                Some(field) if field.name == name => match &mut current {
                    Some(reading) => reading.take(field, clock, base),
                    None => lang = Lang::parse(&decoded(&field.text)),
                },
                Some(mut open) => {
                    open.html.push_str(source);
                    field = Some(open);
                }
                None => {}
            },
            Piece::Text(words) => {
                if let Some(field) = &mut field {
                    field.text.push_str(words);
                    field.html.push_str(&decoded(words));
                }
            }
            Piece::Cdata(words) => {
                if let Some(field) = &mut field {
                    // Markup in a CDATA section has not been escaped, so it must not be decoded twice.
                    field.text.push_str(words);
                    field.html.push_str(words);
                }
            }
            Piece::Aside | Piece::Doctype => {}
        }
    }
    finish(&mut all, &mut current, field, clock, base);
    all
}

/// A known element starts anew although the one before was never closed.
fn begins_field(tag: &Tag<'_>, open: &Field<'_>) -> bool {
    let xhtml = open
        .tag
        .attribute("type")
        .is_some_and(|t| t.contains("xhtml"));
    !xhtml && is_known(tag.name) && !matches!(local(tag.name), "link" | "content" | "body")
}

fn is_known(name: &str) -> bool {
    // A picture's title is not the item's.
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    name == "itunes:summary"
        || !matches!(prefix, "media" | "itunes" | "podcast")
            && matches!(
                local.to_ascii_lowercase().as_str(),
                "title"
                    | "link"
                    | "guid"
                    | "id"
                    | "description"
                    | "summary"
                    | "encoded"
                    | "content"
                    | "body"
                    | "fullitem"
                    | "pubdate"
                    | "published"
                    | "issued"
                    | "date"
                    | "created"
                    | "updated"
                    | "modified"
                    | "category"
                    | "subject"
                    | "language"
            )
}

/// An element being read.
struct Field<'a> {
    name: &'a str,
    tag: Tag<'a>,
    /// Its characters, undecoded.
    text: String,
    /// What it means as HTML.
    html: String,
}

impl<'a> Field<'a> {
    fn begun(tag: Tag<'a>) -> Option<Self> {
        is_known(tag.name).then(|| Field {
            name: tag.name,
            tag,
            text: String::new(),
            html: String::new(),
        })
    }

    fn is(&self, name: &str) -> bool {
        local(self.name).eq_ignore_ascii_case(name)
    }
}

/// An item being read.
#[derive(Default)]
struct Reading {
    item: WireItem,
    permalink: Option<String>,
    rank: u8,
}

impl Reading {
    fn begun(tag: &Tag<'_>, lang: Option<Lang>) -> Self {
        let about = tag.attribute("about").unwrap_or_default();
        Self {
            item: WireItem {
                guid: about,
                lang,
                ..WireItem::default()
            },
            ..Self::default()
        }
    }

    /// Takes what stands in attributes alone; hands back what has words to come.
    fn or_keep<'a>(&mut self, field: Field<'a>, base: Option<&Url>) -> Option<Field<'a>> {
        if field.is("link")
            && let Some(href) = field.tag.attribute("href")
        {
            let rel = field.tag.attribute("rel").unwrap_or_default();
            if (rel.is_empty() || rel == "alternate") && self.item.url.is_empty() {
                self.item.url = super::absolute(&href, base).unwrap_or_default();
            }
            return None;
        }
        if field.is("category")
            && let Some(term) = field.tag.attribute("term")
        {
            let scheme = field.tag.attribute("scheme");
            self.item.categories.push(WireCategory { scheme, term });
        }
        (!field.tag.empty).then_some(field)
    }

    /// A field whose reading panics is a missing field.
    fn take(&mut self, field: Field<'_>, clock: &Clock, base: Option<&Url>) {
        let _ = guarded(|| self.take_in(field, clock, base));
    }

    fn take_in(&mut self, field: Field<'_>, clock: &Clock, base: Option<&Url>) {
        let Field {
            name,
            tag,
            text,
            html,
        } = field;
        let words = || clean::line(&html);
        let item = &mut self.item;
        match local(name).to_ascii_lowercase().as_str() {
            "title" if item.title.is_empty() => item.title = words(),
            "link" if item.url.is_empty() => {
                item.url = super::absolute(&decoded(&text), base).unwrap_or_default();
            }
            "guid" | "id" => {
                item.guid = decoded(text.trim());
                let permanent = tag
                    .attribute("isPermaLink")
                    .is_none_or(|value| value == "true");
                self.permalink = permanent.then(|| item.guid.clone());
            }
            "description" | "summary" if item.summary_html.is_empty() => item.summary_html = html,
            "encoded" | "content" | "body" | "fullitem" if item.content_html.is_empty() => {
                item.content_html = html
            }
            name @ ("pubdate" | "published" | "issued" | "date" | "created" | "updated"
            | "modified") => {
                // The moment of publication is worth more than that of the last change.
                let rank = if matches!(name, "updated" | "modified") {
                    1
                } else {
                    2
                };
                if rank > self.rank
                    && let Some(moment) = clock.read(&decoded(&text))
                {
                    item.published = Some(moment);
                    self.rank = rank;
                }
            }
            "category" | "subject" => {
                let term = clean::name(&html);
                if !term.is_empty() && item.categories.len() < 64 {
                    let scheme = tag.attribute("domain").or_else(|| tag.attribute("scheme"));
                    item.categories.push(WireCategory { scheme, term });
                }
            }
            _ => {}
        }
    }
}

fn finish(
    all: &mut Vec<WireItem>,
    current: &mut Option<Reading>,
    open: Option<Field<'_>>,
    clock: &Clock,
    base: Option<&Url>,
) {
    let Some(mut reading) = current.take() else {
        return;
    };
    if let Some(field) = open {
        reading.take(field, clock, base);
    }
    let mut item = reading.item;
    if item.url.is_empty() {
        let address = reading.permalink.unwrap_or_else(|| item.guid.clone());
        item.url = super::absolute(&address, None).unwrap_or_default();
    }
    all.push(item);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<WireItem> {
        items(text, &Clock::of(None), None)
    }

    #[test]
    fn a_cut_off_feed_gives_what_came() {
        let found = read(
            "<rss><channel><title>c</title><language>ja</language>
             <item><title>One<br></title><link>https://a.example/1</link>
             <category domain='country'>Japan</category>
             <pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item>
             <item><title><![CDATA[Two & <b>more</b>]]></title><guid>https://a.example/2</guid>
             <description>&lt;p&gt;Words",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].title, "One");
        assert_eq!(found[0].url, "https://a.example/1");
        assert_eq!(found[0].lang.as_ref().map(Lang::as_str), Some("ja"));
        assert!(found[0].published.is_some());
        assert_eq!(found[0].categories[0].scheme.as_deref(), Some("country"));
        assert_eq!(found[1].title, "Two & more");
        assert_eq!(found[1].url, "https://a.example/2");
        assert_eq!(found[1].summary_html, "<p>Words");
    }

    #[test]
    fn entries_of_atom_and_titles_that_never_end() {
        let found = read(
            "<feed><entry><title>One<link href='https://a.example/1'/><id>1</id></entry>
             <entry><link rel='edit' href='https://a.example/e'/><link href='https://a.example/2'/>
             <title>Two</title><content type='xhtml'><div><p>x</p></div></content></entry>",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].url, "https://a.example/2");
        assert_eq!(found[1].content_html, "<div><p>x</p></div>");
    }
}
