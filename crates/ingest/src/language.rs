//! What language an item is in: what it says, unless its script says otherwise.
//!
//! Most languages of Asia are told by their script alone; whatlang decides between those that
//! share one, and only where there is enough text.

mod han;

use news::Lang;
use whatlang::Detector;

/// Less text than this proves nothing against what the source says.
const ENOUGH_LETTERS: usize = 60;

/// The language of a text: declared by its item or feed, usual for its source, seen in the text.
pub(crate) fn of(text: &str, declared: Option<&Lang>, usual: &Lang) -> Lang {
    let said = || declared.into_iter().chain([usual]);
    let Some(script) = script(text) else {
        return short(declared.unwrap_or(usual));
    };
    let tag = match script {
        Script::Only(tag) => return parse(tag, usual),
        Script::Han => return parse(han::variant(text, declared, usual), usual),
        Script::Kana => return parse("ja", usual),
        Script::Shared(tags) => {
            let fits = said().find(|lang| tags.contains(&lang.primary()));
            match (fits, seen(text, tags)) {
                // Feeds of large sites call everything English.
                (Some(fits), Some((seen, true)))
                    if fits.primary() != seen && !alike(fits.primary(), seen) =>
                {
                    seen
                }
                (Some(fits), _) => return short(fits),
                (None, Some((seen, _))) => seen,
                (None, None) => tags.first().copied().unwrap_or("en"),
            }
        }
    };
    parse(tag, usual)
}

/// The language without its region: regions change glyphs and spelling, not what readers read.
fn short(lang: &Lang) -> Lang {
    let chinese = lang.primary() == "zh";
    if chinese {
        lang.clone()
    } else {
        parse(lang.primary(), lang)
    }
}

fn parse(tag: &str, otherwise: &Lang) -> Lang {
    Lang::parse(tag).unwrap_or_else(|| otherwise.clone())
}

/// Languages too close for a short text to tell them apart.
fn alike(a: &str, b: &str) -> bool {
    const GROUPS: [&[&str]; 5] = [
        &["id", "ms", "jv"],
        &["hi", "mr", "ne"],
        &["tr", "az", "tk"],
        &["kk", "ky", "mn", "tt", "uz"],
        &["tg", "uz"],
    ];
    GROUPS
        .iter()
        .any(|group| group.contains(&a) && group.contains(&b))
}

enum Script {
    /// Written in one language only, as far as news goes.
    Only(&'static str),
    Han,
    /// Han with kana among it.
    Kana,
    /// Several languages; the first is the most usual.
    Shared(&'static [&'static str]),
}

