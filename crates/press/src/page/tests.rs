use super::*;
use std::io::Read;

fn page(body: &str, keep: Keep) -> PressedPage {
    let fresh = Fresh {
        content_type: "text/html; charset=utf-8".into(),
        body: body.into(),
        nonce: Some("N1".into()),
        keep,
        ..Fresh::default()
    };
    PressedPage::press(fresh).unwrap()
}

fn ask(page: &PressedPage, coding: &str, known: &str) -> Response<Bytes> {
    let mut asked = HeaderMap::new();
    set(&mut asked, header::ACCEPT_ENCODING, coding);
    set(&mut asked, header::IF_NONE_MATCH, known);
    page.answer(&asked)
}

fn said(response: &Response<Bytes>, name: HeaderName) -> &str {
    let value = response.headers().get(name);
    value.map(|v| v.to_str().unwrap()).unwrap_or_default()
}

#[test]
fn every_coding_holds_the_same_page() {
    let long = "<p>Typhoon nears Kyushu</p>".repeat(200);
    let page = page(
        &format!("<script nonce=\"N1\">go()</script>{long}"),
        Keep::Shared,
    );
    let raw = ask(&page, "", "").into_body();
    let mut br = Vec::new();
    let packed = ask(&page, "br", "").into_body();
    brotli::BrotliDecompress(&mut packed.as_ref(), &mut br).unwrap();
    let zstd = zstd::decode_all(ask(&page, "zstd", "").into_body().as_ref()).unwrap();
    let mut gzip = Vec::new();
    flate2::read::GzDecoder::new(ask(&page, "gzip", "").into_body().as_ref())
        .read_to_end(&mut gzip)
        .unwrap();
    assert!(br == raw && zstd == raw && gzip == raw);
    assert!(packed.len() < raw.len() / 4);
    let csp = ask(&page, "", "");
    let csp = said(&csp, header::CONTENT_SECURITY_POLICY);
    assert!(csp.contains("'wasm-unsafe-eval' 'sha256-"), "{csp}");
}

#[test]
fn a_known_tag_is_known_in_any_coding() {
    let page = page(&"<p>Typhoon nears Kyushu</p>".repeat(200), Keep::Shared);
    let etag = |coding| said(&ask(&page, coding, ""), header::ETAG).to_owned();
    assert!(etag("br").ends_with("-br\"") && etag("") != etag("gzip"));
    for coding in ["br", "gzip", "zstd", ""] {
        for known in [
            etag(coding),
            format!("\"other\", W/{}", etag(coding)),
            "*".into(),
        ] {
            let answer = ask(&page, "br", &known);
            assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{known}");
            assert!(answer.body().is_empty());
            assert_eq!(said(&answer, header::ETAG), etag("br"));
            assert_eq!(said(&answer, header::CONTENT_ENCODING), "");
        }
    }
    assert_eq!(ask(&page, "br", "\"other\"").status(), StatusCode::OK);
}

#[test]
fn what_is_short_is_sent_as_it_is() {
    let page = page("<p>short</p>", Keep::Shared);
    let answer = ask(&page, "br, gzip", "");
    assert_eq!(said(&answer, header::CONTENT_ENCODING), "");
    assert_eq!(answer.body(), "<p>short</p>");
}

#[test]
fn one_persons_page_is_nobody_elses() {
    let page = page(&"<p>Draft</p>".repeat(200), Keep::Never);
    let answer = ask(&page, "br", "*");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(said(&answer, header::CACHE_CONTROL), "private, no-store");
    assert_eq!(said(&answer, header::ETAG), "");
    assert_eq!(said(&answer, header::VARY), "Accept-Encoding, Cookie");
}
