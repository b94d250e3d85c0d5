//! A finished page: its bytes in every encoding, its ETag, its policy and what it shows.

use crate::bless::bless;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use news::Shows;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::time::Duration;

/// A render's result, before it is pressed.
#[derive(Debug, Default)]
pub struct Fresh {
    /// The HTTP status.
    pub status: u16,
    /// The media type with its charset.
    pub content_type: String,
    /// The page, or the JSON of a reading server function.
    pub body: String,
    /// What it depends on.
    pub shows: Vec<Shows>,
    /// How long it may be kept where time itself changes it; a day otherwise.
    pub live_for: Option<Duration>,
    /// The nonce of this render; `None` where the answer is no page and runs no script.
    pub nonce: Option<String>,
    /// Further headers: where a redirect leads, what a page lets other sites embed.
    pub headers: Vec<(String, String)>,
}

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
                let is_refused = words.any(|w| {
                    w.strip_prefix("q=")
                        .and_then(|q| q.parse::<f32>().ok())
                        .is_some_and(|q| q <= 0.0)
                });
                is_named && !is_refused
            })
        };
        [Self::Br, Self::Zstd, Self::Gzip]
            .into_iter()
            .find(|coding| coding.name().is_some_and(takes))
            .unwrap_or(Self::Identity)
    }
}

/// Why a render did not become a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotPressed {
    /// Its nonce stood where no script of ours stands.
    StrayNonce,
    /// The render panicked or was given up.
    Failed,
}

/// How much work the encodings are worth.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effort {
    /// Sent many times: all encodings, small.
    Kept,
    /// Sent once (staff's pages): as it is and one quick encoding.
    Once,
}

/// A finished page as bytes.
#[derive(Debug)]
pub struct PressedPage {
    /// The HTTP status.
    pub status: u16,
    /// The media type with its charset.
    pub content_type: String,
    /// What the strong ETags of all encodings begin with.
    pub tag: String,
    /// `Content-Security-Policy`, naming the page's own scripts by their hashes.
    pub csp: String,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// What it depends on.
    pub shows: Vec<Shows>,
    /// How long it may be kept.
    pub live_for: Duration,
    raw: Bytes,
    br: Option<Bytes>,
    zstd: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// The shelf keeps no page longer than the outbox keeps its events for certain.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// Below this an encoding costs more than it saves.
const SMALL: usize = 512;

impl PressedPage {
    /// Blesses, hashes and encodes. This is work for a blocking thread.
    ///
    /// # Errors
    /// When the render's nonce stood outside its scripts.
    pub fn press(fresh: Fresh, effort: Effort) -> Result<Self, NotPressed> {
        let (body, hashes) = match &fresh.nonce {
            Some(nonce) => {
                let blessed = bless(&fresh.body, nonce).map_err(|_| NotPressed::StrayNonce)?;
                (blessed.html, blessed.hashes)
            }
            None => (fresh.body, vec![]),
        };
        let digest = Sha256::digest(body.as_bytes());
        let tag = URL_SAFE_NO_PAD.encode(digest.get(..18).unwrap_or_default());
        let worth = body.len() > SMALL;
        let kept = worth && effort == Effort::Kept;
        // Above 7 the encoder clears 16 MiB of tables a page, for one percent.
        let level = if kept { 7 } else { 4 };
        Ok(Self {
            status: fresh.status,
            content_type: fresh.content_type,
            tag,
            csp: policy(&hashes),
            headers: fresh.headers,
            shows: fresh.shows,
            live_for: fresh.live_for.unwrap_or(LONGEST).min(LONGEST),
            br: worth.then(|| brotli(body.as_bytes(), level)).flatten(),
            zstd: kept
                .then(|| zstd::encode_all(body.as_bytes(), 12).ok())
                .flatten()
                .map(Bytes::from),
            gzip: kept.then(|| gzip(body.as_bytes())).flatten(),
            raw: Bytes::from(body),
        })
    }

    /// The bytes in a coding, and the coding they are in: identity where that one isn't kept.
    #[must_use]
    pub fn bytes(&self, coding: Coding) -> (Bytes, Coding) {
        let kept = match coding {
            Coding::Identity => None,
            Coding::Br => self.br.as_ref(),
            Coding::Zstd => self.zstd.as_ref(),
            Coding::Gzip => self.gzip.as_ref(),
        };
        kept.map_or_else(
            || (self.raw.clone(), Coding::Identity),
            |bytes| (bytes.clone(), coding),
        )
    }

