//! A page's head: what search engines, share cards and our own navigation read of it.

use crate::{page_notes::PageNotes, site::Site, viewer::Viewer};
use leptos::prelude::*;
use leptos_meta::{Html, Link, Meta, Script, Title};
use news::{
    Channel, Lang,
    excerpt::{self, Room},
    story::Picture,
};
use serde_json::Value;

/// What a page's head says.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Without the site's name.
    pub(crate) title: String,
    /// One sentence.
    pub(crate) about: String,
    /// The page's own path; nothing where it has no address of its own (404).
    pub(crate) path: Option<String>,
    /// The language of its words.
    pub(crate) lang: Lang,
    /// The address readers should find first, where it isn't ours.
    pub(crate) canonical: Option<String>,
    /// What an open page listens to.
    pub(crate) channel: Option<Channel>,
    /// The outbox as it stood before the page was read.
    pub(crate) seq: u64,
    /// `website` or `article`.
    pub(crate) og: &'static str,
    /// More of OpenGraph: property and content.
    pub(crate) og_more: Vec<(&'static str, String)>,
    /// The share card's picture.
    pub(crate) picture: Option<Picture>,
    /// Whether search engines may keep it.
    pub(crate) index: bool,
    /// schema.org.
    pub(crate) json_ld: Vec<Value>,
    /// The page that follows in the same list.
    pub(crate) next: Option<String>,
}

impl Head {
    /// An ordinary page in the site's own language.
    pub(crate) fn new(title: impl Into<String>, about: impl Into<String>, path: &str) -> Self {
        Self {
            title: title.into(),
            about: about.into(),
            path: Some(path.into()),
            lang: Lang::english(),
            canonical: None,
            channel: None,
            seq: 0,
            og: "website",
            og_more: vec![],
            picture: None,
            index: true,
            json_ld: vec![],
            next: None,
        }
    }

    /// The title, as a tab and a share card show it.
    pub(crate) fn full_title(&self) -> String {
        let site = &Site::get().name;
        match self.title.as_str() {
            "" => format!("{site}: news of all Asia"),
            title => format!("{title} — {site}"),
        }
    }

    /// The sentence about it, as long as search engines and share cards show it.
    pub(crate) fn description(&self) -> String {
        shortened(&self.about, 160)
    }

    /// Puts the tags into the head, wherever in the page this is called.
    pub(crate) fn tags(self) {
        let site = Site::get();
        let (title, about) = (self.full_title(), self.description());
        let ours = self.path.as_deref().map(|path| site.absolute(path));
        let canonical = self.canonical.or_else(|| ours.clone());
        let robots = if self.index {
            "max-image-preview:large"
        } else {
            "noindex, max-image-preview:large"
        };
        if !self.index {
            use_context::<PageNotes>().unwrap_or_default().no_index();
        }
        let staff = Viewer::current().0.is_some();
        let tags = view! {
            <Html attr:lang=self.lang.as_str().to_owned() attr:dir=self.lang.dir().as_str()/>
            <Title text=in_title(&title)/>
            <Meta name="description" content=about.clone()/>
            <Meta name="robots" content=robots/>
            <Meta name="seq" content=self.seq.to_string()/>
            {self.channel.map(|channel| view! { <Meta name="channel" content=channel.to_string()/> })}
            {canonical.map(|url| view! { <Link rel="canonical" href=url/> })}
            {self.next.map(|url| view! { <Link rel="next" href=url/> })}
            <Meta property="og:site_name" content=site.name.clone()/>
            <Meta property="og:type" content=self.og/>
            <Meta property="og:title" content=title/>
            <Meta property="og:description" content=about/>
            {ours.map(|url| view! { <Meta property="og:url" content=url/> })}
            {self.picture.map(|picture| view! {
                <Meta property="og:image" content=site.absolute(&picture.url)/>
                <Meta property="og:image:width" content=picture.width.to_string()/>
                <Meta property="og:image:height" content=picture.height.to_string()/>
                <Meta property="og:image:alt" content=picture.alt/>
            })}
            {self.og_more.into_iter().map(|(property, content)| view! { <Meta property=property content=content/> }).collect_view()}
            // A draft tells machines nothing of itself.
            {self.json_ld.into_iter().filter(|_| !staff).map(|fact| view! {
                <Script type_="application/ld+json">{in_script(&fact)}</Script>
            }).collect_view()}
        };
        // These tags reach the head when they are drawn, and the view of a `Suspend` may be drawn where its context
        // is gone: then they would be missing, now and then. So they are drawn here, where the context stands.
        drop(tags.to_html());
    }
}

/// Words that may stand inside the title element: leptos writes them there as they are.
fn in_title(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// JSON that may stand inside a script element: no sign of it can end the element or a line of it.
pub(crate) fn in_script(fact: &Value) -> String {
    let mut out = String::new();
    for sign in fact.to_string().chars() {
        match sign {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out
}

/// At most so many characters, ended as an excerpt ends: after a sentence, or between two words with "…".
pub(crate) fn shortened(text: &str, most: usize) -> String {
    excerpt::cut(&[text], Room::of_chars(most)).concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_cannot_leave_its_script() {
        let text = in_script(&json!({"name": "</script><b>&\u{2028}"}));
        assert_eq!(
            text,
            r#"{"name":"\u003c/script\u003e\u003cb\u003e\u0026\u2028"}"#
        );
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap()["name"],
            "</script><b>&\u{2028}"
        );
    }

    #[test]
    fn descriptions_are_cut_between_words() {
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("台風が接近している", 5), "台風が接…");
        assert_eq!(shortened("short", 9), "short");
        assert_eq!(shortened("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2), "👩‍👩‍👧‍👦…");
    }
}
