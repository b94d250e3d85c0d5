//! One story in each kind of document, and documents made to do harm.

use crate::clean;
use crate::feed::{FeedComplaint, ReadFeed, SourceHint, Way, read_feed};
use encoding_rs::SHIFT_JIS;
use news::{Millis, PubStatus, WireItem};
use std::path::Path;

const KINDS: [&str; 5] = [
    "ninjs.json",
    "ninjs-1.json",
    "newsml.xml",
    "in-newsml.xml",
    "nitf.xml",
];

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agency");
    std::fs::read_to_string(folder.join(format!("ferry.{name}"))).unwrap()
}

fn read(bytes: &[u8]) -> ReadFeed {
    let read = read_feed(bytes, None, &SourceHint::default());
    assert_eq!(read.panics, 0, "{:?}", read.complaints);
    read
}

/// Its one story.
fn story(bytes: &[u8]) -> WireItem {
    let read = read(bytes);
    assert_eq!(read.way, Some(Way::Agency), "{:?}", read.complaints);
    assert_eq!((read.items.len(), read.complaints), (1, vec![]));
    read.items.into_iter().next().unwrap()
}

#[test]
fn every_kind_tells_the_same_story() {
    let feed = read(fixture("rss.xml").as_bytes()).items.remove(0);
    for kind in KINDS {
        let item = story(fixture(kind).as_bytes());
        let words = |html: &str| clean::paragraphs(html);
        assert_eq!(item.guid, feed.guid, "{kind}");
        assert_eq!(item.url, feed.url, "{kind}");
        assert_eq!(item.title, feed.title, "{kind}");
        assert_eq!(item.published, feed.published, "{kind}");
        assert_eq!(item.lang, feed.lang, "{kind}");
        assert_eq!(item.authors, feed.authors, "{kind}");
        assert_eq!(
            (words(&item.summary_html), words(&item.content_html)),
            (words(&feed.summary_html), words(&feed.content_html)),
            "{kind}"
        );
        // What feeds have no word for.
        assert_eq!(item.status, PubStatus::Usable, "{kind}");
        assert_eq!((item.urgency, item.embargo), (Some(5), None), "{kind}");
        assert_eq!(item.version, Some(3), "{kind}");
        assert_eq!(item.slugline, "vietnam-ferry", "{kind}");
        assert_eq!(item.usage_terms, "Excerpts with a link only.", "{kind}");
    }
}

#[test]
fn what_is_taken_back_or_not_yet_to_be_shown_says_so() {
    let embargo = Some(Millis(1_795_600_000_000));
    for (kind, from, canceled, until) in [
        (
            "ninjs.json",
            "\"pubstatus\": \"usable\"",
            "\"pubstatus\": \"canceled\"",
            "\"embargoed\": \"2026-11-25T09:46:40Z\"",
        ),
        (
            "newsml.xml",
            "<pubStatus qcode=\"stat:usable\"/>\n        <link",
            "<pubStatus qcode=\"stat:canceled\"/>\n        <link",
            "<embargoed>2026-11-25T09:46:40Z</embargoed><link",
        ),
        (
            "nitf.xml",
            "management-status=\"usable\">",
            "management-status=\"canceled\">",
            "management-status=\"embargoed\"><date.release norm=\"20261125T094640Z\"/>",
        ),
    ] {
        let text = fixture(kind);
        assert!(text.contains(from), "{kind}");
        let killed = story(text.replace(from, canceled).as_bytes());
        assert_eq!(killed.status, PubStatus::Canceled, "{kind}");
        let later = story(text.replace(from, until).as_bytes());
        assert_eq!(
            (later.status, later.embargo),
            (PubStatus::Usable, embargo),
            "{kind}"
        );
        assert_eq!(later.published, embargo, "{kind}");
    }
    // A note that takes a story back names the one it is about.
    let note = fixture("nitf.xml").replace(
        "management-status=\"usable\"",
        "management-status=\"canceled\" management-doc-idref=\"urn:the-other\"",
    );
    assert_eq!(story(note.as_bytes()).guid, "urn:the-other");
}

#[test]
fn several_items_and_lists() {
    let text = fixture("in-newsml.xml");
    let (_, item) = text.split_once("?>").unwrap();
    let message = format!(
        "<newsMessage>{item}{}</newsMessage>",
        item.replace("ferry-7", "ferry-8")
    );
    let all = read(message.as_bytes()).items;
    assert_eq!(
        (all.len(), all[1].url.as_str()),
        (2, "https://www.lotus-wire.example/news/ferry-8")
    );
    let item = fixture("ninjs.json");
    let list = format!("{{\"data\": {{\"items\": [{{\"item\": {item}}}, {item}, 5]}}}}");
    assert_eq!(read(list.as_bytes()).items.len(), 2);
}