    /// The strong ETag of a coding: two codings of a page are two representations.
    #[must_use]
    pub fn etag(&self, coding: Coding) -> String {
        match coding.name() {
            Some(name) => format!("\"{}-{name}\"", self.tag),
            None => format!("\"{}\"", self.tag),
        }
    }

    /// Whether the client has this page already (`If-None-Match`), in whichever coding.
    #[must_use]
    pub fn is_known(&self, if_none_match: &str) -> bool {
        if_none_match.split(',').any(|one| {
            let one = one.trim().trim_start_matches("W/").trim_matches('"');
            one == "*"
                || one
                    .strip_prefix(&self.tag)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    }

    /// What it costs the shelf.
    #[must_use]
    pub fn size(&self) -> usize {
        let encoded = [&self.br, &self.zstd, &self.gzip];
        let bytes: usize = encoded.into_iter().flatten().map(Bytes::len).sum();
        self.raw.len() + bytes + self.csp.len() + 512
    }
}

/// The policy of a page whose inline scripts have these hashes.
#[must_use]
pub fn policy(hashes: &[String]) -> String {
    let own: String = hashes
        .iter()
        .map(|hash| format!(" 'sha256-{hash}'"))
        .collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{own}; style-src 'self'; \
         img-src 'self' data: blob:; media-src 'self'; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; \
         base-uri 'none'; object-src 'none'"
    )
}

fn brotli(bytes: &[u8], quality: i32) -> Option<Bytes> {
    // A window as wide as the page: a wider one only costs memory to clear.
    let window = i32::try_from(bytes.len().max(1).ilog2() + 1)
        .unwrap_or(22)
        .clamp(14, 22);
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: window,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let mut from = bytes;
    brotli::BrotliCompress(&mut from, &mut out, &params).ok()?;
    Some(Bytes::from(out))
}

fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(8));
    to.write_all(bytes).ok()?;
    to.finish().ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> PressedPage {
        let fresh = Fresh {
            status: 200,
            content_type: "text/html; charset=utf-8".into(),
            body: body.into(),
            nonce: Some("N1".into()),
            ..Fresh::default()
        };
        PressedPage::press(fresh, Effort::Kept).unwrap()
    }

    #[test]
    fn the_smallest_coding_a_client_takes() {
        let check =
            |header: &str, want: Coding| assert_eq!(Coding::accepted(header), want, "{header}");
        check("gzip, deflate, br, zstd", Coding::Br);
        check("gzip, zstd", Coding::Zstd);
        check("GZIP;q=0.5", Coding::Gzip);
        check("br;q=0, gzip", Coding::Gzip);
        check("", Coding::Identity);
        check("brotli", Coding::Identity);
    }

    #[test]
    fn every_coding_holds_the_same_page() {
        use std::io::Read;
        let long = "<p>Typhoon nears Kyushu</p>".repeat(200);
        let page = page(&format!("<script nonce=\"N1\">go()</script>{long}"));
        let (raw, _) = page.bytes(Coding::Identity);
        let mut br = Vec::new();
        brotli::BrotliDecompress(&mut page.bytes(Coding::Br).0.as_ref(), &mut br).unwrap();
        let zstd = zstd::decode_all(page.bytes(Coding::Zstd).0.as_ref()).unwrap();
        let mut gzip = Vec::new();
        flate2::read::GzDecoder::new(page.bytes(Coding::Gzip).0.as_ref())
            .read_to_end(&mut gzip)
            .unwrap();
        assert!(br == raw && zstd == raw && gzip == raw);
        assert!(
            page.csp.contains("'wasm-unsafe-eval' 'sha256-"),
            "{}",
            page.csp
        );
        assert!(page.bytes(Coding::Br).0.len() < raw.len() / 4);
    }

    #[test]
    fn a_known_tag_is_known_in_any_coding() {
        let page = page("<p>short</p>");
        for coding in [Coding::Identity, Coding::Br, Coding::Gzip] {
            assert!(page.is_known(&page.etag(coding)));
            assert!(page.is_known(&format!("\"other\", W/{}", page.etag(coding))));
        }
        assert!(!page.is_known("\"other\""));
        assert_eq!(
            page.bytes(Coding::Br).1,
            Coding::Identity,
            "too short to be worth it"
        );
    }
}
