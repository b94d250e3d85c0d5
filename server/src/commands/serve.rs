//! `serve`: the site itself.

use super::{Failed, address, say};
use crate::config::Config;
use crate::newsroom::Newsroom;
use crate::router::Service;
use crate::shutdown::{self, Stop};
use crate::{accept, background};
use clap::Args;
use news::Role;
use std::io::ErrorKind;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use store::{NewStaff, Staff, StaffStatus};
use tokio::net::TcpListener;

/// How the site is served.
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// The address and port to listen on; without --public-url an address of this machine alone.
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:3000", value_parser = socket)]
    listen: SocketAddr,

    /// The address readers have in their browsers, such as https://asian-news.example, where a proxy
    /// stands in front. Without https only an address of this machine.
    #[arg(long, value_name = "URL", value_parser = public_url)]
    public_url: Option<String>,

    /// How many proxies of yours stand in front; so many addresses of X-Forwarded-For are believed.
    #[arg(long, value_name = "N", default_value_t = 0)]
    proxies: usize,

    /// How many MiB of finished pages are kept in memory.
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    shelf: usize,

    /// A folder in which agencies put files: a folder in it for each source, by its short name.
    #[arg(long, value_name = "DIR")]
    wire_folder: Option<PathBuf>,
}

/// A numeric address, or a name of this machine's: `localhost` is the address that pages are printed with.
fn socket(text: &str) -> Result<SocketAddr, String> {
    let all = text.to_socket_addrs().map_err(|error| error.to_string())?;
    let all: Vec<SocketAddr> = all.collect();
    let first = all.iter().find(|at| at.is_ipv4()).or(all.first());
    first
        .copied()
        .ok_or_else(|| "this name has no address".into())
}

/// An origin: a scheme and a host, with nothing after it.
fn public_url(text: &str) -> Result<String, String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.trim_end_matches('/'));
    match host {
        Some(host)
            if !host.is_empty()
                && host
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b)) =>
        {
            Ok(text.trim_end_matches('/').to_ascii_lowercase())
        }
        _ => Err("an address without a path is needed, such as https://asian-news.example".into()),
    }
}

impl Serve {
    /// Whether no session will cross a network for everybody to read; else what to do about it.
    fn keeps_cookies(&self) -> Result<(), String> {
        match &self.public_url {
            Some(url) if !crate::config::keeps_cookies(url) => Err(format!(
                "{url} would send the newsroom's cookies unencrypted; only https:// will do beyond this machine"
            )),
            None if !self.listen.ip().is_loopback() => Err(format!(
                "{} can be reached from other machines, and unencrypted: say with --public-url at which https:// \
                 address readers find the site behind your proxy, or listen on this machine alone",
                self.listen
            )),
            _ => Ok(()),
        }
    }

    pub(crate) async fn run(self, mut config: Config) -> Result<(), Failed> {
        self.keeps_cookies()
            .map_err(|line| Failed::with_code(line, 64))?;
        config.public_url = self.public_url;
        config.proxies = self.proxies;
        config.shelf_bytes = self.shelf << 20;
        if let Some(folder) = &self.wire_folder
            && !folder.is_dir()
        {
            let line = format!("there is no folder {}", folder.display());
            return Err(Failed::with_code(line, 66));
        }
        config.wire_folder = self.wire_folder;
        let listener = TcpListener::bind(self.listen).await.map_err(|error| {
            let why = match error.kind() {
                ErrorKind::AddrInUse => "another program listens there already".to_owned(),
                ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
                ErrorKind::PermissionDenied => "this port needs more rights".to_owned(),
                _ => error.to_string(),
            };
            Failed::with_code(format_args!("can't listen on {}: {why}", self.listen), 69)
        })?;
        let listen = listener.local_addr()?;
        let stop = Stop::default();
        let newsroom = Newsroom::open(config, listen, stop.clone()).await?;
        // Nothing is said before everything stands: whoever reads an address goes there.
        let link = first_link(&newsroom).await?;
        let site = address(&newsroom.config, listen);
        say(format_args!("{} is at {site}", app::Site::get().name))?;
        if let Some(link) = link {
            say(format_args!(
                "Sign in as the first editor (once, within 24 hours): {site}/sign-in/{link}"
            ))?;
        }
        let background = tokio::spawn(background::run(newsroom.clone()));
        tokio::spawn(async move {
            if shutdown::signal().await.is_ok() {
                tracing::info!("coming to an end");
                stop.say();
            }
        });
        let (stop, store) = (newsroom.stop.clone(), newsroom.store.clone());
        accept::serve(listener, Service::new(newsroom), stop).await;
        background.abort();
        store.close().await;
        Ok(())
    }
}

/// A link for the first editor, as long as nobody in the newsroom has a password: for the first admin,
/// who is made where there is nobody at all. Whoever was added by `staff add` got a link there.
async fn first_link(newsroom: &Newsroom) -> Result<Option<String>, Failed> {
    let staff = newsroom.store.list_staff().await?;
    if staff.iter().any(|staff| staff.password_hash.is_some()) {
        return Ok(None);
    }
    let admin =
        |staff: &&Staff| staff.status == StaffStatus::Active && staff.roles.contains(&Role::Admin);
    let first = match staff.iter().find(admin) {
        Some(admin) => admin.id,
        None if staff.is_empty() => {
            let (email, name) = ("editor@localhost".into(), "First editor".into());
            let roles = vec![Role::Admin];
            let new = NewStaff { email, name, roles };
            newsroom.store.add_staff(new).await?
        }
        None => return Ok(None),
    };
    Ok(Some(newsroom.auth.new_link(first).await?))
}
