//! Other programs: run to the end, or kept beside us and stopped by their own id.

use anyhow::{Context, Result, ensure};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Runs cargo with these arguments.
pub(crate) fn cargo(arguments: &[&str]) -> Result<()> {
    run(Command::new(env!("CARGO")).args(arguments))
}

/// Runs a program to its end; anything but success is an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("{name} can't be started"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}

/// What a program writes to stdout.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let out = command
        .output()
        .with_context(|| format!("{name} can't be started"))?;
    let errors = String::from_utf8_lossy(&out.stderr);
    ensure!(
        out.status.success(),
        "{name} ended with {}: {}",
        out.status,
        errors.trim()
    );
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// A port that nobody listens on now.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// A program that runs beside us until we drop it.
pub(crate) struct Companion {
    child: Child,
    /// The signal that asks it to end at once and in order.
    signal: &'static str,
}

impl Companion {
    /// Starts it. `signal` is what it is stopped with: `INT`, `TERM` or `KILL`.
    pub(crate) fn start(command: &mut Command, signal: &'static str) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .spawn()
            .with_context(|| format!("{name} can't be started"))?;
        Ok(Self { child, signal })
    }

    /// Waits until it accepts connections on `port`; an error if it ends before.
    pub(crate) fn wait_for_port(&mut self, port: u16, most: Duration) -> Result<()> {
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = self.child.try_wait()? {
                anyhow::bail!("it ended with {status} before it listened on port {port}");
            }
            ensure!(
                begun.elapsed() < most,
                "nothing listens on port {port} after {most:?}"
            );
            std::thread::sleep(Duration::from_millis(30));
        }
        Ok(())
    }

    /// Whether it is still there.
    pub(crate) fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        let id = self.child.id().to_string();
        let asked = self.signal != "KILL"
            && Command::new("kill")
                .arg(format!("-{}", self.signal))
                .arg(&id)
                .status()
                .is_ok();
        let begun = Instant::now();
        while asked && self.runs() && begun.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(30));
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
