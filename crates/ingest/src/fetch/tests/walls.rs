//! Addresses behind our own walls make no connection, at the first hop and at any other.
//!
//! Two things are counted: what the client sets out to connect to, and what reaches a listener that every
//! name of the list leads to.

use super::*;
use std::task::{Context, Poll};
use tower::{Layer, Service};

/// Counts what a client sets out to connect to: names before they are resolved, addresses as they stand.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

#[derive(Clone)]
struct Counted<S>(S, Arc<AtomicUsize>);

impl<S> Layer<S> for Counting {
    type Service = Counted<S>;

    fn layer(&self, inner: S) -> Counted<S> {
        Counted(inner, self.0.clone())
    }
}

impl<R, S: Service<R>> Service<R> for Counted<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: R) -> S::Future {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.call(request)
    }
}

/// A fetch of the public web, whose every name leads to one address of this machine.
struct Walled {
    fetch: Fetch,
    connects: Arc<AtomicUsize>,
    lookups: Arc<AtomicUsize>,
}

impl Walled {
    /// `open` stands for a public address under the name `public.example`; other names lead to `secret`.
    fn new(open: SocketAddr, secret: SocketAddr) -> Self {
        let (counting, lookups) = (Counting::default(), Arc::new(AtomicUsize::new(0)));
        let counted = lookups.clone();
        let mut lookup = Guarded::by(Reach::Public, move |name| {
            counted.fetch_add(1, Ordering::SeqCst);
            let to = if name == "public.example" {
                open
            } else {
                secret
            };
            Box::pin(async move { Ok(vec![to]) })
        });
        lookup.stands_in = Some(open);
        let limits = Limits::default();
        let client = Fetch::client(lookup.clone(), limits).connector_layer(counting.clone());
        Self {
            fetch: Fetch {
                client: client.build().unwrap(),
                stands_in: lookup.stands_in,
                reach: Reach::Public,
                limits,
            },
            connects: counting.0,
            lookups,
        }
    }

    async fn get(&self, url: &Url) -> Result<Answer, FetchError> {
        self.fetch.get(url, &Validators::default()).await
    }

    fn counts(&self) -> (usize, usize) {
        let count = |of: &AtomicUsize| of.load(Ordering::SeqCst);
        (count(&self.connects), count(&self.lookups))
    }
}

/// The rows of the list: an address, and whether it is one of the public web.
fn listed(test: &str) -> Option<Vec<(String, bool)>> {
    let root = std::env::var_os("CORPUS_DIR").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        std::path::PathBuf::from,
    );
    let Ok(list) = std::fs::read_to_string(root.join("hostile/lists/ssrf-urls.jsonl")) else {
        eprintln!("skipped: no corpus ({test})");
        return None;
    };
    let rows = list.lines().filter(|line| !line.trim().is_empty());
    let rows = rows.map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        (
            row["url"].as_str().unwrap().to_owned(),
            row["allow"] == true,
        )
    });
    Some(rows.collect())
}

/// Redirects to whatever follows `/to/`, in hexadecimal.
async fn redirecting() -> (SocketAddr, Arc<AtomicUsize>) {
    a_server(|head, stream| async move {
        let path = head.split_whitespace().nth(1).unwrap_or_default();
        let Some(digits) = path.strip_prefix("/to/").map(str::as_bytes) else {
            return say(stream, "HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n").await;
        };
        let byte = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).unwrap_or_default();
            u8::from_str_radix(pair, 16).unwrap_or_default()
        };
        let to: Vec<u8> = digits.chunks(2).map(byte).collect();
        let mut answer = b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: ".to_vec();
        answer.extend_from_slice(&to);
        answer.extend_from_slice(b"\r\n\r\n");
        say(stream, answer).await;
    })
    .await
}

#[tokio::test]
async fn no_listed_address_is_connected_to() {
    let Some(list) = listed("no_listed_address_is_connected_to") else {
        return;
    };
    let (secret, reached) = a_server(|_, stream| say(stream, "HTTP/1.1 200 OK\r\n\r\nx")).await;
    let (open, hops) = redirecting().await;
    let walled = Walled::new(open, secret);
    let mut refused = 0;
    for (listed, allowed) in &list {
        let url = Url::parse(listed);
        if *allowed {
            assert_eq!(door(&url.unwrap(), Reach::Public), Ok(()), "{listed}");
            continue;
        }
        refused += 1;
        if let Ok(url) = &url {
            let before = walled.counts();
            let error = walled.get(url).await.unwrap_err();
            assert_eq!(error, FetchError::Forbidden, "{listed}");
            // A name may be looked up; an address that stands there as it is goes no further than the door.
            let after = walled.counts();
            assert_eq!(after.0 - before.0, after.1 - before.1, "{listed}");
        }
        let to: String = listed.bytes().map(|byte| format!("{byte:02x}")).collect();
        let first = Url::parse(&format!("http://public.example/to/{to}")).unwrap();
        let (before, hop) = (walled.counts(), hops.load(Ordering::SeqCst));
        let error = walled.get(&first).await.unwrap_err();
        // Some lead nowhere as a redirect: no header holds a line break or such letters, and what is
        // relative there leads to where it came from.
        let is_header = listed.bytes().all(|byte| byte.is_ascii_graphic());
        let elsewhere = first.join(listed).is_ok_and(|to| to.host() != first.host());
        if is_header && elsewhere {
            assert_eq!(error, FetchError::Forbidden, "{listed}");
        }
        let after = walled.counts();
        assert_eq!(after.0 - before.0, after.1 - before.1, "{listed}");
        assert!(
            hops.load(Ordering::SeqCst) > hop,
            "{listed}: the first hop is open"
        );
    }
    assert!(refused > 30, "{refused}");
    assert_eq!(reached.load(Ordering::SeqCst), 0);
    eprintln!("{refused} addresses, each at the first hop and behind a redirect: 0 connections");
}

/// The count counts: what is let through is seen by it.
#[tokio::test]
async fn a_public_address_is_connected_to() {
    let (secret, reached) = a_server(|_, stream| say(stream, "HTTP/1.1 200 OK\r\n\r\nx")).await;
    let (open, hops) =
        a_server(|_, stream| say(stream, "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx")).await;
    let walled = Walled::new(open, secret);
    let url = Url::parse("http://public.example/").unwrap();
    assert!(walled.get(&url).await.is_ok());
    assert_eq!(walled.counts(), (1, 1));
    let counts = (hops.load(Ordering::SeqCst), reached.load(Ordering::SeqCst));
    assert_eq!(counts, (1, 0));
}
