//! What reading hostile files costs in memory. Alone in its process, so that the peak is its own.

use ingest::feed::{SourceHint, read_feed};
use std::path::PathBuf;

/// The most memory this process has had, in KiB; `None` where the system doesn't tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_hostile_file_takes_less_than_64_mib() {
    let root = std::env::var_os("CORPUS_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    for folder in ["hostile/feeds", "hostile/xml"] {
        let Ok(files) = std::fs::read_dir(root.join(folder)) else {
            eprintln!("skipped: no corpus (a_hostile_file_takes_less_than_64_mib)");
            return;
        };
        for path in files.map(|file| file.unwrap().path()) {
            let bytes = std::fs::read(&path).unwrap();
            let Some(before) = peak() else { return };
            let read = read_feed(&bytes, None, &SourceHint::default());
            let grown = peak().unwrap_or(before) - before;
            assert!(grown < 64 * 1024, "{grown} KiB {}", path.display());
            drop(read);
        }
    }
}
