//! The marks that agencies put on breaking news, in their titles or as a category, in the languages of Asia.
//! Whether a mark counts is not decided here: only a trusted source's does, and never alone.

use news::WireItem;

/// Each as it is written, the longer before what it begins with.
const MARKS: [&str; 55] = [
    "BREAKING NEWS",
    "BREAKING",
    "NEWSFLASH",
    "NEWS FLASH",
    "JUST IN",
    "URGENT",
    "緊急速報",
    "速報",
    "号外",
    "긴급속보",
    "속보",
    "突发新闻",
    "突发",
    "快讯",
    "急讯",
    "突發新聞",
    "突發",
    "快訊",
    "急訊",
    "ข่าวด่วน",
    "ด่วนที่สุด",
    "ด่วน",
    "خبر عاجل",
    "عاجل",
    "خبر فوری",
    "بریکنگ نیوز",
    "بریکنگ",
    "TIN NÓNG",
    "TIN KHẨN",
    "ब्रेकिंग न्यूज़",
    "ब्रेकिंग न्यूज",
    "ब्रेकिंग",
    "ताज़ा ख़बर",
    "ताज़ा खबर",
    "ताजा खबर",
    "ব্রেকিং নিউজ",
    "ব্রেকিং",
    "பிரேக்கிங் நியூஸ்",
    "பிரேக்கிங்",
    "బ్రేకింగ్ న్యూస్",
    "SON DAKİKA",
    "FLAŞ",
    "SICAK GELİŞME",
    "SICAK",
    "TƏCİLİ",
    "СРОЧНО",
    "МОЛНИЯ",
    "ШҰҒЫЛ",
    "ШУУРХАЙ",
    "BERITA SEGERA",
    "מבזק",
    "ΕΚΤΑΚΤΟ",
    "ՀՐԱՏԱՊ",
    "სასწრაფო",
    "အရေးပေါ်သတင်း",
];

/// Those that also stand in ordinary sentences: "urgent", "fresh".
const WORDS: [&str; 3] = ["긴급", "فوری", "ताज़ा"];

/// The mark on an item, as our list writes it.
pub(crate) fn mark(item: &WireItem) -> Option<&'static str> {
    let said = |mark: &&str| {
        let mark = folded(mark);
        let mut terms = item.categories.iter().map(|c| folded(c.term.trim()));
        terms.any(|term| term == mark)
    };
    of_title(&item.title).or_else(|| MARKS.into_iter().find(said))
}

/// The mark at the beginning of a title, or in brackets at its end: never inside a sentence.
fn of_title(title: &str) -> Option<&'static str> {
    let title = folded(title.trim());
    let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_open(c));
    let (inside, bracketed) = match bare.strip_prefix(is_open) {
        Some(inside) => (inside.trim_start(), true),
        None => (bare, false),
    };
    let begins = |mark: &str| {
        let mark = folded(mark);
        inside
            .strip_prefix(mark.as_str())
            .is_some_and(|rest| is_end(rest, bracketed, is_a_word(&mark)))
    };
    let last = title
        .strip_suffix(is_close)
        .and_then(|head| head.rsplit_once(is_open));
    let ends = |mark: &str| last.is_some_and(|(_, inside)| inside.trim() == folded(mark));
    let all = || WORDS.into_iter().chain(MARKS);
    all()
        .find(|mark| begins(mark))
        .or_else(|| all().find(|mark| ends(mark)))
}

/// Whether the mark is over where `rest` begins. Where a mark is a word like others ("Breaking records") a space is not
/// enough.
fn is_end(rest: &str, bracketed: bool, word: bool) -> bool {
    let after = rest.trim_start();
    match after.chars().next() {
        None => true,
        Some(c) if is_close(c) => bracketed,
        Some(':' | '：' | '|' | '｜' | '!' | '！' | '/' | '／' | '›' | '»' | '…' | '।') => {
            true
        }
        // A dash within a word joins it.
        Some('-' | '–' | '—' | '─' | '=') => {
            after.len() < rest.len() || after.starts_with('—')
        }
        Some(_) => !word && after.len() < rest.len(),
    }
}

/// In scripts with capitals all of them are.
fn is_a_word(mark: &str) -> bool {
    WORDS.iter().any(|word| folded(word) == mark)
        || mark.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}

