//! What a fetch gives, and what can be in its way.

use super::deepest;
use super::link::Links;
use super::reach::Forbidden;
use jiff::fmt::rfc2822;
use std::time::Duration;
use url::Url;

/// What a feed's server gave to recognise its state by; sent back as they came.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Validators {
    /// `ETag`
    pub etag: Option<String>,
    /// `Last-Modified`
    pub last_modified: Option<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A body came.
    Body(Box<Body>),
    /// 304: it is as it was.
    Unchanged(Unchanged),
}

/// A feed's bytes with what came beside them.
#[derive(Clone, Debug)]
pub struct Body {
    /// Decompressed.
    pub bytes: Vec<u8>,
    /// Of `Content-Type`.
    pub charset: Option<String>,
    /// Where it was at last.
    pub url: Url,
    /// For the next time.
    pub validators: Validators,
    /// How long it stays as it is.
    pub max_age: Option<Duration>,
    /// Its address from now on, where it has moved for good.
    pub moved: Option<Url>,
    /// What its head says of it.
    pub links: Links,
}

/// What a 304 tells.
#[derive(Clone, Debug)]
pub struct Unchanged {
    /// How long it stays as it is.
    pub max_age: Option<Duration>,
    /// Its address from now on, where it has moved for good.
    pub moved: Option<Url>,
}

/// Why there is no answer.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum FetchError {
    /// Not an address we ask, or not on the public web.
    #[error("this address is not one of the public web (http or https, ports 80 and 443)")]
    Forbidden,
    /// More bytes than a feed has.
    #[error("the answer is larger than we take")]
    TooLarge,
    /// More time than a feed needs.
    #[error("the answer takes longer than we wait")]
    TooSlow,
    /// Sent from one address to the next.
    #[error("the address leads from one redirect to the next")]
    TooManyHops,
    /// The server said no.
    #[error("the server answers with status {status}")]
    Status {
        /// Its number.
        status: u16,
        /// How long it asks us to wait.
        retry_after: Option<Duration>,
    },
    /// The connection failed.
    #[error("the address can't be fetched: {0}")]
    Failed(String),
}

impl FetchError {
    pub(super) fn of(error: reqwest::Error) -> Self {
        let mut inner: Option<&dyn std::error::Error> = Some(&error);
        while let Some(next) = inner {
            if next.is::<Forbidden>() {
                return Self::Forbidden;
            }
            inner = next.source();
        }
        if error.is_timeout() {
            Self::TooSlow
        } else {
            Self::Failed(deepest(&error))
        }
    }
}

/// `charset` of a content type.
pub(super) fn charset(content_type: &str) -> Option<String> {
    let mut parameters = content_type
        .split(';')
        .skip(1)
        .filter_map(|part| part.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches(['"', '\'']).to_owned())
}

/// `max-age` of a cache control.
pub(super) fn max_age(cache_control: &str) -> Option<Duration> {
    let mut parts = cache_control
        .split(',')
        .filter_map(|part| part.trim().split_once('='));
    let (_, seconds) = parts.find(|(name, _)| name.eq_ignore_ascii_case("max-age"))?;
    seconds
        .trim_matches('"')
        .parse()
        .ok()
        .map(Duration::from_secs)
}

/// Seconds, or a date.
pub(super) fn retry_after(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::DateTimeParser::new()
        .parse_timestamp(value.trim())
        .ok()?;
    let wait = date
        .as_second()
        .saturating_sub(jiff::Timestamp::now().as_second());
    u64::try_from(wait).ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read() {
        assert_eq!(
            charset("text/xml; Charset=\"Shift_JIS\"").as_deref(),
            Some("Shift_JIS")
        );
        assert_eq!(charset("text/xml"), None);
        assert_eq!(
            max_age("public, max-age=300"),
            Some(Duration::from_secs(300))
        );
        assert_eq!(retry_after("120"), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Tue, 24 Nov 1998 10:00:00 GMT"), None);
        assert!(retry_after("Tue, 24 Nov 2076 10:00:00 GMT").is_some());
    }
}
