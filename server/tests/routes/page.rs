//! Pages: status, headers, caching, policy.

use crate::site::Site;
use axum::http::{Method, StatusCode};
use news::Role;

#[tokio::test]
async fn each_page_has_its_status() {
    let site = Site::new().await;
    let (id, address) = site.one_story().await;
    let wrong_slug = format!("/story/another-slug-{id}");
    for (path, want) in [
        ("/", 200),
        ("/business", 200),
        ("/business/japan", 200),
        ("/asia/japan", 200),
        ("/contacts", 200),
        ("/sign-in", 200),
        ("/feed.xml", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/robots.txt", 200),
        (&address, 200),
        (&wrong_slug, 301),
        ("/story/zzzz", 404),
        ("/nowhere", 404),
        ("/business/nowhere", 404),
        ("/asia/nowhere", 404),
        ("/story.css", 404),
        ("/pkg/nothing.js", 404),
        ("/pkg/..%2f..%2fCargo.toml", 404),
        ("/live/nothing", 404),
        ("/live/%ff", 404),
        ("/pkg/%ff", 404),
        ("/media/%ff", 404),
        ("/media/nothing.jpg", 404),
        ("/desk/story/%ff/steps", 404),
        ("/sign-in/%ff", 404),
        ("/story/%ff", 404),
        ("/%ff", 404),
        ("/business?before=rubbish", 400),
        ("/business?until=rubbish", 400),
        ("/business/", 301),
        ("/Politics", 301),
        ("/POLITICS/Japan", 301),
        ("/Contacts", 301),
        ("/Nowhere", 404),
        ("/asia/japan/?before=1-5", 301),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status.as_u16(), want, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(
            want == 301 || !answer.body.is_empty(),
            "{path} says nothing"
        );
        assert!(
            !answer.header("content-security-policy").is_empty(),
            "{path}"
        );
        assert_eq!(
            answer.header("set-cookie"),
            "",
            "{path}: readers get no cookie"
        );
    }
    let moved = site.get(&wrong_slug).await;
    assert_eq!(moved.header("location"), address);
    let posted = site
        .send(Method::PUT, "/", &[("origin", crate::site::ORIGIN)], "")
        .await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(posted.text().contains("can't be asked in this way"));
    let long = site.get(&format!("/{}", "x".repeat(2_000))).await;
    assert!(long.text().contains("longer than any of ours"));
    let slash = site.get("/asia/japan/?before=1-5").await;
    assert_eq!(slash.header("location"), "/asia/japan?before=1-5");
}

#[tokio::test]
async fn a_page_is_pressed_once_and_known_again() {
    let site = Site::new().await;
    site.one_story().await;
    let first = site.get_with("/", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(first.header("content-encoding"), "br");
    assert_eq!(first.header("vary"), "Accept-Encoding");
    assert!(
        first
            .header("cache-control")
            .starts_with("public, max-age=0, s-maxage=10")
    );
    let renders = site.newsroom.shelf.renders();
    for query in ["", "?utm_source=x", "?x=1&y=2"] {
        let again = site
            .get_with(&format!("/{query}"), &[("accept-encoding", "br")])
            .await;
        assert!(again.body == first.body, "the same bytes");
    }
    assert_eq!(site.newsroom.shelf.renders(), renders);
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with('"') && etag.ends_with("-br\""), "{etag}");
    let known = site
        .get_with("/", &[("if-none-match", &etag), ("accept-encoding", "br")])
        .await;
    assert_eq!(
        (known.status, known.body.len()),
        (StatusCode::NOT_MODIFIED, 0)
    );
    assert_eq!(known.header("etag"), etag);
    // A story goes out: the page is another one now.
    site.story("Second story", "More words.").await;
    let changed = site
        .get_with("/", &[("if-none-match", &etag), ("accept-encoding", "br")])
        .await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("etag"), etag);
}

#[tokio::test]
async fn only_the_pages_own_scripts_are_blessed() {
    let site = Site::new().await;
    let smuggled = "</title><script>alert(1)</script>\"><script nonce=\"x\">alert(2)</script>";
    let (_, address) = site.story(&format!("Ports {smuggled}"), smuggled).await;
    for path in ["/", "/business", &address] {
        let page = site.get(path).await;
        let (html, csp) = (page.text(), page.header("content-security-policy"));
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!html.contains("<script nonce"), "{path}");
        assert!(!html.contains("<script>alert"), "{path}");
        assert!(
            csp.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"),
            "{csp}"
        );
        assert!(
            csp.contains("default-src 'none'") && !csp.contains("unsafe-inline"),
            "{csp}"
        );
        // Each inline script of the page that runs is named, and nothing else is.
        let inline: Vec<&str> = html
            .split("<script")
            .skip(1)
            .filter_map(|rest| rest.split_once('>'))
            .filter(|(tag, _)| !tag.contains("src=") && !tag.contains("json"))
            .filter_map(|(_, rest)| rest.split_once("</script>"))
            .map(|(code, _)| code)
            .collect();
        for code in &inline {
            assert!(csp.contains(&hash(code)), "{path}: {code} is not blessed");
        }
        assert!(csp.matches("'sha256-").count() <= inline.len(), "{csp}");
        assert!(!csp.contains(&hash("alert(1)")) && !csp.contains(&hash("alert(2)")));
    }
}

