//! Finding the feeds of a site: what its page names as its alternates, or the address itself where it is a feed.

use crate::feed::{self, SourceHint, decode};
use crate::fetch::{Answer, Fetch, FetchError, Validators};
use crate::markup::{self, Piece, Tag};
use url::Url;

/// More than anybody would look through.
const MOST: usize = 20;

/// How a page names a feed's form.
const FORMS: [&str; 5] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
];

/// The addresses of the feeds that a site names on its page; `https` where the address doesn't say.
///
/// # Errors
/// Where the address is none of the public web, or doesn't answer.
pub async fn feeds_of(fetch: &Fetch, address: &str) -> Result<Vec<Url>, FetchError> {
    let address = address.trim();
    let url = if address.contains("://") {
        Url::parse(address)
    } else {
        Url::parse(&format!("https://{address}"))
    };
    let url = url.map_err(|_| FetchError::Forbidden)?;
    let Answer::Body(body) = fetch.get(&url, &Validators::default()).await? else {
        return Ok(vec![]);
    };
    let charset = body.charset.as_deref();
    let page = decode::decode(&body.bytes, charset);
    let named = alternates(&page.text, &body.url);
    if !named.is_empty() {
        return Ok(named);
    }
    let read = feed::read_feed(&body.bytes, charset, &SourceHint::default());
    // What is salvaged of a page is no feed of it.
    let is_feed = matches!(
        read.way,
        Some(feed::Way::Raw | feed::Way::PrePass | feed::Way::Json)
    );
    Ok(if is_feed && !read.items.is_empty() {
        vec![body.url]
    } else {
        vec![]
    })
}

/// What a page that stands at `at` names as its feeds, in its order.
fn alternates(page: &str, at: &Url) -> Vec<Url> {
    let mut base = at.clone();
    let mut found: Vec<Url> = vec![];
    for (_, piece) in markup::pieces(page) {
        let Piece::Open(tag) = piece else { continue };
        if tag.name.eq_ignore_ascii_case("base") {
            let href = tag.attribute("href").and_then(|href| at.join(&href).ok());
            base = href.unwrap_or(base);
        }
        if tag.name.eq_ignore_ascii_case("link") && names_a_feed(&tag) {
            let url = tag
                .attribute("href")
                .and_then(|href| base.join(href.trim()).ok());
            let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
            found.extend(url.filter(|url| !found.contains(url)));
        }
        if found.len() >= MOST {
            break;
        }
    }
    found
}

fn names_a_feed(tag: &Tag<'_>) -> bool {
    let rel = tag.attribute("rel").unwrap_or_default();
    let form = tag.attribute("type").unwrap_or_default();
    let form = form.split(';').next().unwrap_or_default().trim();
    let is_alternate = rel
        .split_whitespace()
        .any(|word| word.eq_ignore_ascii_case("alternate"));
    // WordPress names its whole interface as JSON, too.
    let is_feed = FORMS.iter().any(|known| known.eq_ignore_ascii_case(form));
    let href = tag.attribute("href").unwrap_or_default();
    is_alternate && is_feed && !href.contains("/wp-json/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::Reach;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    fn found(page: &str) -> Vec<String> {
        let at = Url::parse("https://harbour-post.example/en/index.html").unwrap();
        alternates(page, &at)
            .into_iter()
            .map(String::from)
            .collect()
    }

    #[test]
    fn feeds_are_found_where_pages_name_them() {
        let page = "<!doctype html><html><head><title>Harbour Post</title>\
            <LINK REL='alternate home' TYPE='application/rss+xml; charset=utf-8' HREF='/feed?a=1&amp;b=2'>\
            <link rel=alternate type=application/atom+xml href=atom.xml>\
            <link rel=alternate type=application/atom+xml href=atom.xml>\
            <link href='https://cdn.example/feed.json' type='application/feed+json' rel='alternate'/>\
            <link rel='stylesheet' type='text/css' href='/main.css'>\
            <link rel='alternate' hreflang='ja' href='/ja/'>\
            <link rel='alternate' type='application/json' href='/wp-json/wp/v2/pages/1'>\
            <link rel='alternate' type='application/rss+xml' href='javascript:feed()'></head><body>";
        assert_eq!(
            found(page),
            [
                "https://harbour-post.example/feed?a=1&b=2",
                "https://harbour-post.example/en/atom.xml",
                "https://cdn.example/feed.json",
            ]
        );
        let page = "<base href='/news/'><link rel=alternate type=application/rss+xml href=rss>";
        assert_eq!(found(page), ["https://harbour-post.example/news/rss"]);
        assert!(found("<p>No feeds here.").is_empty());
        let many = "<link rel=alternate type=application/rss+xml href=N>";
        let many: String = (0..100)
            .map(|n| many.replace('N', &n.to_string()))
            .collect();
        assert_eq!(found(&many).len(), MOST);
    }

    async fn at(body: &'static str) -> Result<Vec<Url>, FetchError> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).await.unwrap();
            let length = body.len();
            let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await.unwrap();
        });
        let fetch = Fetch::new(Reach::Loopback).unwrap();
        feeds_of(&fetch, &format!("http://{address}/")).await
    }

    #[tokio::test]
    async fn an_address_is_a_page_a_feed_or_neither() {
        let page =
            "<html><head><link rel=alternate type=application/rss+xml href=/rss></head></html>";
        let paths = |found: Vec<Url>| {
            found
                .iter()
                .map(|url| url.path().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(paths(at(page).await.unwrap()), ["/rss"]);
        let feed = "<rss version='2.0'><channel><title>Harbour Post</title><item><title>Ferries stop</title>\
            <link>https://harbour-post.example/1</link></item></channel></rss>";
        assert_eq!(paths(at(feed).await.unwrap()), ["/"]);
        let neither = "<html><body><p>Ferries stop at noon.</p></body></html>";
        assert!(at(neither).await.unwrap().is_empty());
        let public = Fetch::new(Reach::Public).unwrap();
        for inside in [
            "http://127.0.0.1/",
            "localhost",
            "file:///etc/hosts",
            "http://[::1]/",
            "::",
        ] {
            assert_eq!(
                feeds_of(&public, inside).await.err(),
                Some(FetchError::Forbidden),
                "{inside}"
            );
        }
    }
}
