//! `/live/{channel}`: what changed, as it happens; `/live/{channel}.json` is the same for proxies that
//! hold streams back.

use crate::newsroom::Newsroom;
use crate::part::Part;
use crate::refused::Refused;
use auth::guard;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt, stream};
use news::{Act, Channel, Refusal};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a browser waits before it comes back: spread out, or all would come at once after a restart.
const RETRY_MS: std::ops::Range<u64> = 5_000..35_000;
/// The few who edit wait for each other's words.
const DESK_RETRY_MS: std::ops::Range<u64> = 500..2_000;
/// How many streams are open at once.
const MOST_STREAMS: usize = 20_000;
/// After so long a stream of the desk looks whether its session still stands. Heartbeats come as often, so it
/// looks also where nothing happens.
const LOOK: Duration = Duration::from_secs(15);

/// One channel, as a stream or as what it had since.
pub async fn channel(
    State(newsroom): State<Arc<Newsroom>>,
    Part(name): Part,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let (name, is_json) = match name.strip_suffix(".json") {
        Some(name) => (name, true),
        None => (&*name, false),
    };
    match open(&newsroom, name, is_json, &uri, &headers).await {
        Ok(response) => response,
        Err(refused) => refused.into_response(),
    }
}

async fn open(
    newsroom: &Arc<Newsroom>,
    name: &str,
    is_json: bool,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Response, Refused> {
    let channel = Channel::parse(name).ok_or(Refusal::NotFound)?;
    if channel.is_for_staff() {
        let viewer = newsroom.viewer(headers).await?;
        guard(viewer.as_ref(), Act::ReadDraft, None)?;
    }
    let Ok(since) = since(uri, headers) else {
        return Ok(bad_cursor());
    };
    if is_json {
        return told(newsroom, channel, since).await;
    }
    if newsroom.live.listeners() >= MOST_STREAMS {
        return Err(Refused(Refusal::Unavailable));
    }
    let token = channel
        .is_for_staff()
        .then(|| newsroom.token(headers).map(str::to_owned))
        .flatten();
    let body = Body::from_stream(bytes(newsroom.clone(), channel, since, token));
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Where the client stands: what its browser remembers, or what its page was pressed at.
fn since(uri: &Uri, headers: &HeaderMap) -> Result<Option<u64>, std::num::ParseIntError> {
    let remembered = headers
        .get("last-event-id")
        .map(|v| v.to_str().unwrap_or("-"));
    let pressed_at = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .find_map(|pair| pair.strip_prefix("since="));
    remembered
        .filter(|id| !id.is_empty())
        .or(pressed_at)
        .map(str::parse)
        .transpose()
}

fn bad_cursor() -> Response {
    let sentence = "This place in the stream can't be read; load the page again.";
    let body = serde_json::json!({ "refusal": "invalid", "sentence": sentence });
    (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
}

async fn told(
    newsroom: &Newsroom,
    channel: Channel,
    since: Option<u64>,
) -> Result<Response, Refused> {
    let since = since.unwrap_or_else(|| newsroom.live.head());
    let replay = newsroom.live.since(channel, since).await?;
    let events: Vec<_> = replay
        .rows
        .iter()
        .flat_map(|row| row.events.iter().map(|e| (row.seq, e)))
        .map(|(id, e)| serde_json::json!({ "id": id, "event": e.event, "data": e.data }))
        .collect();
    let body =
        serde_json::json!({ "head": replay.head, "reload": replay.reload, "events": events });
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((no_store, axum::Json(body)).into_response())
}

type Events = Pin<Box<dyn Stream<Item = Arc<live::Encoded>> + Send>>;

struct Open {
    newsroom: Arc<Newsroom>,
    channel: Channel,
    events: Events,
    token: Option<String>,
    looked: Instant,
    ended: bool,
}

fn bytes(
    newsroom: Arc<Newsroom>,
    channel: Channel,
    since: Option<u64>,
    token: Option<String>,
) -> impl Stream<Item = Result<Bytes, Infallible>> + Send {
    let first = retry(channel);
    let events = newsroom.live.listen(channel, since).boxed();
    let open = Open {
        newsroom,
        channel,
        events,
        token,
        looked: Instant::now(),
        ended: false,
    };
    let rest = stream::unfold(open, |mut open| async move {
        if open.ended {
            return None;
        }
        let bytes = open.next().await?;
        Some((bytes, open))
    });
    stream::once(async move { first }).chain(rest).map(Ok)
}

impl Open {
    async fn next(&mut self) -> Option<Bytes> {
        let stop = self.newsroom.stop.clone();
        tokio::select! {
            biased;
            () = stop.heard() => {
                self.ended = true;
                Some(retry(self.channel))
            }
            next = self.events.next() => {
                let next = next?;
                if self.has_signed_out().await {
                    return None;
                }
                Some(next.sse.clone())
            }
        }
    }

    /// A stream of the desk ends with the session that opened it.
    async fn has_signed_out(&mut self) -> bool {
        match &self.token {
            Some(token) if self.looked.elapsed() >= LOOK => {
                self.looked = Instant::now();
                matches!(self.newsroom.auth.has_ended(token).await, Ok(true))
            }
            _ => false,
        }
    }
}

fn retry(channel: Channel) -> Bytes {
    let range = if channel.is_for_staff() {
        DESK_RETRY_MS
    } else {
        RETRY_MS
    };
    let random = getrandom::u64().unwrap_or_default();
    let pause = range.start + random % (range.end - range.start);
    Bytes::from(format!("retry: {pause}\n\n"))
}

#[cfg(test)]
mod tests;
