//! The built files: inside the program in a release, read from `target/site` while it is developed, so
//! that the browser's code may come later than the server.

use app::Assets;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use press::Shelf;
use press::coding::Coding;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::{newsroom::Newsroom, part::Part};

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Built;

#[derive(RustEmbed)]
#[folder = "../public"]
#[allow_missing = true]
struct Public;

/// The files of the build under way.
#[derive(Clone)]
pub struct Files {
    assets: Arc<RwLock<Assets>>,
}

impl Files {
    /// Reads the manifest; while the program is developed, looks for a newer one each second and throws
    /// the pages away that name the old files.
    #[must_use]
    pub fn new(shelf: Arc<Shelf>) -> Self {
        let files = Self {
            assets: Arc::new(RwLock::new(read())),
        };
        if cfg!(debug_assertions) {
            tokio::spawn(files.clone().follow(shelf));
        }
        files
    }

    /// The addresses of the files.
    #[must_use]
    pub fn assets(&self) -> Assets {
        self.assets
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn follow(self, shelf: Arc<Shelf>) {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let new = read();
            if new.build() != self.assets().build() {
                *self.assets.write().unwrap_or_else(PoisonError::into_inner) = new;
                shelf.clear(0);
            }
        }
    }
}

fn read() -> Assets {
    let manifest = Built::get("manifest.json");
    manifest
        .and_then(|file| Assets::read(&file.data).ok())
        .unwrap_or_default()
}

/// `/pkg/{name}`: a built file in the smallest encoding the browser takes.
pub async fn built(Part(name): Part, headers: HeaderMap) -> Response {
    let Some(kind) = media_type(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok());
    // The build makes br and gz of every file; zstd would be a third copy for few browsers.
    let (coding, suffix) = match Coding::accepted(accepts.unwrap_or_default()) {
        Coding::Br => (Some("br"), ".br"),
        Coding::Gzip | Coding::Zstd => (Some("gzip"), ".gz"),
        Coding::Identity => (None, ""),
    };
    let encoded = coding.and_then(|coding| Some((Built::get(&format!("{name}{suffix}"))?, coding)));
    let (file, coding) = match encoded {
        Some((file, coding)) => (file, Some(coding)),
        None => match Built::get(&name) {
            Some(file) => (file, None),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let mut response = (StatusCode::OK, bytes(file)).into_response();
    let to = response.headers_mut();
    to.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    to.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    to.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    if let Some(coding) = coding {
        to.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Files that have their fixed name: the icons, the rules for robots.
pub async fn public(State(newsroom): State<Arc<Newsroom>>, uri: Uri) -> Response {
    let name = uri.path().trim_start_matches('/');
    // Browsers ask for the old name by themselves.
    let name = if name == "favicon.ico" {
        "icon.svg"
    } else {
        name
    };
    if name == "robots.txt" {
        return robots(&newsroom).into_response();
    }
    let (Some(file), Some(kind)) = (Public::get(name), media_type(name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let for_a_day = HeaderValue::from_static("public, max-age=86400");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, for_a_day),
    ];
    (headers, bytes(file)).into_response()
}

fn robots(newsroom: &Newsroom) -> String {
    let home = &newsroom.home.0;
    format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /desk/\nDisallow: /live/\nDisallow: /sign-in\n# Feed: {home}/feed.xml\n"
    )
}

fn bytes(file: EmbeddedFile) -> axum::body::Body {
    match file.data {
        std::borrow::Cow::Borrowed(bytes) => axum::body::Body::from(bytes),
        std::borrow::Cow::Owned(bytes) => axum::body::Body::from(bytes),
    }
}

fn media_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}
