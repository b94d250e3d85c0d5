//! From agencies' feeds to one line for what they tell of one event.

use crate::{a_feed, a_store, file};
use ingest::cluster::Follower;
use news::{Millis, StoryId, Teaser, front};
use store::Store;

const KYUSHU: &str = "<item><title>Typhoon Haikui forces 40,000 from their homes in Kyushu</title>\
    <link>https://apnews.com/1</link><guid>1</guid><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>\
    <description>FUKUOKA, Japan (AP) - Some 40,000 people in Kyushu left their homes as Typhoon Haikui neared \
    Kagoshima with winds of 162 km per hour.</description></item>";
const IN_JAPANESE: &str = "<item><title>台風ハイクイ、九州で4万人に避難指示</title>\
    <link>https://kuroshio-press.example/1</link><guid>1</guid><pubDate>Tue, 24 Nov 2026 11:00:00 GMT</pubDate>\
    <description>台風ハイクイの接近に伴い、鹿児島など九州の4万人に避難指示が出された。最大風速は時速162キロ。</description></item>";
const ANOTHER: &str = "<item><title>Central bank of Uzbekistan keeps its rate at 14 percent</title>\
    <link>https://apnews.com/2</link><guid>2</guid><pubDate>Tue, 24 Nov 2026 11:30:00 GMT</pubDate>\
    <description>TASHKENT, Uzbekistan (AP) - Prices rise more slowly, the bank said.</description></item>";
const LATER: &str = "<item><title>Kagoshima counts two dead after Typhoon Haikui</title>\
    <link>https://kuroshio-press.example/2</link><guid>2</guid><pubDate>Tue, 24 Nov 2026 13:00:00 GMT</pubDate>\
    <description>Two people died in Kagoshima as Typhoon Haikui crossed Kyushu; 40,000 had left their homes.</description></item>";

async fn follow(follower: &mut Follower) {
    while follower.step().await.unwrap() > 0 {}
}

async fn lines(store: &Store) -> Vec<(StoryId, Option<(Vec<String>, u32)>)> {
    let teasers = store.teasers(front::Of::All, None, 30).await.unwrap();
    let line = |teaser: &Teaser| {
        let event = teaser.event();
        (
            teaser.id(),
            event.map(|event| (event.sources.clone(), event.tellings)),
        )
    };
    teasers.iter().map(line).collect()
}

#[tokio::test]
async fn several_agencies_one_line() {
    let (store, dir) = a_store().await;
    let now = Store::now();
    let dated = |items: &str| a_feed(&items.replace("Tue, 24 Nov 2026", &today(now)));
    let mut follower = Follower::open(store.clone()).await.unwrap();
    file(&store, dir.path(), "ap", &dated(KYUSHU), now).await;
    follow(&mut follower).await;
    assert!(lines(&store).await.iter().all(|(_, line)| line.is_none()));
    file(&store, dir.path(), "kuroshio", &dated(IN_JAPANESE), now).await;
    file(&store, dir.path(), "ap", &dated(ANOTHER), now).await;
    follow(&mut follower).await;
    let stands = lines(&store).await;
    assert_eq!(stands.len(), 2, "{stands:?}");
    let line = stands.iter().find_map(|(_, line)| line.clone()).unwrap();
    assert_eq!(
        line,
        (vec!["AP".to_owned(), "Kuroshio Press".to_owned()], 2)
    );
    // A follower that begins anew knows what stands, and goes on where the other was.
    let mut follower = Follower::open(store.clone()).await.unwrap();
    file(&store, dir.path(), "kuroshio", &dated(LATER), now).await;
    follow(&mut follower).await;
    let stands = lines(&store).await;
    assert_eq!(stands.len(), 2, "{stands:?}");
    assert!(
        stands
            .iter()
            .any(|(_, line)| line.as_ref().is_some_and(|line| line.1 == 3))
    );
    // Another one behind it writes nothing twice.
    let head = store.head().await.unwrap();
    follow(&mut Follower::open(store.clone()).await.unwrap()).await;
    assert_eq!(store.head().await.unwrap(), head);
}

/// The day as feeds write it; the window is of the last two.
fn today(now: Millis) -> String {
    let at =
        jiff::Timestamp::from_millisecond(now.0).unwrap() - jiff::SignedDuration::from_hours(14);
    let day = at.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    day.strftime("%a, %d %b %Y").to_string()
}
