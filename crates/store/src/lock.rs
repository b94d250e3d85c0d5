//! A data folder belongs to one process at a time.

use crate::{Error, Result};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// Holds the folder until it is dropped. The system lets go of it when the process dies, however it dies.
pub(crate) struct FolderLock(#[expect(dead_code, reason = "held, not read")] File);

impl FolderLock {
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        let fault = |source| Error::Folder {
            folder: folder.to_owned(),
            source,
        };
        fs::create_dir_all(folder).map_err(fault)?;
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(folder.join("lock"))
            .map_err(fault)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut note = String::new();
                let _ = file.read_to_string(&mut note);
                return Err(Error::Held {
                    folder: folder.to_owned(),
                    pid: note.trim().parse().ok(),
                });
            }
            Err(TryLockError::Error(source)) => return Err(fault(source)),
        }
        // The note only makes the other's sentence clearer; the lock itself is the system's.
        file.set_len(0)
            .and_then(|()| file.rewind())
            .map_err(fault)?;
        writeln!(file, "{}", std::process::id()).map_err(fault)?;
        Ok(Self(file))
    }
}
