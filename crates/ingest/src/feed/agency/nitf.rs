//! NITF 3: one story, what is said of it in its head, its words in its body.

use super::fields::{Categories, embargo, link, moment, published, status, urgency};
use super::tree::{Element, tree};
use crate::clean;
use crate::feed::date::Clock;
use crate::feed::guard::{Each, each};
use news::{Lang, PubStatus, WireItem};
use url::Url;

/// The story of a document.
pub(super) fn items(
    text: &str,
    clock: &Clock,
    base: Option<&Url>,
) -> Result<Each<WireItem>, String> {
    let tree = tree(text)?;
    let root = tree.root().ok_or("there is nothing in it")?;
    Ok(each(std::iter::once(root), |root| read(root, clock, base)))
}

/// The words of its body, as HTML.
pub(super) fn content(document: Element<'_, '_>) -> String {
    let content = document.all("body.content").next();
    content.map(Element::html).unwrap_or_default()
}

/// Its first headline.
pub(super) fn headline(document: Element<'_, '_>) -> String {
    let headline = document.all("hl1").next();
    let title = || document.child("head")?.child("title");
    let words = headline.or_else(title).map(Element::text);
    clean::line(&words.unwrap_or_default())
}

fn read(root: Element<'_, '_>, clock: &Clock, base: Option<&Url>) -> WireItem {
    // Of the head's elements each has its one place, so it is enough to look for their names.
    let of = |name: &'static str, attribute: &str| {
        let element = root.all(name).next();
        element.map(|e| e.attribute(attribute)).unwrap_or_default()
    };
    let words = |name: &'static str| root.all(name).next().map(Element::text).unwrap_or_default();
    let meta = |name: &str| {
        let mut all = root
            .all("meta")
            .filter(|meta| meta.attribute("name") == name);
        all.next()
            .map(|meta| meta.attribute("content"))
            .unwrap_or_default()
    };
    let made = moment(clock, &of("date.issue", "norm"));
    let status = status(&of("docdata", "management-status"));
    let (embargo, status) = embargo(clock, &of("date.release", "norm"), status);
    // What takes a story back may be a document of its own, which names the one it is about.
    let about = of("docdata", "management-doc-idref");
    let own = of("doc-id", "id-string");
    let guid = if status == PubStatus::Usable || about.is_empty() {
        own
    } else {
        about
    };
    let body_lang = root.child("body").map(|body| body.attribute("lang"));
    let lang = [
        root.attribute("lang"),
        body_lang.unwrap_or_default(),
        meta("language"),
    ];
    let byline = clean::line(&words("byline"));
    let addresses = [
        meta("canonical"),
        meta("link"),
        meta("url"),
        of("pubdata", "ex-ref"),
        guid.clone(),
    ];
    let rights = [words("doc.rights"), of("doc.rights", "owner")];
    WireItem {
        url: link(&addresses, base),
        title: headline(root),
        summary_html: root
            .all("abstract")
            .next()
            .map(Element::html)
            .unwrap_or_default(),
        content_html: content(root),
        published: published(made, embargo),
        lang: lang.iter().find_map(|tag| Lang::parse(tag)),
        authors: Some(byline)
            .filter(|by| !by.is_empty())
            .into_iter()
            .collect(),
        categories: categories(root).0,
        status,
        embargo,
        version: of("du-key", "version").parse().ok(),
        urgency: urgency(&of("urgency", "ed-urg")),
        slugline: clean::line(&of("du-key", "key")),
        usage_terms: clean::line(&rights.join(" ")),
        guid,
    }
}

fn categories(root: Element<'_, '_>) -> Categories {
    let mut all = Categories::default();
    for subject in root.all("tobject.subject") {
        let name = |part: &str| subject.attribute(&format!("tobject.subject.{part}"));
        let names = [name("detail"), name("matter"), name("type")];
        let name_of = names.iter().find(|name| !name.is_empty());
        let code = format!("subj:{}", name("refnum"));
        all.subject(&code, name_of.map(String::as_str).unwrap_or_default());
    }
    if let Some(identified) = root.all("identified-content").next() {
        for location in identified.children("location") {
            let part = |name: &'static str| location.child(name);
            let country = part("country");
            let code = country.map(|c| c.attribute("iso-cc")).unwrap_or_default();
            let named = country.or_else(|| part("city")).unwrap_or(location);
            all.place(&code, &named.text());
        }
    }
    for keyword in root.all("keyword") {
        all.add(None, &keyword.attribute("key"));
    }
    if let Some(dateline) = root.all("dateline").next() {
        let city = dateline.all("city").next().unwrap_or(dateline);
        all.dateline(&city.text());
    }
    all
}
