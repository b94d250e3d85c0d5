//! NewsML-G2: a message of several items, or one; only those of text are stories.

use super::fields::{
    Categories, embargo, link, moment, paragraphs, published, status, tail, urgency,
};
use super::nitf;
use super::tree::{Element, tree};
use crate::clean;
use crate::feed::date::Clock;
use crate::feed::guard::{Each, each};
use crate::feed::outline::MAX_ITEMS;
use news::{Lang, Millis, WireItem};
use url::Url;

/// The stories of a document.
pub(super) fn items(
    text: &str,
    clock: &Clock,
    base: Option<&Url>,
) -> Result<Each<WireItem>, String> {
    let tree = tree(text)?;
    let root = tree.root().ok_or("there is nothing in it")?;
    let alone = Some(root).filter(|root| root.name() == "newsItem");
    let all = alone.into_iter().chain(root.all("newsItem"));
    let stories = all.filter(|item| is_text(*item)).take(MAX_ITEMS);
    Ok(each(stories, |item| read(item, clock, base)))
}

fn is_text(item: Element<'_, '_>) -> bool {
    let class = item
        .child("itemMeta")
        .and_then(|meta| meta.child("itemClass"));
    let class = class.map(code).unwrap_or_default();
    matches!(tail(&class), "" | "text" | "composite")
}

/// The code an element gives, in whichever of the three ways.
fn code(element: Element<'_, '_>) -> String {
    let all = ["qcode", "uri", "literal"].map(|name| element.attribute(name));
    all.into_iter()
        .find(|code| !code.is_empty())
        .unwrap_or_default()
}

/// The two halves of what is said about an item, and the item.
struct Parts<'t, 'a> {
    item: Element<'t, 'a>,
    about: Option<Element<'t, 'a>>,
    content: Option<Element<'t, 'a>>,
}

impl<'t, 'a> Parts<'t, 'a> {
    fn about(&self, name: &'static str) -> Option<Element<'t, 'a>> {
        self.about?.child(name)
    }

    fn content(&self, name: &'static str) -> Option<Element<'t, 'a>> {
        self.content?.child(name)
    }

    fn words(&self, name: &'static str) -> String {
        let words = self.content(name).map(Element::text).unwrap_or_default();
        clean::line(&words)
    }

    fn moment(&self, name: &'static str, clock: &Clock) -> Option<Millis> {
        let element = self.about(name).or_else(|| self.content(name))?;
        moment(clock, &element.text())
    }
}

fn read(item: Element<'_, '_>, clock: &Clock, base: Option<&Url>) -> WireItem {
    let parts = Parts {
        item,
        about: item.child("itemMeta"),
        content: item.child("contentMeta"),
    };
    let status = status(&parts.about("pubStatus").map(code).unwrap_or_default());
    let until = parts.about("embargoed").map(Element::text);
    let (embargo, status) = embargo(clock, &until.unwrap_or_default(), status);
    let made = ["firstCreated", "contentCreated", "versionCreated"];
    let made = made.iter().find_map(|name| parts.moment(name, clock));
    let body = body(item);
    let headline = main_headline(&parts).unwrap_or(body.headline);
    let language = parts.content("language").map(|l| l.attribute("tag"));
    let rights = item
        .child("rightsInfo")
        .and_then(|rights| rights.child("usageTerms"));
    WireItem {
        guid: item.attribute("guid"),
        url: link(&addresses(&parts), base),
        title: headline,
        summary_html: parts
            .content("description")
            .map(described)
            .unwrap_or_default(),
        content_html: body.html,
        published: published(made, embargo),
        lang: language
            .and_then(|tag| Lang::parse(&tag))
            .or_else(|| Lang::parse(&item.attribute("lang"))),
        authors: Some(parts.words("by"))
            .filter(|by| !by.is_empty())
            .into_iter()
            .collect(),
        categories: categories(&parts).0,
        status,
        embargo,
        version: item.attribute("version").parse().ok(),
        urgency: urgency(&parts.words("urgency")),
        slugline: parts.words("slugline"),
        usage_terms: clean::line(&rights.map(Element::text).unwrap_or_default()),
    }
}

fn main_headline(parts: &Parts<'_, '_>) -> Option<String> {
    let all: Vec<_> = parts.content?.children("headline").collect();
    let is_main = |h: &&Element<'_, '_>| matches!(tail(&h.attribute("role")), "" | "main");
    let best = all.iter().find(is_main).or_else(|| all.first())?;
    Some(clean::line(&best.text())).filter(|words| !words.is_empty())
}

/// A description holds text, or elements of XHTML.
fn described(description: Element<'_, '_>) -> String {
    match description.inside().next() {
        Some(_) => description.html(),
        None => paragraphs(&description.text()),
    }
}

/// The words of an item, whichever way they came.
#[derive(Default)]
struct Body {
    html: String,
    headline: String,
}

fn body(item: Element<'_, '_>) -> Body {
    let Some(set) = item.child("contentSet") else {
        return Body::default();
    };
    for inline in set.children("inlineXML") {
        if let Some(document) = inline.child("nitf") {
            return Body {
                html: nitf::content(document),
                headline: nitf::headline(document),
            };
        }
        let html = inline.all("body").next().unwrap_or(inline).html();
        let title = inline.all("title").next().map(Element::text);
        if !clean::paragraphs(&html).is_empty() {
            return Body {
                html,
                headline: clean::line(&title.unwrap_or_default()),
            };
        }
    }
    let inline = set.children("inlineData").map(|data| {
        let is_html = data.attribute("contenttype").contains("html");
        let text = data.text();
        if is_html || clean::looks_like_html(&text) {
            text
        } else {
            paragraphs(&text)
        }
    });
    Body {
        html: inline
            .into_iter()
            .find(|html| !html.is_empty())
            .unwrap_or_default(),
        headline: String::new(),
    }
}

fn categories(parts: &Parts<'_, '_>) -> Categories {
    let mut all = Categories::default();
    let Some(content) = parts.content else {
        return all;
    };
    for subject in content.children("subject") {
        let name = subject.child("name").map(Element::text).unwrap_or_default();
        let kind = subject.attribute("type");
        match tail(&kind) {
            "geoArea" | "poi" => all.place(&code(subject), &name),
            "person" => all.add(Some("person"), &name),
            "organisation" | "organization" => all.add(Some("company"), &name),
            _ => all.subject(&code(subject), &name),
        }
    }
    for keyword in content.children("keyword") {
        all.add(None, &keyword.text());
    }
    let located = || content.child("located")?.child("name").map(Element::text);
    let dateline = content
        .child("dateline")
        .map(Element::text)
        .or_else(located);
    all.dateline(&dateline.unwrap_or_default());
    all
}

/// Where its page may stand, the surest first.
fn addresses(parts: &Parts<'_, '_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let page = |element: &Element<'_, '_>| {
        let kind = element.attribute("contenttype");
        kind.is_empty() || kind.contains("html")
    };
    for about in [parts.about, parts.content].into_iter().flatten() {
        all.extend(
            about
                .children("link")
                .filter(page)
                .map(|l| l.attribute("href")),
        );
    }
    let remote = parts.item.child("contentSet").into_iter();
    let remote = remote.flat_map(|set| set.children("remoteContent"));
    let html = |element: &Element<'_, '_>| element.attribute("contenttype").contains("html");
    all.extend(remote.filter(html).map(|r| r.attribute("href")));
    for content in [parts.content, parts.about].into_iter().flatten() {
        all.extend(content.children("altId").map(Element::text));
    }
    all.push(parts.item.attribute("guid"));
    all
}
