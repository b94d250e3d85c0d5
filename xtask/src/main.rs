//! The project's own commands. `cargo xtask help` lists them.
//!
//! One command runs the site ([`dev`]), one tests it ([`test`]), one makes what is deployed
//! ([`bundle`] and cargo). Nothing needs to be installed first beyond Rust, Node.js and a C
//! compiler: [`ground`] fetches the rest or says in one sentence what is missing.
#![expect(clippy::print_stdout, reason = "a command speaks on stdout")]

mod bench;
mod browser;
mod bundle;
mod clock;
mod dev;
mod ground;
mod process;
mod shots;
mod test;
mod wire;

use anyhow::{Result, bail};
use bundle::{Bundle, Finish};
use clock::Clock;
use process::cargo;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run               build, fill ./data with the sample edition if it has no story, serve, rebuild on change
                      --listen ADDR:PORT (127.0.0.1:3000)   --data DIR (./data)
  test              everything: format, clippy, tests on SQLite and PostgreSQL, budgets, Chromium
                      --quick  without browser and PostgreSQL      --long  full counts of the random tests
  build             assets and server for this machine    --release  the one binary that is deployed
  css | editor      only the style sheets, only the editor module, into target/site
  shots             screenshots of the whole site into target/shots
  bench story       a pressed story against the same bytes from a bare handler
  bench wire cycle  a thousand feeds on this machine, most of them unchanged, while somebody saves
  bench wire TABLE  corpus, languages, places, sections, events, ssrf, licence: how well the wire is read and kept
  train sections    the model of sections anew, from the first half of its corpus";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match command(&words) {
        Ok(()) => ExitCode::SUCCESS,
        // One line for people: where in xtask it came from is nobody's concern.
        Err(fault) => {
            eprintln!("xtask: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(words: &[&str]) -> Result<()> {
    std::env::set_current_dir(ground::root()?)?;
    if asks_for_help(words) {
        println!("{HELP}");
        return Ok(());
    }
    match words {
        ["run", options @ ..] => dev::run(options),
        ["test", options @ ..] => test::run(options),
        ["build"] => build(false),
        ["build", "--release"] => build(true),
        ["css"] => only(&["main.css", "desk.css"]),
        ["editor"] => only(&["editor.js"]),
        ["shots"] => shots::run(),
        ["bench", "story"] => bench::story(),
        ["bench", "wire", "cycle"] => bench::wire_cycle(),
        ["bench", "wire", table] => wire::table(table),
        ["train", "sections"] => wire::train(),
        other => bail!("no such command: {}\n\n{HELP}", other.join(" ")),
    }
}

/// Also behind a command: there is one page of help, and it is about all of them.
fn asks_for_help(words: &[&str]) -> bool {
    matches!(words, [] | ["help", ..]) || words.iter().any(|word| ["--help", "-h"].contains(word))
}

/// Assets first, then the server, which in a release holds them.
fn build(release: bool) -> Result<()> {
    let mut clock = Clock::start();
    clock.step("ground", || {
        ground::wasm_target()?;
        ground::npm()
    })?;
    let mut bundle = Bundle::open()?;
    if release {
        bundle.forget()?;
    }
    bundle.build_all(
        &mut clock,
        if release {
            Finish::Release
        } else {
            Finish::Optimised
        },
    )?;
    let mut server = vec!["build", "--package", "server"];
    if release {
        server.push("--release");
    }
    clock.step("server", || cargo(&server))?;
    let place = if release {
        "target/release"
    } else {
        "target/debug"
    };
    bundle.print_sizes()?;
    clock.print();
    println!("{place}/asian-news");
    Ok(())
}

/// Rebuilds some of the assets and leaves the others as they are.
fn only(names: &[&str]) -> Result<()> {
    let mut clock = Clock::start();
    ground::npm()?;
    let mut bundle = Bundle::open()?;
    for name in names {
        clock.step(name, || match *name {
            "editor.js" => bundle.editor(Finish::Optimised),
            sheet => bundle.style(sheet, Finish::Optimised),
        })?;
    }
    bundle.write("")?;
    clock.print();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_given_wherever_it_is_asked_for() {
        for words in [
            &[][..],
            &["help"],
            &["help", "run"],
            &["--help"],
            &["run", "--help"],
            &["run", "--data", "elsewhere", "-h"],
            &["test", "--help"],
            &["build", "--help"],
            &["bench", "-h"],
        ] {
            assert!(asks_for_help(words), "{words:?}");
        }
        for words in [&["run"][..], &["build", "--release"], &["css"]] {
            assert!(!asks_for_help(words), "{words:?}");
        }
    }
}
