//! Which scripts of a page are its own: exactly those that carry the render's nonce.
//!
//! A pressed page is sent to many readers, so a nonce in it would be worth nothing. It is taken out, and
//! the scripts that had it are named by their hashes in the page's policy. Markup that somebody smuggled
//! into a text has no nonce and is never blessed.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// A page without its nonce, and the SHA-256 of each inline script that carried it, in base64.
#[derive(Debug, Eq, PartialEq)]
pub struct Blessed {
    /// The page.
    pub html: String,
    /// The hashes, each once, in the page's order.
    pub hashes: Vec<String>,
}

/// The nonce stood where we don't expect it, or a script has no end: such a page is not served.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct StrayNonce;

/// Takes `nonce` out of `html` and hashes the scripts that carried it.
///
/// # Errors
/// When the nonce stands anywhere but in a script's start tag (or in `crossorigin`, see below).
pub fn bless(html: &str, nonce: &str) -> Result<Blessed, StrayNonce> {
    let mark = format!(" nonce=\"{nonce}\"");
    let mut out = String::with_capacity(html.len());
    let mut hashes = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(&mark) {
        let (_, head) = before.rsplit_once('<').ok_or(StrayNonce)?;
        let (tail, inside) = after.split_once('>').ok_or(StrayNonce)?;
        let name = head.split_ascii_whitespace().next();
        if name != Some("script") || head.contains('>') {
            return Err(StrayNonce);
        }
        if is_inline_code(head, tail) {
            let (code, _) = inside.split_once("</script>").ok_or(StrayNonce)?;
            let hash = STANDARD.encode(Sha256::digest(code));
            if !hashes.contains(&hash) {
                hashes.push(hash);
            }
        }
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    // Leptos also writes the nonce into preload links as `crossorigin`, where any unknown word means anonymous.
    let html = out.replace(&format!("crossorigin=\"{nonce}\""), "crossorigin=\"\"");
    if html.contains(nonce) {
        return Err(StrayNonce);
    }
    Ok(Blessed { html, hashes })
}

/// Whether a script with these attributes runs what stands between its tags.
fn is_inline_code(head: &str, tail: &str) -> bool {
    let has = |words: &str| head.contains(words) || tail.contains(words);
    let is_outside = has(" src=");
    let is_text = has("type=\"application/ld+json\"") || has("type=\"application/json\"");
    !is_outside && !is_text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(code: &str) -> String {
        STANDARD.encode(Sha256::digest(code))
    }

    #[test]
    fn only_the_renders_own_scripts() {
        let page = concat!(
            "<link crossorigin=\"N1\"><script nonce=\"N1\">a()</script><p>&lt;script&gt;</p>",
            "<script>b()</script><script nonce=\"guess\">c()</script>",
            "<script type=\"module\" nonce=\"N1\" src=\"/x.js\"></script>",
            "<script type=\"application/ld+json\" nonce=\"N1\">{}</script><script nonce=\"N1\">a()</script>",
        );
        let blessed = bless(page, "N1").unwrap();
        assert!(!blessed.html.contains("N1"));
        assert_eq!(blessed.hashes, [hash("a()")]);
        assert!(blessed.html.contains("<script>a()</script>"));
        assert!(blessed.html.contains("<link crossorigin=\"\">"));
    }

    #[test]
    fn a_stray_nonce_is_an_error() {
        for page in [
            "<p title=\"N1\">",
            "N1",
            "<p nonce=\"N1\">",
            "<script >x nonce=\"N1\"</script>",
            "<script nonce=\"N1\">no end",
            "<scripted nonce=\"N1\">a</scripted>",
        ] {
            assert_eq!(bless(page, "N1"), Err(StrayNonce), "{page}");
        }
    }

    #[test]
    fn the_same_page_twice_is_the_same_bytes() {
        let page = |nonce: &str| format!("<b>x</b><script nonce=\"{nonce}\">go()</script>");
        assert_eq!(bless(&page("aaaa"), "aaaa"), bless(&page("bbbb"), "bbbb"));
    }
}
