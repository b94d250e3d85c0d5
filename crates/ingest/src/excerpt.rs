//! One wire item as an excerpt: its first words under its source's terms, where it belongs, and the
//! way to the rest. The cutting itself is a rule of news: [`news::excerpt::cut`].

mod address;
mod standing;

use crate::classify::{Classified, classify, dateline, mark};
use crate::{Dates, clean, language};
pub(crate) use address::canonical;
pub use address::registrable;
use news::excerpt::Room;
use news::{Millis, ReadMore, Source, WireItem};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use store::NewExcerpt;

/// What a headline may have at most; more is text in the wrong element.
const MAX_HEADLINE: usize = 300;
/// What a headline made of the first words may have at most.
const MAX_FIRST_WORDS: usize = 90;

/// The excerpt of an item, or what it lacks.
pub(crate) fn excerpt(
    item: &WireItem,
    source: &Source,
    now: Millis,
    dates: Dates,
) -> Result<NewExcerpt, &'static str> {
    standing::leave(item.status)?;
    if item.url.is_empty() {
        return Err("it has no address of its own");
    }
    let host = registrable(&item.url).ok_or("its address has no host of the public web")?;
    let home = registrable(&source.home_url);
    if home.as_ref() != Some(&host) && !source.terms.hosts.contains(&host) {
        return Err("its address leads to another site than its source's");
    }
    let max_chars = usize::try_from(source.terms.max_chars).unwrap_or(usize::MAX);
    let given = text(item, max_chars);
    let all = news::excerpt::length(&given);
    let room = Room::under(&source.terms, all);
    let headline = headline(item, &given, room).ok_or("it has neither a headline nor words")?;
    let paragraphs = news::excerpt::cut(&given, room);
    let read = format!(
        "{headline}\n{}",
        given.first().map(String::as_str).unwrap_or_default()
    );
    let lang = language::of(&read, item.lang.as_ref(), &source.lang);
    let Classified {
        section,
        placing,
        medtop,
        places,
        topics,
        why,
    } = classify(item, &given, &lang);
    let dated = standing::dated(item, now, dates);
    let why = [Some(why), dated.why].into_iter().flatten();
    let why = why.collect::<Vec<_>>().join("; ");
    let address = canonical(&item.url);
    // The same words under another embargo are a change: they may be shown earlier, or only later.
    let embargo = item.embargo.map(|moment| moment.0.to_string());
    let words = paragraphs.join("\n");
    let mut parts = vec![headline.as_str(), &words, &address];
    parts.extend(embargo.as_deref());
    Ok(NewExcerpt {
        content_hash: digest(&parts),
        lang,
        dateline: dateline(&item.categories, &given),
        read_more: ReadMore {
            url: item.url.clone(),
            host,
        },
        published_at: dated.at,
        undated: dated.undated,
        breaking: mark(item).map(str::to_owned),
        version: item.version,
        embargo: item.embargo,
        guid: name(&item.guid),
        address: name(&address),
        headline,
        paragraphs,
        given: all,
        section,
        placing,
        medtop,
        places,
        topics,
        refuse: None,
        hold: None,
        why,
    })
}

/// The summary's paragraphs, or the content's where the terms admit more than the summary holds.
fn text(item: &WireItem, max_chars: usize) -> Vec<String> {
    let summary = clean::paragraphs(&item.summary_html);
    if item.content_html.is_empty() || news::excerpt::length(&summary) >= max_chars {
        return summary;
    }
    let content = clean::paragraphs(&item.content_html);
    let longer = news::excerpt::length(&content) > news::excerpt::length(&summary);
    if longer { content } else { summary }
}

/// Its title; without one, its first words, no more than the terms allow of them.
fn headline(item: &WireItem, given: &[String], room: Room) -> Option<String> {
    let (words, room) = if item.title.is_empty() {
        (given.first()?, room.at_most(MAX_FIRST_WORDS))
    } else {
        (&item.title, Room::of_chars(MAX_HEADLINE))
    };
    news::excerpt::cut(&[words], room)
        .pop()
        .filter(|headline| !headline.is_empty())
}

/// A name to find it by; a very long one by its digest.
pub(crate) fn name(name: &str) -> String {
    if name.len() <= 512 {
        name.to_owned()
    } else {
        digest(&[name])
    }
}

pub(crate) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests;
