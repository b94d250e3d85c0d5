//! The watched folder: what is put there, and what is found of it afterwards.

use crate::agency::{fixture, lotus};
use crate::{a_store, excerpts};
use ingest::folder::{Taken, Watch};
use news::Millis;
use std::fs;
use std::path::{Path, PathBuf};
use store::Store;

/// A site, its watched folder with the agency's folder in it, and a clock of its own.
struct Ground {
    store: Store,
    dir: tempfile::TempDir,
    watch: Watch,
    now: Millis,
}

impl Ground {
    async fn new() -> Self {
        let (store, dir) = a_store().await;
        let source = lotus(&store).await;
        let senders = ["desk@lotus-wire.example".to_owned()];
        store.set_senders(source.id, &senders).await.unwrap();
        fs::create_dir_all(dir.path().join("wire/lotus/mail/new")).unwrap();
        let watch = Watch::new(store.clone(), dir.path().join("wire"));
        Self {
            store,
            dir,
            watch,
            now: Store::now(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("wire/lotus").join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Looks again after so many seconds.
    async fn look(&mut self, later: i64) -> Vec<Taken> {
        self.now = self.now.plus(later * 1_000);
        self.watch.look(self.now).await.unwrap()
    }

    fn files(&self, folder: &str) -> Vec<String> {
        names(&self.path(folder))
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let files = entries
        .map(Result::unwrap)
        .filter(|e| e.file_type().unwrap().is_file());
    let mut names: Vec<_> = files
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_file_is_filed_once_it_has_come_to_rest() {
    let mut ground = Ground::new().await;
    ground.put("7.json", &fixture("ninjs.json"));
    assert_eq!(ground.look(0).await.len(), 0);
    assert_eq!(ground.look(1).await.len(), 0);
    let taken = ground.look(1).await;
    let report = taken[0].outcome.as_ref().unwrap();
    assert_eq!((taken.len(), report.new), (1, 1), "{report}");
    assert_eq!(
        (ground.files("."), ground.files("done")),
        (vec![], vec!["7.json".to_owned()])
    );
    assert_eq!(excerpts(&ground.store).await.len(), 1);
    // The same name again is kept beside the first; the same story is no new one.
    ground.put("7.json", &fixture("ninjs.json"));
    ground.look(60).await;
    let again = ground.look(2).await;
    assert_eq!(again[0].outcome.as_ref().unwrap().duplicates, 1);
    assert_eq!(ground.files("done").len(), 2);
    // After a week nothing of it is left.
    ground.look(8 * 24 * 3600).await;
    assert_eq!(ground.files("done"), [""; 0]);
}

#[tokio::test]
async fn half_a_file_waits_for_its_other_half() {
    let mut ground = Ground::new().await;
    let text = fixture("newsml.xml");
    let (half, _) = text.split_at(text.len() / 2);
    ground.put("7.xml", half);
    ground.look(0).await;
    assert_eq!(ground.look(10).await.len(), 0);
    assert_eq!(ground.files("."), ["7.xml"]);
    // The upload goes on after a pause.
    ground.put("7.xml", &text);
    ground.look(10).await;
    let taken = ground.look(2).await;
    assert_eq!(taken[0].outcome.as_ref().unwrap().new, 1);
    // One that never goes on is refused, and says why.
    ground.put("8.xml", half);
    ground.look(0).await;
    assert_eq!(ground.look(59).await.len(), 0);
    assert_eq!(ground.look(1).await.len(), 1);
    assert_eq!(ground.files("refused"), ["8.xml", "8.xml.txt"]);
    let why = fs::read_to_string(ground.path("refused/8.xml.txt")).unwrap();
    assert!(why.contains("it ends inside <"), "{why}");
}

#[tokio::test]
async fn what_cannot_be_filed_is_put_aside_with_its_reason() {
    let mut ground = Ground::new().await;
    ground.put("page.xml", "<html><p>Not found</p></html>");
    ground.put("empty.json", "");
    let elsewhere = fixture("nitf.xml").replace("lotus-wire.example/news", "evil.example/news");
    ground.put("elsewhere.xml", &elsewhere);
    ground.put("large.xml", &" ".repeat(ingest::feed::MAX_BYTES + 1));
    ground.look(0).await;
    ground.look(2).await;
    let taken = ground.look(60).await;
    assert!(taken.iter().all(|file| file.source == "lotus"));
    let why = |name: &str| fs::read_to_string(ground.path(&format!("refused/{name}.txt"))).unwrap();
    assert!(why("page.xml").contains("no RSS"));
    assert!(why("empty.json").contains("no RSS"));
    assert!(why("elsewhere.xml").contains("another site than its source's"));
    assert!(why("large.xml").contains("10 MiB"));
    assert_eq!(ground.files("."), [""; 0]);
    assert_eq!(excerpts(&ground.store).await.len(), 0);
}

#[tokio::test]
async fn what_is_not_the_agencys_to_send_is_left_alone() {
    let mut ground = Ground::new().await;
    let wire = ground.dir.path().join("wire");
    fs::create_dir(wire.join("nobodys")).unwrap();
    fs::write(wire.join("nobodys/7.json"), fixture("ninjs.json")).unwrap();
    fs::write(wire.join("7.json"), fixture("ninjs.json")).unwrap();
    ground.put("7.json.part", &fixture("ninjs.json"));
    ground.put(".7.json", &fixture("ninjs.json"));
    let outside = ground.dir.path().join("outside.json");
    fs::write(&outside, fixture("ninjs.json")).unwrap();
    std::os::unix::fs::symlink(&outside, ground.path("link.json")).unwrap();
    std::os::unix::fs::symlink(wire.join("nobodys"), wire.join("formosa")).unwrap();
    ground.look(0).await;
    assert_eq!(ground.look(120).await.len(), 0);
    assert!(outside.exists() && wire.join("nobodys/7.json").exists());
    assert_eq!(excerpts(&ground.store).await.len(), 0);
    // Renamed into place, it is whole.
    fs::rename(ground.path("7.json.part"), ground.path("7.json")).unwrap();
    ground.look(1).await;
    assert_eq!(ground.look(2).await.len(), 1);
}

#[tokio::test]
async fn mail_is_taken_from_the_sources_senders() {
    let mut ground = Ground::new().await;
    let mail = |from: &str, kind: &str, body: &str| {
        let head = "To: wire@asian-news.example\nMessage-ID: <7@x.example>\nSubject: Today\n";
        format!("From: {from}\n{head}Content-Type: {kind}\n\n{body}")
    };
    let xml = "application/xml; charset=utf-8";
    let own = mail("Lotus <desk@lotus-wire.example>", xml, &fixture("nitf.xml"));
    ground.put("mail/new/1700.M1P2.host", &own);
    let foreign = mail("desk@evil.example", xml, &fixture("nitf.xml"));
    ground.put("mail/foreign.eml", &foreign);
    // In the folder of documents a mail is none.
    ground.put("own.eml", &own);
    ground.look(0).await;
    let taken = ground.look(2).await;
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].outcome.as_ref().unwrap().new, 1);
    ground.look(60).await;
    assert_eq!(ground.files("mail/done"), ["1700.M1P2.host"]);
    assert_eq!(
        ground.files("mail/refused"),
        ["foreign.eml", "foreign.eml.txt"]
    );
    let why = fs::read_to_string(ground.path("mail/refused/foreign.eml.txt")).unwrap();
    assert!(why.contains("desk@evil.example"), "{why}");
    assert_eq!(ground.files("refused").len(), 2);
    assert_eq!(excerpts(&ground.store).await.len(), 1);
}

/// Killed after the store has the items and before the file is moved, the next one files it again.
#[tokio::test]
async fn a_file_that_was_filed_and_not_moved_is_filed_again() {
    let mut ground = Ground::new().await;
    ground.put("7.xml", &fixture("nitf.xml"));
    ground.look(0).await;
    ground.look(2).await;
    fs::rename(ground.path("done/7.xml"), ground.path("7.xml")).unwrap();
    let wire = ground.dir.path().join("wire");
    ground.watch = Watch::new(ground.store.clone(), wire);
    ground.look(1).await;
    let taken = ground.look(2).await;
    let report = taken[0].outcome.as_ref().unwrap();
    assert_eq!((report.new, report.duplicates), (0, 1), "{report}");
    assert_eq!(excerpts(&ground.store).await.len(), 1);
}
