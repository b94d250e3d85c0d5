//! Pages: from the shelf for readers, rendered each time for staff.

use crate::newsroom::Newsroom;
use crate::refused::Refused;
use app::{Assets, PageNotes, Viewer};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use press::page::Effort;
use press::{Coding, Fresh, NotPressed, PressedPage};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a query may say to a page, in the order it stands in the key; everything else is dropped.
const KNOWN: [&str; 2] = ["before", "lite"];
/// What it may say to the page for signing in, which is never kept.
const KNOWN_AT_THE_DOOR: [&str; 1] = ["next"];
const LONGEST_PATH: usize = 1024;
const LONGEST_VALUE: usize = 512;
const LARGEST_PAGE: usize = 8 << 20;
/// A render that takes longer is given up.
const DEADLINE: Duration = Duration::from_secs(5);

/// Any address that isn't something else.
pub async fn page(State(newsroom): State<Arc<Newsroom>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    if request.uri().path().len() > LONGEST_PATH {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    let asked = Asked::of(request.uri());
    let viewer = match newsroom.viewer(request.headers()).await {
        Ok(viewer) => viewer,
        Err(refusal) => return Refused(refusal).into_response(),
    };
    if viewer.is_some() || asked.is_at_the_door() {
        let said = Said {
            viewer: Viewer(viewer),
            ..Said::default()
        };
        return once(newsroom, asked, said, request.headers()).await;
    }
    let render = {
        let (newsroom, asked) = (newsroom.clone(), asked.clone());
        move || async move { render(newsroom, asked, Said::default()).await }
    };
    match newsroom
        .shelf
        .get_or_press(&asked.key(), Instant::now(), render)
        .await
    {
        Ok(page) => answer(&page, Keep::Shared, request.headers()),
        Err(why) => failed(&why),
    }
}

/// A page that is sent once: to staff, or with an answer in it that is one person's.
pub async fn once(
    newsroom: Arc<Newsroom>,
    asked: Asked,
    said: Said,
    headers: &HeaderMap,
) -> Response {
    let fresh = render(newsroom, asked, said).await;
    let pressed =
        tokio::task::spawn_blocking(move || PressedPage::press(fresh, Effort::Once)).await;
    match pressed {
        Ok(Ok(page)) => answer(&page, Keep::Never, headers),
        Ok(Err(why)) => failed(&why),
        Err(_) => failed(&NotPressed::Failed),
    }
}

/// What a render is told besides the address.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Who looks.
    pub viewer: Viewer,
    /// Why signing in did not work, for the page that asks again.
    pub refusal: Option<news::Refusal>,
}

/// An address as pages know it: the path, and of the query what pages read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asked {
    path: String,
    query: String,
}

impl Asked {
    /// Reads it from a request's.
    #[must_use]
    pub fn of(uri: &Uri) -> Self {
        let path = uri.path().to_owned();
        let known: &[&str] = if is_at_the_door(&path) {
            &KNOWN_AT_THE_DOOR
        } else {
            &KNOWN
        };
        let pairs = || uri.query().unwrap_or_default().split('&');
        let mut query = String::new();
        for key in known {
            let value = pairs().find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
            if let Some(value) = value.filter(|value| value.len() <= LONGEST_VALUE) {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(&format!("{key}={value}"));
            }
        }
        Self { path, query }
    }

    /// What the page stands under on the shelf.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}{}", self.path, self.query)
    }

    fn is_at_the_door(&self) -> bool {
        is_at_the_door(&self.path)
    }
}

fn is_at_the_door(path: &str) -> bool {
    path == "/sign-in" || path.starts_with("/sign-in/")
}

/// Has `app` draw the page. What it depends on and how it is to be answered comes back as notes.
pub async fn render(newsroom: Arc<Newsroom>, asked: Asked, said: Said) -> Fresh {
    let notes = PageNotes::default();
    let give = contexts(&newsroom, &notes, said);
    let draw = leptos_axum::render_app_async_with_context(give, app::shell);
    let Ok(request) = Request::builder().uri(asked.key()).body(Body::empty()) else {
        return plain(StatusCode::BAD_REQUEST, "This address can't be read.");
    };
    let drawn = async {
        let response = draw(request).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), LARGEST_PAGE).await.ok()?;
        Some((status, String::from_utf8(body.to_vec()).ok()?))
    };
    let Ok(Some((status, body))) = tokio::time::timeout(DEADLINE, drawn).await else {
        tracing::error!(path = asked.path, "a page could not be drawn in time");
        return plain(
            StatusCode::SERVICE_UNAVAILABLE,
            "The newsroom can't be read at the moment. Please try again in a minute.",
        );
    };
    let noted = notes.noted();
    let mut headers = vec![];
    if noted.no_index {
        headers.push(("x-robots-tag".to_owned(), "noindex".to_owned()));
    }
    if let Some(path) = &noted.redirect {
        headers.push(("location".to_owned(), ascii(path)));
        let shows = noted.shows;
        return Fresh {
            status: 301,
            shows,
            headers,
            ..plain(StatusCode::OK, "")
        };
    }
    Fresh {
        status: noted.status.unwrap_or_else(|| status.as_u16()),
        content_type: "text/html; charset=utf-8".into(),
        body,
        shows: noted.shows,
        live_for: noted.live_for,
        nonce: noted.nonce,
        headers,
    }
}

