//! Fetching: one GET with limits on time, size and hops, to public addresses only.
//!
//! **Invariant:** no connection is made to an address that [`Reach`] doesn't admit: names are
//! resolved here and only checked addresses are handed on, literal addresses are checked as they
//! stand, and every redirect passes the same door.

mod answer;
mod link;
mod reach;

pub use answer::{Answer, Body, FetchError, Unchanged, Validators};
pub use link::Links;
pub use reach::Reach;

use reach::{Guarded, door};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, ClientBuilder, RequestBuilder, Response, StatusCode};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Who we say we are, with an address for complaints.
const AGENT: &str = "Asian-News.net feed reader (+https://asian-news.net/contacts)";
const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
    application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";

/// What one fetch may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// After decompression.
    pub bytes: usize,
    /// Until the answer's head is there, at each hop.
    pub first_byte: Duration,
    /// Until all is there, all hops together.
    pub whole: Duration,
    /// Redirects that are followed.
    pub hops: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: crate::feed::MAX_BYTES,
            first_byte: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            hops: 5,
        }
    }
}

/// Fetches feeds. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fetch {
    client: Client,
    reach: Reach,
    // In tests one address of this machine stands for one of the public web.
    stands_in: Option<SocketAddr>,
    limits: Limits,
}

impl Fetch {
    /// A fetch that reaches so far.
    ///
    /// # Errors
    /// Where the system has no certificates to trust.
    pub fn new(reach: Reach) -> Result<Self, FetchError> {
        Self::with(Guarded::by_system(reach), Limits::default())
    }

    /// The same with other limits.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    fn with(guarded: Guarded, limits: Limits) -> Result<Self, FetchError> {
        let (reach, stands_in) = (guarded.reach, guarded.stands_in);
        let client = Self::client(guarded, limits)
            .build()
            .map_err(|error| FetchError::Failed(deepest(&error)))?;
        Ok(Self {
            client,
            reach,
            stands_in,
            limits,
        })
    }

    fn client(guarded: Guarded, limits: Limits) -> ClientBuilder {
        // Whoever was first has set it; that it is set is all that matters.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder()
            .dns_resolver(Arc::new(guarded))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .user_agent(AGENT)
            .connect_timeout(limits.first_byte)
            .pool_max_idle_per_host(1)
    }

    /// Asks for the address, conditionally where it gave validators before.
    ///
    /// # Errors
    /// Whatever is in the way, as one sentence.
    pub async fn get(&self, url: &Url, known: &Validators) -> Result<Answer, FetchError> {
        let whole = tokio::time::timeout(self.limits.whole, self.follow(url, known));
        whole.await.unwrap_or(Err(FetchError::TooSlow))
    }

    /// Sends a form, once and without following redirects: that it was taken is all that is asked.
    ///
    /// # Errors
    /// Whatever is in the way, as one sentence.
    pub async fn post(&self, url: &Url, form: String) -> Result<(), FetchError> {
        door(url, self.reach)?;
        let kind = "application/x-www-form-urlencoded";
        let request = self.client.post(url.clone());
        let request = request.header(header::CONTENT_TYPE, kind).body(form);
        let status = self.sent(request).await?.status();
        if status.is_success() {
            return Ok(());
        }
        Err(FetchError::Status {
            status: status.as_u16(),
            retry_after: None,
        })
    }

    async fn follow(&self, first: &Url, known: &Validators) -> Result<Answer, FetchError> {
        let mut url = first.clone();
        // Moved for good only if every hop says so.
        let mut for_good = true;
        for _ in 0..=self.limits.hops {
            door(&url, self.reach)?;
            let response = self.ask(&url, known).await?;
            let status = response.status();
            if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
                let moved = (for_good && url != *first).then(|| url.clone());
                return self.answer(response, url, moved).await;
            }
            for_good &= matches!(
                status,
                StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
            );
            let to = text(response.headers(), header::LOCATION);
            url = to
                .and_then(|to| url.join(&to).ok())
                .ok_or_else(|| FetchError::Failed("it is moved, but doesn't say where".into()))?;
        }
        Err(FetchError::TooManyHops)
    }

    async fn ask(&self, url: &Url, known: &Validators) -> Result<Response, FetchError> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
        let conditions = [
            (header::IF_NONE_MATCH, &known.etag),
            (header::IF_MODIFIED_SINCE, &known.last_modified),
        ];
        for (name, value) in conditions {
            if let Some(value) = value.as_deref().and_then(|v| HeaderValue::from_str(v).ok()) {
                headers.insert(name, value);
            }
        }
        self.sent(self.client.get(url.clone()).headers(headers))
            .await
    }

    async fn sent(&self, request: RequestBuilder) -> Result<Response, FetchError> {
        let sent = tokio::time::timeout(self.limits.first_byte, request.send()).await;
        let response = sent
            .map_err(|_| FetchError::TooSlow)?
            .map_err(FetchError::of)?;
        // The resolver handed on checked addresses only; this is the belt to those braces.
        match response.remote_addr() {
            Some(at) if !self.reach.admits(at.ip()) && Some(at) != self.stands_in => {
                Err(FetchError::Forbidden)
            }
            _ => Ok(response),
        }
    }

    async fn answer(
        &self,
        mut response: Response,
        url: Url,
        moved: Option<Url>,
    ) -> Result<Answer, FetchError> {
        let headers = response.headers();
        let validators = Validators {
            etag: text(headers, header::ETAG),
            last_modified: text(headers, header::LAST_MODIFIED),
        };
        let max_age =
            text(headers, header::CACHE_CONTROL).and_then(|value| answer::max_age(&value));
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Answer::Unchanged(Unchanged { max_age, moved }));
        }
        if !status.is_success() {
            let retry_after = text(headers, header::RETRY_AFTER);
            let retry_after = retry_after.and_then(|value| answer::retry_after(&value));
            return Err(FetchError::Status {
                status: status.as_u16(),
                retry_after,
            });
        }
        let links = link::links(headers, &url);
        let charset = text(headers, header::CONTENT_TYPE).and_then(|value| answer::charset(&value));
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(FetchError::of)? {
            if bytes.len() + chunk.len() > self.limits.bytes {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Answer::Body(Box::new(Body {
            bytes,
            charset,
            url,
            validators,
            max_age,
            moved,
            links,
        })))
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// The innermost reason of an error: the outer ones only say that something failed.
fn deepest(error: &dyn std::error::Error) -> String {
    let mut inner = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

#[cfg(test)]
mod tests;
