//! Small feeds written by hand, one for each thing that goes wrong in practice.

use super::*;

fn rss(channel: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel><title>t</title><link>https://a.example/</link>{channel}</channel></rss>"
    )
}

fn an_item(inside: &str) -> String {
    rss(&format!(
        "<item><title>台風が接近</title><link>https://a.example/1</link>{inside}</item>"
    ))
}

fn read(bytes: &[u8]) -> ReadFeed {
    read_feed(bytes, None, &SourceHint::default())
}

fn check(bytes: &[u8], way: Way, titles: &[&str]) -> ReadFeed {
    let read = read(bytes);
    let found: Vec<_> = read.items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(found, titles, "{:?}", read.complaints);
    assert_eq!(read.way, Some(way), "{:?}", read.complaints);
    read
}

#[test]
fn authors_that_make_the_parser_panic() {
    for author in [
        "記者（a@b.com）",
        "a@b.com（王小明）",
        "王小明—a@b.com",
        "王小明\u{a0}a@b.com",
        "a@b.com、王小明",
    ] {
        for element in ["author", "dc:creator"] {
            let feed = an_item(&format!("<{element}>{author}</{element}><guid>7</guid>"));
            let found = check(feed.as_bytes(), Way::Raw, &["台風が接近"]);
            assert_eq!(found.items[0].guid, "7");
        }
    }
}

#[test]
fn encodings() {
    let feed = an_item("<description>住民は避難した</description>");
    let wide: Vec<u8> = feed.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&wide, Way::Raw, &["台風が接近"]);
    let feed = rss("<item><title>台风正在逼近东部沿海地区，居民已经撤离</title></item>");
    let (gbk, _, _) = encoding_rs::GBK.encode(&feed);
    check(&gbk, Way::Raw, &["台风正在逼近东部沿海地区，居民已经撤离"]);
}

#[test]
fn what_the_pre_pass_mends() {
    let item = "<item><title>Q & A</title><link>https://a.example/1</link></item>";
    check(rss(item).as_bytes(), Way::PrePass, &["Q & A"]);
    let item = "<item><title>a&nbsp;b</title><link>https://a.example/1</link></item>";
    let bare = format!("<rss><channel>{item}</channel></rss>");
    check(bare.as_bytes(), Way::PrePass, &["a\u{a0}b"]);
    let old = "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>t</title>\
               <entry><title>Old</title><link rel=\"alternate\" href=\"https://a.example/1\"/>\
               <issued>2026-11-24T10:00:00Z</issued></entry></feed>";
    let found = check(old.as_bytes(), Way::PrePass, &["Old"]);
    assert_eq!(found.items[0].url, "https://a.example/1");
    assert!(found.items[0].published.is_some());
}

#[test]
fn a_bad_item_never_loses_the_good_ones() {
    let feed = rss(
        "<item><title>One</title><link>https://a.example/1</link></item>\
         <item><title>Bad <br> & <b></title><link>https://a.example/2</item>\
         <item><title>Three</title><link>https://a.example/3</link></item>",
    );
    let found = check(feed.as_bytes(), Way::Salvage, &["One", "Bad &", "Three"]);
    assert!(found.complaints.contains(&FeedComplaint::Salvaged(3)));
}

#[test]
fn a_bad_date_loses_nothing_but_itself() {
    for bad in ["令和32000年1月1日", "a date that panics"] {
        let dates = [bad, "2026-11-24", "2026-11-25"];
        let one = |(number, date): (usize, &str)| {
            format!(
                "<item><title>{number}</title><link>https://a.example/{number}</link>\
                 <pubDate>{date}</pubDate></item>"
            )
        };
        let items: String = (1..).zip(dates).map(one).collect();
        let json: Vec<String> = (1..)
            .zip(dates)
            .map(|(id, date): (usize, _)| {
                format!(r#"{{"id":"{id}","title":"{id}","date_published":"{date}"}}"#)
            })
            .collect();
        let json = format!(
            r#"{{"version":"https://jsonfeed.org/version/1","items":[{}]}}"#,
            json.join(",")
        );
        for (feed, way) in [
            (rss(&items), Way::Raw),
            (
                rss(&items.replace("</pubDate>", "</pubDate><b>")),
                Way::Salvage,
            ),
            (json, Way::Json),
        ] {
            let found = check(feed.as_bytes(), way, &["1", "2", "3"]);
            let dated = found.items.iter().map(|item| item.published.is_some());
            assert_eq!(
                dated.collect::<Vec<_>>(),
                [false, true, true],
                "{bad} {way:?}"
            );
        }
    }
}

#[test]
fn categories_keep_their_domain() {
    let feed = an_item("<category domain=\"country\">Japan</category><category>Weather</category>");
    let found = check(feed.as_bytes(), Way::Raw, &["台風が接近"]);
    let categories = &found.items[0].categories;
    assert_eq!(categories[0].scheme.as_deref(), Some("country"));
    assert_eq!(categories[1].scheme, None);
}

#[test]
fn what_is_no_feed() {
    for text in [
        "",
        "hello",
        "<html><body>x</body></html>",
        "{\"a\":1}",
        "<opml/>",
        "\u{0}\u{1}",
    ] {
        let found = read(text.as_bytes());
        assert!(found.items.is_empty() && found.way.is_none(), "{text}");
        assert!(found.complaints.contains(&FeedComplaint::NoFeed), "{text}");
    }
    let empty = read(rss("").as_bytes());
    assert_eq!((empty.way, empty.items.len()), (Some(Way::Raw), 0));
}

#[test]
fn nothing_is_expanded_or_fetched() {
    let bomb = "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>\
                <rss version='2.0'><channel><item><title>&b;&x;</title></item></channel></rss>";
    let found = read(bomb.as_bytes());
    assert!(found.items[0].title.len() < 20 && !found.items[0].title.contains("root:"));
}

#[test]
fn addresses_are_of_the_web() {
    for address in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.example/",
        "https://u:p@a.example/",
    ] {
        let found = read(
            rss(&format!(
                "<item><title>x</title><link>{address}</link></item>"
            ))
            .as_bytes(),
        );
        assert_eq!(found.items[0].url, "", "{address}");
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_broken_feed_is_read_without_a_panic(
        parts in proptest::collection::vec(
            "<(/?(item|title|link|author|rss|channel|content)( type=.?html)?>?)|[&;<>\"'（a@b.com）—台é ]{0,8}|<!\\[CDATA\\[|\\]\\]>|<!--",
            0..60,
        ),
    ) {
        let _ = read(format!("<rss version='2.0'><channel>{}", parts.concat()).as_bytes());
    }
}
