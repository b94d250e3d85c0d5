//! Pictures as the store knows them: addressed by what they contain. The bytes are kept elsewhere.

use crate::sql::{maybe, run, sql};
use crate::{Result, Store, count, number, text};
use news::{Id, Refusal};

macro_rules! media {
    ($rest:literal) => {
        concat!("SELECT id, sha256, mime, bytes, width, height, credit, licence, alt, caption FROM media ", $rest)
    };
}

sql! {
    BY_ID = media!("WHERE id = $1");
    BY_SHA256 = media!("WHERE sha256 = $1");
    ADD = "INSERT INTO media(id, sha256, mime, bytes, width, height, credit, licence, alt, caption)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (sha256) DO NOTHING";
}

/// A picture.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Media {
    /// Its number.
    pub id: Id,
    /// The digest of its bytes, in hex: its name.
    pub sha256: String,
    /// Its media type.
    pub mime: String,
    /// Its size.
    pub bytes: u64,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Whose it is.
    pub credit: String,
    /// Under which licence.
    pub licence: String,
    /// What it shows; empty for decoration.
    pub alt: String,
    /// What stands under it.
    pub caption: String,
}

impl Media {
    /// Its address on this site.
    #[must_use]
    pub fn url(&self) -> String {
        url(&self.sha256, &self.mime)
    }
}

pub(crate) fn url(sha256: &str, mime: &str) -> String {
    let extension = match mime {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/avif" => "avif",
        "image/gif" => "gif",
        "image/svg+xml" => "svg",
        _ => "bin",
    };
    format!("/media/{sha256}.{extension}")
}

#[derive(sqlx::FromRow)]
struct MediaRow {
    id: i64,
    sha256: String,
    mime: String,
    bytes: i64,
    width: i64,
    height: i64,
    credit: String,
    licence: String,
    alt: String,
    caption: String,
}

impl Store {
    /// Adds a picture; the number of the one with these bytes, which may have been there before.
    pub async fn add_media(&self, new: Media) -> Result<Id> {
        if new.sha256.len() != 64 || !new.sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(
                Refusal::Invalid("A picture is named by its SHA-256 in hex.".into()).into(),
            );
        }
        let sha256 = new.sha256.to_ascii_lowercase();
        let (mime, licence) = (text::line(&new.mime)?, text::line(&new.licence)?);
        let (credit, alt) = (text::line(&new.credit)?, text::line(&new.alt)?);
        let (caption, bytes) = (text::line(&new.caption)?, count(new.bytes)?);
        let (width, height) = (i64::from(new.width), i64::from(new.height));
        let mut tx = self.write().await?;
        run!(tx; ADD, new.id.0, sha256.as_str(), mime.as_str(), bytes, width, height,
            credit.as_str(), licence.as_str(), alt.as_str(), caption.as_str())?;
        let row: Option<MediaRow> = maybe!(tx tx; BY_SHA256, sha256.as_str())?;
        tx.commit().await?;
        Ok(row.map_or(new.id, |row| Id(row.id)))
    }

    /// A picture by number.
    pub async fn media(&self, id: Id) -> Result<Option<Media>> {
        let row: Option<MediaRow> = maybe!(read self.db(); BY_ID, id.0)?;
        row.map(MediaRow::media).transpose()
    }

    /// A picture by the digest of its bytes.
    pub async fn media_by_sha256(&self, sha256: &str) -> Result<Option<Media>> {
        let row: Option<MediaRow> = maybe!(read self.db(); BY_SHA256, sha256)?;
        row.map(MediaRow::media).transpose()
    }
}

impl MediaRow {
    fn media(self) -> Result<Media> {
        let pixels = |n: i64| u32::try_from(n).unwrap_or_default();
        Ok(Media {
            id: Id(self.id),
            sha256: self.sha256,
            mime: self.mime,
            bytes: number(self.bytes)?,
            width: pixels(self.width),
            height: pixels(self.height),
            credit: self.credit,
            licence: self.licence,
            alt: self.alt,
            caption: self.caption,
        })
    }
}
