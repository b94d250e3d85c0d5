//! What a source takes back: its own mark on an item, or the tombstone of an entry (`at:deleted-entry` of
//! RFC 6721). Such an item is `Canceled`; it never becomes an excerpt, and what became one goes.

use super::date::Clock;
use super::guard::guarded;
use super::outline::MAX_ITEMS;
use crate::markup::{Piece, Tag, local, pieces};
use news::{PubStatus, WireItem, wire::WireCategory};
use url::Url;

/// What agencies write on an item they take back, in small letters; as a category, or first in the title.
const MARKS: [&str; 34] = [
    "kill",
    "kill notice",
    "kill story",
    "story kill",
    "mandatory kill",
    "withdrawn",
    "story withdrawn",
    "retracted",
    "story retracted",
    "annulation",
    "取消",
    "全文取消",
    "取り消し",
    "記事取り消し",
    "配信取り消し",
    "全文取り消し",
    "撤稿",
    "稿件撤回",
    "全文撤銷",
    "全文撤销",
    "전문취소",
    "전문 취소",
    "기사취소",
    "기사 취소",
    "سحب الخبر",
    "إلغاء الخبر",
    "لغو خبر",
    "ถอนข่าว",
    "ยกเลิกข่าว",
    "gỡ bài",
    "berita dicabut",
    "समाचार रद्द",
    "खबर रद्द",
    "аннулировано",
];

/// Sets the status of what the source marks as taken back, and adds what it buries.
pub(super) fn told(items: &mut Vec<WireItem>, text: &str, clock: &Clock, base: Option<&Url>) {
    for item in &mut *items {
        if item.categories.iter().any(says) || is_marked(&item.title) {
            item.status = PubStatus::Canceled;
        }
    }
    // Most feeds bury nothing; those are not searched.
    if text.contains("deleted-entry") {
        items.extend(tombstones(text, clock, base));
    }
}

fn says(category: &WireCategory) -> bool {
    let term = category.term.trim().to_lowercase();
    let scheme = category.scheme.as_deref().unwrap_or_default();
    let scheme = scheme.rsplit(['/', '#', ':']).next().unwrap_or_default();
    let of_status = scheme.eq_ignore_ascii_case("pubstatus");
    let canceled = matches!(term.trim_start_matches("stat:"), "canceled" | "cancelled");
    (of_status && canceled) || is_mark(&term)
}

/// Whether a mark stands in the title by itself, in brackets at either end, or before a colon or a dash.
fn is_marked(title: &str) -> bool {
    const BRACKETS: [(char, char); 6] = [
        ('[', ']'),
        ('(', ')'),
        ('【', '】'),
        ('（', '）'),
        ('［', '］'),
        ('<', '>'),
    ];
    let title = title.trim();
    let bracketed = BRACKETS.iter().any(|(open, close)| {
        let first = title.strip_prefix(*open).and_then(|t| t.split_once(*close));
        let last = title
            .strip_suffix(*close)
            .and_then(|t| t.rsplit_once(*open));
        first.is_some_and(|(mark, _)| is_mark(mark)) || last.is_some_and(|(_, mark)| is_mark(mark))
    });
    let before = |sign: &str| {
        let head = title.split_once(sign).map(|(head, _)| head);
        head.is_some_and(is_mark)
    };
    // A kill-switch is no kill; an agency that leaves no space writes its mark in capitals.
    let tight = title.split_once('-').is_some_and(|(head, _)| {
        is_mark(head)
            && head.chars().any(char::is_uppercase)
            && !head.chars().any(char::is_lowercase)
    });
    let signs = [":", "：", " - ", " – ", " — ", " | ", "/"];
    is_mark(title) || bracketed || tight || signs.into_iter().any(before)
}

fn is_mark(words: &str) -> bool {
    let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '!' | '.'));
    let words = words.to_lowercase();
    MARKS.contains(&words.as_str())
}

/// The entries a document says were deleted.
fn tombstones(text: &str, clock: &Clock, base: Option<&Url>) -> Vec<WireItem> {
    let mut all: Vec<WireItem> = vec![];
    let mut inside = false;
    for (_, piece) in pieces(text) {
        match piece {
            Piece::Open(tag) if is_tombstone(tag.name) => {
                if all.len() >= MAX_ITEMS {
                    break;
                }
                inside = !tag.empty;
                all.extend(tombstone(&tag, clock));
            }
            Piece::Close(name) if is_tombstone(name) => inside = false,
            Piece::Open(tag) if inside && local(tag.name) == "link" => {
                let page = tag.attribute("rel").is_none_or(|rel| rel == "alternate");
                let href = tag.attribute("href").filter(|_| page);
                if let (Some(last), Some(href)) = (all.last_mut(), href)
                    && let Some(url) = super::absolute(&href, base)
                {
                    last.url = url;
                }
            }
            _ => {}
        }
    }
    all
}

