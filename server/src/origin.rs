//! Whatever changes something must come from our own pages: browsers say so in `Sec-Fetch-Site` and
//! `Origin`, and a page of another site can't make them say otherwise.

use crate::newsroom::Newsroom;
use crate::refused::Refused;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use news::Refusal;
use std::sync::Arc;

/// Refuses what could change something and came from elsewhere, or doesn't say where it came from.
pub async fn check(
    State(newsroom): State<Arc<Newsroom>>,
    request: Request,
    next: Next,
) -> Response {
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if only_reads || is_ours(request.headers(), &newsroom.origins) {
        next.run(request).await
    } else {
        tracing::info!(
            path = request.uri().path(),
            "a request from another site was refused"
        );
        Refused(Refusal::WrongOrigin).into_response()
    }
}

/// Whether a browser says that a page of ours sends this.
#[must_use]
pub fn is_ours(headers: &HeaderMap, origins: &[String]) -> bool {
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let origin = text("origin");
    // A name of somebody else's may lead to our address: then both headers below agree with each other,
    // but not with us.
    let is_our_origin = |origin: &str| origins.iter().any(|own| own.eq_ignore_ascii_case(origin));
    match (text("sec-fetch-site"), origin) {
        (Some("same-origin") | None, Some(origin)) => is_our_origin(origin),
        (Some("same-origin"), None) => {
            let host = text(header::HOST.as_str()).unwrap_or_default();
            origins
                .iter()
                .any(|own| own.split_once("://").is_some_and(|(_, name)| name == host))
        }
        _ => false,
    }
}

/// A place on this site to go to after signing in, or the front page: a path and nothing else.
#[must_use]
pub fn safe_next(next: Option<&str>) -> &str {
    let is_path = |next: &&str| {
        let mut chars = next.chars();
        chars.next() == Some('/')
            && !matches!(chars.next(), Some('/' | '\\'))
            && next.len() <= 512
            && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
    };
    next.filter(is_path).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&'static str, &str)], want: bool) {
        let own = ["http://localhost:3000".to_owned()];
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        assert_eq!(is_ours(&headers, &own), want, "{pairs:?}");
    }

    #[test]
    fn only_our_own_pages_change_things() {
        check(&[("origin", "http://localhost:3000")], true);
        check(
            &[
                ("origin", "http://localhost:3000"),
                ("sec-fetch-site", "same-origin"),
            ],
            true,
        );
        check(
            &[
                ("sec-fetch-site", "same-origin"),
                ("host", "localhost:3000"),
            ],
            true,
        );
        check(&[], false);
        check(&[("origin", "null")], false);
        check(&[("origin", "http://localhost:3001")], false);
        check(
            &[
                ("origin", "http://localhost:3000"),
                ("sec-fetch-site", "same-site"),
            ],
            false,
        );
        check(
            &[
                ("origin", "http://localhost:3000"),
                ("sec-fetch-site", "cross-site"),
            ],
            false,
        );
        check(
            &[("sec-fetch-site", "none"), ("host", "localhost:3000")],
            false,
        );
        check(
            &[
                ("origin", "http://evil.example"),
                ("sec-fetch-site", "same-origin"),
            ],
            false,
        );
        check(
            &[("sec-fetch-site", "same-origin"), ("host", "evil.example")],
            false,
        );
    }

    #[test]
    fn next_is_a_path_of_ours() {
        for (next, want) in [
            ("/story/5k2f9", "/story/5k2f9"),
            ("/politics?before=1-5k", "/politics?before=1-5k"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/a\\b", "/"),
            ("https://evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("/\t/evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(safe_next(Some(next)), want, "{next:?}");
        }
        assert_eq!(safe_next(None), "/");
    }
}
