//! Which files are whole, as far as one can see: those that haven't changed for a while.

use news::Millis;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A file that is being written grows, or is touched, more often than this.
const QUIET: i64 = 2_000;

/// A file as it lies there now.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    state: (u64, SystemTime),
}

/// The files of a folder, the eldest first. Where there is no such folder, there are none.
pub(super) async fn found(folder: &Path) -> io::Result<Vec<Found>> {
    let mut all = Vec::new();
    let mut entries = match tokio::fs::read_dir(folder).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(all),
        Err(error) => return Err(error),
    };
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name();
        if is_on_its_way(&name.to_string_lossy()) || !entry.file_type().await?.is_file() {
            continue;
        }
        // It may be renamed or taken away at this moment.
        if let Ok(about) = entry.metadata().await {
            let modified = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let state = (about.len(), modified);
            let path = entry.path();
            all.push(Found { path, state });
        }
    }
    all.sort_unstable_by(|a, b| (a.state.1, &a.path).cmp(&(b.state.1, &b.path)));
    Ok(all)
}

/// Names that programs give to files they haven't written to the end.
fn is_on_its_way(name: &str) -> bool {
    let ends = [".tmp", ".part", ".partial", ".filepart", ".swp", "~"];
    let name = name.to_ascii_lowercase();
    name.starts_with('.') || ends.iter().any(|end| name.ends_with(end))
}

/// What was seen of files at the looks before.
#[derive(Debug, Default)]
pub(super) struct Settled(HashMap<PathBuf, Seen>);

#[derive(Debug)]
struct Seen {
    state: (u64, SystemTime),
    since: Millis,
    /// It was read, and wasn't whole.
    waits: Option<i64>,
}

impl Settled {
    /// Whether a file is the same for long enough to be taken.
    pub(super) fn is_due(&mut self, file: &Found, now: Millis) -> bool {
        let fresh = || Seen {
            state: file.state,
            since: now,
            waits: None,
        };
        let seen = self.0.entry(file.path.clone()).or_insert_with(fresh);
        if seen.state != file.state {
            *seen = fresh();
        }
        now.since(seen.since) >= seen.waits.unwrap_or(QUIET)
    }

    /// Whether a file that wasn't whole is the same for so long now; if not, it isn't due before.
    pub(super) fn waited(&mut self, file: &Found, now: Millis, patience: i64) -> bool {
        let seen = self.0.get_mut(&file.path);
        seen.is_none_or(|seen| {
            seen.waits = Some(patience);
            now.since(seen.since) >= patience
        })
    }

    /// Lets a file lie for a while as if it had come now.
    pub(super) fn postpone(&mut self, file: &Found, now: Millis, patience: i64) {
        if let Some(seen) = self.0.get_mut(&file.path) {
            seen.since = now;
            seen.waits = Some(patience);
        }
    }

    /// Forgets files that lie there no more.
    pub(super) fn keep(&mut self, there: &HashSet<PathBuf>) {
        self.0.retain(|path, _| there.contains(path));
    }
}
