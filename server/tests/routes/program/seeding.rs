//! A seeding that is killed is taken up where it ended.

use super::{command, done, program};
use news::{Teaser, front::Of};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use store::{Location, Store};

/// How many times readers find each headline, and how many drafts there are.
async fn told(data: &Path) -> (BTreeMap<String, usize>, usize) {
    let store = Store::open(&Location::Folder(data.to_owned()))
        .await
        .unwrap();
    let mut headlines = BTreeMap::new();
    for teaser in store.teasers(Of::All, None, 1_000).await.unwrap() {
        let headline = match teaser {
            Teaser::Story(card) => card.headline,
            Teaser::Excerpt(card) => card.headline,
        };
        *headlines.entry(headline).or_default() += 1;
    }
    let drafts = store.drafts(1_000).await.unwrap().len();
    store.close().await;
    (headlines, drafts)
}

#[tokio::test]
async fn one_that_was_killed_is_taken_up_where_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    done(&program(&whole, &["seed"]));
    let want = told(&whole).await;
    let mut interrupted = 0;
    for wait in [30, 60, 90, 120, 180, 240] {
        let data = folder.path().join(wait.to_string());
        let mut seed = command(&data, &["seed"]);
        let mut child = seed
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
        interrupted += usize::from(data.join("seed-under-way").exists());
        done(&program(&data, &["seed"]));
        assert_eq!(told(&data).await, want, "killed after {wait} ms");
        let again = done(&program(&data, &["seed"]));
        assert!(again.contains("nothing was filed"), "{again}");
    }
    assert!(interrupted > 0, "each seeding was over before its end");
}
