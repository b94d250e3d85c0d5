//! `/healthz`: the process answers. `/readyz`: it can do its work.

use crate::newsroom::Newsroom;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// The process answers.
pub async fn health() -> Response {
    answer(StatusCode::OK, "ok\n")
}

/// The store can be read and nobody has said that the end has come.
pub async fn ready(State(newsroom): State<Arc<Newsroom>>) -> Response {
    if newsroom.stop.is_said() {
        return answer(StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match tokio::time::timeout(Duration::from_secs(2), newsroom.store.head()).await {
        Ok(Ok(_)) => answer(StatusCode::OK, "ready\n"),
        Ok(Err(_)) | Err(_) => answer(StatusCode::SERVICE_UNAVAILABLE, "the store can't be read\n"),
    }
}

fn answer(status: StatusCode, words: &'static str) -> Response {
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, no_store, words).into_response()
}
