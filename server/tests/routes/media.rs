//! `/media/{sha256}.{ext}`.

use crate::site::Site;
use axum::http::StatusCode;

#[tokio::test]
async fn a_picture_can_do_nothing_but_be_seen() {
    let site = Site::new().await;
    let hash = "ab".repeat(32);
    let folder = site.newsroom.config.data.join("media");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join(format!("{hash}.svg")),
        "<svg onload='alert(1)'/>",
    )
    .unwrap();
    let path = format!("/media/{hash}.svg");
    let picture = site.get(&path).await;
    assert_eq!(
        (picture.status, picture.header("content-type")),
        (StatusCode::OK, "image/svg+xml")
    );
    assert!(
        picture
            .header("content-security-policy")
            .contains("default-src 'none'; sandbox")
    );
    assert!(picture.header("cache-control").contains("immutable"));
    let etag = picture.header("etag").to_owned();
    let known = site.get_with(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
    for other in [
        "/media/../news.db",
        "/media/..%2Fnews.db",
        "/media/%2e%2e/news.db",
        "/media/news.db",
    ] {
        assert_eq!(
            site.get(other).await.status,
            StatusCode::NOT_FOUND,
            "{other}"
        );
    }
}
