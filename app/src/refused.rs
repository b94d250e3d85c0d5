//! A server function's no, on its way to the browser.

use leptos::{prelude::*, server_fn::codec::JsonEncoding};
use news::Refusal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A refusal on its way to the browser, with its status. As JSON `{"refusal": …, "sentence": "…"}`: what a program
/// tells apart, and what it shows to whoever sits before it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(from = "Told", into = "Told")]
pub struct Refused(pub Refusal);

#[derive(Deserialize, Serialize)]
struct Told {
    refusal: Refusal,
    #[serde(default)]
    sentence: String,
}

impl From<Refused> for Told {
    fn from(Refused(refusal): Refused) -> Self {
        let sentence = refusal.to_string();
        Self { refusal, sentence }
    }
}

impl From<Told> for Refused {
    fn from(told: Told) -> Self {
        Self(told.refusal)
    }
}

impl FromServerFnError for Refused {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Refusal::Unavailable,
            _ => Refusal::Invalid("This request can't be read.".into()),
        })
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The refusal, under its own status: without this leptos answers every error with 500.
#[cfg(feature = "ssr")]
pub(crate) fn said(refusal: Refusal) -> Refused {
    let status = http::StatusCode::from_u16(refusal.status());
    if let (Some(response), Ok(status)) = (use_context::<leptos_axum::ResponseOptions>(), status) {
        response.set_status(status);
    }
    Refused(refusal)
}

/// The store's answer for a person. What is no refusal is our failure and stands in the log.
#[cfg(feature = "ssr")]
pub(crate) fn by(error: store::Error) -> Refused {
    said(error.refusal().unwrap_or_else(|| {
        tracing::error!(%error, "the store failed a server function");
        Refusal::Unavailable
    }))
}
