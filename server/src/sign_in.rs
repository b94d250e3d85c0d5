//! Signing in and out: plain forms, so that they work before any script does.

use crate::newsroom::Newsroom;
use crate::origin::safe_next;
use crate::page::{self, Asked, Said};
use crate::part::Part;
use crate::refused::Refused;
use auth::NewSession;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use news::Refusal;
use std::sync::Arc;

const LARGEST_FORM: usize = 16 << 10;

/// `POST /sign-in`: e-mail and password.
pub async fn by_password(State(newsroom): State<Arc<Newsroom>>, request: Request) -> Response {
    let uri = request.uri().clone();
    let headers = request.headers().clone();
    let address = newsroom.address(&headers, request.extensions());
    let form = match Form::read(request).await {
        Ok(form) => form,
        Err(refused) => return refused.into_response(),
    };
    let next = form.get("next");
    let (email, password) = (form.get("email"), form.get("password"));
    let email = email.unwrap_or_default();
    match newsroom
        .auth
        .sign_in(email, password.unwrap_or_default(), address)
        .await
    {
        Ok(session) => welcome(&newsroom, &session, safe_next(next)),
        Err(refusal) => {
            let next = format!("/sign-in?next={}", escaped(safe_next(next)));
            let asked = Asked::of(&next.parse().unwrap_or(uri));
            again(newsroom, asked, refusal, &headers).await
        }
    }
}

/// `GET /sign-in/{token}`: the form of a link that still works; a dead one says so before anybody chooses a password.
pub async fn link(
    State(newsroom): State<Arc<Newsroom>>,
    Part(token): Part,
    request: Request,
) -> Response {
    let asked = Asked::of(request.uri());
    let refusal = match newsroom.auth.link(&token).await {
        Ok(Some(_)) => return page::page(State(newsroom), request).await,
        Ok(None) => Refusal::LinkUsed,
        Err(refusal) => refusal,
    };
    again(newsroom, asked, refusal, request.headers()).await
}

/// `POST /sign-in/{token}`: the one-time link is used, and a password set where the form brings one.
pub async fn by_link(
    State(newsroom): State<Arc<Newsroom>>,
    Part(token): Part,
    request: Request,
) -> Response {
    let asked = Asked::of(request.uri());
    let headers = request.headers().clone();
    let address = newsroom.address(&headers, request.extensions());
    let form = match Form::read(request).await {
        Ok(form) => form,
        Err(refused) => return refused.into_response(),
    };
    let password = form.get("password").filter(|password| !password.is_empty());
    match newsroom.auth.use_link(&token, password, address).await {
        Ok(session) => welcome(&newsroom, &session, safe_next(form.get("next"))),
        Err(refusal) => again(newsroom, asked, refusal, &headers).await,
    }
}

/// `POST /sign-out`.
pub async fn out(State(newsroom): State<Arc<Newsroom>>, request: Request) -> Response {
    if let Some(token) = newsroom.token(request.headers())
        && let Err(refusal) = newsroom.auth.sign_out(token).await
    {
        return Refused(refusal).into_response();
    }
    see("/", newsroom.no_cookie())
}

fn welcome(newsroom: &Newsroom, session: &NewSession, next: &str) -> Response {
    see(next, newsroom.session_cookie(session))
}

/// 303: the browser goes on with a GET, and going back sends no form again.
fn see(path: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    let path = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, path);
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    if let Some(cookie) = cookie {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The same page with the sentence in it, under the refusal's status.
async fn again(
    newsroom: Arc<Newsroom>,
    asked: Asked,
    refusal: Refusal,
    headers: &HeaderMap,
) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let wait = if let Refusal::TooOften(seconds) = refusal {
        Some(seconds)
    } else {
        None
    };
    let said = Said {
        refusal: Some(refusal),
        ..Said::default()
    };
    let mut response = page::once(newsroom, asked, said, headers).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The fields of a small form.
struct Form(Vec<(String, String)>);

impl Form {
    async fn read(request: Request) -> Result<Self, Refused> {
        let body = to_bytes(request.into_body(), LARGEST_FORM)
            .await
            .map_err(|_| Refusal::TooLarge(format!("at most {} KiB", LARGEST_FORM >> 10)))?;
        let fields = axum::extract::Query::try_from_uri(&as_query(&body)?);
        let axum::extract::Query(fields) =
            fields.map_err(|_| Refusal::Invalid("This form can't be read.".into()))?;
        Ok(Self(fields))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| &**value)
    }
}

/// A form's body is written like a query, so the same parser reads it.
fn as_query(body: &[u8]) -> Result<Uri, Refusal> {
    let text = std::str::from_utf8(body)
        .ok()
        .filter(|text| text.bytes().all(|b| b != b'#'));
    text.and_then(|text| format!("/?{text}").parse().ok())
        .ok_or_else(|| Refusal::Invalid("This form can't be read.".into()))
}

/// A path as the value of a query.
fn escaped(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_form_is_read() {
        let body = "email=mika%40asian-news.example&password=a+b%26c&next=%2Fstory%2F5k";
        let request = Request::post("/sign-in").body(body.into()).unwrap();
        let form = Form::read(request).await.ok().unwrap();
        assert_eq!(form.get("email"), Some("mika@asian-news.example"));
        assert_eq!(form.get("password"), Some("a b&c"));
        assert_eq!(form.get("next"), Some("/story/5k"));
        assert_eq!(form.get("other"), None);
    }

    #[test]
    fn a_path_in_a_query() {
        assert_eq!(
            escaped("/politics?before=1-5k"),
            "/politics%3Fbefore%3D1-5k"
        );
    }
}
