//! A whole cycle of many feeds, four fifths of them unchanged, while an editor saves: what
//! `cargo xtask bench wire cycle` prints.
//!
//! `cycle [FEEDS] [HOSTS] [ITEMS]`. The hosts are addresses of the loopback in a process of their own, so that what
//! is measured here is the site's side alone; pauses and limits are the ones the site has.
#![expect(clippy::print_stdout, reason = "a table for people")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement that fails has to fail loudly"
)]

use ingest::fetch::Reach;
use ingest::poll::{Poll, Polled, Settings};
use news::body::Block;
use news::{Document, Genre, Lang, Millis, Role, Section};
use std::io::{BufRead, BufReader};
use std::net::Ipv4Addr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::{Location, NewStaff, NewSteps, NewStory, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// New items of a feed that has changed.
const FRESH: usize = 5;
/// Between two saves: somebody types.
const TYPING: Duration = Duration::from_millis(25);

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, or: usize| words.get(at).map_or(or, |word| word.parse().unwrap());
    if words.first().is_some_and(|word| word == "serve") {
        return serve(number(1, 1), number(2, 1)).await;
    }
    measure(number(0, 1_000), number(1, 250), number(2, 30)).await;
}

fn host(number: usize) -> Ipv4Addr {
    let byte = |number: usize| u8::try_from(number % 250 + 1).unwrap();
    Ipv4Addr::new(127, 9, byte(number / 250), byte(number))
}

/// Serves on all hosts, at one port, which is said.
async fn serve(hosts: usize, items: usize) {
    let first = TcpListener::bind((host(0), 0)).await.unwrap();
    let port = first.local_addr().unwrap().port();
    let phase = Arc::new(AtomicUsize::new(1));
    let mut all = vec![first];
    for number in 1..hosts {
        all.push(TcpListener::bind((host(number), port)).await.unwrap());
    }
    println!("{port}");
    let all = all.into_iter().map(|listener| {
        let phase = phase.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, phase.clone(), items));
            }
        })
    });
    futures::future::join_all(all.collect::<Vec<_>>()).await;
}

