use super::ear::HEARTBEAT;
use super::*;
use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use news::{Document, Genre, Id, Lang, NewsEvent, Section, StoryId};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::{Location, NewStory};
use tempfile::TempDir;

/// Tells every begun draft to the front, and counts how often it is asked.
#[derive(Default)]
struct Drafts(AtomicU64);

impl Encode for Drafts {
    fn encode<'a>(&'a self, row: &'a OutboxRow) -> BoxFuture<'a, Vec<(Channel, Event)>> {
        async move {
            self.0.fetch_add(1, Ordering::Relaxed);
            let NewsEvent::DraftChanged { story, .. } = row.event else {
                return vec![];
            };
            let event = Event {
                event: "card",
                data: serde_json::json!({ "id": story }),
            };
            vec![
                (Channel::Front, event.clone()),
                (Channel::Story(story), event),
            ]
        }
        .boxed()
    }
}

struct Site {
    store: Store,
    live: Live,
    asked: Arc<Drafts>,
    staff: Id,
    _folder: TempDir,
}

async fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Location::Folder(folder.path().into()))
        .await
        .unwrap();
    let staff = store::NewStaff {
        email: "mika@asian-news.example".into(),
        name: "Mika Arai".into(),
        roles: vec![news::Role::Editor],
    };
    let staff = store.add_staff(staff).await.unwrap();
    let asked = Arc::new(Drafts::default());
    let live = Live::new(store.clone(), asked.clone()).await.unwrap();
    Site {
        store,
        live,
        asked,
        staff,
        _folder: folder,
    }
}

impl Site {
    async fn begin(&self) -> StoryId {
        let new = NewStory {
            id: None,
            staff: Some(self.staff),
            lang: Lang::english(),
            section: Section::World,
            places: vec![],
            topics: vec![],
            genre: Genre::News,
            document: Document::blank(),
            authors: vec![],
            dateline: None,
            urgency: 5,
            slug: None,
            picture: None,
        };
        self.store.begin_story(new).await.unwrap()
    }

