//! The program from outside: what it prints, how it ends, what it does with slow and hostile clients.

mod background;
mod beside;
mod orders;
mod refused;
mod seeding;
mod sources;
mod unread;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn program(data: &Path, arguments: &[&str]) -> Output {
    ended(command(data, arguments))
}

/// What a command said that ends by itself; one that serves instead is stopped after a while.
fn ended(mut command: Command) -> Output {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while child.try_wait().unwrap().is_none() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = child.kill();
    child.wait_with_output().unwrap()
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_asian-news"));
    command
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env_remove("RUST_BACKTRACE");
    command
}

/// An empty site in a folder.
fn site(data: &Path) {
    let made = async {
        let at = store::Location::Folder(data.to_owned());
        store::Store::open(&at).await.unwrap().close().await;
    };
    tokio::runtime::Runtime::new().unwrap().block_on(made);
}

/// The command ended with this code, and one line that holds these words.
fn check(output: &Output, code: i32, words: &str) {
    let line = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{line}");
    assert!(
        line.contains(words) && line.trim().lines().count() == 1,
        "{words}: {line}"
    );
    assert!(output.stdout.is_empty(), "{output:?}");
}

/// What a command said that went well.
fn done(output: &Output) -> String {
    let fault = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{fault}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A site that is served, stopped when the test is over.
struct Served {
    child: Child,
    port: u16,
    lines: Vec<String>,
    out: BufReader<ChildStdout>,
}

impl Served {
    /// With the link of its first editor.
    fn new(data: &Path) -> Self {
        let mut served = Self::without_link(data);
        let mut line = String::new();
        served.out.read_line(&mut line).unwrap();
        served.lines.push(line);
        served
    }

    fn without_link(data: &Path) -> Self {
        Self::with(data, &[])
    }

    /// With these arguments; what it says after its address isn't waited for.
    fn with(data: &Path, arguments: &[&str]) -> Self {
        let mut child = command(data, &["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap();
        let lines = vec![line];
        Self {
            child,
            port,
            lines,
            out,
        }
    }

    /// Ends it in order; what else it has said.
    fn end(mut self) -> String {
        self.terminate();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        rest
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }

    fn terminate(&self) {
        terminate(&self.child);
    }
}

fn terminate(child: &Child) {
    let id = child.id().to_string();
    let said = Command::new("kill").args(["-TERM", &id]).status();
    assert!(said.unwrap().success());
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const FRONT: &str = "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[test]
fn an_empty_folder_is_a_site_within_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let served = Served::new(&folder.path().join("new/site"));
    let answer = served.ask(FRONT);
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    // A second is the promise; an unoptimised build on a busy machine gets some more.
    assert!(
        began.elapsed() < Duration::from_secs(4),
        "{:?}",
        began.elapsed()
    );
    assert!(
        served.lines[0].contains("http://localhost:"),
        "{:?}",
        served.lines
    );
    assert!(served.lines[1].contains("/sign-in/"), "{:?}", served.lines);
}

#[test]
fn people_are_added_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    let add = [
        "staff",
        "add",
        "--name",
        "Mika Arai",
        "--email",
        "Mika@Asian-News.example",
        "--role",
        "editor",
    ];
    let added = program(folder.path(), &add);
    let out = String::from_utf8_lossy(&added.stdout).into_owned();
    assert!(added.status.success() && out.contains("/sign-in/"), "{out}");
    assert_eq!(program(folder.path(), &add).status.code(), Some(65));
    let list = program(folder.path(), &["staff", "list"]);
    let out = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(
        out.contains("mika@asian-news.example\tMika Arai\teditor"),
        "{out}"
    );
    let unknown = [
        "staff",
        "add",
        "--name",
        "N",
        "--email",
        "n@x.example",
        "--role",
        "king",
    ];
    let refused = program(folder.path(), &unknown);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("contributor, writer, editor"));
}

#[test]
fn a_seeded_site_is_saved_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("saved.db"));
    // Also where the site is there already, as long as it has no story.
    site(&data);
    let seeded = program(&data, &["seed"]);
    assert!(
        seeded.status.success(),
        "{}",
        String::from_utf8_lossy(&seeded.stderr)
    );
    let again = program(&data, &["seed"]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("nothing was filed"));
    let file = file.to_str().unwrap();
    let saved = program(&data, &["backup", file]);
    assert!(
        saved.status.success(),
        "{}",
        String::from_utf8_lossy(&saved.stderr)
    );
    assert_eq!(
        program(&data, &["backup", file]).status.code(),
        Some(73),
        "never overwritten"
    );
    // The restore is of a damaged database, with a log beside it that must not be read into the new one.
    std::fs::write(data.join("news.db"), "damaged").unwrap();
    std::fs::write(data.join("news.db-wal"), "stale").unwrap();
    let said = done(&program(&data, &["restore", file]));
    assert!(said.contains("is kept as"), "{said}");
    // Where nothing was, nothing is spoken of.
    let said = done(&program(&folder.path().join("new"), &["restore", file]));
    assert!(said.ends_with("in place.\n"), "{said}");
    let served = Served::new(&data);
    assert!(
        served
            .ask("GET /feed.xml HTTP/1.1\r\nhost: l\r\nconnection: close\r\n\r\n")
            .contains("<item>")
    );
}

#[test]
fn it_ends_in_order_with_streams_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut served = Served::new(folder.path());
    let mut streams: Vec<TcpStream> = (0..20).map(|_| served.connect()).collect();
    for stream in &mut streams {
        stream
            .write_all(b"GET /live/front HTTP/1.1\r\nhost: localhost\r\n\r\n")
            .unwrap();
        let mut first = [0; 64];
        assert!(stream.read(&mut first).unwrap() > 0);
    }
    // A client that never finishes its head doesn't hold it up either.
    let mut slow = served.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nhost:").unwrap();
    let began = Instant::now();
    served.terminate();
    for stream in &mut streams {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert!(String::from_utf8_lossy(&rest).contains("retry: "));
    }
    let status = served.child.wait().unwrap();
    assert!(
        status.success() && began.elapsed() < Duration::from_secs(12),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn what_is_no_http_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::new(folder.path());
    let smuggled = "POST / HTTP/1.1\r\nhost: l\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n0\r\n\r\n";
    for request in ["rubbish\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", smuggled] {
        let answer = served.ask(request);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{request:?}: {answer}"
        );
    }
    let many: String = (0..200).map(|n| format!("x-{n}: 1\r\n")).collect();
    let answer = served.ask(&format!("GET / HTTP/1.1\r\nhost: l\r\n{many}\r\n"));
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert!(served.ask(FRONT).starts_with("HTTP/1.1 200"), "it goes on");
}
