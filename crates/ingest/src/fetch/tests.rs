//! A server on this machine that behaves badly. Addresses that must never be connected to: [`walls`].

mod walls;

use super::*;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that answers every request by `answer`, given the request's head.
async fn a_server<F, W>(answer: F) -> (SocketAddr, Arc<AtomicUsize>)
where
    F: Fn(String, TcpStream) -> W + Send + Sync + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            let mut head = vec![0; 4096];
            let read = stream.read(&mut head).await.unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            tokio::spawn(answer(head, stream));
        }
    });
    (address, count)
}

async fn say(mut stream: TcpStream, bytes: impl AsRef<[u8]>) {
    let _ = stream.write_all(bytes.as_ref()).await;
    let _ = stream.shutdown().await;
}

fn near() -> Fetch {
    let limits = Limits {
        bytes: 100_000,
        first_byte: Duration::from_millis(300),
        whole: Duration::from_millis(900),
        hops: 5,
    };
    Fetch::new(Reach::Loopback).unwrap().within(limits)
}

async fn get(address: SocketAddr, path: &str) -> Result<Answer, FetchError> {
    let url = Url::parse(&format!("http://{address}{path}")).unwrap();
    near().get(&url, &Validators::default()).await
}

#[tokio::test]
async fn a_feed_comes_with_its_validators_and_is_asked_for_conditionally() {
    let (address, _) = a_server(|head, stream| async move {
        let lower = head.to_lowercase();
        if lower.contains("if-none-match: w/\"7\"") && lower.contains("if-modified-since: x") {
            return say(
                stream,
                "HTTP/1.1 304 Not Modified\r\ncache-control: max-age=60\r\n\r\n",
            )
            .await;
        }
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/xml; charset=euc-jp\r\netag: W/\"7\"\r\n\
                    last-modified: x\r\ncontent-length: 6\r\n\r\n<rss/>";
        say(stream, head).await;
    })
    .await;
    let Ok(Answer::Body(body)) = get(address, "/").await else {
        panic!("no body")
    };
    assert_eq!(body.bytes, b"<rss/>");
    assert_eq!(body.charset.as_deref(), Some("euc-jp"));
    assert_eq!(body.validators.etag.as_deref(), Some("W/\"7\""));
    let again = near().get(&body.url, &body.validators).await;
    let Ok(Answer::Unchanged(unchanged)) = again else {
        panic!("{again:?}")
    };
    assert_eq!(unchanged.max_age, Some(Duration::from_secs(60)));
}

#[tokio::test]
async fn bodies_without_end_are_cut_off() {
    let (address, _) = a_server(|_, mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&[b'x'; 8192]).await.is_ok() {}
    })
    .await;
    assert_eq!(get(address, "/").await.unwrap_err(), FetchError::TooLarge);
}

#[tokio::test]
async fn bombs_are_counted_as_they_unfold() {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zip.write_all(&vec![b' '; 20_000_000]).unwrap();
    let zip = Arc::new(zip.finish().unwrap());
    assert!(zip.len() < 100_000);
    let (address, _) = a_server(move |_, stream| {
        let zip = Arc::clone(&zip);
        async move {
            let mut answer = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n".to_vec();
            answer.extend_from_slice(&zip);
            say(stream, answer).await;
        }
    })
    .await;
    assert_eq!(get(address, "/").await.unwrap_err(), FetchError::TooLarge);
}

#[tokio::test]
async fn slow_servers_are_left() {
    let (address, _) = a_server(|head, mut stream| async move {
        let begun = if head.starts_with("GET /body") {
            "\r\n\r\n"
        } else {
            "\r\na: "
        };
        let _ = stream
            .write_all(format!("HTTP/1.1 200 OK{begun}").as_bytes())
            .await;
        // One byte at a time, for ever.
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await;
    for path in ["/head", "/body"] {
        let began = Instant::now();
        assert_eq!(
            get(address, path).await.unwrap_err(),
            FetchError::TooSlow,
            "{path}"
        );
        assert!(began.elapsed() < Duration::from_secs(3));
    }
}

#[tokio::test]
async fn statuses_and_floods_are_refused() {
    let (address, _) = a_server(|head, stream| async move {
        if head.starts_with("GET /busy") {
            return say(
                stream,
                "HTTP/1.1 429 Busy\r\nretry-after: 90\r\ncontent-length: 0\r\n\r\n",
            )
            .await;
        }
        let flood = format!("HTTP/1.1 200 OK\r\n{}\r\n", "a: b\r\n".repeat(100_000));
        say(stream, flood).await;
    })
    .await;
    let busy = FetchError::Status {
        status: 429,
        retry_after: Some(Duration::from_secs(90)),
    };
    assert_eq!(get(address, "/busy").await.unwrap_err(), busy);
    assert!(matches!(
        get(address, "/").await.unwrap_err(),
        FetchError::Failed(_)
    ));
}

#[tokio::test]
async fn redirects_are_followed_a_few_times_and_through_the_door() {
    let (secret, reached) =
        a_server(|_, stream| say(stream, "HTTP/1.1 200 OK\r\n\r\nsecret")).await;
    let (address, count) = a_server(move |head, stream| async move {
        let to = match head.split_whitespace().nth(1).unwrap_or_default() {
            "/once" => "/there".to_owned(),
            "/there" => return say(stream, "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx").await,
            "/inside" => format!("http://{secret}/"),
            "/file" => "file:///etc/passwd".to_owned(),
            "/metadata" => "http://169.254.169.254/latest/".to_owned(),
            _ => "/round".to_owned(),
        };
        say(
            stream,
            format!("HTTP/1.1 301 Moved\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"),
        )
        .await;
    })
    .await;
    let Ok(Answer::Body(body)) = get(address, "/once").await else {
        panic!("no body")
    };
    assert_eq!(
        body.moved.map(|url| url.path().to_owned()).as_deref(),
        Some("/there")
    );
    let before = count.load(Ordering::SeqCst);
    assert_eq!(
        get(address, "/round").await.unwrap_err(),
        FetchError::TooManyHops
    );
    assert_eq!(count.load(Ordering::SeqCst) - before, 6);
    for path in ["/file", "/metadata"] {
        assert_eq!(
            get(address, path).await.unwrap_err(),
            FetchError::Forbidden,
            "{path}"
        );
    }
    // From a public name to this machine: the first hop alone is let through.
    let lookup = Guarded::by(Reach::Public, move |_| {
        Box::pin(async move { Ok(vec![secret]) })
    });
    let public = Fetch::with(lookup, Limits::default()).unwrap();
    let inside = Url::parse("http://news.example/").unwrap();
    assert_eq!(
        public
            .get(&inside, &Validators::default())
            .await
            .unwrap_err(),
        FetchError::Forbidden
    );
    let literal = Url::parse(&format!("http://{secret}/")).unwrap();
    assert_eq!(
        public
            .get(&literal, &Validators::default())
            .await
            .unwrap_err(),
        FetchError::Forbidden
    );
    assert_eq!(reached.load(Ordering::SeqCst), 0);
}
