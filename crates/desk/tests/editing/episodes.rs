//! Two editors at once, with their real collaboration code, against this authority: the episodes of
//! `end2end/editing/episodes.mjs` through a pipe instead of HTTP. `EPISODES` says how many (40).

use crate::authority::Newsroom;
use crate::node::{number_from_env, program};
use desk::{Accepted, StepBatch, StoredStep};
use serde_json::{Value, json};
use std::process::Stdio;
use std::sync::Arc;
use store::Error;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;
use tokio::sync::Mutex;

#[tokio::test]
async fn no_word_is_lost_or_doubled() {
    let Some(script) = program("episodes.mjs") else {
        return;
    };
    let count = number_from_env("EPISODES", 40).to_string();
    let seed = number_from_env("SEED", 20_261_124).to_string();
    let mut child = Command::new("node")
        .arg(script)
        .args([count, seed])
        .env("PIPE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node can be started");
    let to = Arc::new(Mutex::new(child.stdin.take().expect("its input is piped")));
    let mut lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
    let room = Arc::new(Newsroom::open().await);
    while let Some(line) = lines.next_line().await.expect("text") {
        let asked: Value = serde_json::from_str(&line).expect("a line of JSON");
        if asked["method"] == "DONE" {
            println!("{}", asked["body"]);
            assert_eq!(asked["body"]["good"], true, "{}", asked["body"]);
        } else {
            let (room, to) = (Arc::clone(&room), Arc::clone(&to));
            tokio::spawn(async move {
                let (status, body) = answer(&room, &asked).await;
                let line = json!({ "id": asked["id"], "status": status, "body": body });
                // At its end the program may be gone before its last answer.
                to.lock()
                    .await
                    .write_all(format!("{line}\n").as_bytes())
                    .await
                    .ok();
            });
        }
    }
    assert!(
        child.wait().await.expect("node ends").success(),
        "an episode went wrong"
    );
}

async fn answer(room: &Newsroom, asked: &Value) -> (u16, Value) {
    let url = asked["url"].as_str().unwrap_or_default();
    let got = match (
        asked["method"].as_str().unwrap_or_default(),
        url.split_once("?since="),
    ) {
        ("BEGIN", _) => Ok((200, json!({ "story": room.story }))),
        ("POST", _) => take(room, &asked["body"]).await,
        (_, Some((_, since))) => {
            let since = since.parse().expect("a version");
            room.desk
                .since(room.story, since)
                .await
                .map(|steps| (200, told(since, &steps)))
        }
        _ => room.desk.open(room.story).await.map(|opened| {
            (
                200,
                json!({ "version": opened.version, "doc": opened.story.document }),
            )
        }),
    };
    got.unwrap_or_else(|error| match error {
        Error::Refused(refusal) => (refusal.status(), json!({ "sentence": refusal.to_string() })),
        other => (500, json!({ "sentence": other.to_string() })),
    })
}

async fn take(room: &Newsroom, body: &Value) -> Result<(u16, Value), Error> {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let batch = StepBatch {
        story: room.story,
        version: body["version"].as_u64().unwrap_or_default(),
        batch: text("batch"),
        client: text("client"),
        steps: body["steps"].as_array().cloned().unwrap_or_default(),
    };
    Ok(match room.desk.accept(room.mika, batch).await? {
        Accepted::Done { version } => (200, json!({ "version": version })),
        Accepted::Behind { since, steps } => (409, told(since, &steps)),
    })
}

fn told(since: u64, steps: &[StoredStep]) -> Value {
    json!({
        "since": since,
        "version": steps.last().map_or(since, |step| step.version),
        "steps": steps.iter().map(|step| &step.step).collect::<Vec<_>>(),
        "clients": steps.iter().map(|step| &step.client).collect::<Vec<_>>(),
    })
}
