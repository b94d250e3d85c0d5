//! Pages: from the shelf for readers, rendered each time for staff.

use crate::newsroom::Newsroom;
use crate::refused::Refused;
use app::{Assets, PageNotes, Viewer};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use press::{Fresh, Keep, NotPressed, PressedPage};
use std::sync::Arc;
use std::time::Instant;

mod asked;

pub use asked::{Asked, only};

const LONGEST_PATH: usize = 1024;
const LARGEST_PAGE: usize = 8 << 20;
const NOT_NOW: &str = "The newsroom can't be read at the moment. Please try again in a minute.\n";

/// Any address that isn't something else.
pub async fn page(State(newsroom): State<Arc<Newsroom>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    if request.uri().path().len() > LONGEST_PATH {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    if let Some(path) = without_slash(request.uri().path()) {
        return moved(&path, request.uri().query());
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
        let asked = if said.viewer.0.is_some() {
            Asked::of_staff(request.uri())
        } else {
            asked
        };
        return once(newsroom, asked, said, request.headers()).await;
    }
    let asked = asked.for_readers();
    let render = {
        let (newsroom, asked) = (newsroom.clone(), asked.clone());
        move || async move { render(newsroom, asked, Said::default()).await }
    };
    match newsroom
        .shelf
        .get_or_press(&asked.key(), Instant::now(), render)
        .await
    {
        Ok(page) => answer(&page, request.headers()),
        Err(why) => failed(&why),
    }
}

/// The address of a page that was asked for with a slash at its end.
fn without_slash(path: &str) -> Option<String> {
    let trimmed = path.strip_suffix('/')?.trim_end_matches('/');
    // What begins with two slashes would be another host.
    let path = format!("/{}", trimmed.trim_start_matches('/'));
    (!trimmed.is_empty()).then_some(path)
}

fn moved(path: &str, query: Option<&str>) -> Response {
    let to = query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    match HeaderValue::from_str(&to) {
        Ok(to) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// A reader's page that lies on the shelf: nothing has to be asked, and nothing can go wrong.
#[must_use]
pub fn shelved(newsroom: &Newsroom, request: &Request) -> Option<Response> {
    let uri = request.uri();
    let is_simple = *request.method() == Method::GET && uri.query().is_none();
    if !is_simple || newsroom.token(request.headers()).is_some() {
        return None;
    }
    let page = newsroom.shelf.get(uri.path(), Instant::now())?;
    Some(answer(&page, request.headers()))
}

/// What is sent of a page to somebody who asks like this.
#[must_use]
pub fn answer(page: &PressedPage, asked: &HeaderMap) -> Response {
    page.answer(asked).map(Body::from)
}

/// A page that is sent once: to staff, or with an answer in it that is one person's.
pub async fn once(
    newsroom: Arc<Newsroom>,
    asked: Asked,
    said: Said,
    headers: &HeaderMap,
) -> Response {
    let drawn = tokio::time::timeout(press::DEADLINE, render(newsroom, asked, said)).await;
    let Ok(drawn) = drawn else {
        return failed(&NotPressed::Late);
    };
    let fresh = Fresh {
        keep: Keep::Never,
        ..drawn
    };
    match tokio::task::spawn_blocking(move || PressedPage::press(fresh)).await {
        Ok(Ok(page)) => answer(&page, headers),
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

/// Has `app` draw the page for all readers. What it depends on and how it is to be answered comes back as notes.
async fn render(newsroom: Arc<Newsroom>, asked: Asked, said: Said) -> Fresh {
    let notes = PageNotes::default();
    let give = contexts(&newsroom, &notes, said);
    let draw = leptos_axum::render_app_async_with_context(give, app::shell);
    let Ok(request) = Request::builder().uri(asked.key()).body(Body::empty()) else {
        let words = "This address can't be read.";
        return plain(&newsroom, StatusCode::BAD_REQUEST, words);
    };
    let response = draw(request).await;
    let status = response.status();
    let body = to_bytes(response.into_body(), LARGEST_PAGE).await;
    let Some(body) = body
        .ok()
        .and_then(|body| String::from_utf8(body.into()).ok())
    else {
        tracing::error!(path = asked.path(), "a page could not be drawn");
        return plain(&newsroom, StatusCode::SERVICE_UNAVAILABLE, NOT_NOW);
    };
    let noted = notes.noted();
    if let Some(path) = &noted.redirect {
        let mut fresh = plain(&newsroom, StatusCode::MOVED_PERMANENTLY, "");
        fresh.shows = noted.shows;
        if let Ok(path) = HeaderValue::from_str(&ascii(path)) {
            fresh.headers.insert(header::LOCATION, path);
        }
        return fresh;
    }
    let mut headers = newsroom.headers.clone();
    if noted.no_index {
        headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    }
    let noted_status = noted
        .status
        .and_then(|code| StatusCode::from_u16(code).ok());
    Fresh {
        status: noted_status.unwrap_or(status),
        content_type: "text/html; charset=utf-8".into(),
        body,
        shows: noted.shows,
        live_for: noted.live_for,
        nonce: noted.nonce,
        keep: Keep::Shared,
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
        provide_context(newsroom.home.clone());
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

/// An answer in one line of text, which the shelf won't keep.
pub(crate) fn plain(newsroom: &Newsroom, status: StatusCode, words: &str) -> Fresh {
    Fresh {
        status,
        content_type: "text/plain; charset=utf-8".into(),
        body: words.into(),
        keep: Keep::Shared,
        headers: newsroom.headers.clone(),
        ..Fresh::default()
    }
}

/// A page that could not be made, in one sentence.
#[must_use]
pub fn failed(why: &NotPressed) -> Response {
    tracing::error!(?why, "a page could not be made");
    let (status, words) = match why {
        NotPressed::Late => (StatusCode::SERVICE_UNAVAILABLE, NOT_NOW),
        NotPressed::StrayNonce | NotPressed::Failed => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something went wrong here. Please try again in a minute.\n",
        ),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], words).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address() {
        for (path, want) in [
            ("/", None),
            ("/politics", None),
            ("//", None),
            ("/politics/", Some("/politics")),
            ("/asia/japan//", Some("/asia/japan")),
            ("//evil.example/", Some("/evil.example")),
        ] {
            assert_eq!(without_slash(path).as_deref(), want, "{path}");
        }
    }

    #[test]
    fn a_path_in_a_header_is_ascii() {
        assert_eq!(ascii("/story/台-5k"), "/story/%E5%8F%B0-5k");
        assert_eq!(ascii("/a\r\nb"), "/a%0D%0Ab");
    }
}
