//! A hub's signature: HMAC with SHA-256 over all that it sends.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Compared in constant time. SHA-1 is nobody's signature any more.
pub(super) fn is_signed(secret: &str, signature: &str, body: &[u8]) -> bool {
    let given = signature
        .trim()
        .split_once('=')
        .filter(|(method, _)| method.eq_ignore_ascii_case("sha256"))
        .and_then(|(_, digest)| bytes(digest));
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
    match (given, mac) {
        (Some(given), Ok(mac)) => mac.chain_update(body).verify_slice(&given).is_ok(),
        _ => false,
    }
}

/// The bytes of a digest in hexadecimal.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let values: Option<Vec<u32>> = digits.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = values?;
    let (pairs, rest) = pairs.as_chunks::<2>();
    let byte = |[high, low]: &[u32; 2]| u8::try_from(high * 16 + low).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_this_secret_and_this_body() {
        // RFC 4231, test case 2.
        let good = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let check = |secret: &str, signature: &str, body: &str, want: bool| {
            assert_eq!(
                is_signed(secret, signature, body.as_bytes()),
                want,
                "{signature}"
            );
        };
        let body = "what do ya want for nothing?";
        check("Jefe", good, body, true);
        check("Jefe", &good.replace("sha256=", "SHA256="), body, true);
        check(
            "Jefe",
            &good.to_uppercase().replace("SHA256", "sha256"),
            body,
            true,
        );
        check("jefe", good, body, false);
        check("Jefe", good, "what do ya want for nothing", false);
        check("Jefe", &good.replace("5bd", "5be"), body, false);
        check("Jefe", &good.replace("sha256", "sha1"), body, false);
        check("Jefe", good.trim_end_matches('3'), body, false);
        for nonsense in [
            "",
            "sha256",
            "sha256=",
            "sha256=zz",
            "sha256=5",
            "=",
            "sha256=５b",
        ] {
            check("Jefe", nonsense, body, false);
        }
    }
}
