//! What the program can be told to do. Each command is a file in `commands/`.

mod keep;
mod rights;
mod serve;
mod sources;
mod staff;
mod takedown;
mod wire;

use crate::config::Config;
use clap::{Parser, Subcommand};
use std::fmt;
use std::io::{ErrorKind, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use store::{Location, Store};

/// A news site in one program: readers, editors and agencies' feeds.
///
/// Everything of a site lies in one folder (`--data`). Begin with `asian-news serve`: it makes the
/// folder, prints the site's address and a link that signs the first editor in.
#[derive(Debug, Parser)]
#[command(name = "asian-news", version, max_term_width = 100)]
struct Cli {
    /// The folder of the site: its database, its pictures. `serve`, `seed`, `ingest` and `restore` make
    /// it where it is missing.
    #[arg(long, global = true, value_name = "DIR", default_value = "./data")]
    data: PathBuf,

    /// A PostgreSQL database instead of the one in the folder: postgres://user@host/name.
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site to readers and editors, and poll the agencies' feeds.
    Serve(serve::Serve),
    /// Fill an empty site with the sample edition: stories, pictures and some agencies' excerpts.
    Seed,
    /// Take in one feed, or one document of an agency's (ninjs, NewsML-G2, NITF): its items become excerpts under the source's terms. Twice is harmless.
    Ingest(wire::Ingest),
    /// Read every feed in a folder, take nothing in, and say how each kind fared.
    FeedsReport(wire::Report),
    /// The people of the newsroom, also while the site is being served.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Publishers whose feeds may be polled: all are off until you turn them on.
    #[command(subcommand)]
    Sources(sources::Sources),
    /// Take a story or an excerpt down for good: its address answers 410 with the reason. Also while the site is
    /// being served.
    Takedown(takedown::Takedown),
    /// What was done with each agency's words in a month.
    Rights(rights::Rights),
    /// Bring the database to the newest schema. `serve` does it by itself.
    Migrate,
    /// Write a consistent copy of the database to a file, also while the site is being served.
    Backup(keep::Backup),
    /// Put a backup in the place of the database, while the site isn't served. What stood there is kept
    /// beside it.
    Restore(keep::Restore),
}

/// Why a command did not do what it was told: one line, and the program's exit code.
#[derive(Debug)]
pub(crate) struct Failed {
    line: String,
    code: u8,
}

impl Failed {
    pub(crate) fn new(line: impl fmt::Display) -> Self {
        Self {
            line: line.to_string(),
            code: 1,
        }
    }

    pub(crate) fn with_code(line: impl fmt::Display, code: u8) -> Self {
        Self {
            line: line.to_string(),
            code,
        }
    }
}

impl From<store::Error> for Failed {
    fn from(error: store::Error) -> Self {
        // The numbers of sysexits.h: 78 configuration, 75 try again, 73 can't create, 69 a service is
        // missing, 66 no input, 65 bad data, 64 wrong words.
        let code = match &error {
            store::Error::Newer { .. } | store::Error::Older { .. } => 78,
            store::Error::Held { .. } | store::Error::Busy => 75,
            store::Error::Folder { .. } | store::Error::File { .. } => 73,
            store::Error::Unreachable { .. } => 69,
            store::Error::NoSite { .. } => 66,
            store::Error::NotOurs { .. } | store::Error::Broken(_) | store::Error::Refused(_) => 65,
            store::Error::Address | store::Error::NotHere(_) => 64,
            _ => 1,
        };
        Self {
            line: error.to_string(),
            code,
        }
    }
}

impl From<news::Refusal> for Failed {
    fn from(refusal: news::Refusal) -> Self {
        Self::new(refusal)
    }
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self::new(error)
    }
}

/// Does what the command line says.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    log(matches!(cli.command, Command::Serve(_)));
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Failed::new(error)),
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => fail(&failed),
    }
}

async fn run(cli: Cli) -> Result<(), Failed> {
    let mut config = Config::in_folder(cli.data);
    if let Some(url) = cli.database {
        let schemes = ["postgres://", "postgresql://"];
        if !schemes.iter().any(|scheme| url.starts_with(scheme)) {
            let line = "--database knows only postgres:// (or postgresql://) addresses";
            return Err(Failed::with_code(line, 64));
        }
        config.at = Location::Postgres(url);
    }
    match cli.command {
        Command::Serve(serve) => Box::pin(serve.run(config)).await,
        Command::Seed => {
            let store = Store::open(&config.at).await?;
            let filed = crate::seed::seed(&store, &config.data).await;
            match filed {
                Ok(_) => store.close().await,
                Err(_) => store.undo().await,
            }
            // The cause in one line with what was being done: `{:#}`.
            let filed = filed.map_err(|error| Failed::new(format_args!("{error:#}")))?;
            say(format_args!("{filed}"))
        }
        Command::Ingest(ingest) => Box::pin(ingest.run(config)).await,
        Command::FeedsReport(report) => report.run(),
        Command::Staff(staff) => staff.run(config).await,
        Command::Sources(sources) => sources.run(config).await,
        Command::Takedown(takedown) => takedown.run(config).await,
        Command::Rights(rights) => rights.run(config).await,
        Command::Migrate => {
            Store::open_there(&config.at).await?.close().await;
            say(format_args!("The database is at the newest schema."))
        }
        Command::Backup(backup) => backup.run(config).await,
        Command::Restore(restore) => restore.run(config).await,
    }
}

/// Works on a site that may be served meanwhile, and closes it whatever came of it.
pub(crate) async fn beside(
    config: &Config,
    work: impl AsyncFnOnce(&Store) -> Result<(), Failed>,
) -> Result<(), Failed> {
    let store = Store::open_beside(&config.at).await?;
    let done = work(&store).await;
    store.close().await;
    done
}

fn fail(failed: &Failed) -> ExitCode {
    // One line, whatever the cause was made of.
    let line = failed.line.split_whitespace().collect::<Vec<_>>().join(" ");
    let _told = writeln!(std::io::stderr(), "asian-news: {line}").is_ok();
    ExitCode::from(failed.code)
}

/// One line for the person at the terminal. Where nobody reads any more, nothing has failed.
pub(crate) fn say(line: fmt::Arguments<'_>) -> Result<(), Failed> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The log goes to the standard error; a command that ends says only what is wrong.
fn log(is_server: bool) {
    use tracing_subscriber::{EnvFilter, fmt};
    let usual = if is_server { "info,sqlx=warn" } else { "warn" };
    let filter = EnvFilter::try_from_env("NEWS_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let subscriber = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // A line that can't be written would be said on the same standard error, which panics.
        .log_internal_errors(false);
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        subscriber.compact().init();
    } else {
        subscriber.json().flatten_event(true).init();
    }
}

/// Where the site is reached when nobody has said: this machine's usual name, where it leads there.
pub(crate) fn address(config: &Config, listen: SocketAddr) -> String {
    match &config.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None if [
            IpAddr::from(Ipv4Addr::LOCALHOST),
            Ipv6Addr::LOCALHOST.into(),
        ]
        .contains(&listen.ip()) =>
        {
            format!("http://localhost:{}", listen.port())
        }
        None => format!("http://{listen}"),
    }
}
