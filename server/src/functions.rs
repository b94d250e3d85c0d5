//! Server functions: each is a public address. Those that read are called by GET and their answers kept
//! like pages; those that change begin with the guard, and the origin was checked before they are reached.

use crate::newsroom::Newsroom;
use crate::page::{self, Said};
use crate::refused::Refused;
use app::{PageNotes, Viewer};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::server_fn;
use news::Refusal;
use press::{Fresh, Keep};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;

/// No argument of a server function is longer.
const LARGEST_CALL: usize = 256 << 10;
const UNREADABLE: &str = "This request can't be read.";
const LARGEST_ANSWER: usize = 4 << 20;

/// What is kept: functions that read, and what each reads of a query. The rest of it is dropped.
const KEPT: [(&str, &[&str]); 1] = [("/api/earlier", &["list", "before"])];

/// `/api/{function}`.
pub async fn call(State(newsroom): State<Arc<Newsroom>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let methods = methods(&path);
    if methods.is_empty() {
        return Refused(Refusal::NotFound).into_response();
    }
    if !methods.contains(request.method()) {
        return wrong_method(&methods);
    }
    let viewer = match newsroom.viewer(request.headers()).await {
        Ok(viewer) => viewer,
        Err(refusal) => return Refused(refusal).into_response(),
    };
    let request = match taken_in(&newsroom, request).await {
        Ok(request) => request,
        Err(refused) => return refused.into_response(),
    };
    let reads = KEPT.iter().find(|(kept, _)| *kept == path);
    if let Some((_, names)) = reads.filter(|_| viewer.is_none()) {
        let key = path + &page::only(request.uri().query().unwrap_or_default(), names);
        return kept(newsroom, &key, request).await;
    }
    let said = Said {
        viewer: Viewer(viewer),
        ..Said::default()
    };
    let notes = PageNotes::default();
    let mut response = run(&newsroom, &notes, said, request).await;
    if let Some(refused) = refused_form(&response) {
        response = refused;
    } else {
        *response.status_mut() = status(&notes, response.status());
    }
    let no_store = header::HeaderValue::from_static("private, no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    response
}

/// Why a form's wish wasn't granted: leptos leads the browser back with the reason in the address, which no page reads.
fn refused_form(response: &Response) -> Option<Response> {
    let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
    let (_, query) = location.split_once('?')?;
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let (_, error) = pairs.find(|(name, _)| name == "__err")?;
    let app::Refused(refusal) = server_fn::error::ServerFnUrlError::decode_err(&error);
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    Some(
        (
            status,
            format!("{refusal} Nothing was changed; please go back.\n"),
        )
            .into_response(),
    )
}

fn wrong_method(methods: &[Method]) -> Response {
    let allowed: Vec<&str> = methods.iter().map(Method::as_str).collect();
    let words = json!({ "sentence": format!("This is asked by {}.", allowed.join(" or ")) });
    let allow = [(header::ALLOW, allowed.join(", "))];
    (StatusCode::METHOD_NOT_ALLOWED, allow, axum::Json(words)).into_response()
}

/// How the function at this path is called; not at all, where there is none.
fn methods(path: &str) -> Vec<Method> {
    let all = server_fn::axum::server_fn_paths();
    all.filter(|(known, _)| *known == path)
        .map(|(_, method)| method)
        .collect()
}

async fn kept(newsroom: Arc<Newsroom>, key: &str, mut request: Request) -> Response {
    let asked = request.headers().clone();
    let Ok(uri) = key.parse() else {
        return Refused(Refusal::Invalid(UNREADABLE.into())).into_response();
    };
    *request.uri_mut() = uri;
    let render = {
        let newsroom = newsroom.clone();
        move || async move {
            let notes = PageNotes::default();
            let response = run(&newsroom, &notes, Said::default(), request).await;
            let status = status(&notes, response.status());
            let kind = response.headers().get(header::CONTENT_TYPE);
            let content_type = kind
                .and_then(|v| v.to_str().ok())
                .unwrap_or("text/plain")
                .to_owned();
            let Ok(body) = to_bytes(response.into_body(), LARGEST_ANSWER).await else {
                let words = "This can't be read at the moment. Please try again.\n";
                return page::plain(&newsroom, StatusCode::SERVICE_UNAVAILABLE, words);
            };
            let noted = notes.noted();
            Fresh {
                status,
                content_type,
                body: String::from_utf8_lossy(&body).into_owned(),
                shows: noted.shows,
                live_for: noted.live_for,
                nonce: None,
                keep: Keep::Shared,
                headers: newsroom.headers.clone(),
            }
        }
    };
    match newsroom
        .shelf
        .get_or_press(key, Instant::now(), render)
        .await
    {
        Ok(page) => page::answer(&page, &asked),
        Err(why) => page::failed(&why),
    }
}

async fn run(
    newsroom: &Arc<Newsroom>,
    notes: &PageNotes,
    said: Said,
    request: Request,
) -> Response {
    let give = page::contexts(newsroom, notes, said);
    leptos_axum::handle_server_fns_with_context(give, request)
        .await
        .into_response()
}

/// The status a function noted. Where it failed and noted none, it was never reached: what was sent could
/// not be read as its arguments.
fn status(notes: &PageNotes, answered: StatusCode) -> StatusCode {
    match notes
        .noted()
        .status
        .and_then(|status| StatusCode::from_u16(status).ok())
    {
        Some(status) => status,
        None if answered.is_server_error() => StatusCode::BAD_REQUEST,
        None => answered,
    }
}

/// The call with its whole body, and without what could send the answer to another site: leptos answers
/// a form's call with a redirect to wherever `Referer` says.
async fn taken_in(newsroom: &Newsroom, request: Request) -> Result<Request, Refused> {
    let (mut parts, body) = request.into_parts();
    let is_from_us = parts
        .headers
        .get(header::REFERER)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|from| {
            newsroom
                .origins
                .iter()
                .any(|own| from.starts_with(&format!("{own}/")))
        });
    if !is_from_us {
        parts.headers.remove(header::REFERER);
    }
    let body = to_bytes(body, LARGEST_CALL).await.map_err(|_| {
        Refused(Refusal::TooLarge(format!(
            "at most {} KiB",
            LARGEST_CALL >> 10
        )))
    })?;
    Ok(Request::from_parts(parts, Body::from(body)))
}
