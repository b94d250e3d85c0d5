//! Who asks: the session in the cookie, and the address the request came from.

use crate::accept::Peer;
use crate::newsroom::Newsroom;
use auth::{COOKIE_HTTPS, COOKIE_LOOPBACK, LONGEST_SESSION, NewSession, Staff};
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use news::Refusal;
use std::net::{IpAddr, Ipv4Addr};

impl Newsroom {
    /// The name of the session's cookie here.
    #[must_use]
    pub fn cookie_name(&self) -> &'static str {
        if self.config.is_https() {
            COOKIE_HTTPS
        } else {
            COOKIE_LOOPBACK
        }
    }

    /// The session's token, if the request brings one.
    #[must_use]
    pub fn token<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let name = self.cookie_name();
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, token)| token)
    }

    /// The member of the staff who asks; none for a reader.
    ///
    /// # Errors
    /// When the store can't be asked.
    pub async fn viewer(&self, headers: &HeaderMap) -> Result<Option<Staff>, Refusal> {
        match self.token(headers) {
            Some(token) => self.auth.session(token).await,
            None => Ok(None),
        }
    }

    /// `Set-Cookie` of a session that begins.
    #[must_use]
    pub fn session_cookie(&self, session: &NewSession) -> Option<HeaderValue> {
        self.cookie(&session.token, LONGEST_SESSION.as_secs())
    }

    /// `Set-Cookie` that ends the session in the browser.
    #[must_use]
    pub fn no_cookie(&self) -> Option<HeaderValue> {
        self.cookie("", 0)
    }

    fn cookie(&self, token: &str, seconds: u64) -> Option<HeaderValue> {
        let name = self.cookie_name();
        let secure = if self.config.is_https() {
            " Secure;"
        } else {
            ""
        };
        let text =
            format!("{name}={token}; Path=/;{secure} HttpOnly; SameSite=Lax; Max-Age={seconds}");
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The address limits count by: the peer's, or what the nearest proxies of ours say it was.
    #[must_use]
    pub fn address(&self, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
        let peer = extensions.get::<Peer>().map(|Peer(peer)| peer.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let Some(hop) = self.config.proxies.checked_sub(1) else {
            return peer;
        };
        // Each proxy adds the address it saw at the right end; what stands left of ours anybody can write.
        let forwarded = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|v| v.to_str().ok());
        let mut hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).collect();
        hops.reverse();
        hops.get(hop)
            .and_then(|hop| hop.trim().parse().ok())
            .unwrap_or(peer)
    }
}