const fn is_open(c: char) -> bool {
    matches!(
        c,
        '[' | '(' | '【' | '（' | '〔' | '［' | '＜' | '<' | '《' | '「' | '『'
    )
}

const fn is_close(c: char) -> bool {
    matches!(
        c,
        ']' | ')' | '】' | '）' | '〕' | '］' | '＞' | '>' | '》' | '」' | '』'
    )
}

/// In small letters. The Turkish i with and without its dot is one, and a letter with a dot below has one spelling.
fn folded(text: &str) -> String {
    text.replace(['İ', 'I', 'ı'], "i")
        .replace('\u{95b}', "\u{91c}\u{93c}")
        .replace('\u{959}', "\u{916}\u{93c}")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use news::wire::WireCategory;

    #[test]
    fn a_mark_stands_at_the_beginning_or_in_brackets_at_the_end() {
        for (title, want) in [
            ("BREAKING: Quake shakes Hualien", Some("BREAKING")),
            (
                "Breaking news | Quake shakes Hualien",
                Some("BREAKING NEWS"),
            ),
            ("🔴 BREAKING – Ferries stop", Some("BREAKING")),
            ("[Breaking] Ferries stop", Some("BREAKING")),
            ("Breaking records in Busan", None),
            ("Record-breaking heat in Lahore", None),
            ("Breaking-in period for new trains", None),
            ("Urgent repairs close a bridge", None),
            ("【速報】台風が上陸", Some("速報")),
            ("速報：台風が上陸", Some("速報")),
            ("速報 台風が上陸", Some("速報")),
            ("台風が上陸（速報）", Some("速報")),
            ("速報値は前月を下回る", None),
            ("緊急速報　津波", Some("緊急速報")),
            ("[속보] 규모 6 지진", Some("속보")),
            ("속보경쟁을 돌아보다", None),
            ("突发！沿海停运", Some("突发")),
            ("快讯：渡轮停航", Some("快讯")),
            ("突发事件应对法修订", None),
            ("【快訊】渡輪停航", Some("快訊")),
            ("ด่วน! เรือหยุดเดินทุกเส้นทาง", Some("ด่วน")),
            ("ด่วน เรือหยุดเดิน", Some("ด่วน")),
            ("รถด่วนขบวนใหม่", None),
            ("عاجل | توقف العبارات", Some("عاجل")),
            ("عاجل: توقف العبارات", Some("عاجل")),
            ("علاج عاجل للمصابين", None),
            ("TIN NÓNG: Phà ngừng chạy", Some("TIN NÓNG")),
            ("ब्रेकिंग: नौकाएँ रुकीं", Some("ब्रेकिंग")),
            ("ताज़ा: नौकाएँ रुकीं", Some("ताज़ा")),
            ("ताज़ा हवा के लिए पेड़", None),
            ("[긴급] 여객선 중단", Some("긴급")),
            ("긴급 점검에 나서", None),
            ("SON DAKİKA: Feribotlar durdu", Some("SON DAKİKA")),
            ("Son dakika | Feribotlar durdu", Some("SON DAKİKA")),
            ("СРОЧНО: паромы остановлены", Some("СРОЧНО")),
            ("", None),
            ("[]", None),
        ] {
            let item = WireItem {
                title: title.into(),
                ..WireItem::default()
            };
            assert_eq!(mark(&item), want, "{title}");
        }
    }

    #[test]
    fn a_category_says_it_too() {
        for (term, want) in [
            ("breaking", Some("BREAKING")),
            (" 속보 ", Some("속보")),
            ("Breaking Views", None),
        ] {
            let item = WireItem {
                title: "Ferries stop".into(),
                categories: vec![WireCategory {
                    scheme: None,
                    term: term.into(),
                }],
                ..WireItem::default()
            };
            assert_eq!(mark(&item), want, "{term}");
        }
    }

    #[test]
    fn a_longer_mark_stands_before_what_it_begins_with() {
        for (at, mark) in MARKS.iter().enumerate() {
            let before = MARKS.iter().take(at);
            let hidden = before.clone().any(|other| mark.starts_with(other));
            assert!(!hidden, "{mark}");
        }
    }
}
