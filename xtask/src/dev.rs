//! `run`: the site on this machine, rebuilt as its sources change.
//!
//! The server is built first and serves HTML at once; the browser's code follows. A page asks now
//! and then which build stands and reloads when it is another.

mod watch;

use crate::bundle::{Bundle, Finish};
use crate::clock::Clock;
use crate::ground;
use crate::process::{Companion, cargo, run as run_to_end};
use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};
use watch::{Part, Watch};

const SERVER: &str = "target/debug/asian-news";

/// Stands behind `theme.js` in this loop only.
const RELOAD: &str = r#"
// Only under `cargo xtask run`: reloads when another build stands than the one that drew this page.
setInterval(async () => {
  try {
    const answer = await fetch("/pkg/manifest.json", { cache: "no-store" });
    const { build } = await answer.json();
    const ours = document.querySelector("meta[name=build]");
    if (ours && build !== ours.content) location.reload();
  } catch {
    // The server is being restarted.
  }
}, 1000);
"#;

/// What was asked for on the command line.
struct Options {
    listen: SocketAddr,
    data: PathBuf,
}

/// Builds, serves and goes on until it is interrupted.
pub(crate) fn run(words: &[&str]) -> Result<()> {
    let options = options(words)?;
    let mut clock = Clock::start();
    clock.step("ground", || {
        ground::wasm_target()?;
        ground::npm()
    })?;
    let mut bundle = Bundle::open()?;
    let mut watch = Watch::begin();
    bundle.build_light(&mut clock, Finish::Plain, RELOAD)?;
    bundle.write(&server_mark())?;
    clock.step("server", || cargo(&["build", "--package", "server"]))?;
    // Each time: `seed` itself leaves a site with stories as it is, and knows best whether it has any.
    let mut seed = Command::new(SERVER);
    clock.step("sample edition", || {
        run_to_end(seed.arg("seed").arg("--data").arg(&options.data))
    })?;
    let mut server = start(&options)?;
    println!(
        "── the first page stands after {:.1} s",
        clock.total().as_secs_f64()
    );
    if let Err(fault) = wasm(&mut bundle, &mut clock) {
        println!("the browser's code isn't built, pages go without: {fault:#}");
    }
    bundle.write(&server_mark())?;
    bundle.print_sizes()?;
    clock.print();
    loop {
        let changed = watch.wait(|| server.runs());
        if changed.is_empty() {
            bail!("the server has ended");
        }
        let mut clock = Clock::start();
        if let Err(fault) = rebuild(&changed, &mut bundle, &mut clock) {
            // The old build goes on serving; the compiler has said what is wrong.
            println!("{fault:#}");
            continue;
        }
        if changed.contains(&Part::Server) {
            // The old one stops before its successor opens the same folder. It is stopped hard: an
            // open stream would hold an orderly end for seconds, and the store loses nothing.
            drop(server);
            bundle.write(&server_mark())?;
            server = start(&options)?;
        } else {
            // The server sees by itself that other files stand.
            bundle.write(&server_mark())?;
        }
        println!(
            "── the page shows it after {:.1} s",
            clock.total().as_secs_f64()
        );
        if changed.contains(&Part::Islands) {
            match wasm(&mut bundle, &mut clock) {
                Ok(()) => bundle.write(&server_mark())?,
                Err(fault) => println!("{fault:#}"),
            }
        }
        clock.print();
    }
}

/// Builds again what the changed sources go into, except the browser's code.
fn rebuild(changed: &[Part], bundle: &mut Bundle, clock: &mut Clock) -> Result<()> {
    if changed.contains(&Part::Looks) {
        bundle.build_light(clock, Finish::Plain, RELOAD)?;
    }
    if changed.contains(&Part::Server) {
        clock.step("server", || cargo(&["build", "--package", "server"]))?;
    }
    Ok(())
}

fn wasm(bundle: &mut Bundle, clock: &mut Clock) -> Result<()> {
    clock.step("wasm for readers", || bundle.wasm("site", Finish::Plain))?;
    clock.step("wasm for the desk", || bundle.wasm("desk", Finish::Plain))
}

fn start(options: &Options) -> Result<Companion> {
    let mut command = tied(SERVER);
    command
        .arg("serve")
        .arg("--listen")
        .arg(options.listen.to_string());
    command.arg("--data").arg(&options.data);
    let mut server = Companion::start(&mut command, "KILL")?;
    server.wait_for_port(options.listen.port(), Duration::from_secs(30))?;
    Ok(server)
}

/// A program that ends when we do, also where we are ended without a word; where the system can do that.
fn tied(program: &str) -> Command {
    if cfg!(target_os = "linux") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", program]);
        command
    } else {
        Command::new(program)
    }
}

/// Differs for each build of the server.
fn server_mark() -> String {
    let built = std::fs::metadata(SERVER).and_then(|binary| binary.modified());
    let since = built
        .unwrap_or(SystemTime::UNIX_EPOCH)
        .duration_since(SystemTime::UNIX_EPOCH);
    since
        .map(|since| since.as_millis().to_string())
        .unwrap_or_default()
}

fn options(words: &[&str]) -> Result<Options> {
    let mut options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
        data: Path::new("data").to_owned(),
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words
            .next()
            .with_context(|| format!("{word} needs a value"))?;
        match *word {
            "--listen" => options.listen = value.parse().context("--listen ADDR:PORT")?,
            "--data" => options.data = PathBuf::from(value),
            other => bail!("run knows no {other}"),
        }
    }
    Ok(options)
}
