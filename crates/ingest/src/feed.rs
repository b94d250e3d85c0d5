//! Feeds: RSS, Atom and JSON Feed in, items and complaints out; by the same door what agencies send
//! themselves ([`agency`]). Never an error for all of them:
//! a bad item never loses the good ones, and no panic of a parser goes further than here.
//!
//! The text is tried as it is, then mended by the [`prepass`], then searched by the [`salvage`];
//! the first way that gives any item wins. What one item's reading costs is kept to it by the [`guard`].

mod agency;
mod complaint;
mod date;
pub(crate) mod decode;
mod guard;
mod json;
mod outline;
mod prepass;
mod rss;
mod said;
mod salvage;
mod taken_back;

pub use complaint::FeedComplaint;
pub use outline::Root;
pub(crate) use said::LATEST;
pub use said::Said;

use date::Clock;
use guard::{Each, guarded};
use news::{Place, WireItem};
use outline::{Outline, outline};
use url::Url;

/// More than this is no feed.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// What is known of a feed before it is read.
#[derive(Clone, Debug, Default)]
pub struct SourceHint {
    /// Where relative addresses in it begin.
    pub base: Option<Url>,
    /// Where its source sits, for dates that don't say their zone.
    pub place: Option<Place>,
}

/// By which way a feed was read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Way {
    /// As it came.
    Raw,
    /// After the pre-pass.
    PrePass,
    /// Item by item.
    Salvage,
    /// As a JSON Feed.
    Json,
    /// As ninjs, NewsML-G2 or NITF.
    Agency,
}

/// A feed as it was read.
#[derive(Clone, Debug)]
pub struct ReadFeed {
    /// Its items, in its order.
    pub items: Vec<WireItem>,
    /// What was wrong with it.
    pub complaints: Vec<FeedComplaint>,
    /// How it was read; `None` where it couldn't be.
    pub way: Option<Way>,
    /// What its root says it is; `None` for JSON.
    pub root: Option<Root>,
    /// How many panics of the parser were caught.
    pub panics: usize,
    /// What it says of itself.
    pub said: Said,
}

/// Reads a feed from its bytes.
#[must_use]
pub fn read_feed(bytes: &[u8], http_charset: Option<&str>, hint: &SourceHint) -> ReadFeed {
    let mut read = ReadFeed::empty();
    if bytes.len() > MAX_BYTES {
        read.complaints.push(FeedComplaint::TooLarge(bytes.len()));
        return read;
    }
    // Nothing below panics as far as we know; if it does, it costs one feed.
    let attempt = guarded(|| attempt(bytes, http_charset, hint));
    attempt.unwrap_or_else(|| {
        read.panics = 1;
        read.complaints.push(FeedComplaint::Panicked);
        read
    })
}

fn attempt(bytes: &[u8], http_charset: Option<&str>, hint: &SourceHint) -> ReadFeed {
    let mut read = ReadFeed::empty();
    let decoded = decode::decode(bytes, http_charset);
    if decoded.damaged {
        read.complaints
            .push(FeedComplaint::Damaged(decoded.encoding));
    }
    let clock = Clock::of(hint.place);
    let (text, base) = (decoded.text.as_str(), hint.base.as_ref());
    if let Some(kind) = agency::kind(text) {
        match agency::items(kind, text, &clock, base) {
            Ok(each) => read.take_each(Way::Agency, each),
            Err(why) => read.complaints.push(FeedComplaint::Refused(why)),
        }
        return read;
    }
    if text.starts_with('{') {
        match json::items(text, &clock, base) {
            Ok((each, said)) => {
                read.said = said;
                read.take_each(Way::Json, each);
            }
            Err(why) => read
                .complaints
                .extend([FeedComplaint::NoFeed, FeedComplaint::Refused(why)]),
        }
        taken_back::told(&mut read.items, "", &clock, base);
        return read;
    }
    let seen = outline(text);
    read.root = Some(seen.root);
    if matches!(seen.root, Root::Other | Root::Nothing) {
        read.complaints.push(FeedComplaint::NoFeed);
        return read;
    }
    read.said = guarded(|| said::of_markup(text, base)).unwrap_or_default();
    read.xml(text, &seen, &clock, base);
    taken_back::told(&mut read.items, text, &clock, base);
    read
}

