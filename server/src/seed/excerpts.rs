//! The agencies' items of the edition: the invented agencies' as they are written, the real agency's story
//! by the same walk as any feed's.

use super::edition::{self, Wired};
use anyhow::Context;
use ingest::{Dates, From};
use news::{Millis, ReadMore};
use sha2::{Digest, Sha256};
use store::{Fate, FileItems, NewExcerpt, Store};

/// Files all of them; how many are new.
pub(super) async fn file(store: &Store, now: Millis) -> anyhow::Result<usize> {
    let mut filed = 0;
    let mut items = edition::excerpts()?;
    items.sort_by_key(|item| std::cmp::Reverse(item.minutes_ago));
    for item in &items {
        let source = store.source(&item.source).await?;
        let source = source.with_context(|| format!("no source {}", item.source))?;
        let excerpt = excerpt(item, now).with_context(|| item.url.clone())?;
        let batch = FileItems {
            source: source.id,
            feed: None,
            items: vec![excerpt],
            validators: None,
        };
        for fate in store.file_items(batch).await? {
            match fate {
                Fate::New(_) => filed += 1,
                Fate::Update(_) | Fate::Duplicate(_) => {}
                Fate::Refused(refusal) => anyhow::bail!("{}: {refusal}", item.url),
            }
        }
    }
    Ok(filed + agency(store, now).await?)
}

fn excerpt(item: &Wired, now: Millis) -> anyhow::Result<NewExcerpt> {
    let host = item
        .url
        .split('/')
        .nth(2)
        .context("the address has no host")?;
    let digest = Sha256::digest(item.paragraphs.join("\n").as_bytes());
    Ok(NewExcerpt {
        guid: item.url.clone(),
        address: item.url.clone(),
        content_hash: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        headline: item.headline.clone(),
        paragraphs: item.paragraphs.clone(),
        given: news::excerpt::length(&item.paragraphs),
        lang: item.lang.clone(),
        section: edition::section(&item.section)?,
        placing: store::Placing::Sure,
        medtop: None,
        places: edition::places(&item.places)?,
        topics: item.topics.clone(),
        dateline: Some(item.dateline.clone()),
        read_more: ReadMore {
            url: item.url.clone(),
            host: host.to_owned(),
        },
        published_at: edition::ago(now, item.minutes_ago),
        undated: false,
        breaking: None,
        version: None,
        embargo: None,
        refuse: None,
        hold: None,
        why: "sample edition".into(),
    })
}

/// The agency's story by the same walk as any feed's. Its date is invented: it is filed as of now.
async fn agency(store: &Store, now: Millis) -> anyhow::Result<usize> {
    let source = store.source("ap").await?.context("no source ap")?;
    let feed = From::InHand(include_bytes!("ap.xml").to_vec());
    let report = ingest::ingest(store, feed, &source, now, Dates::Now).await?;
    anyhow::ensure!(report.refused == 0, "the agency's feed: {report}");
    Ok(report.new)
}
