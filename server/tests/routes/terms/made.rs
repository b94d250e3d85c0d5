//! Random sources with random terms, and random items in many scripts. The same number gives the same ones.

use news::{Lang, Millis, Source, UsageTerms};
use serde_json::json;

/// Small, and good enough to scatter things (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `below`, without it.
    pub(crate) fn under(&mut self, below: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(below).unwrap()).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.under(of.len())]
    }
}

/// A script's words, what stands between them, and what ends a sentence.
struct Script {
    words: &'static str,
    between: &'static str,
    stop: &'static str,
}

/// Words of the newsroom's pages are English; no four characters in a row of these stand there.
const SCRIPTS: [Script; 22] = [
    Script {
        words: "kāpā lābū nēlā gēlō mēnī būlē dōrā pēnū sāmbē",
        between: " ",
        stop: ".",
    },
    Script {
        words: "phố mưa bão đò bể lũ sẽ đỏ",
        between: " ",
        stop: ".",
    },
    Script {
        words: "паром гавань волна рыбак остров буря пассажир причал",
        between: " ",
        stop: "!",
    },
    Script {
        words: "გემი ნავსადგური ტალღა მეთევზე კუნძული ქარიშხალი მგზავრი",
        between: " ",
        stop: ".",
    },
    Script {
        words: "նավ նավահանգիստ ալիք ձկնորս կղզի փոթորիկ ուղևոր",
        between: " ",
        stop: "։",
    },
    Script {
        words: "סירה נמל גל דייג אי סערה נוסע מזח",
        between: " ",
        stop: ".",
    },
    Script {
        words: "عبّارة ميناء موجة صيّاد جزيرة عاصفة مسافر رصيف",
        between: " ",
        stop: "؟",
    },
    Script {
        words: "کشتی بندرگاہ موج مچھیرا جزیرہ طوفان مسافر",
        between: " ",
        stop: "۔",
    },
    Script {
        words: "नौका बंदरगाह लहर मछुआरा द्वीप तूफ़ान यात्री क्षेत्र",
        between: " ",
        stop: "।",
    },
    Script {
        words: "নৌকা বন্দর ঢেউ জেলে দ্বীপ ঝড় যাত্রী",
        between: " ",
        stop: "।",
    },
    Script {
        words: "படகு துறைமுகம் அலை மீனவர் தீவு புயல் பயணி",
        between: " ",
        stop: ".",
    },
    Script {
        words: "ಹಡಗು ಬಂದರು ಅಲೆ ಮೀನುಗಾರ ದ್ವೀಪ ಚಂಡಮಾರುತ ಕ್ಷೇತ್ರ",
        between: " ",
        stop: ".",
    },
    Script {
        words: "බෝට්ටුව වරාය රැල්ල ධීවරයා දිවයින කුණාටුව ශ්‍රී",
        between: " ",
        stop: ".",
    },
    Script {
        words: "เรือ ท่าเรือ คลื่น ชาวประมง เกาะ พายุ ผู้โดยสาร น้ำ",
        between: "",
        stop: "! ",
    },
    Script {
        words: "ເຮືອ ທ່າເຮືອ ຄື້ນ ຊາວປະມົງ ເກາະ ພາຍຸ ຜູ້ໂດຍສານ",
        between: "",
        stop: ". ",
    },
    Script {
        words: "ទូក កំពង់ផែ រលក អ្នកនេសាទ កោះ ព្យុះ អ្នកដំណើរ",
        between: "",
        stop: "។ ",
    },
    Script {
        words: "သင်္ဘော ဆိပ်ကမ်း လှိုင်း တံငါသည် ကျွန်း မုန်တိုင်း ခရီးသည်",
        between: "",
        stop: "။ ",
    },
    Script {
        words: "གྲུ་ གྲུ་ཁ་ རླབས་ ཉ་པ་ གླིང་ རླུང་འཚུབ་ འགྲུལ་པ་",
        between: "",
        stop: "།",
    },
    Script {
        words: "여객선 항구 파도 어부 섬 태풍 승객 부두",
        between: " ",
        stop: ".",
    },
    Script {
        words: "フェリー 港 波 漁師 島 台風 乗客 「桟橋」 ニュース、",
        between: "",
        stop: "。",
    },
    Script {
        words: "渡輪 港口 波浪 漁民 島嶼 颱風 乘客 碼頭，",
        between: "",
        stop: "。",
    },
    // Faces of many parts, flags, letters under marks that have no letter of their own.
    Script {
        words: "👩‍👩‍👧‍👦 🏳️‍🌈 🇯🇵🇰🇷 👍🏽 q̃x̄ z͑̓z͎ ʬʭʬ ɮɰɸ",
        between: " ",
        stop: "!",
    },
];

