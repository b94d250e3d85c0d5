//! `/desk/wire` and what its forms do: the answer leads back to the page with the same filter.

use crate::now::told_by;
use crate::site::{Answer, ORIGIN, Site};
use axum::http::{Method, StatusCode};
use news::{Role, Section, story::Told};

const FROM: &str = "/desk/wire?section=business&state=shown";

async fn sent(site: &Site, path: &str, cookie: &str, form: String) -> Answer {
    let from = format!("{ORIGIN}{FROM}");
    let headers = [
        ("origin", ORIGIN),
        ("cookie", cookie),
        ("accept", "text/html"),
        ("referer", &*from),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    site.send(Method::POST, path, &headers, form).await
}

/// Sent as a browser does, and led back.
async fn done(site: &Site, path: &str, cookie: &str, form: String) {
    let answer = sent(site, path, cookie, form).await;
    assert_eq!(
        answer.status,
        StatusCode::FOUND,
        "{path}: {}",
        answer.text()
    );
    assert!(answer.header("location").ends_with(FROM), "{path}");
}

#[tokio::test]
async fn forms_do_what_they_say_and_lead_back() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let store = &site.newsroom.store;
    let one = told_by(&site, "kuroshio", |_| {}).await;
    let two = told_by(&site, "formosa", |_| {}).await;
    let place = format!(
        "story={one}&rev=1&section=culture&places%5B%5D=Japan&places%5B%5D=&places%5B%5D=nepal&note="
    );
    done(&site, "/api/wire-place", &cookie, place.clone()).await;
    let Some(Told::Excerpt(told)) = store.told(one).await.unwrap() else {
        panic!("no excerpt");
    };
    let names: Vec<_> = told.places.iter().map(|place| place.slug()).collect();
    assert_eq!(
        (told.section, names),
        (Section::Culture, vec!["japan", "nepal"])
    );
    // Who has seen an older one is told, and nothing is changed.
    let stale = sent(&site, "/api/wire-place", &cookie, place).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());
    let unknown = format!("story={one}&rev=2&section=culture&places%5B%5D=Atlantis");
    let unknown = sent(&site, "/api/wire-place", &cookie, unknown).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text().contains("Atlantis"), "{}", unknown.text());

    let alone = format!("stories%5B%5D={one}");
    let alone = sent(&site, "/api/wire-together", &cookie, alone).await;
    assert!(
        alone.text().contains("two rows or more"),
        "{}",
        alone.text()
    );
    let none = sent(&site, "/api/wire-together", &cookie, String::new()).await;
    assert!(none.text().contains("two rows or more"), "{}", none.text());
    let both = format!("stories%5B%5D={two}&stories%5B%5D={one}");
    done(&site, "/api/wire-together", &cookie, both).await;
    let teaser = store.teaser(two).await.unwrap().unwrap();
    assert_eq!(teaser.event().unwrap().tellings, 2);

    done(
        &site,
        "/api/wire-breaking",
        &cookie,
        format!("story={one}&hours=4"),
    )
    .await;
    assert_eq!(
        store
            .breaking(news::front::Of::All, store::Store::now())
            .await
            .unwrap()
            .len(),
        1
    );
    done(&site, "/api/wire-breaking", &cookie, format!("story={one}")).await;
    assert_eq!(
        store
            .breaking(news::front::Of::All, store::Store::now())
            .await
            .unwrap()
            .len(),
        0
    );

    done(
        &site,
        "/api/wire-withdraw",
        &cookie,
        format!("story={one}&why=It+was+wrong."),
    )
    .await;
    assert!(matches!(
        store.told(one).await.unwrap(),
        Some(Told::Gone(_))
    ));
}

#[tokio::test]
async fn a_member_sees_what_is_new() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Contributor).await;
    told_by(&site, "kuroshio", |_| {}).await;
    let page = async || {
        let headers = [("cookie", &*cookie)];
        let answer = site.get_with("/desk/wire?new=1&utm=x", &headers).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("x-robots-tag"), "noindex");
        assert!(answer.header("cache-control").contains("no-store"));
        answer.text()
    };
    let before = page().await;
    assert!(before.contains("wire__row--new"), "{before}");
    let (_, rest) = before.split_once("name=\"until\" value=\"").unwrap();
    let (until, _) = rest.split_once('"').unwrap();
    done(&site, "/api/wire-seen", &cookie, format!("until={until}")).await;
    let after = page().await;
    assert!(!after.contains("wire__row"), "{after}");
    assert!(after.contains("new since"), "{after}");
    // For readers nothing stands there.
    assert_eq!(site.get("/desk/wire").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_waits_for_its_place_gets_it_here() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let store = &site.newsroom.store;
    let guess = |item: &mut store::NewExcerpt| item.placing = store::Placing::Guess;
    let waits = told_by(&site, "kuroshio", guess).await;
    assert!(store.told(waits).await.unwrap().is_none());
    let waiting = "/desk/wire?state=waiting";
    let page = site.get_with(waiting, &[("cookie", &*cookie)]).await.text();
    assert!(page.contains("Waits until somebody places it"), "{page}");
    assert!(page.contains("/api/wire-place"));
    assert!(!page.contains("/api/wire-withdraw"), "readers never had it");
    let place = format!("story={waits}&rev=1&section=culture&places%5B%5D=Japan");
    done(&site, "/api/wire-place", &cookie, place).await;
    assert!(store.told(waits).await.unwrap().is_some());
    let page = site.get_with(waiting, &[("cookie", &*cookie)]).await.text();
    assert!(!page.contains("Waits until somebody places it"));
}

#[tokio::test]
async fn what_is_held_is_let_out_or_refused_here() {
    let site = Site::new().await;
    let (_, cookie) = site.member(Role::Editor).await;
    let store = &site.newsroom.store;
    let hold = |item: &mut store::NewExcerpt| item.hold = Some("Rule Offers".into());
    let one = told_by(&site, "kuroshio", hold).await;
    let two = told_by(&site, "formosa", hold).await;
    let held = "/desk/wire?state=held";
    let page = site.get_with(held, &[("cookie", &*cookie)]).await.text();
    let said = "Held until the desk lets it out: Rule Offers";
    assert_eq!(page.matches(said).count(), 2, "{page}");
    assert!(!page.contains("/api/wire-withdraw"), "readers never had it");
    let odd = sent(
        &site,
        "/api/wire-free",
        &cookie,
        format!("story={one}&word=x"),
    )
    .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(
        &site,
        "/api/wire-free",
        &cookie,
        format!("story={one}&word=out"),
    )
    .await;
    assert!(matches!(
        store.told(one).await.unwrap(),
        Some(Told::Excerpt(_))
    ));
    let refuse = format!("story={two}&word=refuse&why=An+offer.");
    done(&site, "/api/wire-free", &cookie, refuse).await;
    assert!(matches!(
        store.told(two).await.unwrap(),
        Some(Told::Gone(_))
    ));
    let page = site.get_with(held, &[("cookie", &*cookie)]).await.text();
    assert!(!page.contains(said), "{page}");
}
