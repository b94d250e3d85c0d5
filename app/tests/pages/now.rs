//! What matters now: the river of the latest, the red bar.

use crate::newsroom::{Newsroom, an_item};
use news::breaking::LASTS;
use news::{Id, Millis, StoryAddress};
use std::time::Duration;
use store::{NewExcerpt, Store};

/// An item of its own, so many hours old.
fn hours_old(n: i64) -> NewExcerpt {
    let at = Store::now().plus(-n * Millis::HOUR);
    let address = format!("https://apnews.com/article/{n}");
    NewExcerpt {
        guid: format!("urn:ap:{n}"),
        address,
        headline: format!("Ferries of hour {n} are late"),
        published_at: at,
        ..an_item()
    }
}

#[tokio::test]
async fn the_latest_stand_by_the_hour_and_no_deeper_than_seven_days() {
    let room = Newsroom::open().await;
    let empty = room.page("/latest").await;
    assert_eq!(empty.noted.status, None);
    assert_eq!(empty.noted.live_for, None);
    let all: Vec<NewExcerpt> = (0..100).map(|n| hours_old(2 * n + 1)).collect();
    let newest = all[0].published_at;
    let ids = room.file("ap", all).await;
    let undated = NewExcerpt {
        guid: "undated".into(),
        address: "https://apnews.com/undated".into(),
        undated: true,
        ..an_item()
    };
    let undated = room.file("ap", vec![undated]).await.remove(0);
    let mut path = "/latest".to_owned();
    let mut seen = vec![];
    loop {
        let page = room.page(&path).await;
        assert_eq!(page.noted.status, None, "{path}");
        assert!(
            page.noted
                .live_for
                .is_some_and(|for_| for_ <= Duration::from_secs(3_600))
        );
        let cards = page.html.split("data-card=\"").skip(1);
        let before = seen.len();
        seen.extend(cards.filter_map(|card| card.split('"').next().map(str::to_owned)));
        // Two hours lie between any two: each has a heading of its own.
        assert_eq!(page.count("latest__hour"), seen.len() - before);
        let next = page
            .links()
            .into_iter()
            .find(|link| link.contains("?before="));
        let Some(next) = next else { break };
        path = next;
    }
    // Two hours apart, 84 lie in seven days; what is older when it comes is no news.
    let want: Vec<String> = ids.iter().take(84).map(ToString::to_string).collect();
    assert_eq!(seen, want);
    assert!(!seen.contains(&undated.to_string()));
    let front = room.page("/").await;
    let (_, ticker) = front.html.split_once("class=\"ticker\"").unwrap();
    let (ticker, _) = ticker.split_once("</section>").unwrap();
    assert!(ticker.contains("href=\"/latest\""));
    assert!(!ticker.contains(&undated.to_string()), "{ticker}");
    let latest = room.page("/latest").await;
    assert!(
        latest
            .html
            .contains("<meta name=\"channel\" content=\"latest\"")
    );
    let begins = app::when::iso(app::when::hour_of(newest));
    assert!(
        latest.html.contains(&format!("datetime=\"{begins}\"")),
        "{begins}"
    );
}

fn id_of(address: &str) -> Id {
    let address = StoryAddress::parse(address.trim_start_matches("/story/"));
    address.unwrap().id
}

#[tokio::test]
async fn a_page_with_the_bar_lives_no_longer_than_it() {
    let room = Newsroom::open().await;
    let story = id_of(&room.published("Ferries stop at Kaohsiung").await);
    let other = room.filed("ap", |_| {}).await;
    let who = room.member(news::Role::Editor).await;
    let now = Store::now();
    let lasts = Some(Millis::MINUTE);
    let marked = room.store.set_breaking(story, who, lasts, now).await;
    assert_eq!(marked.unwrap(), Some(now.plus(Millis::MINUTE)));
    for path in [
        "/",
        "/business",
        "/asia/taiwan",
        "/asia/eastern-asia",
        "/latest",
    ] {
        let page = room.page(path).await;
        assert_eq!(page.count("class=\"breaking__word\""), 1, "{path}");
        assert!(
            page.noted.live_for.unwrap() <= Duration::from_secs(60),
            "{path}"
        );
    }
    let elsewhere = room.page("/asia/north-korea").await;
    assert_eq!(elsewhere.count("class=\"breaking__word\""), 0);
    // A line for each event. What the page's splash tells isn't told above it as well.
    let lasts = Some(LASTS);
    room.store
        .set_breaking(other, who, lasts, now)
        .await
        .unwrap();
    for (path, lines) in [("/", 1), ("/latest", 2), ("/asia/north-korea", 1)] {
        let page = room.page(path).await;
        assert_eq!(page.count("class=\"breaking__word\""), lines, "{path}");
    }
    assert!(
        room.page("/")
            .await
            .html
            .contains("class=\"breaking__source\">AP<")
    );
}

