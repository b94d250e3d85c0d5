//! One story, one lane: what editors send, in whatever order and however often, is in it once.

use desk::{Accepted, Desk, StepBatch};
use news::{Lang, Role, Section, StaffId, StoryId};
use serde_json::{Value, json};
use store::{Error, Location, NewStaff, Store};
use tempfile::TempDir;

/// A newsroom with one member and one blank story.
pub(crate) struct Newsroom {
    folder: TempDir,
    pub(crate) store: Store,
    pub(crate) desk: Desk,
    pub(crate) mika: StaffId,
    pub(crate) story: StoryId,
}

impl Newsroom {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let store = Store::open(&Location::Folder(folder.path().to_owned()))
            .await
            .expect("store");
        let mika = NewStaff {
            email: "mika@example.com".into(),
            name: "Mika Arai".into(),
            roles: vec![Role::Editor],
        };
        let mika = store.add_staff(mika).await.expect("staff");
        let desk = Desk::new(store.clone());
        let story = desk
            .begin(mika, Lang::english(), Section::Business)
            .await
            .expect("a story");
        Self {
            folder,
            store,
            desk,
            mika,
            story,
        }
    }

    pub(crate) async fn send(
        &self,
        client: &str,
        version: u64,
        steps: &[Value],
    ) -> Result<Accepted, Error> {
        let batch = StepBatch {
            story: self.story,
            version,
            batch: format!("{client}-{version}"),
            client: client.into(),
            steps: steps.to_vec(),
        };
        self.desk.accept(self.mika, batch).await
    }

    async fn text(&self) -> String {
        self.desk
            .open(self.story)
            .await
            .expect("the draft opens")
            .story
            .document
            .text()
    }
}

/// Types words at a place. In a blank document 1 is in the headline, 3 in the standfirst, 6 in the body.
pub(crate) fn typed(at: usize, words: &str) -> Value {
    json!({ "stepType": "replace", "from": at, "to": at,
        "slice": { "content": [{ "type": "text", "text": words }] } })
}

