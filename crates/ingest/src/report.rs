//! A table of how well folders of feeds are read: the measure of [`crate::feed`].

use crate::feed::{ReadFeed, Root, SourceHint, Way, read_feed};
use crate::feed_file;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};
use url::Url;

/// The figures of one folder.
#[derive(Clone, Debug, Default)]
pub struct FolderReport {
    /// The folder's name.
    pub name: String,
    /// All files in it and beneath.
    pub files: usize,
    /// Files whose root is that of an XML feed.
    pub xml: usize,
    /// How many of them were read as they came.
    pub raw: usize,
    /// How many after the pre-pass.
    pub pre_pass: usize,
    /// How many item by item.
    pub salvage: usize,
    /// The XML feeds that were not read.
    pub refused: Vec<PathBuf>,
    /// Files that can't be read or are larger than a feed, and why.
    pub unread: Vec<(PathBuf, String)>,
    /// Panics of the parser that were caught.
    pub panics: usize,
    /// JSON Feeds that were read.
    pub json: usize,
    /// Items of all feeds together.
    pub items: usize,
    /// Feeds that were read and have no item.
    pub empty: usize,
    /// The feed that took longest, and how long.
    pub slowest: Option<(Duration, PathBuf)>,
}

impl FolderReport {
    /// How many of its XML feeds were read.
    #[must_use]
    pub const fn parsed(&self) -> usize {
        self.raw + self.pre_pass + self.salvage
    }

    fn count(&mut self, path: &Path, read: &ReadFeed, took: Duration) {
        let xml = matches!(read.root, Some(Root::Rss | Root::Feed | Root::Rdf));
        self.xml += usize::from(xml);
        self.panics += read.panics;
        self.items += read.items.len();
        match read.way {
            Some(Way::Raw) => self.raw += 1,
            Some(Way::PrePass) => self.pre_pass += 1,
            Some(Way::Salvage) => self.salvage += 1,
            Some(Way::Json) => self.json += 1,
            // An agency's document stands in no line of feeds.
            Some(Way::Agency) => {}
            None if xml => self.refused.push(path.to_owned()),
            None => {}
        }
        self.empty += usize::from(read.way.is_some() && read.items.is_empty());
        if self
            .slowest
            .as_ref()
            .is_none_or(|(slowest, _)| took > *slowest)
        {
            self.slowest = Some((took, path.to_owned()));
        }
    }
}

/// The figures of several folders. Shown, it is a table.
#[derive(Clone, Debug, Default)]
pub struct FoldersReport {
    /// One line a folder.
    pub folders: Vec<FolderReport>,
}

/// Reads every file beneath `dir`; each folder directly in it is a line, and so are its own files.
///
/// # Errors
/// Where a folder or a file can't be read.
pub fn folders(dir: &Path) -> io::Result<FoldersReport> {
    let mut report = FoldersReport::default();
    let mut own = Vec::new();
    for path in sorted(dir)? {
        if path.is_dir() {
            let mut files = Vec::new();
            beneath(&path, &mut files)?;
            report.folders.push(folder(&path, &files)?);
        } else {
            own.push(path);
        }
    }
    if !own.is_empty() {
        report.folders.push(folder(dir, &own)?);
    }
    Ok(report)
}

fn sorted(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> = fs::read_dir(dir)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    all.sort();
    Ok(all)
}

fn beneath(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for path in sorted(dir)? {
        // A link could lead round in circles.
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            beneath(&path, files)?
        } else {
            files.push(path)
        }
    }
    Ok(())
}

fn folder(dir: &Path, files: &[PathBuf]) -> io::Result<FolderReport> {
    let name = dir
        .file_name()
        .unwrap_or(dir.as_os_str())
        .to_string_lossy()
        .into_owned();
    let mut report = FolderReport {
        name,
        files: files.len(),
        ..FolderReport::default()
    };
    let base = Url::parse("https://feed.example/").ok();
    let hint = SourceHint {
        base,
        ..SourceHint::default()
    };
    for path in files {
        // Opening a pipe would wait for its writer.
        let bytes = if path.is_file() {
            feed_file(path)
        } else {
            Err(io::Error::other("is no file"))
        };
        match bytes {
            Ok(bytes) => {
                let began = Instant::now();
                let read = read_feed(&bytes, None, &hint);
                report.count(path, &read, began.elapsed());
            }
            // One file that can't be read is no reason to say nothing of the others.
            Err(error) => report.unread.push((path.clone(), error.to_string())),
        }
    }
    Ok(report)
}

impl fmt::Display for FoldersReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<22}{:>7}{:>7}{:>7}{:>10}{:>9}{:>9}{:>8}{:>7}{:>7}{:>9}{:>9}",
            "folder",
            "files",
            "xml",
            "raw",
            "pre-pass",
            "salvage",
            "refused",
            "parsed",
            "panics",
            "json",
            "items",
            "slowest",
        )?;
        let mut all = FolderReport {
            name: "all".into(),
            ..FolderReport::default()
        };
        for folder in &self.folders {
            row(f, folder)?;
            all.files += folder.files;
            all.xml += folder.xml;
            all.raw += folder.raw;
            all.pre_pass += folder.pre_pass;
            all.salvage += folder.salvage;
            all.refused.extend(folder.refused.iter().cloned());
            all.panics += folder.panics;
            all.json += folder.json;
            all.items += folder.items;
            all.slowest = all.slowest.max(folder.slowest.clone());
        }
        row(f, &all)?;
        writeln!(
            f,
            "(panics of the parser were caught and the feed read again; slowest in ms)"
        )?;
        let mut unread = self.folders.iter().flat_map(|folder| &folder.unread);
        unread.try_for_each(|(path, why)| writeln!(f, "not read: {}: {why}", path.display()))
    }
}

fn row(f: &mut fmt::Formatter<'_>, folder: &FolderReport) -> fmt::Result {
    // Of nothing there is no share.
    let parsed = (folder.parsed() * 1000)
        .checked_div(folder.xml)
        .map_or("–".into(), |tenths| {
            format!("{}.{} %", tenths / 10, tenths % 10)
        });
    let slowest = folder
        .slowest
        .as_ref()
        .map_or(0, |(took, _)| took.as_millis());
    writeln!(
        f,
        "{:<22}{:>7}{:>7}{:>7}{:>10}{:>9}{:>9}{:>8}{:>7}{:>7}{:>9}{:>9}",
        folder.name,
        folder.files,
        folder.xml,
        folder.raw,
        folder.pre_pass,
        folder.salvage,
        folder.refused.len(),
        parsed,
        folder.panics,
        folder.json,
        folder.items,
        slowest,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_nothing_there_is_no_share() {
        let share = |xml, raw| {
            let folder = FolderReport {
                xml,
                raw,
                ..FolderReport::default()
            };
            let folders = vec![folder];
            let text = FoldersReport { folders }.to_string();
            let line = text.lines().nth(1).unwrap_or_default().to_owned();
            (line.contains("–"), line.contains("66.6 %"))
        };
        assert_eq!(share(0, 0), (true, false));
        assert_eq!(share(3, 2), (false, true));
    }
}
