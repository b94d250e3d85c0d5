//! The words of dates: months, halves of the day, eras, units.

/// What the names of each month begin with.
const STARTS: [(i8, &str); 12] = [
    (1, "jan|ene|ocak|янв|ม.ค|มค|มกรา|يناير|ژانویه|जनवरी|gen"),
    (2, "feb|fév|fev|şub|фев|ก.พ|กพ|กุมภา|فبراير|फरवरी|फ़रवरी"),
    (3, "mar|mär|maer|mrt|мар|มี.ค|มีค|มีนา|مارس|मार्च"),
    (4, "apr|avr|abr|nis|апр|เม.ย|เมย|เมษา|أبريل|ابريل|अप्रैल"),
    (5, "may|mai|mei|mag|maj|мая|май|พ.ค|พค|พฤษภา|مايو|मई"),
    (6, "jun|juin|giu|haz|июн|มิ.ย|มิย|มิถุนา|يونيو|जून"),
    (7, "jul|juil|lug|tem|ιούλ|júl|июл|ก.ค|กค|กรกฎา|يوليو|जुलाई"),
    (8, "aug|aoû|aou|ago|agu|ağu|авг|ส.ค|สค|สิงหา|أغسطس|अगस्त"),
    (9, "sep|set|eyl|сен|ก.ย|กย|กันยา|سبتمبر|सितंबर|सितम्बर"),
    (10, "oct|okt|out|ott|eki|окт|ต.ค|ตค|ตุลา|أكتوبر|اكتوبر|अक्टूबर"),
    (11, "nov|kas|ноя|พ.ย|พย|พฤศจิกา|نوفمبر|नवंबर|नवम्बर"),
    (12, "dec|déc|dez|dic|des|ara|дек|ธ.ค|ธค|ธันวา|ديسمبر|दिसंबर"),
];

/// The month a word begins with, in the languages of the feeds we have met.
pub(super) fn named(word: &str) -> Option<i8> {
    STARTS
        .iter()
        .find(|(_, starts)| starts.split('|').any(|start| word.starts_with(start)))
        .map(|(month, _)| *month)
}

/// How many years an era is behind: 令和 (Japan), 民國 (Taiwan).
pub(super) fn era(word: &str) -> Option<i16> {
    match word.trim_end_matches('元') {
        "令和" => Some(2018),
        "平成" => Some(1988),
        "昭和" => Some(1925),
        "民國" | "民国" | "中華民國" => Some(1911),
        _ => None,
    }
}

/// Whether it says that it is after noon.
pub(super) fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" | "午前" | "上午" | "凌晨" | "早上" | "오전" | "ص" | "पूर्वाह्न" => {
            Some(false)
        }
        "pm" | "午後" | "下午" | "晚上" | "오후" | "م" | "अपराह्न" => {
            Some(true)
        }
        _ => None,
    }
}

/// The signs that stand for the units of Chinese, Japanese and Korean dates.
pub(super) const fn unit(c: char) -> Option<char> {
    match c {
        '年' | '月' | '년' | '월' => Some('/'),
        '日' | '号' | '號' | '일' | '秒' | '초' => Some(' '),
        '時' | '时' | '點' | '点' | '시' | '分' | '분' | '：' => Some(':'),
        _ => None,
    }
}

/// Vowel signs and tone marks inside the words of Thai and Indian scripts.
pub(super) const fn marks(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{0963}' | '\u{0e31}'..='\u{0e4e}' | '\u{300}'..='\u{36f}')
}

/// Words that say nothing about the moment.
pub(super) fn is_weekday_or_filler(word: &str) -> bool {
    const KNOWN: [&str; 19] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so",
        "t", "th", "st", "nd", "rd",
    ];
    word.len() > 2 && KNOWN.iter().take(7).any(|start| word.starts_with(start))
        || KNOWN.contains(&word)
}