fn hash(code: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};
    STANDARD.encode(Sha256::digest(code))
}

#[tokio::test]
async fn two_renders_of_one_state_are_the_same_bytes() {
    let site = Site::new().await;
    let (_, address) = site.one_story().await;
    for path in [
        "/",
        "/business",
        "/asia/japan",
        "/contacts",
        &address,
        "/nowhere",
    ] {
        let first = site.get(path).await.text();
        site.newsroom.shelf.clear(0);
        assert!(site.get(path).await.text() == first, "{path}");
    }
}

#[tokio::test]
async fn staff_see_the_same_address_and_nobody_keeps_it() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let (_, address) = site.one_story().await;
    for path in ["/", &address] {
        let reader = site.get(path).await;
        let keys = site.newsroom.shelf.keys();
        let staff = site.get_with(path, &[("cookie", &cookie)]).await;
        assert_eq!(staff.header("cache-control"), "private, no-store");
        assert_eq!(staff.header("etag"), "");
        assert!(staff.text() != reader.text(), "{path}: the desk's bar");
        assert_eq!(site.newsroom.shelf.keys(), keys);
        assert!(
            site.get(path).await.text() == reader.text(),
            "{path}: the reader's is untouched"
        );
    }
    // A cookie that is nobody's is a reader's.
    let stale = format!("sid-dev={}", "a".repeat(43));
    let reader = site.get_with("/", &[("cookie", &stale)]).await;
    assert!(reader.text() == site.get("/").await.text());
}

#[tokio::test]
async fn https_binds_browsers() {
    let site = Site::with(|c| c.public_url = Some("https://asian-news.example".into())).await;
    assert!(
        site.get("/")
            .await
            .header("strict-transport-security")
            .contains("includeSubDomains")
    );
    assert_eq!(site.newsroom.cookie_name(), "__Host-sid");
    let plain = Site::new().await;
    assert_eq!(plain.get("/").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_page_lies_on_the_shelf_once_however_it_is_spelled() {
    let site = Site::new().await;
    let (id, address) = site.one_story().await;
    for path in [
        "/",
        "/business",
        "/asia/japan",
        "/business?until=1-5",
        &*address,
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
    let mut keys = site.newsroom.shelf.keys();
    keys.sort();
    for path in [
        "//",
        "//business",
        "/x/../business",
        "/%62usiness",
        "/%2562usiness",
        "/asia//japan",
        "/Business",
        "/business?until=01-5",
        "/business?until=%31-5",
        "/business?until=%2531-5",
        "/business?until=1-5&before=",
        "/%62usiness?until=1-5&x=1",
        &format!("/story/%74yphoon-nears-kyushu-{id}"),
        "/feed.xm%6c",
    ] {
        let answer = site.get(path).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text());
        let mut now = site.newsroom.shelf.keys();
        now.sort();
        assert_eq!(now, keys, "{path}");
    }
}

#[tokio::test]
async fn a_store_that_fails_takes_no_address_away() {
    let site = Site::new().await;
    let (_, address) = site.one_story().await;
    site.newsroom.store.close().await;
    // Each of them may have moved: nobody knows.
    for path in [
        "/nowhere",
        "/asia/nowhere",
        "/story/zzzz",
        &*address,
        "/feed.xml",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn every_address_of_ours_is_the_public_one() {
    let home = "https://news.example";
    let site = Site::with(|config| config.public_url = Some(format!("{home}/"))).await;
    let (_, address) = site.one_story().await;
    for path in ["/", "/business", "/contacts", &address] {
        let page = site.get(path).await.text();
        let tag = |name: &str| page.split('<').find(|tag| tag.contains(name));
        for name in ["rel=\"canonical\"", "property=\"og:url\""] {
            let tag = tag(name).unwrap_or_default();
            assert!(tag.contains(&format!("=\"{home}{path}\"")), "{path}: {tag}");
        }
        assert!(!page.contains("asian-news.net/"), "{path}");
    }
    let story = site.get(&address).await.text();
    assert!(story.contains(&format!("\"mainEntityOfPage\":\"{home}{address}\"")));
    let feed = site.get("/feed.xml").await.text();
    assert!(feed.contains(&format!("<link>{home}{address}</link>")));
    let robots = site.get("/robots.txt").await.text();
    assert!(robots.contains(&format!("{home}/feed.xml")));
    // Without one it is what `site.json` says, and everywhere the same.
    let site = Site::new().await;
    let (_, address) = site.one_story().await;
    let url = format!("https://asian-news.net{address}");
    for path in [&*address, "/feed.xml"] {
        assert!(site.get(path).await.text().contains(&url), "{path}");
    }
}
