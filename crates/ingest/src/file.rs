//! Filing: items become excerpts and go to the store, at most a hundred in a transaction. What the
//! fetch learnt about its feed goes with the last of them, never before.

use crate::excerpt::excerpt;
use crate::feed::{FeedComplaint, ReadFeed, SourceHint, read_feed};
use crate::{Dates, Report};
use news::{Id, Millis, Source};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use store::{Fate, FeedFetched, FileItems, NewExcerpt, Placing, Store};
use tokio::sync::Semaphore;

mod names;

/// Feeds that are read at the same time: reading is work of the processor's.
static READING: Semaphore = Semaphore::const_new(2);

/// A feed's bytes, and what is to be known for reading them.
pub(crate) struct Bytes {
    pub(crate) bytes: Vec<u8>,
    pub(crate) charset: Option<String>,
    pub(crate) hint: SourceHint,
}

/// What is noted with a feed of what became of its fetch.
pub(crate) type Note<'a> = &'a (dyn Fn(&Report) -> FeedFetched + Send + Sync);

/// Reads and files a feed of this source.
pub(crate) async fn file(
    store: &Store,
    source: &Source,
    feed: Bytes,
    (now, dates): (Millis, Dates),
    note: Option<Note<'_>>,
) -> store::Result<Report> {
    let (read, made) = read(source, feed, now, dates).await;
    let mut report = Report {
        items: read.items.len(),
        complaints: read.complaints,
        ..Report::default()
    };
    let mut excerpts: Vec<NewExcerpt> = Vec::with_capacity(made.len());
    for outcome in made {
        match outcome {
            Ok(excerpt) => excerpts.push(excerpt),
            Err(complaint) => report.refuse(complaint),
        }
    }
    names::apart(&mut excerpts, source);
    // The same item twice in one feed: the first stands, or the two would overwrite each other at each fetch.
    let all = excerpts.len();
    let mut seen = HashSet::new();
    excerpts.retain(|excerpt| seen.insert((excerpt.guid.clone(), excerpt.address.clone())));
    report.duplicates += all - excerpts.len();
    // Readers see the newest first; so it gets the last number and stands above its elders.
    excerpts.sort_by_key(|excerpt| excerpt.published_at);
    let feed = note.map(|note| note(&report).feed);
    let batches = batches(excerpts);
    let last = batches.len().saturating_sub(1);
    let mut noted = None;
    for (at, items) in batches.into_iter().enumerate() {
        noted = note.filter(|_| at == last).map(|note| note(&report));
        file_batch(store, source.id, feed, items, noted.clone(), &mut report).await?;
    }
    // What the store has against the last of them is known only now.
    let all = note
        .map(|note| note(&report))
        .filter(|all| noted.as_ref() != Some(all));
    if let Some(all) = all {
        store.feed_fetched(all).await?;
    }
    Ok(report)
}

/// At least one, for the validators' sake.
fn batches(excerpts: Vec<NewExcerpt>) -> Vec<Vec<NewExcerpt>> {
    let mut all = vec![Vec::new()];
    for excerpt in excerpts {
        match all.last_mut() {
            Some(last) if last.len() < FileItems::MOST => last.push(excerpt),
            _ => all.push(vec![excerpt]),
        }
    }
    all
}

async fn file_batch(
    store: &Store,
    source: Id,
    feed: Option<Id>,
    items: Vec<NewExcerpt>,
    validators: Option<FeedFetched>,
    report: &mut Report,
) -> store::Result<()> {
    if items.is_empty() {
        return match validators {
            Some(fetched) => store.feed_fetched(fetched).await,
            None => Ok(()),
        };
    }
    let told = |item: &NewExcerpt| (item.headline.clone(), item.placing);
    let all: Vec<(String, Placing)> = items.iter().map(told).collect();
    let fates = store
        .file_items(FileItems {
            source,
            feed,
            items,
            validators,
        })
        .await?;
    for (fate, (which, placing)) in fates.into_iter().zip(all) {
        match fate {
            Fate::New(_) => {
                report.new += 1;
                report.to_place += usize::from(placing == Placing::Guess);
            }
            Fate::Update(_) => report.updated += 1,
            Fate::Duplicate(_) => report.duplicates += 1,
            Fate::Refused(why) => report.refuse(FeedComplaint::Item {
                which,
                why: why.to_string(),
            }),
        }
    }
    Ok(())
}

type Made = Vec<Result<NewExcerpt, FeedComplaint>>;

/// On a thread of its own, and without a way for a panic to get out.
async fn read(source: &Source, feed: Bytes, now: Millis, dates: Dates) -> (ReadFeed, Made) {
    let source = source.clone();
    // The semaphore is never closed; without a permit reading is merely less polite.
    let permit = READING.acquire().await.ok();
    let work = tokio::task::spawn_blocking(move || {
        let read = read_feed(&feed.bytes, feed.charset.as_deref(), &feed.hint);
        let made = read.items.iter().map(|item| {
            let which = || {
                [&item.title, &item.url, &item.guid]
                    .into_iter()
                    .find(|t| !t.is_empty())
            };
            let complain = |why: &str| FeedComplaint::Item {
                which: which().cloned().unwrap_or_else(|| "an item".into()),
                why: why.to_owned(),
            };
            let made = catch_unwind(AssertUnwindSafe(|| excerpt(item, &source, now, dates)));
            made.unwrap_or(Err("it could not be read"))
                .map_err(complain)
        });
        let made: Made = made.collect();
        (read, made)
    });
    let done = work.await;
    drop(permit);
    done.unwrap_or_else(|_| (ReadFeed::lost(), Vec::new()))
}

#[cfg(test)]
mod tests;
