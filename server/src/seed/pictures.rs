//! The edition's drawings: kept in the folder `media` under the hash of what is in them.

use super::edition::{self, Drawn};
use anyhow::Context;
use news::Id;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use store::{Media, Store};

#[derive(RustEmbed)]
#[folder = "src/seed/pictures"]
struct Drawings;

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 800;

/// Keeps every picture the stories have; by the story's key.
pub(super) async fn keep(store: &Store, data: &Path) -> anyhow::Result<HashMap<String, Id>> {
    let folder = data.join("media");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let mut kept = HashMap::new();
    for story in edition::stories()? {
        if let Some(drawn) = story.picture {
            let id = one(store, &folder, drawn).await?;
            kept.insert(story.key, id);
        }
    }
    Ok(kept)
}

async fn one(store: &Store, folder: &Path, drawn: Drawn) -> anyhow::Result<Id> {
    let file = Drawings::get(&drawn.file).with_context(|| format!("no drawing {}", drawn.file))?;
    let sha256: String = Sha256::digest(&file.data)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let path = folder.join(format!("{sha256}.svg"));
    if !path.exists() {
        write(&path, &file.data).with_context(|| path.display().to_string())?;
    }
    let media = Media {
        id: store.next_id(),
        sha256,
        mime: "image/svg+xml".into(),
        bytes: u64::try_from(file.data.len())?,
        width: WIDTH,
        height: HEIGHT,
        credit: drawn.credit,
        licence: "own".into(),
        alt: drawn.alt,
        caption: drawn.caption,
    };
    Ok(store.add_media(media).await?)
}

/// A file is whole or not there: written beside its place, then moved into it.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("part");
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
