//! The desk's own addresses, for the editor in the browser: steps in, steps since, the whole document.

use crate::newsroom::Newsroom;
use crate::part::Part;
use crate::refused::Refused;
use auth::{Staff, guard};
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use desk::{Accepted, StepBatch, StoredStep};
use news::{Act, Refusal, StoryId};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// A batch is a pause's typing, or a paste: whole stories fit. A little more than the desk takes of steps.
const LARGEST_BATCH: usize = (1 << 20) + (1 << 12);

/// What the editor sends. The story's number stands in the address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    version: u64,
    batch: String,
    client: String,
    steps: Vec<Value>,
}

/// `POST /desk/story/{id}/steps`: `200 {"version"}`, or `409 {"since", "version", "steps"}` to rebase on.
pub async fn take(
    State(newsroom): State<Arc<Newsroom>>,
    Part(id): Part,
    request: Request,
) -> Result<Response, Refused> {
    let story = story(&id)?;
    let viewer = newsroom.viewer(request.headers()).await?;
    // Who may nothing at all isn't told whether the story exists.
    guard(viewer.as_ref(), Act::EditOwnStory, None)?;
    let staff = may_edit(&newsroom, viewer.as_ref(), story).await?;
    let body = to_bytes(request.into_body(), LARGEST_BATCH)
        .await
        .map_err(|_| Refusal::TooLarge(format!("at most {} KiB at once", LARGEST_BATCH >> 10)))?;
    let sent: Sent = serde_json::from_slice(&body)
        .map_err(|_| Refusal::NotOurSchema("this is no batch of steps".into()))?;
    // A browser that somebody else signed in to still has the words of the one before.
    let whose = sent.client.split_once('.').map(|(who, _)| who.parse());
    if let Some(Ok(who)) = whose
        && staff.id != who
    {
        return Err(Refusal::SomebodyElse.into());
    }
    let batch = StepBatch {
        story,
        version: sent.version,
        batch: sent.batch,
        client: sent.client,
        steps: sent.steps,
    };
    match newsroom.desk.accept(staff.id, batch).await? {
        Accepted::Done { version } => Ok(answer(StatusCode::OK, &json!({ "version": version }))),
        Accepted::Behind { since, steps } => Ok(answer(StatusCode::CONFLICT, &told(since, &steps))),
    }
}

/// `GET /desk/story/{id}/steps?since=`: what came after a version.
pub async fn since(
    State(newsroom): State<Arc<Newsroom>>,
    Part(id): Part,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let story = story(&id)?;
    let viewer = newsroom.viewer(&headers).await?;
    guard(viewer.as_ref(), Act::ReadDraft, None)?;
    let since = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .find_map(|p| p.strip_prefix("since="));
    let Some(since) = since.and_then(|since| since.parse::<u64>().ok()) else {
        let words = json!({ "sentence": "Say since which version: ?since=41." });
        return Ok(answer(StatusCode::BAD_REQUEST, &words));
    };
    let steps = newsroom.desk.since(story, since).await?;
    Ok(answer(StatusCode::OK, &told(since, &steps)))
}

/// `GET /desk/story/{id}/document`: `{"version", "doc"}`, the draft as the editor begins with it.
pub async fn document(
    State(newsroom): State<Arc<Newsroom>>,
    Part(id): Part,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let story = story(&id)?;
    let viewer = newsroom.viewer(&headers).await?;
    guard(viewer.as_ref(), Act::ReadDraft, None)?;
    let opened = newsroom.desk.open(story).await?;
    let words = json!({ "version": opened.version, "doc": opened.story.document });
    Ok(answer(StatusCode::OK, &words))
}

async fn may_edit(
    newsroom: &Newsroom,
    viewer: Option<&Staff>,
    story: StoryId,
) -> Result<Staff, Refused> {
    // Whoever may edit any story needs no look at this one; it costs a read a batch.
    if let Ok(staff) = guard(viewer, Act::EditAnyStory, None) {
        return Ok(staff);
    }
    let owner = newsroom.desk.open(story).await?.story.owner;
    Ok(guard(viewer, Act::EditOwnStory, Some(owner))?)
}

fn story(id: &str) -> Result<StoryId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// Steps as the editor's module rebases on them; the same words as the event `steps`.
pub(crate) fn told(since: u64, steps: &[StoredStep]) -> Value {
    let version = steps.last().map_or(since, |step| step.version);
    let clients: Vec<&str> = steps.iter().map(|step| &*step.client).collect();
    let steps: Vec<&Value> = steps.iter().map(|step| &step.step).collect();
    json!({ "since": since, "version": version, "steps": steps, "clients": clients })
}

fn answer(status: StatusCode, words: &Value) -> Response {
    let no_store = [(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    )];
    (status, no_store, axum::Json(words)).into_response()
}
