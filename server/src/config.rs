//! What the program is told when it starts.

use app::{Home, Site};
use std::net::SocketAddr;
use std::path::PathBuf;
use store::Location;
use url::{Host, Url};

/// The settings of a running site.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of the site: its database (unless that is a PostgreSQL), its pictures.
    pub data: PathBuf,
    /// Where its facts are kept.
    pub at: Location,
    /// The address it is reached at, `https://asian-news.example`; none while it is tried on this machine.
    pub public_url: Option<String>,
    /// How many proxies of ours stand in front: so many addresses of `X-Forwarded-For` are believed.
    pub proxies: usize,
    /// How many bytes of finished pages are kept.
    pub shelf_bytes: usize,
    /// Where agencies put their files, if they may.
    pub wire_folder: Option<PathBuf>,
}

impl Config {
    /// A site in this folder, tried on this machine.
    #[must_use]
    pub fn in_folder(data: PathBuf) -> Self {
        Self {
            at: Location::Folder(data.clone()),
            data,
            public_url: None,
            proxies: 0,
            shelf_bytes: 64 << 20,
            wire_folder: None,
        }
    }

    /// Whether readers come by https: then the cookie is bound to the host and browsers are told to stay.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }

    /// The public address that pages and feeds speak of: the one it is reached at, or what `site.json` says.
    #[must_use]
    pub fn home(&self) -> Home {
        let url = self.public_url.as_deref().unwrap_or(&Site::get().url);
        Home(url.trim_end_matches('/').into())
    }

    /// The origins our own pages have: the public one, or this machine's names at the port we listen on.
    #[must_use]
    pub fn origins(&self, listen: SocketAddr) -> Vec<String> {
        match &self.public_url {
            Some(url) => vec![url.trim_end_matches('/').to_owned()],
            None => {
                let port = listen.port();
                let names = ["localhost".into(), "127.0.0.1".into(), "[::1]".into()];
                let own = SocketAddr::new(listen.ip(), port).to_string();
                let mut all: Vec<String> = names
                    .iter()
                    .map(|name: &String| format!("http://{name}:{port}"))
                    .collect();
                all.push(format!("http://{own}"));
                all
            }
        }
    }
}

/// Whether cookies may be given out at this address: over https, or without leaving the machine.
/// Elsewhere a session would cross the network for everybody to read.
#[must_use]
pub fn keeps_cookies(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else {
        return false;
    };
    url.scheme() == "https"
        || match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_go_over_https_or_stay_here() {
        let check = |url: &str, want: bool| assert_eq!(keeps_cookies(url), want, "{url}");
        check("https://asian-news.example", true);
        check("http://localhost", true);
        check("http://localhost:3000", true);
        check("http://127.0.0.1", true);
        check("http://127.0.0.1:8080", true);
        check("http://[::1]", true);
        check("http://[::1]:3000", true);
        check("http://asian-news.example", false);
        check("http://localhost.asian-news.example", false);
        check("http://127.0.0.1.asian-news.example", false);
        check("http://192.168.1.7:3000", false);
        check("http://0.0.0.0:3000", false);
        check("http://[::]", false);
    }
}