#[tokio::test]
async fn a_batch_is_taken_once_and_in_order() {
    let room = Newsroom::open().await;
    let first = [typed(1, "台風"), typed(5, "接近")];
    let done = |version| Accepted::Done { version };
    assert_eq!(room.send("a", 0, &first).await.expect("taken"), done(2));
    assert_eq!(room.send("a", 0, &first).await.expect("seen"), done(2));
    assert_eq!(room.text().await, "台風\n接近\n");
    // Somebody else wrote against the blank document: they get what came since, and their words are not in.
    match room
        .send("b", 0, &[typed(6, "late")])
        .await
        .expect("answered")
    {
        Accepted::Behind { since: 0, steps } => {
            assert_eq!(steps.iter().map(|s| s.version).collect::<Vec<_>>(), [1, 2]);
            assert!(
                steps
                    .iter()
                    .all(|s| s.client == "a" && s.staff == room.mika)
            );
            assert_eq!(steps[0].step["slice"]["content"][0]["text"], "台風");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        room.send("b", 2, &[typed(10, "late")])
            .await
            .expect("taken"),
        done(3)
    );
    assert_eq!(
        room.send("a", 0, &first).await.expect("seen still"),
        done(2)
    );
    assert_eq!(room.text().await, "台風\n接近\nlate");
}

#[tokio::test]
async fn of_a_refused_batch_nothing_is_kept() {
    let room = Newsroom::open().await;
    let refused = |got: Result<Accepted, Error>| match got {
        Err(Error::Refused(refusal)) => refusal.status(),
        other => panic!("{other:?}"),
    };
    let good = typed(1, "Good");
    let link = json!({ "type": "link", "attrs": { "href": "javascript:alert(1)" } });
    for bad in [
        json!({ "stepType": "addMark", "from": 1, "to": 3, "mark": link }),
        json!({ "stepType": "replace", "from": 9, "to": 2 }),
        json!({ "stepType": "replace", "from": 0, "to": 99999 }),
        json!({ "stepType": "replace", "from": 0, "to": 2 }),
        json!({ "stepType": "docAttr", "attr": "evil", "value": 1 }),
        json!({ "stepType": "steal" }),
        json!("replace"),
        typed(6, "between blocks"),
        typed(1, "null\0"),
        typed(1, ""),
    ] {
        assert_eq!(
            refused(room.send("a", 0, &[good.clone(), bad.clone()]).await),
            422,
            "{bad}"
        );
    }
    assert_eq!(refused(room.send("a", 0, &[]).await), 422);
    assert_eq!(
        refused(room.send("a", 7, std::slice::from_ref(&good)).await),
        422
    );
    assert_eq!(
        refused(room.send("a", 0, &vec![good.clone(); 201]).await),
        413
    );
    assert_eq!(
        refused(room.send("a", 0, &[typed(1, &"x".repeat(1_100_000))]).await),
        413
    );
    assert_eq!(room.text().await, "\n\n");
    assert_eq!(
        room.store
            .steps_since(room.story, 0, 10)
            .await
            .expect("steps")
            .len(),
        0
    );
}

#[tokio::test]
async fn undoing_a_mark_is_one_version() {
    let room = Newsroom::open().await;
    room.send("a", 0, &[typed(6, "strong words")])
        .await
        .expect("taken");
    let mark =
        |kind: &str| json!({ "stepType": kind, "from": 6, "to": 12, "mark": { "type": "strong" } });
    room.send("a", 1, &[mark("addMark")]).await.expect("taken");
    let undo = json!({ "stepType": "markSet", "steps": [mark("removeMark"), mark("addMark"), mark("removeMark")] });
    let got = room
        .send("a", 2, std::slice::from_ref(&undo))
        .await
        .expect("taken");
    assert_eq!(got, Accepted::Done { version: 3 });
    assert_eq!(
        room.desk.since(room.story, 2).await.expect("steps")[0].step,
        undo
    );
    let document = room
        .desk
        .open(room.story)
        .await
        .expect("open")
        .story
        .document;
    assert!(!document.0.to_string().contains("strong\"}"));
}

#[tokio::test]
async fn another_process_finds_the_same_document() {
    let room = Newsroom::open().await;
    for version in 0..250 {
        let at = 6 + usize::try_from(version).expect("small");
        room.send("a", version, &[typed(at, "x")])
            .await
            .expect("taken");
    }
    let revisions = room.store.revisions(room.story).await.expect("revisions");
    assert_eq!(revisions.iter().filter(|r| r.what == "snapshot").count(), 2);
    let here = room.desk.open(room.story).await.expect("open");
    let there = Desk::new(room.store.clone())
        .open(room.story)
        .await
        .expect("open");
    assert_eq!(
        (here.version, &here.story.document),
        (250, &there.story.document)
    );
    assert_eq!(
        here.story.document.text(),
        format!("\n\n{}", "x".repeat(250))
    );
    // The other process writes; this one's memory is behind and must not take a step for the old text.
    let other = Newsroom {
        desk: Desk::new(room.store.clone()),
        ..room
    };
    other
        .send("b", 250, &[typed(1, "Head")])
        .await
        .expect("taken");
    drop(other.folder);
}

#[tokio::test]
async fn memory_that_is_behind_the_store_is_noticed() {
    let room = Newsroom::open().await;
    room.send("a", 0, &[typed(6, "one")]).await.expect("taken");
    let elsewhere = Desk::new(room.store.clone());
    let batch = StepBatch {
        story: room.story,
        version: 1,
        batch: "elsewhere".into(),
        client: "b".into(),
        steps: vec![typed(6, "two ")],
    };
    elsewhere.accept(room.mika, batch).await.expect("taken");
    let got = room.send("a", 1, &[typed(9, "!")]).await.expect("answered");
    assert!(
        matches!(got, Accepted::Behind { since: 1, ref steps } if steps.len() == 1),
        "{got:?}"
    );
    let got = room.send("a", 2, &[typed(13, "!")]).await.expect("taken");
    assert_eq!(got, Accepted::Done { version: 3 });
    assert_eq!(room.text().await, "\n\ntwo one!");
}