impl ReadFeed {
    pub(crate) fn empty() -> Self {
        Self {
            items: Vec::new(),
            complaints: Vec::new(),
            way: None,
            root: None,
            panics: 0,
            said: Said::default(),
        }
    }

    /// A feed whose reading was lost altogether.
    pub(crate) fn lost() -> Self {
        Self {
            complaints: vec![FeedComplaint::Panicked],
            panics: 1,
            ..Self::empty()
        }
    }

    fn take(&mut self, way: Way, items: Vec<WireItem>) {
        if self.way.is_none() || items.len() > self.items.len() {
            self.way = Some(way);
            self.items = items;
        }
    }

    fn take_each(&mut self, way: Way, each: Each<WireItem>) {
        self.panics += each.lost.len();
        let lost = each.lost.into_iter().map(|number| FeedComplaint::Item {
            which: format!("item {number}"),
            why: "it could not be read".into(),
        });
        self.complaints.extend(lost);
        self.take(way, each.read);
    }

    fn xml(&mut self, text: &str, seen: &Outline, clock: &Clock, base: Option<&Url>) {
        if let Some(what) = seen.beyond {
            self.complaints.push(FeedComplaint::Beyond(what));
        } else {
            self.parsed(Way::Raw, text, clock, base);
            if !self.has_some(seen) {
                let mended = prepass::mended(text);
                self.parsed(Way::PrePass, &mended, clock, base);
            }
            if self.has_some(seen) {
                if self.items.iter().any(lacks) {
                    self.fill(salvage::items(text, clock, base));
                }
                return;
            }
        }
        let mut found = salvage::items(text, clock, base);
        found.retain(|item| {
            !item.title.is_empty() || !item.url.is_empty() || !item.summary_html.is_empty()
        });
        if found.len() > self.items.len() {
            self.complaints.push(FeedComplaint::Salvaged(found.len()));
            self.take(Way::Salvage, found);
        }
    }

    /// What the parser has no name for (an issued date of Dublin Core, a body of XHTML) is found by the search.
    fn fill(&mut self, found: Vec<WireItem>) {
        if found.len() != self.items.len() {
            return;
        }
        for (item, found) in self.items.iter_mut().zip(found) {
            for (mine, theirs) in [
                (&mut item.url, found.url),
                (&mut item.title, found.title),
                (&mut item.summary_html, found.summary_html),
                (&mut item.content_html, found.content_html),
            ] {
                if mine.is_empty() {
                    *mine = theirs;
                }
            }
            item.published = item.published.or(found.published);
        }
    }

    /// An empty feed is a feed; one whose items got lost on the way is not read yet.
    fn has_some(&self, seen: &Outline) -> bool {
        self.way.is_some() && (seen.items == 0 || !self.items.is_empty())
    }

    fn parsed(&mut self, way: Way, text: &str, clock: &Clock, base: Option<&Url>) {
        let outcome = rss::items(text, clock, base).or_else(|failed| match failed {
            rss::Failed::Panicked => {
                self.panics += 1;
                self.complaints.push(FeedComplaint::Panicked);
                let nameless = prepass::without_authors(text);
                rss::items(&nameless, clock, base)
            }
            refused @ rss::Failed::Refused(_) => Err(refused),
        });
        match outcome {
            Ok(each) => self.take_each(way, each),
            Err(rss::Failed::Refused(why)) => self.complaints.push(FeedComplaint::Refused(why)),
            Err(rss::Failed::Panicked) => self.panics += 1,
        }
    }
}

/// Whether an item lacks what a story is shown by.
fn lacks(item: &WireItem) -> bool {
    let wordless = item.summary_html.is_empty() && item.content_html.is_empty();
    wordless || item.url.is_empty() || item.title.is_empty() || item.published.is_none()
}

/// An address of the web, made absolute; `None` for anything else.
pub(crate) fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.len() > 2048 {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    let open = url.username().is_empty() && url.password().is_none();
    (web && open).then(|| url.to_string())
}

#[cfg(test)]
mod expected;
#[cfg(test)]
mod tests;