    async fn has_heard_all(&self) {
        let head = self.store.head().await.unwrap();
        while self.live.head() < head {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

#[tokio::test]
async fn a_stream_hears_what_happens_and_what_it_missed() {
    let site = site().await;
    let before = site.live.head();
    let mut early = Box::pin(site.live.listen(Channel::Front, None));
    let one = site.begin().await;
    let heard = early.next().await.unwrap();
    assert_eq!(heard.events.first().unwrap().data["id"], one.to_string());
    let sse = String::from_utf8(heard.sse.to_vec()).unwrap();
    assert_eq!(
        sse,
        format!(
            "event: card\nid: {}\ndata: {{\"id\":\"{one}\"}}\n\n",
            heard.seq
        )
    );

    let two = site.begin().await;
    site.has_heard_all().await;
    let late = site.live.listen(Channel::Front, Some(before));
    let seqs: Vec<u64> = late.take(2).map(|encoded| encoded.seq).collect().await;
    let next = early.next().await.unwrap();
    assert_eq!(seqs, [heard.seq, next.seq]);
    // Encoded once, whoever hears it; the streams of one story hear only of it.
    let of_two = site.live.since(Channel::Story(two), before).await.unwrap();
    assert_eq!(of_two.rows.len(), 1);
    assert_eq!(
        site.asked.0.load(Ordering::Relaxed),
        site.live.head() - before
    );
}

#[tokio::test]
async fn a_number_that_is_none_of_ours_means_load_again() {
    let site = site().await;
    let far = site.live.head() + 5_000;
    let replay = site.live.since(Channel::Front, far).await.unwrap();
    assert!(replay.reload);
    let mut stream = Box::pin(site.live.listen(Channel::Front, Some(far)));
    assert_eq!(stream.next().await.unwrap().events, [Event::reload()]);
    site.begin().await;
    assert_eq!(
        stream.next().await.unwrap().events.first().unwrap().event,
        "card"
    );
}

#[tokio::test]
async fn one_who_fell_behind_reads_again_and_loses_nothing() {
    let site = site().await;
    let mut slow = Box::pin(site.live.listen(Channel::Front, None));
    let (mut begun, mut heard) = (vec![], vec![]);
    // What comes before its first event is read in any case.
    site.begin().await;
    slow.next().await.unwrap();
    for _ in 0..BACKLOG * 2 {
        begun.push(site.begin().await.to_string());
    }
    site.has_heard_all().await;
    while heard.len() < begun.len() {
        let next = slow.next().await.unwrap();
        assert!(!next.events.is_empty(), "only {} came", heard.len());
        heard.extend(
            next.events
                .iter()
                .map(|e| e.data["id"].as_str().unwrap().to_owned()),
        );
    }
    assert_eq!(heard, begun);
}

#[tokio::test]
async fn a_hub_that_began_later_replays_from_the_outbox() {
    let site = site().await;
    let before = site.live.head();
    let one = site.begin().await;
    let other = Live::new(site.store.clone(), Arc::new(Drafts::default()))
        .await
        .unwrap();
    let replay = other.since(Channel::Story(one), before).await.unwrap();
    assert_eq!((replay.rows.len(), replay.reload), (1, false));
    assert_eq!(other.listeners(), 0);
}

#[tokio::test]
async fn a_story_misses_only_its_own_events_however_many_others_had() {
    let site = site().await;
    let before = site.live.head();
    let one = site.begin().await;
    let after = site.store.head().await.unwrap();
    for _ in 0..=MOST {
        site.begin().await;
    }
    site.has_heard_all().await;
    let of = async |channel, since| {
        let replay = site.live.since(channel, since).await.unwrap();
        (replay.rows.len(), replay.reload, replay.head)
    };
    let head = site.live.head();
    assert_eq!(of(Channel::Story(one), before).await, (1, false, head));
    assert_eq!(of(Channel::Story(one), after).await, (0, false, head));
    assert_eq!(of(Channel::Front, before).await, (0, true, head));
    // Where rows were swept, nobody knows any more whether one of them was its.
    let later = Store::now().plus(100 * news::Millis::DAY);
    site.store.sweep(later).await.unwrap();
    assert_eq!(of(Channel::Story(one), before).await, (0, true, head));
}

#[tokio::test]
async fn a_channel_goes_with_its_last_stream() {
    let site = site().await;
    let names = || site.live.state().channels.len();
    let many: Vec<_> = (0..1_000)
        .map(|n| site.live.listen(Channel::Story(Id(n)), None))
        .collect();
    let mut front = Box::pin(site.live.listen(Channel::Front, None));
    let other = site.live.listen(Channel::Front, None);
    assert_eq!((names(), site.live.listeners()), (1_001, 1_002));
    drop(many);
    drop(other);
    assert_eq!((names(), site.live.listeners()), (1, 1));
    site.begin().await;
    let heard = front.next().await.unwrap();
    assert_eq!(heard.events.first().unwrap().event, "card");
    drop(front);
    assert_eq!((names(), site.live.listeners()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_comes_while_the_last_one_leaves_hears() {
    let site = site().await;
    let comes_and_goes = (0..8).map(|_| {
        let live = site.live.clone();
        tokio::spawn(async move {
            for _ in 0..2_000 {
                drop(live.listen(Channel::Front, None));
            }
            live.listen(Channel::Front, None)
        })
    });
    let mut streams = vec![];
    for one in futures::future::join_all(comes_and_goes).await {
        streams.push(Box::pin(one.unwrap()));
    }
    site.begin().await;
    for stream in &mut streams {
        let heard = tokio::time::timeout(HEARTBEAT / 3, stream.next()).await;
        assert_eq!(
            heard.unwrap().unwrap().events.first().unwrap().event,
            "card"
        );
    }
}
