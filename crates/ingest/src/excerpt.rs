//! One wire item as an excerpt: its first words under its source's terms, where it belongs, and the
//! way to the rest. The cutting itself is a rule of news: [`news::excerpt::cut`].

mod address;

use crate::classify::{Classified, classify, dateline};
use crate::{Dates, clean, language};
pub(crate) use address::canonical;
pub use address::registrable;
use news::excerpt::Room;
use news::{Millis, ReadMore, Source, WireItem};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use store::NewExcerpt;

/// A feed's clock may be ahead of ours by this much.
const AHEAD: i64 = 15 * Millis::MINUTE;
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
    let address = canonical(&item.url);
    Ok(NewExcerpt {
        content_hash: digest(&[&headline, &paragraphs.join("\n"), &address]),
        lang,
        dateline: dateline(&item.categories, &given),
        read_more: ReadMore {
            url: item.url.clone(),
            host,
        },
        published_at: published(item, now, dates),
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
fn name(name: &str) -> String {
    if name.len() <= 512 {
        name.to_owned()
    } else {
        digest(&[name])
    }
}

/// When it was published: as the feed says, but never in the future; without a date, now.
fn published(item: &WireItem, now: Millis, dates: Dates) -> Millis {
    match (dates, item.published) {
        (Dates::Feeds, Some(moment)) if moment.since(now) <= AHEAD => moment.min(now),
        _ => now,
    }
}

pub(crate) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use news::{Id, Lang, UsageTerms};

    fn a_source(max_chars: u32) -> Source {
        Source {
            id: Id(1),
            slug: "kuroshio".into(),
            name: "Kuroshio Press".into(),
            home_url: "https://kuroshio-press.example/".into(),
            lang: Lang::parse("ja").unwrap(),
            terms: UsageTerms {
                max_chars,
                ..UsageTerms::default()
            },
        }
    }

    fn an_item() -> WireItem {
        WireItem {
            guid: "7".into(),
            url: "https://www.kuroshio-press.example/news/7?utm_source=x".into(),
            title: "台風が接近".into(),
            summary_html: "<p>台風が接近している。住民は避難した。</p>".into(),
            content_html: "<p>台風が接近している。住民は避難した。</p><p>学校は休みだ。</p>".into(),
            published: Some(Millis(1_000)),
            ..WireItem::default()
        }
    }

    fn made(item: &WireItem, max_chars: u32) -> NewExcerpt {
        excerpt(item, &a_source(max_chars), Millis(10_000), Dates::Feeds).unwrap()
    }

    #[test]
    fn as_many_words_as_the_terms_admit() {
        assert_eq!(made(&an_item(), 280).paragraphs.len(), 2);
        assert_eq!(
            made(&an_item(), 18).paragraphs,
            ["台風が接近している。住民は避難した。"]
        );
        assert_eq!(made(&an_item(), 12).paragraphs, ["台風が接近している。"]);
    }

    #[test]
    fn a_headline_of_first_words_is_under_the_terms() {
        let item = WireItem {
            title: String::new(),
            summary_html: "台風が接近しているので学校は休みで".repeat(20),
            content_html: String::new(),
            ..an_item()
        };
        let length = |max_chars| news::excerpt::length(&[made(&item, max_chars).headline]);
        assert!((80..=90).contains(&length(280)), "{}", length(280));
        assert!((10..=20).contains(&length(20)), "{}", length(20));
        let refused = excerpt(&item, &a_source(0), Millis(0), Dates::Feeds).unwrap_err();
        assert_eq!(refused, "it has neither a headline nor words");
        let titled = WireItem {
            title: "台風が九州に接近".into(),
            ..item.clone()
        };
        assert_eq!(made(&titled, 5).headline, "台風が九州に接近");
    }

    #[test]
    fn the_same_item_has_the_same_digest() {
        let later = WireItem {
            published: Some(Millis(9)),
            ..an_item()
        };
        assert_eq!(
            made(&an_item(), 280).content_hash,
            made(&later, 280).content_hash
        );
        let other = WireItem {
            title: "台風が上陸".into(),
            ..an_item()
        };
        assert_ne!(
            made(&an_item(), 280).content_hash,
            made(&other, 280).content_hash
        );
    }

    #[test]
    fn dates_are_never_to_come() {
        let at = |published: Option<i64>, dates| {
            let item = WireItem {
                published: published.map(Millis),
                ..an_item()
            };
            excerpt(&item, &a_source(280), Millis(10_000), dates)
                .unwrap()
                .published_at
                .0
        };
        assert_eq!(at(Some(1_000), Dates::Feeds), 1_000);
        assert_eq!(at(Some(20_000), Dates::Feeds), 10_000);
        assert_eq!(at(Some(99_000_000), Dates::Feeds), 10_000);
        assert_eq!(at(None, Dates::Feeds), 10_000);
        assert_eq!(at(Some(1_000), Dates::Now), 10_000);
    }

    #[test]
    fn its_names_are_its_guid_and_its_address() {
        let named = made(&an_item(), 280);
        assert_eq!(
            (named.guid.as_str(), named.address.as_str()),
            ("7", "https://www.kuroshio-press.example/news/7")
        );
        let long = WireItem {
            guid: "7".repeat(513),
            ..an_item()
        };
        assert_eq!(made(&long, 280).guid.len(), 64);
    }

    #[test]
    fn an_item_leads_to_its_sources_own_site() {
        let item = |url: &str| WireItem {
            url: url.into(),
            ..an_item()
        };
        let mut source = a_source(280);
        let led = |source: &Source, url: &str| {
            excerpt(&item(url), source, Millis(0), Dates::Feeds).map(|made| made.read_more.host)
        };
        let elsewhere = Err("its address leads to another site than its source's");
        for url in [
            "https://evil.example/7",
            "https://notkuroshio-press.example/7",
            "https://kuroshio-press.example.evil.com/7",
            "https://кuroshio-press.example/7",
        ] {
            assert_eq!(led(&source, url), elsewhere, "{url}");
        }
        let own = Ok("kuroshio-press.example".to_owned());
        assert_eq!(led(&source, "https://m.kuroshio-press.example/7"), own);
        source.terms.hosts = vec!["kuroshio.example".into()];
        let other = Ok("kuroshio.example".to_owned());
        assert_eq!(led(&source, "https://www.kuroshio.example/7"), other);
    }

    #[test]
    fn an_item_without_address_or_words_is_refused() {
        let refused =
            |item: WireItem| excerpt(&item, &a_source(280), Millis(0), Dates::Feeds).unwrap_err();
        assert_eq!(
            refused(WireItem {
                url: String::new(),
                ..an_item()
            }),
            "it has no address of its own"
        );
        let bare = WireItem {
            url: an_item().url,
            ..WireItem::default()
        };
        assert_eq!(refused(bare), "it has neither a headline nor words");
    }
}
