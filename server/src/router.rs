//! Every address the server answers. Pages have their own list in `app::routes`; here is the rest.

use crate::newsroom::Newsroom;
use crate::{
    assets, discover, feed, functions, headers, health, media, origin, page, push, sign_in, steps,
    stream, websub,
};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

/// A request is over by then, whatever it does. Streams begin at once and go on.
const DEADLINE: Duration = Duration::from_secs(30);

/// The site over HTTP: what lies on the shelf is handed out at the door, the rest goes by its address.
#[derive(Clone)]
pub struct Service {
    newsroom: Arc<Newsroom>,
    addresses: Router,
}

impl Service {
    /// For this newsroom.
    #[must_use]
    pub fn new(newsroom: Arc<Newsroom>) -> Self {
        let addresses = addresses(newsroom.clone());
        Self {
            newsroom,
            addresses,
        }
    }

    /// The answer to one request.
    pub async fn answer(self, request: Request) -> Response {
        if let Some(response) = page::shelved(&self.newsroom, &request) {
            return response;
        }
        let Ok(response) = self.addresses.oneshot(request).await;
        response
    }
}

fn addresses(newsroom: Arc<Newsroom>) -> Router {
    let of_pages = Router::new()
        .route("/pkg/{name}", get(assets::built))
        .route("/media/{name}", get(media::picture))
        .route("/icon.svg", get(assets::public))
        .route("/favicon.ico", get(assets::public))
        .route("/robots.txt", get(assets::public))
        .route("/feed.xml", get(feed::front))
        .route("/healthz", get(health::health))
        .route("/readyz", get(health::ready))
        .route("/live/{channel}", get(stream::channel))
        .route("/api/{*function}", any(functions::call))
        .route(
            "/desk/story/{id}/steps",
            get(steps::since).post(steps::take),
        )
        .route("/desk/story/{id}/document", get(steps::document))
        .route("/desk/sources/discover", post(discover::look))
        .route("/sign-in", get(page::page).post(sign_in::by_password))
        .route(
            "/sign-in/{token}",
            get(sign_in::link).post(sign_in::by_link),
        )
        .route("/sign-out", post(sign_in::out))
        .fallback(page::page)
        .layer(from_fn_with_state(newsroom.clone(), origin::check));
    // An agency's program is no page of ours, and looks at no cookie: it says who it is by its signature.
    Router::new()
        .route("/wire/push/{source}", post(push::take))
        .merge(of_pages)
        .layer(DefaultBodyLimit::disable())
        // Hubs are no pages of ours: what they send is known by its signature.
        .route("/websub/{token}", get(websub::verify).post(websub::push))
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(newsroom.clone(), headers::add))
        .with_state(newsroom)
}

/// Gives each request its deadline, and makes of a panic an answer: one request fails, the site doesn't.
async fn in_time(request: Request, next: Next) -> Response {
    use futures::FutureExt;
    let path = request.uri().path().to_owned();
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(DEADLINE, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!(path, "a request panicked");
            let words = "Something went wrong here. Please try again in a minute.\n";
            (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
        }
        Err(_) => {
            tracing::error!(path, "a request took too long");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "This took too long. Please try again.\n",
            )
                .into_response()
        }
    }
}
