//! `POST /desk/sources/discover`: which feeds a site names. Its page is fetched as feeds are, from the public web only;
//! the answer leads back to the source's page, which lists what was found.

use crate::newsroom::Newsroom;
use crate::refused::Refused;
use auth::guard;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ingest::discover::feeds_of;
use ingest::fetch::{Fetch, FetchError, Limits, Reach};
use news::{Act, Refusal};
use std::sync::Arc;
use std::time::Duration;
use url::form_urlencoded::{Serializer, parse};

const LARGEST_FORM: usize = 16 << 10;

/// What a site's page may cost: somebody waits for it.
const LIMITS: Limits = Limits {
    bytes: 4 << 20,
    first_byte: Duration::from_secs(8),
    whole: Duration::from_secs(15),
    hops: 5,
};

/// The form's `source` (a slug) and `address`.
pub async fn look(
    State(newsroom): State<Arc<Newsroom>>,
    request: Request,
) -> Result<Response, Refused> {
    let viewer = newsroom.viewer(request.headers()).await?;
    guard(viewer.as_ref(), Act::ManageSources, None)?;
    let body = to_bytes(request.into_body(), LARGEST_FORM)
        .await
        .map_err(|_| Refusal::TooLarge(format!("at most {} KiB", LARGEST_FORM >> 10)))?;
    let field = |name: &str| {
        let (_, value) = parse(&body).find(|(known, _)| known == name)?;
        Some(value.into_owned())
    };
    let slug = field("source").unwrap_or_default();
    let source = newsroom.store.source(&slug).await?;
    let source = source.ok_or(Refusal::NotFound)?;
    let address = field("address").unwrap_or_default();
    match search(&address).await {
        Ok(found) => led_back(&source.slug, &found),
        Err(why) => {
            let words =
                format!("No feed was looked for: {why}. Nothing was changed; please go back.\n");
            Ok((StatusCode::UNPROCESSABLE_ENTITY, NO_STORE, words).into_response())
        }
    }
}

const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "private, no-store")];

async fn search(address: &str) -> Result<Vec<String>, FetchError> {
    let fetch = Fetch::new(Reach::Public)?.within(LIMITS);
    let found = feeds_of(&fetch, address).await?;
    Ok(found.into_iter().map(String::from).collect())
}

/// To the source's page; nothing found is said there, too.
fn led_back(slug: &str, found: &[String]) -> Result<Response, Refused> {
    let mut query = Serializer::new(String::new());
    query.append_pair("found", &found.join(" "));
    let to = format!("{}?{}#found", app::routes::source(slug), query.finish());
    let unreadable = |_| Refusal::Invalid("The addresses of its feeds can't be read.".into());
    let to = HeaderValue::from_str(&to).map_err(unreadable)?;
    Ok((StatusCode::SEE_OTHER, NO_STORE, [(header::LOCATION, to)]).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_stands_in_the_address() {
        let found = [
            "https://a.example/rss?x=1&y=2".to_owned(),
            "https://a.example/atom".into(),
        ];
        let answer = led_back("kuroshio", &found).unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let to = answer.headers().get("location").unwrap().to_str().unwrap();
        assert_eq!(
            to,
            "/desk/sources/kuroshio?found=https%3A%2F%2Fa.example%2Frss%3Fx%3D1%26y%3D2+https%3A%2F%2Fa.example%2Fatom#found"
        );
    }
}
