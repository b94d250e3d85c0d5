//! How a refusal is answered to a program: its status, and a sentence for whoever sits before it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use news::Refusal;

/// A refusal as an answer, in the form that server functions give it, too.
#[derive(Debug)]
pub struct Refused(pub Refusal);

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Self {
        Self(error.refusal().unwrap_or_else(|| {
            tracing::error!(%error, "the store failed");
            Refusal::Unavailable
        }))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = match self.0 {
            Refusal::TooOften(seconds) => Some(seconds),
            _ => None,
        };
        let mut response = (status, axum::Json(app::Refused(self.0))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
