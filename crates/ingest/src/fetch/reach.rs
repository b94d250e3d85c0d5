//! How far we reach: the public web, and nothing behind our own walls.

use super::FetchError;
use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// Which addresses may be connected to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reach {
    /// Those of the public internet, ports 80 and 443.
    Public,
    /// This machine's own besides, on any port: for trying things out, never by default.
    Loopback,
}

impl Reach {
    /// Whether this address may be connected to.
    #[must_use]
    pub fn admits(self, address: IpAddr) -> bool {
        if self == Self::Loopback && address.is_loopback() {
            return true;
        }
        match address {
            IpAddr::V4(v4) => is_public_v4(v4),
            IpAddr::V6(v6) => is_public_v6(v6),
        }
    }
}

/// Address blocks of the IANA registries that are not globally reachable, and those that contain
/// other addresses (a way round the rule).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let octets = address.octets();
    let own = matches!(octets, [0 | 10 | 127, ..] | [169, 254, ..] | [192, 168, ..]);
    let shared = matches!(
        octets,
        [100, 64..=127, ..] | [172, 16..=31, ..] | [198, 18 | 19, ..]
    );
    let set_aside = matches!(
        octets,
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 51, 100, _] | [203, 0, 113, _]
    );
    let many = matches!(octets, [224..=255, ..]);
    !(own || shared || set_aside || many)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Teredo and other protocol assignments, 6to4, documentation.
    let closed = matches!(
        address.segments(),
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..]
    );
    // Only 2000::/3 is given out; loopback, private, link-local, mapped and translated lie outside.
    matches!(address.segments(), [0x2000..=0x3fff, ..]) && !closed
}

/// The door every address passes, before its name is resolved.
pub(super) fn door(url: &Url, reach: Reach) -> Result<(), FetchError> {
    let open = match url.host() {
        Some(Host::Ipv4(address)) => reach.admits(address.into()),
        Some(Host::Ipv6(address)) => reach.admits(address.into()),
        Some(Host::Domain(name)) => reach == Reach::Loopback || is_public_name(name),
        None => false,
    };
    let web = matches!(url.scheme(), "http" | "https");
    let port = matches!(url.port(), None | Some(80 | 443)) || reach == Reach::Loopback;
    let nobody = url.username().is_empty() && url.password().is_none();
    if open && web && port && nobody {
        Ok(())
    } else {
        Err(FetchError::Forbidden)
    }
}

/// Names that are never of the public web; where the others lead, the resolver sees.
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let private = ["localhost", "local", "internal", "home.arpa", "lan"];
    let beneath = |last: &&str| {
        let rest = name.strip_suffix(*last);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    name.contains('.') && !private.iter().any(beneath)
}

/// Where an address was refused, deep inside the client.
#[derive(Debug)]
pub(super) struct Forbidden;

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads to an address that is not public")
    }
}

impl std::error::Error for Forbidden {}

type Lookup = dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync;

/// A resolver that hands on admitted addresses only. The client connects to just these, so a name
/// that changes its answer in between gains nothing.
#[derive(Clone)]
pub(super) struct Guarded {
    pub(super) reach: Reach,
    /// See [`super::Fetch`].
    pub(super) stands_in: Option<SocketAddr>,
    lookup: Arc<Lookup>,
}

impl Guarded {
    /// Asks the system.
    pub(super) fn by_system(reach: Reach) -> Self {
        Self::by(reach, |name| {
            Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
        })
    }

    pub(super) fn by(
        reach: Reach,
        lookup: impl Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self {
            reach,
            stands_in: None,
            lookup: Arc::new(lookup),
        }
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, stands_in) = (self.reach, self.stands_in);
        let found = (self.lookup)(name.as_str().to_owned());
        Box::pin(async move {
            let admitted: Vec<SocketAddr> = found
                .await?
                .into_iter()
                .filter(|address| reach.admits(address.ip()) || Some(*address) == stands_in)
                .collect();
            if admitted.is_empty() {
                return Err(Forbidden.into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_behind_walls() {
        let check = |address: &str, want: bool| {
            assert_eq!(
                Reach::Public.admits(address.parse().unwrap()),
                want,
                "{address}"
            );
        };
        for closed in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.31.0.1",
            "192.0.0.8",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "::",
            "::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "ff02::1",
        ] {
            check(closed, false);
        }
        for open in [
            "1.1.1.1",
            "93.184.215.14",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
        ] {
            check(open, true);
        }
        assert!(Reach::Loopback.admits("127.0.0.1".parse().unwrap()));
        assert!(!Reach::Loopback.admits("10.0.0.1".parse().unwrap()));
    }
}
