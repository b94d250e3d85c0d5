//! A PostgreSQL of our own: in a temporary folder, on a free port, gone when the tests are.

use crate::ground;
use crate::process::{Companion, free_port, output, run as run_to_end};
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The user that the Debian package makes; the server refuses to run as root.
const USER: &str = "postgres";

/// The running server.
pub(super) struct Postgres {
    // The server stops before its folder goes.
    _server: Companion,
    _folder: Folder,
    port: u16,
}

impl Postgres {
    /// Makes an empty cluster and starts it.
    pub(super) fn start() -> Result<Self> {
        let programs = ground::postgres_programs()?;
        let as_root = ground::is_root()?;
        let path = std::env::temp_dir().join(format!("asian-news-postgres-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        let folder = Folder(path);
        if as_root {
            run_to_end(Command::new("chown").arg(USER).arg(&folder.0))?;
        }
        let cluster = folder.0.join("cluster");
        let mut init = program(&programs, "initdb", as_root);
        init.args([
            "--auth=trust",
            "--username",
            USER,
            "--encoding=UTF8",
            "--no-sync",
        ]);
        output(init.args(["--locale=C.UTF-8", "--pgdata"]).arg(&cluster)).context("initdb")?;
        let port = free_port()?;
        let mut serve = program(&programs, USER, as_root);
        serve
            .arg("-D")
            .arg(&cluster)
            .arg("-k")
            .arg(&folder.0)
            .args(["-p", &port.to_string()]);
        // Tests ask for correctness and not for durability; each may hold a few connections.
        for setting in [
            "listen_addresses=127.0.0.1",
            "fsync=off",
            "max_connections=300",
        ] {
            serve.args(["-c", setting]);
        }
        serve.stderr(File::create(folder.0.join("log"))?);
        let mut server = Companion::start(&mut serve, "INT")?;
        server
            .wait_for_port(port, Duration::from_secs(30))
            .context("PostgreSQL")?;
        Ok(Self {
            _server: server,
            _folder: folder,
            port,
        })
    }

    /// What a client connects to.
    pub(super) fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }
}

/// One of PostgreSQL's programs, as its own user where we are root. `setpriv` becomes the program,
/// so the process that we know is the server itself.
fn program(folder: &Path, name: &str, as_root: bool) -> Command {
    let path = folder.join(name);
    if !as_root {
        return Command::new(path);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", USER, "--regid", USER, "--init-groups"])
        .arg(path);
    command.current_dir("/");
    command
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
