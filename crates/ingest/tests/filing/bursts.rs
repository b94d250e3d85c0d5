//! A feed that may be somebody else's: what it suddenly brings waits for the desk, and nothing of it is lost.

use crate::near::{QUICK, a_poll, answering, with};
use crate::{a_feed, a_store, source};
use news::Millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Alarm, Inbox, Store, WireState};

/// Something in Japanese.
fn books(n: usize) -> String {
    item(
        n,
        &format!("第{n}区の図書館が新しい本を受け入れた"),
        "市の図書館は来週から新しい本を貸し出すと発表した。",
    )
}

/// Something else, in English.
fn offer(n: usize) -> String {
    item(
        n,
        &format!("Offer number {n} for the garden of your house"),
        "The garden centre sells chairs and tables at half of their price until Sunday.",
    )
}

fn item(n: usize, title: &str, words: &str) -> String {
    format!(
        "<item><title>{title}</title><link>https://kuroshio-press.example/{n}</link><guid>{n}</guid>
         <description>{words}</description></item>"
    )
}

async fn all(store: &Store, state: WireState) -> usize {
    let asked = Inbox {
        since: Millis(0),
        section: None,
        place: None,
        lang: None,
        source: None,
        state,
    };
    store.inbox(&asked, None, 500).await.unwrap().len()
}

/// Polls a feed of Kuroshio Press that holds these items for a day, and after it those; the alarms about it.
async fn polled(store: &Store, first: String, last: String) -> Vec<Alarm> {
    let turn = Arc::new(AtomicUsize::new(0));
    let bodies = [a_feed(&first), a_feed(&last)];
    let answer = {
        let turn = Arc::clone(&turn);
        move |_: &str| with("", &bodies[turn.load(Ordering::SeqCst)])
    };
    let address = answering(answer).await;
    let kuroshio = source(store, "kuroshio").await;
    let url = format!("http://{address}/rss");
    store.add_feed(kuroshio.id, &url, 600).await.unwrap();
    let poll = a_poll(store, QUICK);
    let hours = |n: i64| Store::now().plus(1_000 + n * Millis::HOUR);
    for n in (0..24).step_by(2) {
        poll.all_due(hours(n)).await.unwrap();
    }
    assert_eq!(all(store, WireState::Held).await, 0);
    turn.store(1, Ordering::SeqCst);
    poll.all_due(hours(25)).await.unwrap();
    let health = store.health(Store::now()).await.unwrap();
    let one = health.iter().find(|one| one.source.slug == "kuroshio");
    one.unwrap().alarms(Store::now())
}

#[tokio::test]
async fn a_burst_is_kept_for_the_desk() {
    let (store, _dir) = a_store().await;
    let first: String = (0..10).map(books).collect();
    let last: String = (0..40).map(books).collect();
    let alarms = polled(&store, first, last).await;
    assert!(
        matches!(&alarms[..], [Alarm::Held(_, why)] if why.contains("30 new items within an hour")),
        "{alarms:?}"
    );
    let came = all(&store, WireState::All).await;
    let held = all(&store, WireState::Held).await;
    assert_eq!((came, held), (40, 30), "nothing is lost");
}

#[tokio::test]
async fn a_few_more_than_usual_are_news() {
    let (store, _dir) = a_store().await;
    let first: String = (0..10).map(books).collect();
    let last: String = (0..29).map(books).collect();
    let alarms = polled(&store, first, last).await;
    assert_eq!(alarms, []);
    assert_eq!(all(&store, WireState::Held).await, 0);
}

#[tokio::test]
async fn another_language_is_an_alarm() {
    let (store, _dir) = a_store().await;
    let first: String = (0..10).map(books).collect();
    let last: String = (50..56).map(offer).collect();
    let alarms = polled(&store, first, last).await;
    assert!(
        matches!(&alarms[..], [Alarm::Odd(_, why)] if why.contains("6 of its 6 items") && why.contains("(en)")),
        "{alarms:?}"
    );
    assert_eq!(
        all(&store, WireState::Held).await,
        0,
        "an alarm holds nothing back"
    );
}
