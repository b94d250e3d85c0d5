//! What was dealt with is put aside for a week, for whoever wants to see what came.

use news::Millis;
use std::ffi::OsString;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// An agency's whole texts are kept no longer than somebody needs to look into what went wrong.
const KEPT: i64 = 7 * Millis::DAY;

/// Where a file goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shelf {
    Done,
    Refused,
}

impl Shelf {
    const ALL: [Self; 2] = [Self::Done, Self::Refused];

    const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// Moves a file, and writes beside it what there is to say.
pub(super) async fn put(
    path: &Path,
    base: &Path,
    shelf: Shelf,
    why: Option<String>,
    now: Millis,
) -> io::Result<()> {
    let folder = base.join(shelf.name());
    tokio::fs::create_dir_all(&folder).await?;
    let Some(name) = path.file_name() else {
        return Ok(());
    };
    let place = free(&folder, name.to_owned(), now).await;
    if let Some(why) = why {
        let mut note = place.clone().into_os_string();
        note.push(".txt");
        tokio::fs::write(PathBuf::from(note), why.replace("; ", "\n") + "\n").await?;
    }
    match tokio::fs::rename(path, place).await {
        // Its owner took it away after it was read.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        moved => moved,
    }
}

/// A name that nothing has there yet: agencies send the same name again.
async fn free(folder: &Path, name: OsString, now: Millis) -> PathBuf {
    let place = folder.join(&name);
    if !tokio::fs::try_exists(&place).await.unwrap_or(true) {
        return place;
    }
    let mut other = OsString::from(format!("{}-", now.0));
    other.push(name);
    folder.join(other)
}

/// Removes what has lain aside for long enough. What can't be removed is tried again in an hour.
pub(super) async fn sweep(base: &Path, now: Millis) {
    for shelf in Shelf::ALL {
        let folder = base.join(shelf.name());
        if let Err(error) = sweep_shelf(&folder, now).await
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, folder = %folder.display(), "what lies aside can't be removed");
        }
    }
}

async fn sweep_shelf(folder: &Path, now: Millis) -> io::Result<()> {
    let mut entries = tokio::fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        let about = entry.metadata().await?;
        // When it was moved here; its own time may be the agency's.
        let moved = Millis(about.ctime().saturating_mul(1_000));
        if about.is_file() && now.since(moved) > KEPT {
            tokio::fs::remove_file(entry.path()).await?;
        }
    }
    Ok(())
}
