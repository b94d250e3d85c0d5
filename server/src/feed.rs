//! `/feed.xml`: what is newest, as RSS 2.0. Kept on the shelf like the front page.

use crate::newsroom::Newsroom;
use crate::page;
use app::Site;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use news::{Millis, ReadMore, Shows, StoryAddress, Teaser, front};
use press::{Fresh, Keep};
use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

const STORIES: u32 = 50;

/// The feed of the front page.
pub async fn front(State(newsroom): State<Arc<Newsroom>>, headers: HeaderMap) -> Response {
    let render = {
        let newsroom = newsroom.clone();
        move || async move { render(&newsroom).await }
    };
    match newsroom
        .shelf
        .get_or_press("/feed.xml", Instant::now(), render)
        .await
    {
        Ok(page) => page::answer(&page, &headers),
        Err(why) => page::failed(&why),
    }
}

async fn render(newsroom: &Newsroom) -> Fresh {
    let site = Site::get();
    let home = &*newsroom.home.0;
    match newsroom.store.teasers(front::Of::All, None, STORIES).await {
        Ok(teasers) => Fresh {
            content_type: "application/rss+xml; charset=utf-8".into(),
            body: rss(site, home, &teasers),
            shows: vec![Shows::Front, Shows::Site],
            keep: Keep::Shared,
            headers: newsroom.headers.clone(),
            ..Fresh::default()
        },
        Err(error) => {
            tracing::error!(%error, "the feed can't be read from the store");
            let words = "The newsroom can't be read at the moment.\n";
            page::plain(newsroom, StatusCode::SERVICE_UNAVAILABLE, words)
        }
    }
}

fn rss(site: &Site, home: &str, teasers: &[Teaser]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n",
    );
    element(&mut out, "title", &site.name);
    element(&mut out, "link", &format!("{home}/"));
    element(&mut out, "description", &site.description);
    element(&mut out, "language", "en");
    line(
        &mut out,
        format_args!(
            "<atom:link href=\"{}/feed.xml\" rel=\"self\" type=\"application/rss+xml\"/>",
            escaped(home)
        ),
    );
    for teaser in teasers {
        out.push_str("<item>\n");
        entry(&mut out, home, teaser);
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

fn entry(out: &mut String, home: &str, teaser: &Teaser) {
    // An agency's words are those of its card, cut under its terms: no other words of it are at hand here.
    let (address, headline, words, by): (&StoryAddress, &str, &str, Vec<&str>) = match teaser {
        Teaser::Story(card) => {
            let authors = card.authors.iter().map(|name| &**name).collect();
            (&card.address, &card.headline, &card.standfirst, authors)
        }
        Teaser::Excerpt(card) => (
            &card.address,
            &card.headline,
            &card.words,
            vec![&*card.source.1],
        ),
    };
    element(out, "title", headline);
    element(
        out,
        "link",
        &format!("{home}{}", page::ascii(&address.to_string())),
    );
    line(
        out,
        format_args!(
            "<guid isPermaLink=\"false\">{}</guid>",
            escaped(&address.id.to_string())
        ),
    );
    if let Some(date) = rfc2822(teaser.published_at()) {
        element(out, "pubDate", &date);
    }
    for name in by {
        element(out, "dc:creator", name);
    }
    element(out, "category", teaser.section().title());
    match teaser {
        Teaser::Story(_) => element(out, "description", words),
        Teaser::Excerpt(card) => element(
            out,
            "description",
            &with_the_way_out(words, &card.read_more),
        ),
    }
    if let Teaser::Excerpt(card) = teaser {
        line(
            out,
            format_args!(
                "<source url=\"{}\">{}</source>",
                escaped(&card.read_more.url),
                escaped(&card.source.1)
            ),
        );
    }
}

/// An agency's words and the way to the rest of them: a description is HTML.
fn with_the_way_out(words: &str, read_more: &ReadMore) -> String {
    let (url, text) = (escaped(&read_more.url), escaped(&read_more.text()));
    let words = if words.is_empty() {
        String::new()
    } else {
        format!("<p>{}</p>", escaped(words))
    };
    format!("{words}<p><a href=\"{url}\">{text}</a></p>")
}

fn rfc2822(at: Millis) -> Option<String> {
    let at = Timestamp::from_millisecond(at.0).ok()?;
    Some(at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
}

fn element(out: &mut String, name: &str, text: &str) {
    line(out, format_args!("<{name}>{}</{name}>", escaped(text)));
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let wrote = writeln!(out, "{text}");
    debug_assert!(wrote.is_ok(), "a string takes everything");
}

/// Text as XML 1.0 takes it: markup escaped, control signs left out.
fn escaped(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut out, c| {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\u{fffe}' | '\u{ffff}' => {}
                c if c.is_control() && !matches!(c, '\n' | '\t') => {}
                c => out.push(c),
            }
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_for_xml() {
        assert_eq!(
            escaped("A & B <\u{0}b>\"台\""),
            "A &amp; B &lt;b&gt;&quot;台&quot;"
        );
        assert_eq!(
            rfc2822(Millis(1_713_258_000_000)).as_deref(),
            Some("Tue, 16 Apr 2024 09:00:00 +0000")
        );
    }
}
