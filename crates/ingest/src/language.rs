//! What language an item is in: what it says, unless its script says otherwise.
//!
//! Most languages of Asia are told by their script alone; whatlang decides between those that
//! share one, and only where there is enough text.

mod han;
#[cfg(test)]
mod measured;
mod script;
mod words;

pub(crate) use han::simplified;
use news::Lang;
use script::{Script, script};
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
                    if fits.primary() != seen
                        && !alike(fits.primary(), seen)
                        && !may_seem(fits.primary(), seen) =>
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

/// Persian is told by what it shares with its neighbours, where their own letters are absent.
fn may_seem(said: &str, seen: &str) -> bool {
    seen == "fa" && ["ur", "ps", "sd", "ckb", "ug", "ku"].contains(&said)
}

/// What whatlang sees among these languages, and whether it is sure enough to overrule a source.
fn seen(text: &str, tags: &[&'static str]) -> Option<(&'static str, bool)> {
    if let Some(tag) = by_letters(text, tags).or_else(|| words::tell(text, tags)) {
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
    const MARKS: [(&str, &[char]); 14] = [
        ("sd", &['ڪ', 'ٿ', 'ڄ', 'ڻ', 'ٻ']),
        ("ur", &['ٹ', 'ڈ', 'ڑ', 'ے', 'ہ', 'ں']),
        ("ps", &['ټ', 'ډ', 'ړ', 'ښ', 'ځ']),
        ("ug", &['ۈ', 'ۋ', 'ڭ']),
        ("ckb", &['ڕ', 'ڵ', 'ێ', 'ۆ']),
        // Arabic writes neither of the last two.
        ("fa", &['پ', 'چ', 'ژ', 'گ', 'ی', 'ک']),
        ("uz", &['ў']),
        ("tg", &['ҷ', 'ӣ', 'ӯ', 'ҳ']),
        ("kk", &['ә', 'ұ', 'қ', 'ғ']),
        ("ky", &['ң']),
        ("mn", &['ө', 'ү']),
        ("vi", &VIETNAMESE),
        ("az", &['ə']),
        ("tr", &['ğ', 'ı']),
    ];
    let has = |letters: &[char]| {
        let small = text.chars().flat_map(char::to_lowercase);
        small.filter(|c| letters.contains(c)).take(2).count() == 2
    };
    let mut fitting = MARKS.iter().filter(|(tag, _)| tags.contains(tag));
    fitting.find_map(|(tag, letters)| has(letters).then_some(*tag))
}

/// Letters with two marks, with a hook or with a dot below.
const VIETNAMESE: [char; 51] = [
    'ạ', 'ả', 'ấ', 'ầ', 'ẩ', 'ẫ', 'ậ', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ', 'ẹ', 'ẻ', 'ẽ', 'ế', 'ề', 'ể', 'ễ',
    'ệ', 'ỉ', 'ị', 'ọ', 'ỏ', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ', 'ớ', 'ờ', 'ở', 'ỡ', 'ợ', 'ụ', 'ủ', 'ứ', 'ừ',
    'ử', 'ữ', 'ự', 'ỳ', 'ỵ', 'ỷ', 'ỹ', 'ơ', 'ư', 'đ', 'ĩ', 'ũ', 'ă',
];

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
        check(
            "Тошкентда кучли ёмғир ёғди, йўллар ёпилди, ўқувчилар уйда",
            "",
            "ru",
            "uz",
        );
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
