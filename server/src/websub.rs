//! `/websub/{token}`: where hubs ask whether it was us who asked, and tell us that a feed has changed.
//!
//! The one address that other sites' programs send to without a session: its token is known to one hub,
//! what comes there is signed, and all it does is make a feed due.

use crate::newsroom::Newsroom;
use crate::part::Part;
use crate::refused::Refused;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use ingest::websub::{self, Pushed};
use news::Refusal;
use std::sync::Arc;
use store::Store;

/// Hubs send the whole feed along.
const LARGEST_PUSH: usize = ingest::feed::MAX_BYTES;

/// `GET`: the challenge back, if we did ask.
pub async fn verify(
    State(newsroom): State<Arc<Newsroom>>,
    Part(token): Part,
    uri: Uri,
) -> Result<Response, Refused> {
    let query = uri.query().unwrap_or_default();
    open(&newsroom)?;
    let said = websub::verify(&newsroom.store, &token, query, Store::now()).await?;
    let challenge = said.ok_or(Refusal::NotFound)?;
    Ok((StatusCode::OK, plain(), challenge).into_response())
}

/// `POST`: 202, whatever the signature: whoever guesses learns nothing. 404 where nobody listens.
pub async fn push(
    State(newsroom): State<Arc<Newsroom>>,
    Part(token): Part,
    request: Request,
) -> Result<Response, Refused> {
    let (store, now) = (&newsroom.store, Store::now());
    open(&newsroom)?;
    // Nothing is read of what nobody waits for.
    if websub::listens(store, &token, now).await?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let (head, body) = request.into_parts();
    let turn = newsroom.handed_in.try_acquire();
    let _turn = turn.map_err(|_| Refusal::Unavailable)?;
    let body = to_bytes(body, LARGEST_PUSH)
        .await
        .map_err(|_| Refusal::TooLarge(format!("at most {} MiB", LARGEST_PUSH >> 20)))?;
    let signature = head.headers.get("x-hub-signature");
    let signature = signature.and_then(|value| value.to_str().ok());
    match websub::push(store, &token, signature, &body, now).await? {
        Pushed::Due | Pushed::Ignored => Ok((StatusCode::ACCEPTED, plain(), "").into_response()),
        Pushed::Nobody => Err(Refusal::NotFound.into()),
    }
}

/// Hubs are told an address of https only, so nobody knows one elsewhere.
fn open(newsroom: &Newsroom) -> Result<(), Refused> {
    if newsroom.config.is_https() {
        Ok(())
    } else {
        Err(Refusal::NotFound.into())
    }
}

fn plain() -> [(header::HeaderName, HeaderValue); 2] {
    [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}