/// The script most letters are of; `None` where there are hardly any letters.
fn script(text: &str) -> Option<Script> {
    let mut counts = [0_usize; 26];
    for c in text.chars().take(4000) {
        if let Some(count) = block(c).and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let (best, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let kana = counts.get(1).copied().unwrap_or_default();
    let han = counts.first().copied().unwrap_or_default();
    if *most < 2 {
        return None;
    }
    // A few kana are enough: Chinese has none.
    if best <= 1 && kana * 12 >= han {
        return Some(Script::Kana);
    }
    if best == 0 {
        return Some(Script::Han);
    }
    SCRIPTS.get(best).map(|(_, tags)| match tags {
        [only] => Script::Only(only),
        several => Script::Shared(several),
    })
}

type Block = (&'static [(u32, u32)], &'static [&'static str]);

/// Ranges of code points, and the languages written in them. The first two are Han and kana.
const SCRIPTS: [Block; 26] = [
    (
        &[
            (0x3400, 0x4dbf),
            (0x4e00, 0x9fff),
            (0xf900, 0xfaff),
            (0x20000, 0x323af),
        ],
        &["zh"],
    ),
    (&[(0x3041, 0x30ff), (0xff66, 0xff9f)], &["ja"]),
    (&[(0xac00, 0xd7a3), (0x1100, 0x11ff)], &["ko"]),
    (&[(0x0e00, 0x0e7f)], &["th"]),
    (&[(0x0e80, 0x0eff)], &["lo"]),
    (&[(0x1780, 0x17ff)], &["km"]),
    (&[(0x1000, 0x109f)], &["my"]),
    (&[(0x0900, 0x097f)], &["hi", "mr", "ne", "sa", "kok", "mai"]),
    (&[(0x0980, 0x09ff)], &["bn", "as"]),
    (&[(0x0a00, 0x0a7f)], &["pa"]),
    (&[(0x0a80, 0x0aff)], &["gu"]),
    (&[(0x0b00, 0x0b7f)], &["or"]),
    (&[(0x0b80, 0x0bff)], &["ta"]),
    (&[(0x0c00, 0x0c7f)], &["te"]),
    (&[(0x0c80, 0x0cff)], &["kn"]),
    (&[(0x0d00, 0x0d7f)], &["ml"]),
    (&[(0x0d80, 0x0dff)], &["si"]),
    (&[(0x10a0, 0x10ff)], &["ka"]),
    (&[(0x0530, 0x058f)], &["hy"]),
    (&[(0x0590, 0x05ff)], &["he", "yi"]),
    (
        &[(0x0600, 0x06ff), (0x0750, 0x077f)],
        &["ar", "fa", "ur", "ps", "ckb", "ug", "sd", "ku"],
    ),
    (&[(0x0780, 0x07bf)], &["dv"]),
    (&[(0x0f00, 0x0fff)], &["dz", "bo"]),
    (&[(0x1800, 0x18af)], &["mn"]),
    (
        &[(0x0400, 0x052f)],
        &[
            "ru", "kk", "ky", "tg", "mn", "uz", "tt", "uk", "be", "bg", "sr", "mk",
        ],
    ),
    (
        &[(0x41, 0x5a), (0x61, 0x7a), (0xc0, 0x24f), (0x1e00, 0x1eff)],
        &[
            "en", "id", "ms", "vi", "tr", "az", "uz", "tk", "tl", "fil", "jv", "su", "fr", "de",
            "es", "pt", "it", "nl", "pl", "cs", "sv", "da", "no", "nb", "fi", "hu", "ro", "tet",
            "ceb", "ku", "hr", "sk", "sl", "et", "lt", "lv", "ca", "eu", "af",
        ],
    ),
];

fn block(c: char) -> Option<usize> {
    let code = u32::from(c);
    SCRIPTS.iter().position(|(ranges, _)| {
        ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&code))
    })
}

/// What whatlang sees among these languages, and whether it is sure enough to overrule a source.
fn seen(text: &str, tags: &[&'static str]) -> Option<(&'static str, bool)> {
    if let Some(tag) = by_letters(text, tags) {
        return Some((tag, true));
    }
    let found = Detector::new().detect(text)?;
    let tag = two_letters(found.lang().code())?;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let sure = found.is_reliable() && found.confidence() > 0.95 && letters >= ENOUGH_LETTERS;
    tags.contains(&tag).then_some((tag, sure))
}

/// Letters that only one language of a script has, or only it and those after it.
fn by_letters(text: &str, tags: &[&'static str]) -> Option<&'static str> {
    const MARKS: [(&str, &[char]); 11] = [
        ("ur", &['ٹ', 'ڈ', 'ڑ', 'ے']),
        ("ps", &['ټ', 'ډ', 'ړ', 'ښ', 'ځ']),
        ("ug", &['ۈ', 'ۋ', 'ڭ']),
        ("ckb", &['ڕ', 'ڵ', 'ێ', 'ۆ']),
        ("fa", &['پ', 'چ', 'ژ', 'گ']),
        ("tg", &['ҷ', 'ӣ', 'ӯ', 'ҳ']),
        ("kk", &['ә', 'ұ', 'қ', 'ғ']),
        ("ky", &['ң']),
        ("mn", &['ө', 'ү']),
        ("vi", &['ạ', 'ế', 'ộ', 'ữ', 'đ', 'ả', 'ớ']),
        ("az", &['ə']),
    ];
    let has = |letters: &[char]| {
        let small = text.chars().flat_map(char::to_lowercase);
        small.filter(|c| letters.contains(c)).take(2).count() == 2
    };
    let mut fitting = MARKS.iter().filter(|(tag, _)| tags.contains(tag));
    fitting.find_map(|(tag, letters)| has(letters).then_some(*tag))
}

fn two_letters(code: &str) -> Option<&'static str> {
    Some(match code {
        "eng" => "en",
        "ind" => "id",
        "vie" => "vi",
        "tur" => "tr",
        "aze" => "az",
        "uzb" => "uz",
        "tuk" => "tk",
        "tgl" => "tl",
        "jav" => "jv",
        "fra" => "fr",
        "deu" => "de",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "nld" => "nl",
        "pol" => "pl",
        "ces" => "cs",
        "swe" => "sv",
        "rus" => "ru",
        "ukr" => "uk",
        "hin" => "hi",
        "mar" => "mr",
        "nep" => "ne",
        "ara" => "ar",
        "pes" => "fa",
        "urd" => "ur",
        "ben" => "bn",
        "heb" => "he",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, declared: &str, usual: &str, want: &str) {
        let usual = Lang::parse(usual).unwrap();
        assert_eq!(
            of(text, Lang::parse(declared).as_ref(), &usual).as_str(),
            want,
            "{text}"
        );
    }

    #[test]
    fn the_script_overrules_what_is_said() {
        check("台風が九州に接近している", "en", "en", "ja");
        check("台风正在逼近东部沿海", "en", "en", "zh-Hans");
        check("颱風逼近東部沿海，學校停課", "", "en", "zh-Hant");
        check("台北市長會談", "zh-TW", "en", "zh-Hant");
        check("태풍이 온다", "ja", "en", "ko");
        check("ฝนตกหนักในกรุงเทพฯ", "", "en", "th");
        check("ভারী বৃষ্টি হচ্ছে", "", "en", "bn");
        check(
            "کراچی میں بارش کے باعث ٹریفک معطل رہا، شہری پریشان ہے",
            "ar",
            "ar",
            "ur",
        );
    }

    #[test]
    fn letters_of_its_own_tell_a_language_from_its_neighbours() {
        for (text, want) in [
            (
                "Улаанбаатарт өнөөдөр хүчтэй цас орж, сургуулиуд хаагдлаа",
                "mn",
            ),
            ("Алматыда қатты боран соғып, мектептер жабылды", "kk"),
            ("Бишкекте кар калың жаап, мектептер эртең жабылат", "ky"),
            ("Дар Душанбе борони сахт борид, роҳҳо баста шуданд", "tg"),
            ("Во Владивостоке из-за снегопада закрыты школы", "ru"),
            ("ئۈرۈمچىدە قاتتىق قار ياغدى", "ug"),
            ("لە هەولێر بارانێکی زۆر باری", "ckb"),
            ("Bakıda güclü külək əsir, gəmilər limanda gözləyir", "az"),
        ] {
            check(text, "", if want == "az" { "en" } else { "ru" }, want);
        }
        // A source knows its own language where a neighbour has the same letters.
        check("Бүгүн өлкөдө кар жаайт", "ky", "ru", "ky");
        check(
            "Тошкентда кучли ёмғир ёғди, йўллар ёпилди",
            "uz",
            "ru",
            "uz",
        );
    }

    #[test]
    fn what_is_said_counts_where_the_script_fits() {
        check("Ports reopen", "en-US", "ja", "en");
        check("मुंबईत मुसळधार पाऊस", "mr", "hi", "mr");
        check("नई दिल्ली में बारिश", "", "hi", "hi");
        check("Banjir melanda", "", "id", "id");
        check("!!! 123", "", "ar", "ar");
    }

    #[test]
    fn a_long_text_overrules_a_careless_feed() {
        let text = "Pemerintah Indonesia mengumumkan bahwa pelabuhan baru di Jakarta akan dibuka pada \
                    bulan depan setelah pembangunan yang berlangsung selama lima tahun.";
        check(text, "en-US", "en", "id");
        let text = "Chính phủ Việt Nam thông báo cảng mới sẽ được mở vào tháng tới.";
        check(text, "en", "en", "vi");
    }
}
