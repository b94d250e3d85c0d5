//! Pictures: `/media/{sha256}.{ext}` from the folder `media` of the site. The name is what is in them, so
//! an answer never changes.

use crate::newsroom::Newsroom;
use crate::part::Part;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::path::PathBuf;
use std::sync::Arc;

/// A picture may load and run nothing, whatever stands in it.
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// One picture.
pub async fn picture(
    State(newsroom): State<Arc<Newsroom>>,
    Part(name): Part,
    headers: HeaderMap,
) -> Response {
    let Some((hash, kind)) = parse(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = format!("\"{hash}\"");
    let is_known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains(&etag));
    let own = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (
            header::CACHE_CONTROL,
            "public, max-age=31536000, immutable".to_owned(),
        ),
        (header::ETAG, etag),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin".to_owned(),
        ),
    ];
    match tokio::fs::read(folder(&newsroom).join(&name)).await {
        Ok(_) if is_known => (StatusCode::NOT_MODIFIED, own).into_response(),
        Ok(bytes) => (own, bytes).into_response(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            StatusCode::NOT_FOUND.into_response()
        }
        Err(error) => {
            tracing::error!(%error, %name, "a picture can't be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Where the pictures of a site lie.
fn folder(newsroom: &Newsroom) -> PathBuf {
    newsroom.config.data.join("media")
}

/// The hash and the media type; `None` for whatever else was asked for. No other name reaches the disk.
fn parse(name: &str) -> Option<(&str, &'static str)> {
    let (hash, extension) = name.split_once('.')?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let kind = match extension {
        "jpg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    is_hash.then_some((hash, kind))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn only_hashes_reach_the_disk() {
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(
            parse(&format!("{hash}.svg")),
            Some((&*hash, "image/svg+xml"))
        );
        for name in ["../news.db", "a.svg", "", "..", "%2e%2e"] {
            assert_eq!(parse(name), None, "{name}");
        }
        assert_eq!(parse(&format!("{hash}.svg/../x")), None);
        assert_eq!(parse(&format!("{}.svg", hash.to_uppercase())), None);
    }
}
