//! A source's terms in an admin's hand.

use crate::news_room::{an_item, batch, editor};
use crate::site::{Site, both};
use news::{Id, Millis, UsageTerms};
use store::{SourceTerms, Store};

both! { terms_are_set_and_noted excerpts_of_late_are_there_for_a_trial }

async fn terms_are_set_and_noted(site: Site) {
    let store = &site.store;
    let admin = editor(store).await;
    let ap = store.source("ap").await.unwrap().unwrap();
    let said = SourceTerms {
        terms: UsageTerms {
            max_chars: 120,
            attribution: Some("© AP".into()),
            ..ap.terms.clone()
        },
        owner: Some("Associated Press".into()),
        silent_after_h: 6,
    };
    let head = store.head().await.unwrap();
    store.set_terms(ap.id, admin, &said).await.unwrap();
    assert_eq!(store.source("ap").await.unwrap().unwrap().terms, said.terms);
    assert!(store.head().await.unwrap() > head, "pages are drawn anew");
    let health = store.health(Store::now()).await.unwrap();
    let health = health.iter().find(|one| one.source.id == ap.id).unwrap();
    assert_eq!(
        (health.owner.as_deref(), health.silent_after_h),
        (Some("Associated Press"), 6)
    );
    // The record says who, and what stood there before.
    let noted = format!(
        "INSERT INTO schema_version(version, at) SELECT 0, 0 FROM audit WHERE what = 'terms set' AND entity = {} AND staff_id = {}",
        ap.id.0, admin.0
    );
    site.raw(&noted).await.unwrap();
    assert!(
        site.raw(&noted).await.is_err(),
        "there was a row to note twice"
    );
    let nobody = store.set_terms(Id(4_711), admin, &said).await;
    assert_eq!(nobody.unwrap_err().refusal(), Some(news::Refusal::NotFound));
}

async fn excerpts_of_late_are_there_for_a_trial(site: Site) {
    let (store, now) = (&site.store, Store::now());
    let mut old = an_item("old", "h1");
    old.published_at = now.plus(-9 * Millis::DAY);
    let mut new = an_item("new", "h2");
    new.published_at = now.plus(-Millis::HOUR);
    let filing = batch(store, vec![old, new.clone()]).await;
    let source = filing.source;
    store.file_items(filing).await.unwrap();
    let week = now.plus(-7 * Millis::DAY);
    let found = store.excerpts_of(source, week).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0].headline, &found[0].paragraphs),
        (&new.headline, &new.paragraphs)
    );
    assert_eq!(
        (found[0].given, &found[0].host),
        (new.given, &new.read_more.host)
    );
    assert_eq!(found[0].published_at, new.published_at);
    assert!(found[0].filed_at >= now.plus(-1_000));
}
