//! A poll that is killed in the middle, again and again: nothing is lost and nothing stands twice.
//!
//! The poll runs in a process of its own, which is this test program started for one test.

use crate::near::{QUICK, a_poll, answering, tagged};
use crate::{a_feed, an_item, source};
use ingest::fetch::Limits;
use ingest::poll::Settings;
use news::{Millis, front};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use store::{Location, Store};
use tokio::sync::mpsc;

const FOLDER: &str = "KILLED_IN";
const AHEAD: &str = "KILLED_AHEAD";

/// Every run is a day later: what the one before had claimed is free again.
const SETTINGS: Settings = Settings {
    limits: Limits {
        bytes: 10_000_000,
        first_byte: Duration::from_secs(20),
        whole: Duration::from_secs(60),
        hops: 5,
    },
    ..QUICK
};

async fn open(folder: &Path) -> Store {
    Store::open(&Location::Folder(folder.to_owned()))
        .await
        .unwrap()
}

#[tokio::test]
#[ignore = "a process that the test beside it starts and kills"]
async fn a_process_that_polls() {
    let (Some(folder), Ok(days)) = (std::env::var_os(FOLDER), std::env::var(AHEAD)) else {
        return;
    };
    let store = open(Path::new(&folder)).await;
    let now = Store::now().plus(days.parse::<i64>().unwrap() * Millis::DAY);
    a_poll(&store, SETTINGS).all_due(now).await.unwrap();
    store.close().await;
}

/// Feeds one after the other, killed while they are filed.
struct Killed {
    folder: tempfile::TempDir,
    /// So many feeds were begun, so many items each has.
    feeds: usize,
    items: usize,
    runs: usize,
}

impl Killed {
    /// One run, which is killed when so many transactions were seen after the feed was asked for, where it
    /// hasn't ended before.
    fn run(&mut self, asked: &mut mpsc::UnboundedReceiver<()>, kill_after: usize) {
        self.runs += 1;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::a_process_that_polls", "--ignored"])
            .env(FOLDER, self.folder.path())
            .env(AHEAD, self.runs.to_string())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // What is committed stands in the log first.
        let log = self.folder.path().join("news.db-wal");
        let written = || log.metadata().and_then(|log| log.modified()).ok();
        let (mut is_asked, mut last, mut seen) = (false, None, 0);
        while child.try_wait().unwrap().is_none() {
            if asked.try_recv().is_ok() {
                (is_asked, last) = (true, written());
            }
            let now = written();
            if is_asked && now != last {
                (last, seen) = (now, seen + 1);
            }
            if seen >= kill_after {
                child.kill().unwrap();
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(child.wait().unwrap().success() || seen >= kill_after);
        while asked.try_recv().is_ok() {}
    }

    /// How many items the feed begun last has here; none of any feed stands twice, and none is
    /// missing of those that are through, or whose validators are kept.
    async fn look(&self) -> usize {
        let store = open(self.folder.path()).await;
        let all = store
            .teasers(front::Of::All, None, 1_000_000)
            .await
            .unwrap();
        let mut headlines = BTreeSet::new();
        for teaser in &all {
            let news::Teaser::Excerpt(card) = teaser else {
                panic!("a story")
            };
            assert!(
                headlines.insert(card.headline.clone()),
                "{} twice",
                card.headline
            );
        }
        let before = (self.feeds - 1) * self.items;
        let here = all.len() - before;
        let feed = store.feeds().await.unwrap();
        let tags = feed.iter().filter(|feed| feed.etag.is_some()).count();
        assert_eq!(
            tags,
            self.feeds - usize::from(here < self.items),
            "{here} are here"
        );
        for number in 0..before {
            let headline = headline(number / self.items, number % self.items);
            assert!(headlines.contains(&headline), "{headline} is lost");
        }
        store.close().await;
        here
    }

    async fn begin(&mut self, at: std::net::SocketAddr) {
        let store = open(self.folder.path()).await;
        let kuroshio = source(&store, "kuroshio").await;
        let url = format!("http://{at}/{}", self.feeds);
        store.add_feed(kuroshio.id, &url, 600).await.unwrap();
        self.feeds += 1;
        store.close().await;
    }
}

fn headline(feed: usize, item: usize) -> String {
    format!("台風{}号が接近", feed * 1_000_000 + item)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poll_that_is_killed_loses_nothing_and_doubles_nothing() {
    let counts = std::env::var("KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok());
    let (kills, items) = counts.map_or((3, 600), |kills: usize| (kills.min(50), 10_000));
    let (say, mut asked) = mpsc::unbounded_channel();
    let at = answering(move |head| {
        if head.contains("if-none-match: \"7\"") {
            return "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned();
        }
        let feed: usize = head.split(['/', ' ']).nth(2).unwrap().parse().unwrap();
        let all: String = (0..items)
            .map(|item| an_item(feed * 1_000_000 + item, "雨。"))
            .collect();
        let _ = say.send(());
        tagged(&a_feed(&all))
    })
    .await;
    let mut killed = Killed {
        folder: tempfile::tempdir().unwrap(),
        feeds: 0,
        items,
        runs: 0,
    };
    killed.begin(at).await;
    let (mut done, mut in_the_middle) = (0, 0);
    while done < kills {
        let before = killed.look().await;
        // No two in a row at the same distance.
        killed.run(&mut asked, 1 + done * 7 % 30);
        let here = killed.look().await;
        assert!(here >= before);
        if here == items {
            // It was through before it was killed.
            killed.begin(at).await;
            continue;
        }
        done += 1;
        in_the_middle += usize::from(here > before);
    }
    killed.run(&mut asked, usize::MAX);
    assert_eq!(killed.look().await, items);
    assert!(in_the_middle > 0, "never amid the filing");
    eprintln!(
        "{kills} kills, {in_the_middle} of them amid the filing, {} feeds of {items} items: 0 lost, 0 twice",
        killed.feeds
    );
}
