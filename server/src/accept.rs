//! The accept loop: our own, because `axum::serve` sets no timer, and without one a client that never
//! finishes its headers holds its connection for ever.

use crate::router::Service;
use crate::shutdown::Stop;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// How long a client may take over the head of a request; also how long a connection may idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How many connections are open at once; further ones wait in the system's queue.
const MOST_CONNECTIONS: usize = 25_000;
/// How long requests may go on after the end was said.
const DRAIN: Duration = Duration::from_secs(9);
/// How long to wait when the system has no more file descriptors.
const OUT_OF_FILES: Duration = Duration::from_millis(75);

/// Where a request came from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Serves until [`Stop`] is said, then lets what runs come to its end, but not for longer than [`DRAIN`].
pub async fn serve(listener: TcpListener, site: Service, stop: Stop) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    // Each connection holds a sender: when the last is gone, the receiver ends.
    let (alive, mut all_gone) = mpsc::channel::<()>(1);
    let stopped = stop.heard();
    tokio::pin!(stopped);
    loop {
        let accepted = tokio::select! {
            () = &mut stopped => break,
            accepted = accept(&listener, &places) => accepted,
        };
        if let Some((stream, peer, place)) = accepted {
            let connection = connection(stream, peer, site.clone(), stop.clone());
            let alive = alive.clone();
            tokio::spawn(async move {
                connection.await;
                drop((alive, place));
            });
        }
    }
    drop((listener, alive));
    if tokio::time::timeout(DRAIN, all_gone.recv()).await.is_err() {
        tracing::warn!("some connections did not end in time and are cut off");
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            // The client is gone already: nothing to wait for. Otherwise the system lacks something.
            if !is_the_clients(&error) {
                tracing::warn!(%error, "no connection can be accepted at the moment");
                tokio::time::sleep(OUT_OF_FILES).await;
            }
            None
        }
    }
}

fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

async fn connection(stream: TcpStream, peer: SocketAddr, site: Service, stop: Stop) {
    // Small answers (304, an event) must not wait for more bytes to come.
    let _nodelay = stream.set_nodelay(true).is_ok();
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let site = site.clone();
        let mut request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(Peer(peer));
        async move { Ok::<_, Infallible>(site.answer(request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_headers(100)
        .max_buf_size(64 << 10)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let stopped = stop.heard();
    tokio::pin!(stopped);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = &mut stopped => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, %peer, "a connection ended badly");
    }
}
