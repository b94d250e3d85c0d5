//! Filing: items become excerpts and go to the store, ten in a transaction. What the
//! fetch learnt about its feed goes with the last of them, never before. What the source takes back
//! goes first, so that nothing of it is seen.

use crate::excerpt::excerpt;
use crate::feed::{FeedComplaint, ReadFeed, SourceHint, read_feed};
use crate::{Dates, Report, poll, ruled, unusual};
use news::{Id, Millis, PubStatus, Rules, Source, WireItem};
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use store::{Fate, FeedFetched, FileItems, KillOrder, Killed, NewExcerpt, Placing, Store};
use tokio::sync::Semaphore;

mod names;

/// Feeds that are read at the same time: reading is work of the processor's.
static READING: Semaphore = Semaphore::const_new(2);
/// SQLite has one writer, and whoever wants to write stands in its queue: one of ours at a time, so that
/// an editor's save waits for one of them and not for thirty.
pub(crate) static WRITING: Semaphore = Semaphore::const_new(1);
/// Items of one transaction: a save waits no longer than these take.
const AT_ONCE: usize = 10;

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
    let reading = move || read_feed(&feed.bytes, feed.charset.as_deref(), &feed.hint);
    file_read(store, source, reading, (now, dates), note).await
}

/// Files what some reading gives; it is done on a thread of its own.
pub(crate) async fn file_read(
    store: &Store,
    source: &Source,
    reading: impl FnOnce() -> ReadFeed + Send + 'static,
    (now, dates): (Millis, Dates),
    note: Option<Note<'_>>,
) -> store::Result<Report> {
    // Once for all of a feed's items: a rule that is saved meanwhile counts from the next fetch on.
    let rules = store.rules_in_force().await?;
    let (read, made) = read((source, rules), reading, now, dates).await;
    let mut report = Report {
        items: read.items.len(),
        complaints: read.complaints,
        said: read.said,
        ..Report::default()
    };
    let mut excerpts: Vec<NewExcerpt> = Vec::with_capacity(made.len());
    let mut kills: Vec<KillOrder> = vec![];
    for outcome in made {
        match outcome {
            Ok(Sent::News(excerpt)) => excerpts.push(*excerpt),
            Ok(Sent::Kill(order)) => kills.push(order),
            Err(complaint) => report.refuse(complaint),
        }
    }
    take_back(store, source.id, &kills, &mut report).await?;
    names::apart(&mut excerpts, source);
    // The same item twice in one feed: the first stands, or the two would overwrite each other at each fetch.
    let all = excerpts.len();
    let mut seen = HashSet::new();
    excerpts.retain(|excerpt| seen.insert((excerpt.guid.clone(), excerpt.address.clone())));
    report.duplicates += all - excerpts.len();
    // Readers see the newest first; so it gets the last number and stands above its elders.
    excerpts.sort_by_key(|excerpt| excerpt.published_at);
    let feed = note.map(|note| note(&report).feed);
    if let Some(feed) = feed {
        unusual::look(store, source.id, (feed, now), &mut excerpts, &mut report).await?;
    }
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
        let again = noted.is_some();
        store.feed_fetched(FeedFetched { again, ..all }).await?;
    }
    Ok(report)
}

async fn take_back(
    store: &Store,
    source: Id,
    kills: &[KillOrder],
    report: &mut Report,
) -> store::Result<()> {
    for some in kills.chunks(FileItems::MOST) {
        for killed in store.kill_items(source, some).await? {
            match killed {
                Killed::Now(excerpts) => {
                    tracing::info!(?excerpts, %source, "taken back by their source");
                    report.killed += excerpts.len();
                }
                Killed::Remembered => report.killed += 1,
                Killed::Known => report.duplicates += 1,
            }
        }
    }
    Ok(())
}

/// At least one, for the validators' sake.
fn batches(excerpts: Vec<NewExcerpt>) -> Vec<Vec<NewExcerpt>> {
    let mut all = vec![Vec::new()];
    for excerpt in excerpts {
        match all.last_mut() {
            Some(last) if last.len() < AT_ONCE => last.push(excerpt),
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
    // Never closed: without a permit writing is merely less polite.
    let _permit = WRITING.acquire().await.ok();
    if items.is_empty() {
        return match validators {
            Some(fetched) => store.feed_fetched(fetched).await,
            None => Ok(()),
        };
    }
    let told = |item: &NewExcerpt| (item.headline.clone(), item.placing, item.hold.is_some());
    let all: Vec<(String, Placing, bool)> = items.iter().map(told).collect();
    let fates = store
        .file_items(FileItems {
            source,
            feed,
            items,
            validators,
        })
        .await?;
    for (fate, (which, placing, hold)) in fates.into_iter().zip(all) {
        match fate {
            Fate::New(_) => {
                report.new += 1;
                report.to_place += usize::from(placing == Placing::Guess);
                report.held += usize::from(hold);
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

type Made = Vec<Result<Sent, FeedComplaint>>;

/// What a source sends.
enum Sent {
    /// News.
    News(Box<NewExcerpt>),
    /// The word that an item of its is none any more.
    Kill(KillOrder),
}

/// On a thread of its own, and without a way for a panic to get out.
async fn read(
    (source, rules): (&Source, Rules),
    reading: impl FnOnce() -> ReadFeed + Send + 'static,
    now: Millis,
    dates: Dates,
) -> (ReadFeed, Made) {
    let source = source.clone();
    // The semaphore is never closed; without a permit reading is merely less polite.
    let permit = READING.acquire().await.ok();
    let work = tokio::task::spawn_blocking(move || {
        let mut read = reading();
        newest(&mut read.items);
        let dated = read.items.iter().filter_map(|item| item.published);
        read.said.every_s = poll::every(dated, now);
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
            if item.status == PubStatus::Canceled {
                return Ok(Sent::Kill(names::of_kill(item, &source, now)));
            }
            let made = catch_unwind(AssertUnwindSafe(|| {
                let mut made = excerpt(item, &source, now, dates)?;
                ruled::apply(&rules, item, &source, &mut made);
                Ok(made)
            }));
            made.unwrap_or(Err("it could not be read"))
                .map(|excerpt| Sent::News(Box::new(excerpt)))
                .map_err(complain)
        });
        let made: Made = made.collect();
        (read, made)
    });
    let done = work.await;
    drop(permit);
    done.unwrap_or_else(|_| (ReadFeed::lost(), Vec::new()))
}

/// Of several states of one item in a message only the newest counts, whether it tells or takes back.
fn newest(items: &mut Vec<WireItem>) {
    let mut last: HashMap<String, u32> = HashMap::new();
    for (guid, version) in items
        .iter()
        .filter_map(|item| Some((&item.guid, item.version?)))
    {
        let known = last.entry(guid.clone()).or_default();
        *known = version.max(*known);
    }
    items.retain(|item| {
        item.version
            .is_none_or(|v| last.get(&item.guid).is_none_or(|last| v >= *last))
    });
}

#[cfg(test)]
mod tests;
