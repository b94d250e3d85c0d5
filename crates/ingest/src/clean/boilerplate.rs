//! Paragraphs that publishers' programs add to every item.

/// What a link to the whole story begins with.
const READ_MORE: [&str; 34] = [
    "read more",
    "continue reading",
    "read the full",
    "read full",
    "full story",
    "click here to read",
    "more on this",
    "see more",
    "view full",
    "keep reading",
    "続きを読む",
    "続きはこちら",
    "全文を読む",
    "記事を読む",
    "阅读全文",
    "阅读更多",
    "查看全文",
    "閱讀全文",
    "閱讀更多",
    "繼續閱讀",
    "기사 더보기",
    "더 보기",
    "더보기",
    "baca selengkapnya",
    "selengkapnya",
    "baca juga",
    "đọc thêm",
    "xem thêm",
    "อ่านต่อ",
    "आगे पढ़ें",
    "اقرأ المزيد",
    "devamını oku",
    "читать далее",
    "ادامه مطلب",
];

/// What a row of sharing links begins with.
const SHARE: [&str; 7] = [
    "share this",
    "share on",
    "share:",
    "tweet",
    "follow us",
    "subscribe to",
    "like us on",
];

/// Whether a paragraph is none of the story's.
pub(super) fn is(text: &str, wholly_linked: bool) -> bool {
    // A space that doesn't break is as good as another here.
    let even = |c: char| if c.is_whitespace() { ' ' } else { c };
    let text: String = text.chars().map(even).collect();
    let head = text.chars().take(200).collect::<String>().to_lowercase();
    let begins = |starts: &[&str]| starts.iter().find_map(|start| head.strip_prefix(start));
    if let Some(rest) = begins(&READ_MORE) {
        // A sentence may begin so, too: then it is long, or closes like one.
        let rest = rest.trim();
        return wholly_linked
            || (rest.chars().count() <= 40 && !rest.ends_with(['.', '!', '?', '。']));
    }
    if head.starts_with("the post ") && text.contains(" appeared first on ") {
        return true;
    }
    wholly_linked && begins(&SHARE).is_some()
}

/// "[…]" and "[...]" only say that the text goes on.
pub(super) fn without_teaser_mark(text: String) -> String {
    for mark in ["[…]", "[...]", "(...)", "[..]"] {
        if let Some(words) = text.strip_suffix(mark) {
            return format!("{}…", words.trim_end());
        }
    }
    text
}
