//! A finished page: its bytes in every coding, each with the head it is sent with, and what it shows.

use crate::bless::bless;
use crate::coding::{Coding, brotli, gzip, zstd};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use news::Shows;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A render's result, before it is pressed.
#[derive(Debug, Default)]
pub struct Fresh {
    /// The HTTP status.
    pub status: StatusCode,
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
    /// Who may keep the answer.
    pub keep: Keep,
    /// What else is said with it, whichever coding it is sent in: where a redirect leads, what the site
    /// says with every answer. The policy of a page that runs scripts takes the place of the one in here.
    pub headers: HeaderMap,
}

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Keep {
    /// Everybody, for a moment.
    Shared,
    /// Nobody: it is one person's.
    #[default]
    Never,
}

impl Keep {
    const fn cache_control(self, status: StatusCode) -> &'static str {
        match (self, status.as_u16()) {
            (Self::Shared, 200 | 301 | 410) => {
                // What is withdrawn must be gone from every cache within a minute, also while we don't answer.
                "public, max-age=0, s-maxage=10, stale-while-revalidate=30, stale-if-error=45"
            }
            (Self::Shared, 404) => "public, max-age=0, s-maxage=5",
            (Self::Shared, _) => "no-store",
            (Self::Never, _) => "private, no-store",
        }
    }

    const fn vary(self) -> &'static str {
        match self {
            Self::Shared => "Accept-Encoding",
            Self::Never => "Accept-Encoding, Cookie",
        }
    }
}

/// Why a render did not become a page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotPressed {
    /// Its nonce stood where no script of ours stands.
    StrayNonce,
    /// The render took too long and was given up.
    Late,
    /// The render panicked.
    Failed,
}

/// A finished page: all that is sent is made once, and handed out by reference.
#[derive(Debug)]
pub struct PressedPage {
    /// The HTTP status.
    pub status: StatusCode,
    /// What it depends on.
    pub shows: Vec<Shows>,
    /// How long it may be kept.
    pub live_for: Duration,
    /// What the strong ETags of all codings begin with; none where nobody may keep the page.
    tag: Option<String>,
    /// The codings it is kept in; the identity, which every client takes, is the last.
    forms: Vec<Form>,
}

/// The page in one coding.
#[derive(Debug)]
struct Form {
    coding: Coding,
    head: HeaderMap,
    body: Bytes,
}

/// The shelf keeps no page longer than the outbox keeps its events for certain.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// Below this a coding costs more than it saves.
const SMALL: usize = 512;

impl PressedPage {
    /// Blesses, hashes and encodes: in all codings what is sent many times, in one quick coding what is
    /// sent once. This is work for a blocking thread.
    ///
    /// # Errors
    /// When the render's nonce stood outside its scripts.
    pub fn press(fresh: Fresh) -> Result<Self, NotPressed> {
        let Fresh {
            status,
            keep,
            mut headers,
            ..
        } = fresh;
        let body = match &fresh.nonce {
            Some(nonce) => {
                let blessed = bless(&fresh.body, nonce).map_err(|_| NotPressed::StrayNonce)?;
                set(
                    &mut headers,
                    header::CONTENT_SECURITY_POLICY,
                    &policy(&blessed.hashes),
                );
                blessed.html
            }
            None => fresh.body,
        };
        set(&mut headers, header::CONTENT_TYPE, &fresh.content_type);
        set(
            &mut headers,
            header::CACHE_CONTROL,
            keep.cache_control(status),
        );
        set(&mut headers, header::VARY, keep.vary());
        let tag = (keep == Keep::Shared).then(|| {
            let digest = Sha256::digest(body.as_bytes());
            URL_SAFE_NO_PAD.encode(digest.get(..18).unwrap_or_default())
        });
        let is_worth_it = body.len() > SMALL;
        let is_kept = is_worth_it && keep == Keep::Shared && is_kept(status);
        let body = Bytes::from(body);
        let forms = Coding::ALL.into_iter().filter_map(|coding| {
            let body = match coding {
                Coding::Identity => Some(body.clone()),
                Coding::Br if is_kept => brotli(&body, 7),
                Coding::Br if is_worth_it => brotli(&body, 4),
                Coding::Zstd if is_kept => zstd(&body),
                Coding::Gzip if is_kept => gzip(&body),
                _ => None,
            }?;
            let mut head = headers.clone();
            if let Some(name) = coding.name() {
                set(&mut head, header::CONTENT_ENCODING, name);
            }
            if let Some(tag) = &tag {
                set(&mut head, header::ETAG, &etag(tag, coding));
            }
            Some(Form { coding, head, body })
        });
        Ok(Self {
            status,
            shows: fresh.shows,
            live_for: fresh.live_for.unwrap_or(LONGEST).min(LONGEST),
            forms: forms.collect(),
            tag,
        })
    }

    /// The page as the client takes it (`Accept-Encoding`), or, where it has the page already
    /// (`If-None-Match`), only the word that it does.
    #[must_use]
    pub fn answer(&self, asked: &HeaderMap) -> Response<Bytes> {
        let said = |name| {
            let value = asked.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
            value.unwrap_or_default()
        };
        let coding = Coding::accepted(said(header::ACCEPT_ENCODING));
        let form = self
            .forms
            .iter()
            .find(|form| form.coding == coding)
            .or(self.forms.last());
        let mut response = Response::new(Bytes::new());
        if let Some(form) = form {
            *response.headers_mut() = form.head.clone();
            if self.status == StatusCode::OK && self.is_known(said(header::IF_NONE_MATCH)) {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                response.headers_mut().remove(header::CONTENT_TYPE);
                response.headers_mut().remove(header::CONTENT_ENCODING);
            } else {
                *response.status_mut() = self.status;
                *response.body_mut() = form.body.clone();
            }
        }
        response
    }

    /// Whether the client has this page already, in whichever coding.
    fn is_known(&self, if_none_match: &str) -> bool {
        let Some(tag) = &self.tag else {
            return false;
        };
        if_none_match.split(',').any(|one| {
            let one = one.trim().trim_start_matches("W/").trim_matches('"');
            one == "*"
                || one
                    .strip_prefix(tag)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    }

    /// What it costs the shelf.
    #[must_use]
    pub fn size(&self) -> usize {
        let head = |head: &HeaderMap| -> usize {
            head.iter()
                .map(|(name, value)| name.as_str().len() + value.len())
                .sum()
        };
        let form = |form: &Form| form.body.len() + head(&form.head);
        self.forms.iter().map(form).sum::<usize>() + 512
    }
}

/// Whether the shelf keeps it: pages that are there, and those that are gone for ever. Anybody can ask for
/// any number of addresses that don't exist; keeping those would throw the others off the shelf.
pub(crate) const fn is_kept(status: StatusCode) -> bool {
    matches!(status.as_u16(), 200 | 410)
}

/// The strong ETag of a coding: two codings of a page are two representations.
fn etag(tag: &str, coding: Coding) -> String {
    match coding.name() {
        Some(name) => format!("\"{tag}-{name}\""),
        None => format!("\"{tag}\""),
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    match HeaderValue::from_str(value) {
        Ok(value) => _ = headers.insert(name, value),
        Err(error) => tracing::error!(%name, %error, "a header can't be said"),
    }
}

/// The policy of a page whose inline scripts have these hashes.
fn policy(hashes: &[String]) -> String {
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

#[cfg(test)]
mod tests;
