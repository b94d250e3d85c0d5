//! The headers every answer has, whatever it is.

use crate::newsroom::Newsroom;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// What nothing of ours ever needs.
const PERMISSIONS: &str = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), \
    magnetometer=(), microphone=(), payment=(), usb=(), browsing-topics=()";

/// Two years, for this host and those beneath it.
const STAY_ON_HTTPS: &str = "max-age=63072000; includeSubDomains";

/// The policy of an answer that is no page: it may load and run nothing.
pub const NO_PAGE: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Adds what is missing.
pub async fn add(State(newsroom): State<Arc<Newsroom>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, NO_PAGE);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    set(HeaderName::from_static("origin-agent-cluster"), "?1");
    if newsroom.config.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, STAY_ON_HTTPS);
    }
    response
}