/// `/phase/N` begins a phase, `/N` is a feed: every fifth has changed with the phase.
async fn answer(mut stream: TcpStream, phase: Arc<AtomicUsize>, items: usize) {
    let mut head = vec![0; 4_096];
    let read = stream.read(&mut head).await.unwrap_or(0);
    let head = String::from_utf8_lossy(&head[..read]).to_lowercase();
    let path = head.split(' ').nth(1).unwrap_or_default();
    if let Some(number) = path.strip_prefix("/phase/") {
        phase.store(number.parse().unwrap(), Ordering::SeqCst);
        let _ = stream.write_all(b"HTTP/1.1 204 Yes\r\n\r\n").await;
        return;
    }
    let number: usize = path.trim_start_matches('/').parse().unwrap_or(0);
    let state = if number.is_multiple_of(5) {
        phase.load(Ordering::SeqCst)
    } else {
        1
    };
    let answer = if head.contains(&format!("if-none-match: \"{state}\"")) {
        "HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n".to_owned()
    } else {
        let feed = feed(number, state, items);
        let length = feed.len();
        format!(
            "HTTP/1.1 200 OK\r\nconnection: close\r\netag: \"{state}\"\r\ncontent-length: {length}\r\n\r\n{feed}"
        )
    };
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

fn feed(number: usize, state: usize, items: usize) -> String {
    let words = "港では荷の積み下ろしが続いている。市は来週の会議で費用を決める。".repeat(6);
    let items: String = (state * FRESH..state * FRESH + items)
        .map(|item| {
            let at = format!("https://kuroshio-press.example/{number}/{item}");
            format!(
                "<item><title>第{number}港の{item}番目の知らせ</title><link>{at}</link><guid>{at}</guid>\
                 <pubDate>Tue, 24 Nov 2026 {:02}:{:02}:00 +0900</pubDate>\
                 <description>{words}</description></item>",
                item / 60 % 24,
                item % 60
            )
        })
        .collect();
    format!("<rss version='2.0'><channel><title>{number}</title>{items}</channel></rss>")
}

/// The hosts' process, which ends with us.
struct Hosts(Child, u16);

impl Hosts {
    fn start(count: usize, items: usize) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["serve", &count.to_string(), &items.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        Self(child, line.trim().parse().unwrap())
    }

    async fn phase(&self, number: usize) {
        let mut stream = TcpStream::connect((host(0), self.1)).await.unwrap();
        let ask = format!("GET /phase/{number} HTTP/1.1\r\n\r\n");
        stream.write_all(ask.as_bytes()).await.unwrap();
        stream.read_to_end(&mut Vec::new()).await.unwrap();
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn measure(feeds: usize, hosts: usize, items: usize) {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::Folder(folder.path().to_owned());
    let store = Store::open(&at).await.unwrap();
    let servers = Hosts::start(hosts, items);
    let source = store.source("kuroshio").await.unwrap().unwrap().id;
    for number in 0..feeds {
        let url = format!("http://{}:{}/{number}", host(number % hosts), servers.1);
        store.add_feed(source, &url, 600).await.unwrap();
    }
    let poll = Poll::reaching(store.clone(), Reach::Loopback, Settings::default()).unwrap();
    let began = Instant::now();
    let all = poll.all_due(Store::now().plus(1_000)).await.unwrap();
    let (_, filed) = counts(&all);
    println!(
        "filled: {} feeds, {filed} items in {:.1} s",
        all.len(),
        began.elapsed().as_secs_f64()
    );

    let alone = Arc::new(AtomicBool::new(true));
    let saves = tokio::spawn(saves(store.clone(), alone.clone()));
    tokio::time::sleep(Duration::from_secs(15)).await;
    alone.store(false, Ordering::SeqCst);
    let alone = saves.await.unwrap();

    servers.phase(2).await;
    let goes_on = Arc::new(AtomicBool::new(true));
    let saves = tokio::spawn(self::saves(store.clone(), goes_on.clone()));
    let (began, used) = (Instant::now(), used());
    let all = poll.all_due(Store::now().plus(Millis::DAY)).await.unwrap();
    let (took, used) = (began.elapsed().as_secs_f64(), self::used() - used);
    goes_on.store(false, Ordering::SeqCst);
    let during = saves.await.unwrap();
    let (unchanged, fresh) = counts(&all);
    assert_eq!(all.len(), feeds);
    assert_eq!(fresh, feeds.div_ceil(5) * FRESH, "each once");

    let ratio = |of: f64| quantile(&during, of) / quantile(&alone, of);
    println!("| what | found | goal |\n|---|---|---|");
    println!("| feeds, hosts, items of each | {feeds}, {hosts}, {items} | 1,000 |");
    println!(
        "| unchanged, new items | {} %, {fresh} | 80 % |",
        unchanged * 100 / feeds
    );
    println!("| cycle | {took:.1} s | 120 s |");
    println!(
        "| processor, of two cores, over the cycle | {:.0} % | |",
        used / took * 50.0
    );
    println!(
        "| processor, of two cores, over ten minutes | {:.1} % | 30 % |",
        used / 600.0 * 50.0
    );
    println!(
        "| saves alone, during | {}, {} | |",
        alone.len(),
        during.len()
    );
    for (name, of) in [("p50", 0.5), ("p99", 0.99)] {
        let (alone, during) = (quantile(&alone, of), quantile(&during, of));
        println!("| a save's {name} alone, during | {alone:.2} ms, {during:.2} ms | |");
    }
    println!("| p99 during to alone | {:.2} | 2 |", ratio(0.99));
    store.close().await;
}

/// How many were as before, and the new items of the others. None may have failed.
fn counts(all: &[Polled]) -> (usize, usize) {
    let outcomes = all.iter().map(|one| one.outcome.as_ref().unwrap());
    let outcomes: Vec<_> = outcomes.collect();
    let unchanged = outcomes.iter().filter(|outcome| outcome.is_none()).count();
    let new = outcomes.iter().filter_map(|outcome| outcome.as_ref());
    (unchanged, new.map(|report| report.new).sum())
}

/// An editor types into one draft: the milliseconds of each save.
async fn saves(store: Store, goes_on: Arc<AtomicBool>) -> Vec<f64> {
    let new = NewStaff {
        email: format!("editor{}@asian-news.example", store.next_id().0),
        name: "An editor".into(),
        roles: vec![Role::Editor],
    };
    let staff = store.add_staff(new).await.unwrap();
    let story = store.begin_story(a_story()).await.unwrap();
    let mut took = Vec::new();
    for base in 0.. {
        if !goes_on.load(Ordering::SeqCst) {
            break;
        }
        let step = serde_json::json!({"stepType": "replace", "from": 1, "to": 1,
            "slice": {"content": [{"type": "text", "text": "x"}]}});
        let steps = NewSteps {
            story,
            base,
            batch: format!("b{base}"),
            client: "1.window".into(),
            staff,
            steps: vec![step],
            snapshot: None,
            headline: "Ferries stop".into(),
            standfirst: "At noon.".into(),
        };
        let began = Instant::now();
        store.accept_steps(steps).await.unwrap();
        took.push(began.elapsed().as_secs_f64() * 1_000.0);
        tokio::time::sleep(TYPING).await;
    }
    took.sort_by(f64::total_cmp);
    took
}

fn a_story() -> NewStory {
    let blocks = [Block::Paragraph("Ferries stop.".into())];
    NewStory {
        id: None,
        staff: None,
        lang: Lang::english(),
        section: Section::Business,
        places: Vec::new(),
        topics: Vec::new(),
        genre: Genre::News,
        document: Document::from_plain("Ferries stop", "At noon.", &blocks),
        authors: Vec::new(),
        dateline: None,
        urgency: 5,
        slug: None,
        picture: None,
    }
}

fn quantile(sorted: &[f64], of: f64) -> f64 {
    let last = sorted.len() - 1;
    sorted[((last as f64) * of).round() as usize]
}

/// Seconds of the processor that this process has used, of its own and of the system's.
fn used() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, rest) = stat.rsplit_once(')').unwrap();
    let mut fields = rest.split_whitespace().skip(11);
    let mut ticks = || fields.next().unwrap().parse::<f64>().unwrap();
    // A tick is a hundredth of a second on every Linux.
    (ticks() + ticks()) / 100.0
}
