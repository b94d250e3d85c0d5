//! What readers get of a draft.

use crate::authority::{Newsroom, typed};
use news::Refusal;
use serde_json::json;
use store::Error;

#[tokio::test]
async fn a_headline_that_nobody_sees_is_none() {
    let room = Newsroom::open().await;
    let blank = [typed(1, "\u{200b}\u{3164}")];
    room.send("a", 0, &blank).await.expect("taken");
    let error = room.desk.publish(room.mika, room.story, 1).await;
    let error = error.expect_err("no headline").to_string();
    assert!(error.contains("needs a headline"), "{error}");
}

#[tokio::test]
async fn only_what_was_seen_is_published() {
    let room = Newsroom::open().await;
    let publish = |version| room.desk.publish(room.mika, room.story, version);
    let refusal = |error| match error {
        Error::Refused(refusal) => refusal,
        other => panic!("{other}"),
    };
    assert_eq!(
        refusal(publish(0).await.expect_err("no headline")).status(),
        422
    );
    room.send("a", 0, &[typed(1, "Ports"), typed(11, "First")])
        .await
        .expect("taken");
    assert_eq!(
        refusal(publish(0).await.expect_err("unseen steps")),
        Refusal::Stale { yours: 0, ours: 2 }
    );
    let out = publish(2).await.expect("published");
    assert_eq!((out.version, out.before), (2, None));
    assert_eq!(
        out.address.slug.as_ref().map(news::Slug::as_str),
        Some("ports")
    );
    assert_eq!(
        room.store.block_ids(room.story).await.expect("ids"),
        ["2-1"]
    );
    let again = publish(2).await.expect("published again");
    assert_eq!((again.version, again.rev), (out.version, out.rev));
    // A second paragraph: the first keeps its name.
    let split = json!({ "stepType": "replace", "from": 16, "to": 16, "structure": true, "slice": {
        "content": [{ "type": "paragraph" }, { "type": "paragraph" }], "openStart": 1, "openEnd": 1 } });
    room.send("a", 2, &[split]).await.expect("taken");
    let out = publish(3).await.expect("corrected");
    assert_eq!(out.before, Some(2));
    assert_eq!(
        room.store.block_ids(room.story).await.expect("ids"),
        ["2-1", "3-1"]
    );
    room.desk
        .withdraw(room.mika, room.story, "It was wrong.")
        .await
        .expect("withdrawn");
    assert!(room.send("a", 3, &[typed(1, "x")]).await.is_err());
}
