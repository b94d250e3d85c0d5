//! The part of an address that varies: a channel, a story's number, a file's name.

use crate::refused::Refused;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use news::Refusal;

/// The one part that varies, percent-decoded. An address that can't be decoded leads nowhere, like any other
/// that nobody knows.
pub struct Part(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Part {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(part)) => Ok(Self(part)),
            Err(_) => Err(Refusal::NotFound.into()),
        }
    }
}
