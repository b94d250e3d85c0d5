//! Servers on this machine, scripted by each test.

use ingest::fetch::{Limits, Reach};
use ingest::poll::{Poll, Settings};
use std::net::SocketAddr;
use std::time::Duration;
use store::Store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Serves on the loopback what a function does with each request: its text in lower case, and the stream.
pub(crate) async fn serving<F, W>(at: &str, serve: F) -> SocketAddr
where
    F: Fn(String, TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind(at).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 4096];
            let read = stream.read(&mut head).await.unwrap_or(0);
            head.truncate(read);
            let head = String::from_utf8_lossy(&head).to_lowercase();
            tokio::spawn(serve(head, stream));
        }
    });
    address
}

/// The same with answers that are bytes and nothing else.
pub(crate) async fn answering<A>(answer: impl Fn(&str) -> A + Send + 'static) -> SocketAddr
where
    A: AsRef<[u8]> + Send + 'static,
{
    serving("127.0.0.1:0", move |head, stream| {
        say(stream, answer(&head))
    })
    .await
}

pub(crate) async fn say(mut stream: TcpStream, bytes: impl AsRef<[u8]>) {
    let _ = stream.write_all(bytes.as_ref()).await;
    let _ = stream.shutdown().await;
}

/// An answer of a feed's server, with these headers.
pub(crate) fn with(headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

pub(crate) fn tagged(body: &str) -> String {
    with("etag: \"7\"\r\n", body)
}

/// Impatient, and without a pause: all hosts here are one.
pub(crate) const QUICK: Settings = Settings {
    at_once: 32,
    pause: Duration::ZERO,
    look: Duration::from_millis(50),
    limits: Limits {
        bytes: 200_000,
        first_byte: Duration::from_millis(700),
        whole: Duration::from_millis(1_500),
        hops: 5,
    },
};

pub(crate) fn a_poll(store: &Store, settings: Settings) -> Poll {
    Poll::reaching(store.clone(), Reach::Loopback, settings).unwrap()
}
