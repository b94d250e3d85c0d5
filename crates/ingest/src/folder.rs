//! The watched folder: agencies put files there, by whatever means, and each is filed as its source's.
//!
//! `{source}/` takes documents and feeds, `{source}/mail/` and `{source}/mail/new/` take mail. What was
//! filed goes to `done/` beside it, what can't be filed to `refused/` with the reason in a `.txt`. A file
//! is moved after its items are in the store and never before: whatever ends the program meanwhile, the
//! file is filed again, which is harmless. The layout is contract 005.

mod aside;
mod settled;

use crate::file::{Bytes, file, file_read};
use crate::mail::read_mail;
use crate::{Dates, Report, feed_file, whereabouts};
use aside::{Shelf, put};
use news::{Millis, Source};
use settled::{Found, Settled, found};
use std::collections::HashSet;
use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use store::Store;

/// Files of one source that are taken in one look: the others' turn comes, too.
const AT_ONCE: usize = 200;
/// What can't be read may still be on its way for so long after it changed last.
const PATIENCE: i64 = Millis::MINUTE;

/// A folder that is looked at again and again.
pub struct Watch {
    store: Store,
    folder: PathBuf,
    settled: Settled,
    /// Folders that nothing can be taken from, which were told of already.
    told: HashSet<PathBuf>,
    swept: Millis,
}

/// A file that was dealt with.
#[derive(Debug)]
pub struct Taken {
    /// Where it lay.
    pub path: PathBuf,
    /// Whose it is.
    pub source: String,
    /// What became of its items, or why it couldn't be read.
    pub outcome: Result<Report, String>,
}

/// How a file is read.
#[derive(Clone, Copy, Debug)]
enum Way {
    Document,
    Mail,
}

impl Watch {
    /// Of this folder.
    #[must_use]
    pub fn new(store: Store, folder: PathBuf) -> Self {
        Self {
            store,
            folder,
            settled: Settled::default(),
            told: HashSet::new(),
            swept: Millis(0),
        }
    }

    /// Takes what lies there and doesn't change any more.
    ///
    /// # Errors
    /// Where the folder can't be read, or the store takes nothing; the files stay where they are then.
    pub async fn look(&mut self, now: Millis) -> Result<Vec<Taken>, Trouble> {
        let mut taken = Vec::new();
        let mut seen = HashSet::new();
        let sweeps = now.since(self.swept) >= Millis::HOUR;
        for name in folders(&self.folder).await? {
            let Some(source) = self.source(&name).await? else {
                continue;
            };
            let home = self.folder.join(&name);
            let mail = home.join("mail");
            for (from, base, way) in [
                (home.clone(), &home, Way::Document),
                (mail.clone(), &mail, Way::Mail),
                (mail.join("new"), &mail, Way::Mail),
            ] {
                let files = match found(&from).await {
                    Ok(files) => files,
                    // One agency's folder must not stand in the way of the others'.
                    Err(error) => {
                        self.tell(&from, &error);
                        continue;
                    }
                };
                seen.extend(files.iter().map(|file| file.path.clone()));
                for file in files.into_iter().take(AT_ONCE) {
                    taken.extend(self.take(&source, file, base, way, now).await?);
                }
            }
            if sweeps {
                aside::sweep(&home, now).await;
                aside::sweep(&mail, now).await;
            }
        }
        if sweeps {
            self.swept = now;
        }
        self.settled.keep(&seen);
        Ok(taken)
    }

    /// The source a folder is named after.
    async fn source(&mut self, name: &str) -> store::Result<Option<Source>> {
        let source = self.store.source(name).await?;
        let source = source.filter(|source| source.slug == name);
        if source.is_none() {
            self.tell(&self.folder.join(name), &"there is no such source");
        }
        Ok(source)
    }

    fn tell(&mut self, folder: &Path, why: &dyn Display) {
        if self.told.insert(folder.to_owned()) {
            let folder = folder.display();
            tracing::warn!(%folder, %why, "nothing is taken from this folder");
        }
    }

    async fn take(
        &mut self,
        source: &Source,
        file: Found,
        base: &Path,
        way: Way,
        now: Millis,
    ) -> Result<Option<Taken>, Trouble> {
        if !self.settled.is_due(&file, now) {
            return Ok(None);
        }
        let bytes = match read(&file.path).await {
            Ok(bytes) => Ok(bytes),
            // Its owner took it away again.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => Err(error.to_string()),
        };
        let outcome = match bytes {
            Ok(bytes) => Ok(self.file(source, bytes, way, now).await?),
            Err(why) => Err(why),
        };
        let (shelf, why) = match &outcome {
            Ok(report) if report.new + report.updated + report.duplicates + report.killed > 0 => {
                (Shelf::Done, report.complaint())
            }
            Ok(report) if report.is_no_feed() && !self.settled.waited(&file, now, PATIENCE) => {
                return Ok(None);
            }
            Ok(report) => {
                let why = report.complaint();
                (
                    Shelf::Refused,
                    Some(why.unwrap_or_else(|| "there is nothing in it".into())),
                )
            }
            Err(why) => (Shelf::Refused, Some(why.clone())),
        };
        if let Err(error) = put(&file.path, base, shelf, why, now).await {
            // It is in the store and will be taken again in a minute, which changes nothing there.
            tracing::warn!(path = %file.path.display(), %error, "a file can't be put aside");
            self.settled.postpone(&file, now, PATIENCE);
        }
        Ok(Some(Taken {
            path: file.path,
            source: source.slug.clone(),
            outcome,
        }))
    }

    async fn file(
        &self,
        source: &Source,
        bytes: Vec<u8>,
        way: Way,
        now: Millis,
    ) -> store::Result<Report> {
        let hint = whereabouts::hint(source, None);
        let when = (now, Dates::Feeds);
        match way {
            Way::Document => {
                let charset = None;
                let bytes = Bytes {
                    bytes,
                    charset,
                    hint,
                };
                file(&self.store, source, bytes, when, None).await
            }
            Way::Mail => {
                let senders = self.store.way_in(source.id).await?.senders;
                let reading = move || read_mail(&bytes, &senders, &hint);
                file_read(&self.store, source, reading, when, None).await
            }
        }
    }
}

/// Why a look ended early.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The store's.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The folder's.
    #[error("the watched folder: {0}")]
    Folder(#[from] io::Error),
}

/// The names of the folders in a folder, in their order.
async fn folders(folder: &Path) -> io::Result<Vec<String>> {
    let mut all = Vec::new();
    let mut entries = tokio::fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        // A link is none: it could lead out of the folder.
        if entry.file_type().await?.is_dir() {
            all.extend(entry.file_name().into_string());
        }
    }
    all.sort_unstable();
    Ok(all)
}

async fn read(path: &Path) -> io::Result<Vec<u8>> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || feed_file(&path)).await;
    read.map_err(io::Error::other).flatten()
}
