//! `shots`: the whole site as pictures, for the eye.

use crate::browser::node;
use crate::bundle::{Bundle, Finish};
use crate::clock::Clock;
use crate::ground;
use crate::process::{cargo, run as run_to_end};
use anyhow::Result;

/// Builds what the pictures show and takes them; they stand in `target/shots`.
pub(crate) fn run() -> Result<()> {
    let mut clock = Clock::start();
    clock.step("ground", || {
        ground::wasm_target()?;
        ground::debian_packages()?;
        ground::npm()
    })?;
    Bundle::open()?.build_all(&mut clock, Finish::Optimised)?;
    clock.step("server", || cargo(&["build", "--package", "server"]))?;
    clock.step("shots", || {
        run_to_end(node("node")?.arg("end2end/shots.mjs"))
    })?;
    clock.print();
    println!("target/shots");
    Ok(())
}