/// An item as its agency gave it.
pub(crate) struct Item {
    pub(crate) headline: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) url: String,
    pub(crate) at: Millis,
}

/// A source that never was, with terms that are now narrow and now wide.
pub(crate) fn source(number: usize, dice: &mut Dice) -> Source {
    let some = |is: bool, value: usize| is.then_some(value);
    let max_chars = match dice.under(4) {
        0 => dice.under(12),
        1 => dice.under(60),
        _ => dice.under(500),
    };
    let max_words = some(dice.under(3) == 0, dice.under(50));
    let max_share = some(dice.under(3) == 0, dice.under(101));
    let terms = UsageTerms {
        max_chars: u32::try_from(max_chars).unwrap(),
        max_words: max_words.map(|words| u32::try_from(words).unwrap()),
        max_share: max_share.map(|share| u8::try_from(share).unwrap()),
        canonical_ours: dice.under(2) == 0,
        index: dice.under(2) == 0,
        attribution: (dice.under(2) == 0).then(|| format!("§ Wire {number} lends these lines.")),
        ..UsageTerms::default()
    };
    Source {
        id: news::Id(0),
        slug: format!("wire{number}"),
        name: format!("Wire {number}"),
        home_url: format!("https://wire{number}.example/"),
        lang: Lang::english(),
        terms,
    }
}

pub(crate) fn item(source: usize, number: usize, at: Millis, dice: &mut Dice) -> Item {
    let paragraphs = (0..=dice.under(4)).map(|_| paragraph(dice)).collect();
    Item {
        headline: format!("§§ {source}/{number}"),
        paragraphs,
        url: format!("https://wire{source}.example/{number}"),
        at,
    }
}

/// Mostly in one script; now and then another's words stand in it, or one word without an end.
fn paragraph(dice: &mut Dice) -> String {
    let script = &SCRIPTS[dice.under(SCRIPTS.len())];
    let words: Vec<&str> = script.words.split(' ').collect();
    let mut text = String::new();
    let sentences = 1 + dice.under(5);
    for _ in 0..sentences {
        let long = if dice.under(6) == 0 { 60 } else { 9 };
        for n in 0..=dice.under(long) {
            if n > 0 {
                text.push_str(script.between);
            }
            match dice.under(40) {
                0 => {
                    let other = &SCRIPTS[dice.under(SCRIPTS.len())];
                    let others: Vec<&str> = other.words.split(' ').collect();
                    text.push_str(dice.one(&others));
                }
                1 => text.push_str("٣.١٤"),
                _ => text.push_str(dice.one(&words)),
            }
        }
        // The last one ends now and then where the agency broke it off.
        text.push_str(script.stop);
        if !script.between.is_empty() {
            text.push(' ');
        }
    }
    if dice.under(5) == 0 {
        text.push_str(&dice.one(&words).repeat(dice.under(30)));
    }
    text.trim().to_owned()
}

/// The items as a feed. Marks that turn a text around stand in it, and nowhere in what we make of it.
pub(crate) fn feed(items: &[Item]) -> Vec<u8> {
    let items = items.iter().map(|item| {
        let html: String = item.paragraphs.iter().map(|p| format!("<p>{}</p>", p.replace('ʭ', "ʭ\u{200f}").replace('ɰ', "\u{202e}ɰ"))).collect();
        let at = jiff::Timestamp::from_millisecond(item.at.0).unwrap().to_string();
        json!({ "id": item.url, "url": item.url, "title": item.headline, "content_html": html, "date_published": at, "tags": ["Business"] })
    });
    let version = "https://jsonfeed.org/version/1.1";
    let feed = json!({ "version": version, "items": items.collect::<Vec<_>>() });
    feed.to_string().into_bytes()
}
