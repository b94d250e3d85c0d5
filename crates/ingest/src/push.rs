//! Push: an agency hands a document in over HTTP, signed with a secret that only it and we know. The
//! address and the headers are contract 005; the server reads them.

use hmac::{Hmac, KeyInit, Mac};
use news::Millis;
use sha2::Sha256;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

/// When it was signed: seconds since 1970.
pub const TIMESTAMP: &str = "wire-timestamp";
/// `sha256=` and the signature in hexadecimal digits.
pub const SIGNATURE: &str = "wire-signature";
/// How far the moment of signing may be from ours, either way.
pub const WINDOW: i64 = 5 * Millis::MINUTE;

/// What a request says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The header's value.
    pub timestamp: &'a str,
    /// The header's value.
    pub signature: &'a str,
}

impl Signed<'_> {
    /// Whether it was signed about now: what is older was overheard somewhere.
    #[must_use]
    pub fn is_timely(&self, now: Millis) -> bool {
        let seconds: Option<i64> = self.timestamp.parse().ok();
        let moment = seconds.and_then(|seconds| seconds.checked_mul(1_000));
        moment.is_some_and(|moment| now.0.abs_diff(moment) <= WINDOW.unsigned_abs())
    }

    /// Whether it has the form of a signature: what hasn't needs no body to be refused.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.digits().is_some()
    }

    fn digits(&self) -> Option<Vec<u8>> {
        self.signature.strip_prefix("sha256=").and_then(bytes)
    }

    /// Whether this secret signed this body. It takes as long for a wrong signature as for a right one.
    #[must_use]
    pub fn is_by(&self, secret: &str, body: &[u8]) -> bool {
        let signed = self.digits().zip(mac(secret, self.timestamp, body));
        signed.is_some_and(|(digits, mac)| mac.verify_slice(&digits).is_ok())
    }
}

/// The value of the signature's header for a body, as whoever pushes makes it.
#[must_use]
pub fn sign(secret: &str, timestamp: &str, body: &[u8]) -> Option<String> {
    let mac = mac(secret, timestamp, body)?;
    Some(format!("sha256={}", hex(&mac.finalize().into_bytes())))
}

/// A secret nobody has had before; `None` where the system has no chance left to give.
#[must_use]
pub fn fresh_secret() -> Option<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

fn mac(secret: &str, timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit());
    let pairs = (0..32).map(|at| hex.get(at * 2..at * 2 + 2));
    let read = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok());
    digits.then(|| read.collect()).flatten()
}

/// Pushes that were taken within the window, with what was answered: sent again, by whomever, they change
/// nothing. Only what was signed rightly is kept, so nobody else can fill it.
#[derive(Debug, Default)]
pub struct Taken(Mutex<HashMap<String, (Millis, String)>>);

impl Taken {
    /// What was answered to the push with this signature.
    pub fn answer(&self, signature: &str, now: Millis) -> Option<String> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A stamp may be ahead of our clock by the window, and is good for another one.
        all.retain(|_, (at, _)| now.since(*at) <= 2 * WINDOW);
        all.get(&signature.to_ascii_lowercase())
            .map(|(_, answer)| answer.clone())
    }

    /// Keeps what is answered.
    pub fn keep(&self, signature: &str, now: Millis, answer: String) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(signature.to_ascii_lowercase(), (now, answer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_795_600_000_000);

    #[test]
    fn a_signature_is_of_a_secret_a_moment_and_a_body() {
        let (at, body) = ("1795600000", b"<nitf/>");
        let signature = sign("s3cret", at, body).unwrap();
        let check = |timestamp, signature: &str, secret, body: &[u8], want| {
            let signed = Signed {
                timestamp,
                signature,
            };
            assert_eq!(signed.is_by(secret, body), want, "{signature}");
        };
        check(at, &signature, "s3cret", body, true);
        check(
            at,
            &signature.to_uppercase().replace("SHA", "sha"),
            "s3cret",
            body,
            true,
        );
        check(at, &signature, "another", body, false);
        check(at, &signature, "s3cret", b"<nitf> </nitf>", false);
        check("1795600001", &signature, "s3cret", body, false);
        let digits = signature.strip_prefix("sha256=").unwrap();
        check(at, digits, "s3cret", body, false);
        check(at, &format!("{signature}00"), "s3cret", body, false);
        check(at, "sha256=", "s3cret", body, false);
        check(
            at,
            &format!("sha256={}", "é".repeat(32)),
            "s3cret",
            body,
            false,
        );
        // As any other program makes it: printf '1795600000.<nitf/>' | openssl dgst -sha256 -hmac s3cret
        assert_eq!(signature, KNOWN);
    }

    const KNOWN: &str = "sha256=e3b0bc0d555777d45865485ca0b8595a56f770c8ff64fa9e845f85bfbb1a2d4e";

    #[test]
    fn a_moment_is_good_for_five_minutes_either_way() {
        let check = |timestamp: &str, want| {
            let signed = Signed {
                timestamp,
                signature: "",
            };
            assert_eq!(signed.is_timely(NOW), want, "{timestamp}");
        };
        check("1795600000", true);
        check("1795599700", true);
        check("1795600300", true);
        check("1795599699", false);
        check("1795600301", false);
        check("-9223372036854775808", false);
        check("9223372036854775807", false);
        check("soon", false);
        check("", false);
    }

    #[test]
    fn what_was_taken_is_remembered_while_its_stamp_is_good() {
        let taken = Taken::default();
        taken.keep("sha256=AB", NOW, "done".into());
        assert_eq!(
            taken.answer("sha256=ab", NOW.plus(2 * WINDOW)).as_deref(),
            Some("done")
        );
        assert_eq!(taken.answer("sha256=cd", NOW), None);
        assert_eq!(taken.answer("sha256=ab", NOW.plus(2 * WINDOW + 1)), None);
    }

    #[test]
    fn secrets_differ() {
        let (one, other) = (fresh_secret().unwrap(), fresh_secret().unwrap());
        assert_eq!((one.len(), one == other), (64, false));
    }
}