/// What every render and every server function finds in its context.
pub fn contexts(
    newsroom: &Arc<Newsroom>,
    notes: &PageNotes,
    said: Said,
) -> impl Fn() + Clone + Send + Sync + 'static {
    let assets: Assets = newsroom.files.assets();
    let (newsroom, notes) = (newsroom.clone(), notes.clone());
    move || {
        provide_context(newsroom.store.clone());
        provide_context(newsroom.desk.clone());
        provide_context(newsroom.live.clone());
        provide_context(assets.clone());
        provide_context(notes.clone());
        provide_context(said.viewer.clone());
        provide_context(said.refusal.clone());
    }
}

/// A path as it may stand in a header or a feed: what isn't ASCII percent-encoded.
pub(crate) fn ascii(path: &str) -> String {
    path.bytes()
        .fold(String::with_capacity(path.len()), |mut out, byte| {
            if byte.is_ascii_graphic() {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
            out
        })
}

fn plain(status: StatusCode, words: &str) -> Fresh {
    Fresh {
        status: status.as_u16(),
        content_type: "text/plain; charset=utf-8".into(),
        body: words.into(),
        ..Fresh::default()
    }
}

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Keep {
    /// Everybody, for a moment.
    Shared,
    /// Nobody.
    Never,
}

/// The bytes, or that the client has them.
#[must_use]
pub fn answer(page: &PressedPage, keep: Keep, asked: &HeaderMap) -> Response {
    let text = |name: HeaderName| {
        asked
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
    };
    let (bytes, coding) = page.bytes(Coding::accepted(text(header::ACCEPT_ENCODING)));
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let is_known = status == StatusCode::OK && page.is_known(text(header::IF_NONE_MATCH));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (status, Body::from(bytes)).into_response()
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    if !is_known {
        set(header::CONTENT_TYPE, &page.content_type);
        if let Some(name) = coding.name() {
            set(header::CONTENT_ENCODING, name);
        }
    }
    set(header::CONTENT_SECURITY_POLICY, &page.csp);
    set(header::CACHE_CONTROL, caching(keep, status));
    match keep {
        Keep::Shared => {
            set(header::VARY, "Accept-Encoding");
            set(header::ETAG, &page.etag(coding));
        }
        Keep::Never => set(header::VARY, "Accept-Encoding, Cookie"),
    }
    for (name, value) in &page.headers {
        if let Ok(name) = name.parse() {
            set(name, value);
        }
    }
    response
}

const fn caching(keep: Keep, status: StatusCode) -> &'static str {
    match (keep, status.as_u16()) {
        (Keep::Shared, 200 | 301 | 410) => {
            "public, max-age=0, s-maxage=10, stale-while-revalidate=30, stale-if-error=3600"
        }
        (Keep::Shared, 404) => "public, max-age=0, s-maxage=5",
        (Keep::Shared, _) => "no-store",
        (Keep::Never, _) => "private, no-store",
    }
}

/// A page that could not be made, in one sentence.
#[must_use]
pub fn failed(why: &NotPressed) -> Response {
    tracing::error!(?why, "a page could not be made");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong here. Please try again in a minute.\n",
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_holds_what_pages_read_and_nothing_else() {
        for (uri, want) in [
            ("/", "/"),
            ("/?utm_source=x", "/"),
            (
                "/politics?lite=1&before=17-5k",
                "/politics?before=17-5k&lite=1",
            ),
            ("/politics?before=a&before=b", "/politics?before=a"),
            ("/politics?beforehand=1", "/politics"),
            ("/sign-in?next=/x&before=1", "/sign-in?next=/x"),
            ("/story/%E5%8F%B0-5k?x", "/story/%E5%8F%B0-5k"),
        ] {
            assert_eq!(Asked::of(&uri.parse().unwrap()).key(), want, "{uri}");
        }
    }

    #[test]
    fn a_path_in_a_header_is_ascii() {
        assert_eq!(ascii("/story/台-5k"), "/story/%E5%8F%B0-5k");
        assert_eq!(ascii("/a\r\nb"), "/a%0D%0Ab");
    }
}
