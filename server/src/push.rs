//! `POST /wire/push/{source}`: an agency's program hands a document in. Contract 005.
//!
//! No session and no page of ours is asked for here: who knows the source's secret may push, and nothing
//! else. What can be refused is refused before the body is read.

use crate::newsroom::Newsroom;
use crate::part::Part;
use crate::refused::Refused;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ingest::feed::MAX_BYTES;
use ingest::push::{SIGNATURE, Signed, TIMESTAMP};
use ingest::{Dates, From, Report};
use serde_json::{Value, json};
use std::sync::Arc;
use store::Store;

/// How many complaints an answer tells by their words.
const MOST_TOLD: usize = 20;

/// Takes one document: `200` with what became of its items, once they are in the store.
pub async fn take(
    State(newsroom): State<Arc<Newsroom>>,
    Part(slug): Part,
    request: Request,
) -> Result<Response, Refused> {
    let (parts, body) = request.into_parts();
    let Some((source, secret)) = known(&newsroom.store, &slug).await? else {
        return Ok(no(
            StatusCode::NOT_FOUND,
            "no-such-source",
            "No source of this name pushes here.",
        ));
    };
    let text = |name: &str| {
        let value = parts.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let signed = Signed {
        timestamp: text(TIMESTAMP),
        signature: text(SIGNATURE),
    };
    let now = Store::now();
    if !signed.is_timely(now) {
        let sentence = "The headers wire-timestamp and wire-signature say who sends this and when; the \
                        timestamp is missing, or more than five minutes from our time.";
        return Ok(no(StatusCode::UNAUTHORIZED, "not-timely", sentence));
    }
    let too_large = || {
        let sentence = "A document has at most 10 MiB.";
        no(StatusCode::PAYLOAD_TOO_LARGE, "too-large", sentence)
    };
    if says_too_much(&parts.headers) {
        return Ok(too_large());
    }
    let not_signed = || {
        let sentence = "The signature isn't of this source's secret, this timestamp and this body.";
        no(StatusCode::UNAUTHORIZED, "not-signed", sentence)
    };
    if !signed.is_whole() {
        return Ok(not_signed());
    }
    let Ok(_turn) = newsroom.handed_in.try_acquire() else {
        return Ok(busy());
    };
    let Ok(body) = to_bytes(body, MAX_BYTES).await else {
        return Ok(too_large());
    };
    if !signed.is_by(&secret, &body) {
        tracing::warn!(source = slug, "a push was signed with another secret");
        return Ok(not_signed());
    }
    if let Some(answer) = newsroom.pushed.answer(signed.signature, now) {
        return Ok(said(StatusCode::OK, answer));
    }
    let from = From::InHand(body.into());
    let filed = ingest::ingest(&newsroom.store, from, &source, now, Dates::Feeds).await;
    let report = filed.map_err(|error| match error {
        ingest::Error::Store(error) => Refused::from(error),
        other => Refused(news::Refusal::Invalid(other.to_string())),
    })?;
    tracing::info!(
        source = slug,
        new = report.new,
        updated = report.updated,
        "pushed"
    );
    if report.new + report.updated + report.duplicates + report.killed == 0 {
        let mut answer = told(&report);
        if let Some(fields) = answer.as_object_mut() {
            let why = report
                .complaint()
                .unwrap_or_else(|| "there is no story in it".into());
            let sentence = format!("Nothing of this was taken: {why}.");
            fields.insert("refusal".into(), json!("nothing-taken"));
            fields.insert("sentence".into(), json!(sentence));
        }
        return Ok(said(StatusCode::UNPROCESSABLE_ENTITY, answer.to_string()));
    }
    let answer = told(&report).to_string();
    newsroom.pushed.keep(signed.signature, now, answer.clone());
    Ok(said(StatusCode::OK, answer))
}

/// The source of this short name and its secret; `None` where nobody has opened its pushes.
async fn known(store: &Store, slug: &str) -> store::Result<Option<(news::Source, String)>> {
    let source = store.source(slug).await?;
    let Some(source) = source.filter(|source| source.slug == slug) else {
        return Ok(None);
    };
    let secret = store.way_in(source.id).await?.push_secret;
    Ok(secret.map(|secret| (source, secret)))
}

fn says_too_much(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    length.is_some_and(|length| length > MAX_BYTES)
}

fn told(report: &Report) -> Value {
    let complaints: Vec<String> = report
        .complaints
        .iter()
        .take(MOST_TOLD)
        .map(ToString::to_string)
        .collect();
    json!({
        "items": report.items,
        "new": report.new,
        "updated": report.updated,
        "known": report.duplicates,
        "refused": report.refused,
        "killed": report.killed,
        "complaints": complaints,
    })
}

/// So many documents are in memory already.
fn busy() -> Response {
    let sentence = "Many documents are being handed in. Send it again in a moment.";
    let mut response = no(StatusCode::SERVICE_UNAVAILABLE, "busy", sentence);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

fn no(status: StatusCode, refusal: &str, sentence: &str) -> Response {
    let body = json!({ "refusal": refusal, "sentence": sentence });
    said(status, body.to_string())
}

fn said(status: StatusCode, body: String) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json");
    headers.insert(header::CONTENT_TYPE, json);
    let never = HeaderValue::from_static("no-store");
    headers.insert(header::CACHE_CONTROL, never);
    response
}
