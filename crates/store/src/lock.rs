//! A data folder belongs to one process at a time: the one that serves, or one that changes stories.

use crate::{Error, Result};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Holds the folder until it is dropped. The system lets go of it when the process dies, however it dies.
pub(crate) struct FolderLock {
    file: File,
    folder: PathBuf,
    /// Whether the folder wasn't there before.
    made: bool,
    /// Whether the last holder died without letting go, and nobody has looked since.
    pub(crate) unclean: bool,
}

impl FolderLock {
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        let fault = |source| Error::Folder {
            folder: folder.to_owned(),
            source,
        };
        let made = !folder.exists();
        fs::create_dir_all(folder).map_err(fault)?;
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(folder.join("lock"))
            .map_err(fault)?;
        let held = match file.try_lock() {
            Ok(()) => false,
            Err(TryLockError::WouldBlock) => true,
            Err(TryLockError::Error(source)) => return Err(fault(source)),
        };
        // The note makes the other's sentence clearer; the lock itself is the system's.
        let mut note = String::new();
        file.read_to_string(&mut note).map_err(fault)?;
        if held {
            return Err(Error::Held {
                folder: folder.to_owned(),
                pid: note.trim().parse().ok(),
            });
        }
        file.set_len(0).map_err(fault)?;
        writeln!(file, "{}", std::process::id()).map_err(fault)?;
        Ok(Self {
            file,
            folder: folder.to_owned(),
            made,
            unclean: !note.is_empty(),
        })
    }

    /// Takes a folder away that was made for this lock: what was to be done in it failed. While the lock is held,
    /// nobody else can have begun to use it.
    pub(crate) fn unmake(&self) {
        if self.made
            && let Err(error) = fs::remove_dir_all(&self.folder)
        {
            tracing::warn!(%error, folder = %self.folder.display(), "the new folder stays");
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // A note stays where the look it asks for did not come to a good end. If taking it away fails,
        // the next start only looks more closely than it had to.
        if !self.unclean {
            let _ = self.file.set_len(0);
        }
    }
}
