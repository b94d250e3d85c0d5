//! Content codings: which ones a client takes, and the bytes in each.

use bytes::Bytes;
use std::io::Write;

/// A content coding we keep pages in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// Brotli.
    Br,
    /// Zstandard.
    Zstd,
    /// Gzip.
    Gzip,
}

impl Coding {
    /// All of them, the one we would rather send first.
    pub const ALL: [Self; 4] = [Self::Br, Self::Zstd, Self::Gzip, Self::Identity];

    /// The word of `Content-Encoding`; none for the identity.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Br => Some("br"),
            Self::Zstd => Some("zstd"),
            Self::Gzip => Some("gzip"),
        }
    }

    /// What of ours the client takes (`Accept-Encoding`), the smallest first: br, zstd, gzip.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let takes = |name: &str| {
            header.split(',').any(|part| {
                let mut words = part.split(';').map(str::trim);
                let is_named = words
                    .next()
                    .is_some_and(|word| word.eq_ignore_ascii_case(name));
                let is_refused = words.any(|word| {
                    word.split_once('=')
                        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
                        .and_then(|(_, weight)| weight.trim().parse::<f32>().ok())
                        .is_some_and(|weight| weight <= 0.0)
                });
                is_named && !is_refused
            })
        };
        Self::ALL
            .into_iter()
            .find(|coding| coding.name().is_some_and(takes))
            .unwrap_or(Self::Identity)
    }
}

/// Brotli; below level 8, because above 7 the encoder clears 16 MiB of tables a page, for one percent.
pub(crate) fn brotli(bytes: &[u8], level: i32) -> Option<Bytes> {
    // A window as wide as the page: a wider one only costs memory to clear.
    let window = i32::try_from(bytes.len().max(1).ilog2() + 1)
        .unwrap_or(22)
        .clamp(14, 22);
    let params = brotli::enc::BrotliEncoderParams {
        quality: level,
        lgwin: window,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let mut from = bytes;
    brotli::BrotliCompress(&mut from, &mut out, &params).ok()?;
    Some(Bytes::from(out))
}

pub(crate) fn zstd(bytes: &[u8]) -> Option<Bytes> {
    zstd::encode_all(bytes, 12).ok().map(Bytes::from)
}

pub(crate) fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(8));
    to.write_all(bytes).ok()?;
    to.finish().ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_coding_a_client_takes() {
        let check =
            |header: &str, want: Coding| assert_eq!(Coding::accepted(header), want, "{header}");
        check("gzip, deflate, br, zstd", Coding::Br);
        check("gzip, zstd", Coding::Zstd);
        check("GZIP;q=0.5", Coding::Gzip);
        check("br;q=0, gzip", Coding::Gzip);
        check("br;Q=0, GZip", Coding::Gzip);
        check("br ; q = 0.000, zstd;Q=1", Coding::Zstd);
        check("", Coding::Identity);
        check("brotli", Coding::Identity);
    }
}
