//! One asset: named by its hash, with its two compressed forms beside it.

use anyhow::Result;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::Path;

/// An asset that stands in the site's folder.
pub(crate) struct Packed {
    /// The name with the hash: `site.1f2e3d4c.js`.
    pub(crate) name: String,
}

impl Packed {
    /// The asset of that name, if it stands with both its forms.
    pub(crate) fn found(site: &Path, name: &str) -> Option<Self> {
        let all = ["", ".br", ".gz"]
            .iter()
            .all(|form| site.join(format!("{name}{form}")).exists());
        all.then(|| Self {
            name: name.to_owned(),
        })
    }

    /// Bytes raw, gz and br.
    pub(crate) fn sizes(&self, site: &Path) -> Result<[u64; 3]> {
        let size = |form: &str| -> Result<u64> {
            Ok(fs::metadata(site.join(format!("{}{form}", self.name)))?.len())
        };
        Ok([size("")?, size(".gz")?, size(".br")?])
    }
}

/// Writes `bytes` under a hashed name. `small` spends time on size.
///
/// The name is by content and finish, so a file that is there is right and is not made again.
pub(crate) fn pack(site: &Path, name: &str, bytes: &[u8], small: bool) -> Result<Packed> {
    let finish: &[u8] = if small { b"small" } else { b"quick" };
    let hash = hash(&[bytes, finish].concat());
    let name = match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    };
    if let Some(packed) = Packed::found(site, &name) {
        return Ok(packed);
    }
    fs::write(site.join(&name), bytes)?;
    fs::write(
        site.join(format!("{name}.br")),
        brotli(bytes, if small { 11 } else { 1 })?,
    )?;
    let level = if small {
        Compression::best()
    } else {
        Compression::fast()
    };
    let mut gz = GzEncoder::new(Vec::new(), level);
    gz.write_all(bytes)?;
    fs::write(site.join(format!("{name}.gz")), gz.finish()?)?;
    Ok(Packed { name })
}

/// The first characters of the content's hash: enough for a name.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn brotli(bytes: &[u8], quality: u32) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 1 << 16, quality, 22).write_all(bytes)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{Packed, pack};

    #[test]
    fn a_name_follows_the_content_and_all_forms_stand() {
        let site = std::env::temp_dir().join(format!("asian-news-pack-{}", std::process::id()));
        std::fs::create_dir_all(&site).unwrap();
        let one = pack(&site, "main.css", b"p { margin: 0 }", true).unwrap();
        let same = pack(&site, "main.css", b"p { margin: 0 }", true).unwrap();
        let other = pack(&site, "main.css", b"p { margin: 1px }", true).unwrap();
        assert_eq!(one.name, same.name);
        assert_ne!(one.name, other.name);
        assert!(one.name.starts_with("main.") && one.name.ends_with(".css"));
        assert!(Packed::found(&site, &one.name).is_some());
        std::fs::remove_dir_all(site).unwrap();
    }
}
