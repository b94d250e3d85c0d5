//! `/desk/rules` and its functions, as a browser without a script uses them.

use crate::site::{ORIGIN, Site};
use axum::http::{Method, StatusCode};
use news::Role;

#[tokio::test]
async fn a_rule_goes_from_the_trial_into_force() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Chief).await;
    let path = "/desk/rules?test=1&name=Harbours&words=harbour&section=business";
    assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND);
    let page = site.get_with(path, &[("cookie", &cookie)]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "private, no-store");
    assert_eq!(page.header("x-robots-tag"), "noindex");
    // What the page's own form would send.
    let html = page.text();
    let (_, form) = html.split_once("action=\"/api/save-rule\"").unwrap();
    let (_, value) = form.split_once("value=\"").unwrap();
    let carried = value.split_once('"').unwrap().0.replace("&quot;", "\"");
    let body: String = carried.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let headers = [
        ("origin", ORIGIN),
        ("cookie", &*cookie),
        ("accept", "text/html"),
        ("referer", &format!("{ORIGIN}{path}")),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let saved = site
        .send(
            Method::POST,
            "/api/save-rule",
            &headers,
            format!("rule={body}"),
        )
        .await;
    assert_eq!(saved.status, StatusCode::FOUND, "{}", saved.text());
    assert_eq!(saved.header("location"), "/desk/rules");
    let kept = site.newsroom.store.rules().await.unwrap();
    assert_eq!((kept.len(), kept[0].rule.name.as_str()), (1, "Harbours"));
    let id = kept[0].rule.id;
    let off = site
        .send(
            Method::POST,
            "/api/switch-rule",
            &headers,
            format!("rule={id}"),
        )
        .await;
    assert_eq!(off.header("location"), "/desk/rules", "{}", off.text());
    assert!(!site.newsroom.store.rules().await.unwrap()[0].on);
    // It goes for good only where somebody says that this is meant.
    let remove = async |form: String| {
        let path = "/api/remove-rule";
        site.send(Method::POST, path, &headers, form).await
    };
    let unsure = remove(format!("rule={id}")).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.newsroom.store.rules().await.unwrap().len(), 1);
    let gone = remove(format!("rule={id}&sure=true")).await;
    assert_eq!(gone.header("location"), "/desk/rules", "{}", gone.text());
    assert!(site.newsroom.store.rules().await.unwrap().is_empty());
}
