//! `bench wire cycle` runs `crates/ingest/examples/cycle.rs`. `bench story`: what the site adds to the cost of sending bytes.
//!
//! `wrk` asks for a pressed story, then for the same bytes from `server/examples/bare.rs`, a bare
//! axum handler, in turn on one machine. The ratio is the figure; the goal is 0.8.

use crate::bundle::{Bundle, Finish};
use crate::clock::Clock;
use crate::ground;
use crate::process::{Companion, cargo, free_port, output, run as run_to_end};
use anyhow::{Context, Result};
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const SERVER: &str = "target/release/asian-news";
const BARE: &str = "target/release/examples/bare";
/// Runs of each, in turn: other work on the machine then meets both.
const TURNS: usize = 3;

/// Measures and prints requests a second of both, and the ratio of the medians.
pub(crate) fn story() -> Result<()> {
    let mut clock = Clock::start();
    clock.step("ground", || {
        ground::wasm_target()?;
        ground::debian_packages()?;
        ground::npm()
    })?;
    Bundle::open()?.build_all(&mut clock, Finish::Release)?;
    clock.step("server", || {
        cargo(&["build", "--release", "--package", "server"])
    })?;
    clock.step("bare handler", || {
        cargo(&[
            "build",
            "--release",
            "--package",
            "server",
            "--example",
            "bare",
        ])
    })?;
    let folder = Folder::new()?;
    let data = folder.0.join("data");
    run_to_end(Command::new(SERVER).arg("seed").arg("--data").arg(&data))?;
    let (ours, bare) = (free_port()?, free_port()?);
    let mut serve = Command::new(SERVER);
    serve
        .args(["serve", "--listen", &format!("127.0.0.1:{ours}"), "--data"])
        .arg(&data);
    let mut site = Companion::start(&mut serve, "TERM")?;
    site.wait_for_port(ours, Duration::from_secs(30))?;
    let path = a_story(&get(ours, "/")?)?;
    let page = folder.0.join("story.html");
    fs::write(&page, get(ours, &path)?)?;
    let mut serve = Command::new(BARE);
    serve.arg(format!("127.0.0.1:{bare}")).arg(&page);
    let mut other = Companion::start(&mut serve, "KILL")?;
    other.wait_for_port(bare, Duration::from_secs(30))?;
    let (mut pressed, mut plain) = (Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        pressed.push(clock.step("wrk: pressed", || wrk(ours, &path))?);
        plain.push(clock.step("wrk: bare", || wrk(bare, &path))?);
        println!(
            "turn {turn}: pressed {:?}, bare {:?}",
            pressed.last(),
            plain.last()
        );
    }
    let (pressed, plain) = (median(pressed), median(plain));
    println!("{path}: {} bytes", fs::metadata(&page)?.len());
    println!(
        "pressed {pressed:.0}/s, bare {plain:.0}/s, ratio {:.2} (goal 0.80)",
        pressed / plain
    );
    Ok(())
}

/// A cycle of a thousand feeds, as a table; a save meanwhile against a save alone.
pub(crate) fn wire_cycle() -> Result<()> {
    let example = ["--release", "--package", "ingest", "--example", "cycle"];
    cargo(&[&["run"][..], &example].concat())
}

/// Requests a second.
fn wrk(port: u16, path: &str) -> Result<f64> {
    let address = format!("http://127.0.0.1:{port}{path}");
    let report = output(Command::new("wrk").args(["-t2", "-c64", "-d10s", &address]))?;
    let line = report
        .lines()
        .find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    let rate = line.with_context(|| format!("wrk gave no figure: {report}"))?;
    Ok(rate.trim().parse()?)
}

/// The body of an answer, in plain HTTP/1.0.
fn get(port: u16, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    write!(
        stream,
        "GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, body) = answer.split_once("\r\n\r\n").context("no body came")?;
    Ok(body.to_owned())
}

/// The first story that a page links to.
fn a_story(page: &str) -> Result<String> {
    let (_, rest) = page
        .split_once("href=\"/story/")
        .context("the front links to no story")?;
    let (address, _) = rest.split_once('"').context("the link doesn't end")?;
    Ok(format!("/story/{address}"))
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}

/// A folder that goes when the run ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("asian-news-bench-{}", std::process::id()));
        fs::create_dir_all(Path::new(&path))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