/// What the rows of a block say of themselves: for each the values of these attributes.
fn rows(html: &str, names: &[&str]) -> Vec<Vec<f64>> {
    let tags = html.split("<li").filter_map(|rest| rest.split('>').next());
    let said = |tag: &str, name: &str| {
        let (_, value) = tag.split_once(&format!("data-{name}=\""))?;
        value.split('"').next()?.parse().ok()
    };
    let rows = tags.filter(|tag| tag.contains("now__row"));
    rows.filter_map(|tag| names.iter().map(|name| said(tag, name)).collect())
        .collect()
}

#[tokio::test]
async fn what_matters_now_says_the_numbers_of_its_order() {
    let room = Newsroom::open().await;
    let about = |n: i64, source: &str, change: &dyn Fn(&mut NewExcerpt)| {
        let mut item = hours_old(0);
        item.guid = format!("{source}-{n}");
        item.address = format!("https://{source}.example/{n}");
        item.published_at = Store::now().plus(-n * 20 * Millis::MINUTE);
        change(&mut item);
        item
    };
    for source in ["ap", "kuroshio", "formosa"] {
        let mut items: Vec<_> = (0..3).map(|n| about(n, source, &|_| {})).collect();
        // Japan is told of a little less, and as one day of seven before; Iran by one source alone.
        items.push(about(4, source, &|item| {
            (item.places, item.topics) = (vec![news::Place::JP], vec![]);
        }));
        items.push(about(75, source, &|item| {
            (item.places, item.topics) = (vec![news::Place::JP], vec![]);
        }));
        room.file(source, items).await;
    }
    let alone = (0..9).map(|n| {
        about(n, "gulf-courier", &|item| {
            (item.places, item.topics) = (vec![news::Place::IR], vec![]);
        })
    });
    room.file("gulf-courier", alone.collect()).await;
    let front = room.page("/").await;
    assert!(front.noted.live_for.unwrap() <= Duration::from_secs(300));
    let trends = rows(&front.html, &["now", "owners", "before", "z"]);
    assert_eq!(trends.len(), 5, "{trends:?}");
    let z = |row: &Vec<f64>| (row[0] - row[2] / 7.0) / (row[2] / 7.0 + 1.0).sqrt();
    for (row, next) in trends.iter().zip(trends.iter().skip(1)) {
        assert!(row[1] >= 3.0 && z(row) >= z(next), "{row:?} {next:?}");
        assert!((z(row) - row[3]).abs() < 0.001, "{row:?}");
    }
    assert!(
        front
            .html
            .contains("3 stories in 2 h from 3 sources, usually 0.4")
    );
    let trending = front.html.split_once("id=\"trends\"").unwrap().1;
    let trending = trending.split_once("</section>").unwrap().0;
    assert!(trending.contains(">Japan<") && !trending.contains(">Iran<"));
    for path in [
        "/",
        "/technology",
        "/asia/china",
        "/asia/eastern-asia",
        "/asia/iran",
    ] {
        let page = room.page(path).await;
        let important = rows(&page.html, &["owners", "fresh", "weight", "score", "age"]);
        assert_eq!(important.len(), 5, "{path}");
        for (row, next) in important.iter().zip(important.iter().skip(1)) {
            assert!(
                (row[0] * row[1] * row[2] - row[3]).abs() < 1e-9,
                "{path}: {row:?}"
            );
            assert!(((100.0 * 360.0 / (360.0 + row[4])).round() - row[1]).abs() <= 0.5);
            assert!(row[3] >= next[3], "{path}: {row:?} {next:?}");
        }
        assert!(
            page.html
                .contains("1 source × fresh 1.00 × weight 1.0 = 1.000"),
            "{path}"
        );
    }
    // On its own page a place is no trend; further down a list neither block stands.
    let china = room.page("/asia/china").await.html;
    let trending = china.split_once("id=\"trends\"").unwrap().1;
    assert!(
        !trending
            .split_once("</section>")
            .unwrap()
            .0
            .contains(">China<")
    );
    let earlier = room.page("/technology?before=9000000000000-5").await;
    assert_eq!(earlier.count("now__row"), 0);
    assert_eq!(earlier.noted.live_for, None);
}
