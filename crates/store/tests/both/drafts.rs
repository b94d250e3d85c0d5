//! Steps, batches, snapshots.

use crate::news_room::{a_story, doc, editor, refusal, steps};
use crate::site::{Site, both};
use news::{PubStatus, Refusal};
use serde_json::json;
use store::{Accepted, Snapshot};

both! { steps_are_taken_once the_same_batch_twice_at_once a_snapshot_shortens_the_way nul_is_refused }

async fn steps_are_taken_once(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let id = store.begin_story(a_story("Typhoon")).await.unwrap();
    let first = steps(id, staff, 0, "b1");
    assert_eq!(
        store.accept_steps(first.clone()).await.unwrap(),
        Accepted::Done { version: 2 }
    );
    let behind = store.accept_steps(steps(id, staff, 0, "b2")).await.unwrap();
    assert_eq!(behind, Accepted::Behind { ours: 2 });
    assert_eq!(
        store.accept_steps(steps(id, staff, 2, "b2")).await.unwrap(),
        Accepted::Done { version: 4 }
    );
    let head = store.head().await.unwrap();
    assert_eq!(
        store.accept_steps(first).await.unwrap(),
        Accepted::Seen { version: 2 }
    );
    assert_eq!(store.head().await.unwrap(), head);
    let since = store.steps_since(id, 1, 10).await.unwrap();
    assert_eq!(
        since.iter().map(|s| s.version).collect::<Vec<_>>(),
        [2, 3, 4]
    );
    assert_eq!((since[1].batch.as_str(), since[1].staff), ("b2", staff));
    assert_eq!(since[0].step, json!({"stepType": "x"}));
    assert_eq!(
        refusal(store.accept_steps(steps(news::Id(5), staff, 0, "b")).await),
        Refusal::NotFound
    );
}

async fn the_same_batch_twice_at_once(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let id = store.begin_story(a_story("Typhoon")).await.unwrap();
    let mut version = 0;
    for round in 0..10 {
        let batch = steps(id, staff, version, &format!("b{round}"));
        let (a, b) = tokio::join!(store.accept_steps(batch.clone()), store.accept_steps(batch));
        version += 2;
        let mut both = [format!("{:?}", a.unwrap()), format!("{:?}", b.unwrap())];
        both.sort();
        assert_eq!(
            both,
            [
                format!("Done {{ version: {version} }}"),
                format!("Seen {{ version: {version} }}")
            ]
        );
    }
    assert_eq!(
        store.draft(id).await.unwrap().unwrap().story.draft_version,
        20
    );
}

async fn a_snapshot_shortens_the_way(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let id = store.begin_story(a_story("Typhoon")).await.unwrap();
    let whole = doc("Typhoon turns", "Ferries sail again.");
    let mut batch = steps(id, staff, 0, "b1");
    batch.snapshot = Some(Snapshot {
        doc: whole.clone(),
        headline: whole.headline(),
        standfirst: String::new(),
    });
    store.accept_steps(batch).await.unwrap();
    store.accept_steps(steps(id, staff, 2, "b2")).await.unwrap();
    let draft = store.draft(id).await.unwrap().unwrap();
    assert_eq!((draft.snapshot_version, draft.story.draft_version), (2, 4));
    assert_eq!(draft.story.document, whole);
    assert_eq!(
        draft.steps.iter().map(|s| s.version).collect::<Vec<_>>(),
        [3, 4]
    );
    let line = &store.drafts(10).await.unwrap()[0];
    assert_eq!(
        (line.headline.as_str(), line.pub_status),
        ("A draft's headline", PubStatus::Draft)
    );
}

async fn nul_is_refused(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let mut bad = a_story("Typhoon");
    bad.document = doc("Typhoon", "a\0b");
    assert!(matches!(
        refusal(store.begin_story(bad).await),
        Refusal::Invalid(_)
    ));
    let id = store.begin_story(a_story("Ty\u{301}phoon")).await.unwrap();
    let mut batch = steps(id, staff, 0, "b1");
    batch.steps = vec![json!({"slice": {"content": [{"text": "\u{0}"}]}})];
    assert!(matches!(
        refusal(store.accept_steps(batch).await),
        Refusal::Invalid(_)
    ));
    assert_eq!(store.drafts(1).await.unwrap()[0].headline, "Týphoon");
}