fn is_tombstone(name: &str) -> bool {
    local(name).eq_ignore_ascii_case("deleted-entry")
}

fn tombstone(tag: &Tag<'_>, clock: &Clock) -> Option<WireItem> {
    let guid = tag
        .attribute("ref")
        .filter(|guid| !guid.trim().is_empty())?;
    let when = tag.attribute("when").unwrap_or_default();
    Some(WireItem {
        url: super::absolute(&guid, None).unwrap_or_default(),
        published: guarded(|| clock.read(&when)).flatten(),
        status: PubStatus::Canceled,
        guid,
        ..WireItem::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{SourceHint, read_feed};

    #[test]
    fn a_mark_is_told_from_a_headline() {
        for title in [
            "KILL",
            "Kill: Ferry story of 9 am",
            "KILL-Ferry",
            "(Withdrawn) Ferry sinks off port",
            "Ferry sinks off port [RETRACTED]",
            "MANDATORY KILL — Ferry",
            "【取消】フェリー沈没",
            "撤稿：渡輪沉沒",
            "[전문취소] 여객선 침몰",
            "ยกเลิกข่าว - เรือเฟอร์รี่",
            "سحب الخبر: غرق عبّارة",
        ] {
            assert!(is_marked(title), "{title}");
        }
        for title in [
            "Kill-switch law passes",
            "Killing of a minister shocks the capital",
            "Troops withdrawn from the border",
            "Withdrawn troops come home",
            "航班取消 旅客滞留",
            "台風で花火大会取消：主催者",
            "여객선 운항 취소",
            "",
        ] {
            assert!(!is_marked(title), "{title}");
        }
    }

    #[test]
    fn categories_and_tombstones_take_back() {
        let rss = "<rss version='2.0'><channel><title>t</title>
            <item><title>A ferry</title><guid>1</guid><category domain='https://cv.iptc.org/newscodes/pubstatus'>stat:canceled</category></item>
            <item><title>A port</title><guid>2</guid><category>Kill</category></item>
            <item><title>A bridge</title><guid>3</guid><category>canceled</category></item></channel></rss>";
        let status = |text: &str| -> Vec<(String, PubStatus)> {
            let read = read_feed(text.as_bytes(), None, &SourceHint::default());
            let items = read.items.into_iter();
            items.map(|item| (item.guid, item.status)).collect()
        };
        let (usable, canceled) = (PubStatus::Usable, PubStatus::Canceled);
        let want = [("1", canceled), ("2", canceled), ("3", usable)];
        assert_eq!(status(rss), want.map(|(guid, s)| (guid.to_owned(), s)));
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'>
            <title>t</title><id>f</id><updated>2026-11-24T10:00:00Z</updated>
            <entry><id>urn:a</id><title>A ferry</title><updated>2026-11-24T10:00:00Z</updated>
            <link href='https://a.example/a'/></entry>
            <at:deleted-entry ref='urn:b' when='2026-11-24T11:00:00Z'>
            <at:comment>by mistake</at:comment><link href='https://a.example/b'/></at:deleted-entry>
            <at:deleted-entry ref='https://a.example/c' when='no date'/><at:deleted-entry/></feed>";
        let read = read_feed(atom.as_bytes(), None, &SourceHint::default());
        let told: Vec<_> = read
            .items
            .iter()
            .map(|i| (&*i.guid, &*i.url, i.status))
            .collect();
        let want = [
            ("urn:a", "https://a.example/a", usable),
            ("urn:b", "https://a.example/b", canceled),
            ("https://a.example/c", "https://a.example/c", canceled),
        ];
        assert_eq!(told, want);
        assert_eq!(
            read.items[1].published.map(|at| at.0),
            Some(1_795_518_000_000)
        );
        assert_eq!(read.items[2].published, None);
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"9","title":"【取消】港","tags":[]}]}"#;
        assert_eq!(status(json), [("9".to_owned(), canceled)]);
    }
}
