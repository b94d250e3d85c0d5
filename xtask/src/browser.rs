//! Programs that need Node.js and a browser, with what they must know in their environment.

use crate::ground;
use anyhow::Result;
use std::process::Command;

/// A Node.js program that will find Chromium and the server.
pub(crate) fn node(program: &str) -> Result<Command> {
    let mut command = Command::new(program);
    command.env("CHROMIUM", ground::chromium()?);
    if ground::is_root()? {
        command.env("CHROMIUM_FLAGS", "--no-sandbox");
    }
    command.env("ASIAN_NEWS", "target/debug/asian-news");
    Ok(command)
}
