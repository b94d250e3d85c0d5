//! A log nobody reads stops nothing: the site is served, and ends when it is told to.

use super::{FRONT, command, terminate};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Serves with its outputs as they are set here, asks for a page, and ends it.
fn serves_and_ends(data: &Path, set: impl FnOnce(Command) -> Command) {
    // What it says isn't read, so its port must be known before: one that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let at = port.unwrap();
    let serve = command(data, &["serve", "--listen", &at.to_string()]);
    let mut child = set(serve).spawn().unwrap();
    // The readers of its pipes are gone from the beginning.
    drop((child.stdout.take(), child.stderr.take()));
    let until = Instant::now() + Duration::from_secs(20);
    let ask = || {
        let mut stream = TcpStream::connect(at)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        stream.write_all(FRONT.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        std::io::Result::Ok(answer)
    };
    let answer = loop {
        if let Ok(answer) = ask() {
            break answer;
        }
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none() && Instant::now() < until, "{ended:?}");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    terminate(&child);
    let until = Instant::now() + Duration::from_secs(12);
    while child.try_wait().unwrap().is_none() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    let ended = child.wait().unwrap();
    assert!(ended.success(), "{ended}");
}

#[test]
fn pipes_whose_reader_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    serves_and_ends(folder.path(), |mut serve| {
        // All that can be logged: each line of it finds nobody.
        serve.env("NEWS_LOG", "debug");
        serve.stdout(Stdio::piped()).stderr(Stdio::piped());
        serve
    });
}

#[test]
fn outputs_that_are_closed() {
    let folder = tempfile::tempdir().unwrap();
    serves_and_ends(folder.path(), |serve| {
        let mut shell = Command::new("sh");
        let closed = "exec \"$@\" >&- 2>&-";
        shell.args(["-c", closed, "sh"]).arg(serve.get_program());
        shell.args(serve.get_args());
        shell
    });
}
