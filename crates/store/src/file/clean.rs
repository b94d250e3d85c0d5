//! The door of the store: an item's texts as they are kept, or why it may not stand here.

use super::Batch;
use crate::place::{paragraphs, within};
use crate::{Error, NewExcerpt, Result, licence, text};
use news::{Millis, Refusal, StoryId};

/// An item after the door.
pub(super) struct Clean {
    pub(super) url: String,
    pub(super) topics: Vec<String>,
    pub(super) why: String,
    pub(super) headline: String,
    pub(super) words: Vec<String>,
    pub(super) given: i64,
    pub(super) dateline: Option<String>,
    pub(super) breaking: Option<String>,
    pub(super) host: String,
    /// Whether it is too old for news. Asked only when it first comes.
    pub(super) archive: bool,
}

/// One item's texts, or why it may not stand here.
pub(super) fn clean(
    batch: &Batch<'_>,
    item: &NewExcerpt,
    stands: Option<StoryId>,
) -> Result<Clean> {
    let invalid = |sentence: &str| Error::Refused(Refusal::Invalid(sentence.into()));
    let (headline, words) = (text::line(&item.headline)?, paragraphs(&item.paragraphs)?);
    let (url, host) = (
        text::line(&item.read_more.url)?,
        text::line(&item.read_more.host)?,
    );
    if let (Some(why), None) = (&item.refuse, stands) {
        return Err(invalid(&text::line(why)?));
    }
    if headline.is_empty() {
        return Err(invalid("The item has no headline."));
    }
    // The way to the rest is part of every excerpt, and it is never an address that a browser would run.
    if host.is_empty() || !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err(invalid(
            "The item doesn't say where the whole story stands.",
        ));
    }
    if let Some(why) = licence::refuses(batch.source, item.published_at, Millis(batch.at)) {
        return Err(invalid(&why));
    }
    within(&words, &batch.source.name, &batch.source.terms, item.given)?;
    let topics = item
        .topics
        .iter()
        .map(|t| text::line(t))
        .collect::<Result<Vec<_>>>()?;
    let (why, dateline) = (
        text::line(&item.why)?,
        text::optional(item.dateline.as_deref())?,
    );
    let days = batch.days_of_archive(batch.published_at(item));
    let days = days.filter(|_| stands.is_none());
    let why = match days {
        Some(days) => format!("{why}; date: {days} days old when it came, for the archive"),
        None => why,
    };
    Ok(Clean {
        archive: days.is_some(),
        url,
        topics,
        why,
        headline,
        words,
        given: i64::try_from(item.given).unwrap_or(i64::MAX),
        dateline,
        breaking: text::optional(item.breaking.as_deref())?,
        host,
    })
}