#[test]
fn a_story_in_another_encoding() {
    let text = "<?xml version='1.0' encoding='Shift_JIS'?><nitf><body><body.head><hedline><hl1>渡し船の試験運航</hl1>\
                </hedline></body.head><body.content><p>電動の渡し船が港を渡った。</p></body.content></body></nitf>";
    let item = story(&SHIFT_JIS.encode(text).0);
    assert_eq!(item.title, "渡し船の試験運航");
    assert_eq!(
        clean::paragraphs(&item.content_html),
        ["電動の渡し船が港を渡った。"]
    );
    let utf_16: Vec<u8> = fixture("ninjs.json")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(story(&utf_16).urgency, Some(5));
}

/// Each document is refused with a reason; none makes a story, a panic or an expansion.
#[test]
fn what_is_broken_or_hostile_is_refused() {
    let check = |text: &str, why: &str| {
        let read = read(text.as_bytes());
        assert!(read.items.is_empty(), "{why}: {:?}", read.items);
        let said = format!("{:?}", read.complaints);
        assert!(said.contains(why), "{why}: {said}");
        assert!(
            read.complaints
                .iter()
                .any(|c| matches!(c, FeedComplaint::Refused(_)))
        );
    };
    let bomb =
        "<!DOCTYPE nitf [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><nitf><body>&b;</body></nitf>";
    check(bomb, "entities of its own");
    let outside = "<!DOCTYPE nitf [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><nitf>&a;</nitf>";
    check(outside, "entities of its own");
    check(&format!("<nitf>{}", "<p>".repeat(100_000)), "more elements");
    check(
        &format!("<nitf>{}</nitf>", "<p/>".repeat(300_000)),
        "more elements",
    );
    let wide = (0..300).fold(String::new(), |all, n| format!("{all} a{n}='1'"));
    check(&format!("<newsItem{wide}/>"), "256 attributes");
    let deep = format!("{{\"headlines\": {}", "[".repeat(100_000));
    check(&deep, "recursion limit");
    check(
        &format!("{{\"bodies\": [{}1]}}", "1,".repeat(400_000)),
        "more values",
    );
    check("<newsMessage><itemSet/></newsMessage>", "no story in it");
    check(
        "{\"headlines\": 5, \"type\": \"picture\"}",
        "no story in it",
    );
    // A file that is still on its way, cut off anywhere.
    for kind in KINDS {
        let text = fixture(kind);
        let text = text.trim_end();
        for cut in (40..text.len()).step_by(97) {
            let half = read(text.as_bytes().get(..cut).unwrap());
            assert_eq!(half.items, [], "{kind} cut off at {cut}");
        }
    }
}

#[test]
fn missing_and_senseless_fields_are_empty_ones() {
    for text in [
        "<nitf/>",
        "<newsItem/>",
        "{\"headlines\": [5, {\"value\": []}], \"bodies\": {}, \"subjects\": [[]], \"urgency\": [5]}",
        "{\"pubstatus\": null, \"urgency\": 12, \"version\": -1, \"located\": {\"name\": 7}}",
        "<newsItem version='x'><itemMeta><firstCreated>soon</firstCreated></itemMeta><contentMeta><urgency>x</urgency></contentMeta></newsItem>",
        "<nitf><head><docdata><date.issue norm='00000000T000000Z'/><date.expire norm='9999999９T999999'/></docdata></head></nitf>",
    ] {
        let item = story(text.as_bytes());
        let WireItem {
            title,
            url,
            published,
            embargo,
            urgency,
            ..
        } = item;
        let found = (title.as_str(), url.as_str(), published, embargo, urgency);
        assert_eq!(found, ("", "", None, None, None), "{text}");
    }
}

#[test]
fn an_embargo_that_nobody_can_read_is_no_leave_to_publish() {
    for text in [
        "{\"headlines\": [], \"embargoed\": \"until the speech\"}",
        "<newsItem><itemMeta><embargoed>soon</embargoed></itemMeta></newsItem>",
        "<nitf><head><docdata><date.release norm='9999999９T999999'/></docdata></head></nitf>",
    ] {
        let item = story(text.as_bytes());
        assert_eq!(
            (item.status, item.embargo),
            (PubStatus::Withheld, None),
            "{text}"
        );
    }
}

/// Pieces of each document in the wrong place, many times over: never a panic.
#[test]
fn shuffled_documents_cost_nothing_but_themselves() {
    let mut state = 7_usize;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for kind in KINDS {
        let text = fixture(kind);
        for _ in 0..300 {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..=next(4) {
                let (from, to) = (next(bytes.len()), next(bytes.len()));
                let piece: Vec<u8> = bytes.iter().skip(from).take(next(40)).copied().collect();
                bytes.splice(to..(to + next(40)).min(bytes.len()), piece);
            }
            read(&bytes);
        }
    }
}
