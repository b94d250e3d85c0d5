//! Sessions and one-time links: 256 random bits that only the browser has; the store keeps their SHA-256.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use news::{Millis, Refusal};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// The cookie over https; `__Host-` makes browsers refuse it from anywhere else.
pub const COOKIE_HTTPS: &str = "__Host-sid";
/// The cookie over plain http on the loopback, where `__Host-` can't be had.
pub const COOKIE_LOOPBACK: &str = "sid-dev";

/// A session ends after this in any case.
pub const LONGEST_SESSION: Duration = Duration::from_secs(14 * 24 * 3600);
/// A session ends after this long without a request.
pub const LONGEST_IDLE: Duration = Duration::from_secs(12 * 3600);
/// A one-time link may be used for this long.
pub const LONGEST_LINK: Duration = Duration::from_secs(24 * 3600);

/// A session just begun: the token goes into the browser's cookie and nowhere else.
#[derive(Clone)]
pub struct NewSession {
    /// What the cookie holds.
    pub token: String,
    /// When it ends at the latest.
    pub expires_at: Millis,
}

// The token is a secret: it must not come into a log by accident.
impl std::fmt::Debug for NewSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSession")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// A new token.
///
/// # Errors
/// When the system has no randomness to give.
pub fn token() -> Result<String, Refusal> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| Refusal::Unavailable)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What the store keeps of a token.
#[must_use]
pub fn token_hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

/// Whether a text can be a token at all; anything else isn't worth a look into the store.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_differ() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert!(is_token(&one) && one != other);
        assert!(!is_token("short") && !is_token(&format!("{}'", "a".repeat(42))));
        assert_eq!(token_hash(&one).len(), 43);
        let session = NewSession {
            token: one.clone(),
            expires_at: Millis(1),
        };
        assert!(!format!("{session:?}").contains(&one));
    }
}
