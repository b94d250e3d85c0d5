//! Sees which sources have changed, by their times. A walk over our own few hundred files takes a
//! millisecond, so no watcher of the system is needed.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How often we look.
const PAUSE: Duration = Duration::from_millis(400);

/// What a source goes into.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Part {
    /// Styles, scripts, the editor module.
    Looks,
    /// The server.
    Server,
    /// The browser's code.
    Islands,
}

/// Folders and files, and what they go into.
const SOURCES: [(&str, &[Part]); 9] = [
    ("style", &[Part::Looks]),
    ("public", &[Part::Looks]),
    ("frontend/editor/src", &[Part::Looks]),
    ("frontend/src", &[Part::Islands]),
    ("app", &[Part::Server, Part::Islands]),
    ("crates/news", &[Part::Server, Part::Islands]),
    ("crates", &[Part::Server]),
    ("server", &[Part::Server]),
    ("Cargo.toml", &[Part::Server, Part::Islands]),
];

/// The newest time seen under each source.
pub(super) struct Watch {
    seen: Vec<Option<SystemTime>>,
}

impl Watch {
    /// Remembers how the sources stand.
    pub(super) fn begin() -> Self {
        Self { seen: look() }
    }

    /// Waits for a change and says what it goes into; empty when `goes_on` no longer holds.
    pub(super) fn wait(&mut self, mut goes_on: impl FnMut() -> bool) -> Vec<Part> {
        while goes_on() {
            std::thread::sleep(PAUSE);
            let now = look();
            let mut changed: Vec<Part> = Vec::new();
            for ((_, parts), (before, after)) in SOURCES.iter().zip(self.seen.iter().zip(&now)) {
                if before != after {
                    let new: Vec<Part> = parts
                        .iter()
                        .filter(|part| !changed.contains(part))
                        .copied()
                        .collect();
                    changed.extend(new);
                }
            }
            if !changed.is_empty() {
                self.seen = now;
                return changed;
            }
        }
        Vec::new()
    }
}

fn look() -> Vec<Option<SystemTime>> {
    SOURCES
        .iter()
        .map(|(source, _)| newest(Path::new(source)))
        .collect()
}

/// The newest time of a file or of anything below a folder; a folder's own time tells of removals.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).and_then(|found| found.modified()).ok();
    let Ok(entries) = fs::read_dir(path) else {
        return own;
    };
    entries
        .flatten()
        .filter_map(|entry| newest(&entry.path()))
        .chain(own)
        .max()
}

#[cfg(test)]
mod tests {
    use super::newest;

    #[test]
    fn a_new_file_in_a_folder_below_is_seen() {
        let root = std::env::temp_dir().join(format!("asian-news-watch-{}", std::process::id()));
        let below = root.join("story");
        std::fs::create_dir_all(&below).unwrap();
        let before = newest(&root);
        std::thread::sleep(std::time::Duration::from_millis(20));
        std::fs::write(below.join("page.rs"), "//! A page.").unwrap();
        assert!(newest(&root) > before);
        std::fs::remove_dir_all(root).unwrap();
    }
}
