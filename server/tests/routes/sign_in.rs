//! `/sign-in`, `/sign-in/{token}`, `/sign-out`.

use crate::site::{Answer, ORIGIN, PASSWORD, Site};
use axum::http::{Method, StatusCode};
use news::{Act, Role};

const FORM: &str = "application/x-www-form-urlencoded";

async fn form(site: &Site, path: &str, body: &str) -> Answer {
    let headers = [("origin", ORIGIN), ("content-type", FORM)];
    site.send(Method::POST, path, &headers, body.to_owned())
        .await
}

async fn try_in(site: &Site, email: &str, password: &str) -> Answer {
    let password = password.replace(' ', "+");
    form(
        site,
        "/sign-in",
        &format!("email={email}&password={password}&next=/contacts"),
    )
    .await
}

#[tokio::test]
async fn a_link_works_once_and_sets_a_password() {
    let site = Site::new().await;
    let (id, _) = site.member(Role::Editor).await;
    let link = site.newsroom.auth.new_link(id).await.unwrap();
    let path = format!("/sign-in/{link}");
    // Looking at it, as chats do, doesn't use it up; a short password doesn't either.
    assert_eq!(site.get(&path).await.status, StatusCode::OK);
    let short = form(&site, &path, "password=short").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text().contains("at least 12"), "{}", short.text());
    let done = form(&site, &path, "password=correct+horse+battery").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let cookie = done.header("set-cookie");
    assert!(cookie.starts_with("sid-dev="), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let again = form(&site, &path, "").await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.text().contains("used before"), "{}", again.text());
    // A dead link asks for no password, and says where those go who have one.
    for dead in [&*path, "/sign-in/nobody-made-this"] {
        let page = site.get(dead).await;
        assert_eq!(page.status, StatusCode::GONE, "{dead}");
        assert_eq!(page.header("cache-control"), "private, no-store");
        let text = page.text();
        assert!(text.contains("used before") && !text.contains("name=\"password\""));
        assert!(text.contains("href=\"/sign-in\""), "{text}");
    }

    let right = try_in(&site, "editor@asian-news.example", PASSWORD).await;
    assert_eq!(
        (right.status, right.header("location")),
        (StatusCode::SEE_OTHER, "/contacts")
    );
    let wrong = try_in(&site, "editor@asian-news.example", "wrong password!").await;
    let unknown = try_in(&site, "nobody@asian-news.example", "wrong password!").await;
    assert_eq!(
        (wrong.status, unknown.status),
        (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED)
    );
    assert!(wrong.text().contains("belong together") && wrong.text() == unknown.text());
    assert_eq!(wrong.header("cache-control"), "private, no-store");
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let (id, _) = site.story("Typhoon nears Kyushu", "Words.").await;
    let document = format!("/desk/story/{id}/document");
    assert_eq!(
        site.get_with(&document, &[("cookie", &cookie)])
            .await
            .status,
        StatusCode::OK
    );
    let headers = [("origin", ORIGIN), ("cookie", &*cookie)];
    let out = site.send(Method::POST, "/sign-out", &headers, "").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    let after = site.get_with(&document, &[("cookie", &cookie)]).await;
    assert_eq!(after.status, StatusCode::UNAUTHORIZED);
    assert!(
        after.json()["sentence"]
            .as_str()
            .unwrap()
            .contains("sign in")
    );
}

#[tokio::test]
async fn next_stays_on_this_site() {
    let site = Site::new().await;
    let (id, _) = site.member(Role::Editor).await;
    site.newsroom
        .auth
        .set_password(id, PASSWORD.into())
        .await
        .unwrap();
    for (next, want) in [
        ("%2Fpolitics", "/politics"),
        ("%2F%2Fevil.example", "/"),
        ("https:evil", "/"),
    ] {
        let body =
            format!("email=editor%40asian-news.example&password=correct+horse+battery&next={next}");
        let answer = form(&site, "/sign-in", &body).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, want)
        );
    }
}

#[tokio::test]
async fn guessing_is_stopped_after_ten_tries() {
    let site = Site::new().await;
    for _ in 0..10 {
        let answer = try_in(&site, "editor@asian-news.example", "wrong password!").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let stopped = try_in(&site, "editor@asian-news.example", "wrong password!").await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: u32 = stopped.header("retry-after").parse().unwrap();
    assert!((800..=901).contains(&wait), "{wait}");
    // Another account from the same address still may, up to thirty tries.
    let other = try_in(&site, "wei@asian-news.example", "wrong password!").await;
    assert_eq!(other.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_link_is_good_whatever_others_have_tried() {
    let site = Site::new().await;
    let (id, _) = site.member(Role::Editor).await;
    for _ in 0..12 {
        try_in(&site, "editor@asian-news.example", "wrong password!").await;
    }
    let link = site.newsroom.auth.new_link(id).await.unwrap();
    let path = format!("/sign-in/{link}");
    let done = form(&site, &path, "password=correct+horse+battery").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let cookie = done.header("set-cookie").split(';').next().unwrap();
    let page = site.get_with("/", &[("cookie", cookie)]).await;
    assert_eq!(page.header("cache-control"), "private, no-store");
}

#[tokio::test]
async fn other_sites_change_nothing() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Admin).await;
    let (id, _) = site.story("Typhoon nears Kyushu", "Words.").await;
    let steps = format!("/desk/story/{id}/steps");
    for path in [
        "/sign-in",
        "/sign-out",
        "/api/publish",
        "/api/withdraw",
        &steps,
        "/nowhere",
    ] {
        for headers in [
            vec![("cookie", &*cookie)],
            vec![("cookie", &*cookie), ("origin", "https://evil.example")],
            vec![("cookie", &*cookie), ("origin", "null")],
            vec![
                ("cookie", &*cookie),
                ("origin", ORIGIN),
                ("sec-fetch-site", "cross-site"),
            ],
        ] {
            let answer = site.send(Method::POST, path, &headers, "{}").await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
        }
    }
    assert!(
        Role::Admin.may(Act::Publish),
        "so it was the origin that was refused"
    );
}

#[tokio::test]
async fn a_form_has_its_size() {
    let site = Site::new().await;
    let answer = form(&site, "/sign-in", &"a".repeat(20 << 10)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}
