//! The headers every answer has, whatever it is.

use crate::newsroom::Newsroom;
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// What nothing of ours ever needs.
const PERMISSIONS: &str = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), \
    magnetometer=(), microphone=(), payment=(), usb=(), browsing-topics=()";

/// Two years, for this host and those beneath it.
const STAY_ON_HTTPS: &str = "max-age=63072000; includeSubDomains";

/// The policy of an answer that is no page: it may load and run nothing.
const NO_PAGE: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// What the site says with every answer, unless the answer says otherwise.
#[must_use]
pub fn of_every_answer(is_https: bool) -> HeaderMap {
    let says = [
        (header::CONTENT_SECURITY_POLICY, NO_PAGE),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("origin-agent-cluster"), "?1"),
    ];
    let on_https = is_https.then_some((header::STRICT_TRANSPORT_SECURITY, STAY_ON_HTTPS));
    says.into_iter()
        .chain(on_https)
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .collect()
}

/// What a refusal that came without words says to a person.
fn words(status: StatusCode) -> Option<&'static str> {
    Some(match status {
        StatusCode::BAD_REQUEST => "This request can't be read.\n",
        StatusCode::NOT_FOUND => "There is nothing at this address.\n",
        StatusCode::METHOD_NOT_ALLOWED => "This address can't be asked in this way.\n",
        StatusCode::URI_TOO_LONG => "This address is longer than any of ours.\n",
        StatusCode::SERVICE_UNAVAILABLE => "This can't be read at the moment. Please try again.\n",
        status if status.is_client_error() || status.is_server_error() => {
            "This didn't work. Please try again.\n"
        }
        _ => return None,
    })
}

/// Adds what is missing: pressed pages have it all already.
pub async fn add(State(newsroom): State<Arc<Newsroom>>, request: Request, next: Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    let mut response = next.run(request).await;
    if !is_head
        && response.body().is_end_stream()
        && let Some(words) = words(response.status())
    {
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        *response.body_mut() = Body::from(words);
    }
    let headers = response.headers_mut();
    for (name, value) in &newsroom.headers {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    response
}
