//! From an agency's feed to an excerpt in the store.
//!
//! Everything that comes in is foreign bytes: read with limits on size, depth, count and time, by
//! parsers whose panics are caught, from public addresses only. Nothing here writes SQL and nothing
//! knows of pages. Begin with [`ingest`]; feeds that are due are fetched by [`poll::Poll`].
#![forbid(unsafe_code)]

mod classify;
mod clean;
pub mod cluster;
pub mod discover;
mod excerpt;
pub mod feed;
pub mod fetch;
mod file;
pub mod folder;
#[cfg(test)]
mod labelled;
mod language;
mod mail;
mod markup;
pub mod poll;
pub mod push;
pub mod report;
mod ruled;
mod unusual;
pub mod websub;
mod whereabouts;

pub use excerpt::registrable;
use feed::{FeedComplaint, MAX_BYTES, Said};
use fetch::{Answer, Fetch, FetchError, Reach, Validators};
use file::Bytes;
use news::{Millis, Source};
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use store::Store;
use url::Url;

/// How many complaints of one feed are told by their words.
const MOST_TOLD: usize = 20;

/// Where a feed comes from.
#[derive(Clone, Debug)]
pub enum From {
    /// A file on this machine.
    File(PathBuf),
    /// An address of the public web.
    Url(Url),
    /// Bytes that are at hand already.
    InHand(Vec<u8>),
}

/// Which dates the excerpts get.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Dates {
    /// What the feed says.
    Feeds,
    /// This moment: the sample edition's dates are invented.
    Now,
}

/// What became of a feed's items.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Report {
    /// Items that the feed has.
    pub items: usize,
    /// Items that readers see for the first time.
    pub new: usize,
    /// Those of the new that wait for an editor to place them.
    pub to_place: usize,
    /// Those of the new that wait for the desk's word.
    pub held: usize,
    /// Items whose words changed.
    pub updated: usize,
    /// Items we have as they are.
    pub duplicates: usize,
    /// Items that may not stand here, or lack what an excerpt needs.
    pub refused: usize,
    /// Items that the source has taken back, heard of for the first time.
    pub killed: usize,
    /// What was wrong with the feed and with those.
    pub complaints: Vec<FeedComplaint>,
    /// What the feed says of itself.
    pub said: Said,
    /// Why what its feed brings is held.
    pub burst: Option<String>,
    /// That it speaks another language than it did.
    pub foreign: Option<String>,
}

impl Report {
    fn refuse(&mut self, complaint: FeedComplaint) {
        self.refused += 1;
        self.complaints.push(complaint);
    }

    /// Whether there was nothing to read. A feed without items is one; a damaged character is no reason.
    #[must_use]
    pub fn is_no_feed(&self) -> bool {
        let mut complaints = self.complaints.iter();
        self.items == 0
            && complaints.any(|complaint| !matches!(complaint, FeedComplaint::Damaged(_)))
    }

    /// Its complaints in one text of bounded length; `None` where there are none.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        let told = self
            .complaints
            .iter()
            .take(MOST_TOLD)
            .map(ToString::to_string);
        let more = self.complaints.len().saturating_sub(MOST_TOLD);
        let rest = (more > 0).then(|| format!("and {more} more"));
        let all: Vec<String> = told.chain(rest).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            items: _,
            new,
            to_place,
            held,
            updated,
            duplicates,
            refused,
            killed,
            complaints,
            said: _,
            burst: _,
            foreign: _,
        } = self;
        write!(f, "{new} new")?;
        match to_place {
            0 => {}
            1 => write!(f, " (1 waits for an editor to place it)")?,
            several => write!(f, " ({several} wait for an editor to place them)")?,
        }
        if *held > 0 {
            write!(f, " ({held} held for the desk)")?;
        }
        write!(
            f,
            ", {updated} updated, {duplicates} known, {refused} refused"
        )?;
        if *killed > 0 {
            write!(f, ", {killed} taken back")?;
        }
        complaints
            .iter()
            .try_for_each(|complaint| write!(f, "\n  {complaint}"))
    }
}

/// Why a feed's items are not filed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file can't be read.
    #[error("{} can't be read: {source}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The address gave no feed.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The store doesn't take them.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Reads a feed once and files its items as this source's. Again is harmless.
///
/// # Errors
/// Where the file or address gives nothing, or the store takes nothing; what is wrong with the
/// feed itself stands in the report.
pub async fn ingest(
    store: &Store,
    from: From,
    source: &Source,
    now: Millis,
    dates: Dates,
) -> Result<Report, Error> {
    let bytes = match from {
        From::File(path) => of_file(path, source).await?,
        From::InHand(bytes) => Bytes {
            bytes,
            charset: None,
            hint: whereabouts::hint(source, None),
        },
        From::Url(url) => {
            let fetched = Fetch::new(Reach::Public)?
                .get(&url, &Validators::default())
                .await?;
            match fetched {
                Answer::Body(body) => Bytes {
                    hint: whereabouts::hint(source, Some(body.url)),
                    bytes: body.bytes,
                    charset: body.charset,
                },
                // Nothing was asked conditionally.
                Answer::Unchanged(_) => return Ok(Report::default()),
            }
        }
    };
    Ok(file::file(store, source, bytes, (now, dates), None).await?)
}

async fn of_file(path: PathBuf, source: &Source) -> Result<Bytes, Error> {
    let read = {
        let path = path.clone();
        tokio::task::spawn_blocking(move || feed_file(&path))
    };
    let hint = whereabouts::hint(source, None);
    match read.await.map_err(io::Error::other).flatten() {
        Ok(bytes) => Ok(Bytes {
            bytes,
            charset: None,
            hint,
        }),
        Err(source) => Err(Error::File { path, source }),
    }
}

/// The bytes of a file, no more of them than a feed has: what says nothing of its length may have no end.
pub(crate) fn feed_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64;
    std::fs::File::open(path)?
        .take(most + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES {
        return Err(io::Error::other(
            "it is larger than 10 MiB, more than a feed has",
        ));
    }
    Ok(bytes)
}
