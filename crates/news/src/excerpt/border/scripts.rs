//! One row a script: where its sentences end, and where its words do.

use crate::excerpt::{Room, cut, length};

/// A script, what a text in it begins with, and the sentence that follows.
const SCRIPTS: [(&str, &str, &str); 26] = [
    (
        "Latin",
        "Ferries wait in port.",
        " The storm will pass by night",
    ),
    (
        "Cyrillic",
        "Паромы стоят в порту.",
        " Шторм пройдёт к ночи над морем",
    ),
    (
        "Greek",
        "Τα πλοία μένουν στο λιμάνι.",
        " Η θύελλα περνά το βράδυ",
    ),
    (
        "Georgian",
        "გემები ნავსადგურში დგას.",
        " ქარიშხალი ღამით გაივლის ზღვაზე",
    ),
    (
        "Armenian",
        "Նավերը մնում են նավահանգստում։",
        " Փոթորիկը կանցնի գիշերը",
    ),
    (
        "Hebrew",
        "המעבורות מחכות בנמל.",
        " הסערה תחלוף עד הלילה בים",
    ),
    (
        "Arabic",
        "العبّارات تنتظر في الميناء.",
        " العاصفة تمر ليلاً فوق البحر",
    ),
    (
        "Urdu",
        "کشتیاں بندرگاہ میں رکی ہیں۔",
        " طوفان رات تک گزر جائے گا",
    ),
    ("Syriac", "ܣܦܝܢܬܐ ܩܝܡܢ ܒܠܡܐܢܐ܀", " ܪܘܚܐ ܬܥܒܪ ܒܠܠܝܐ ܥܠ ܝܡܐ"),
    ("Thaana", "ފެރީތައް ބަނދަރުގައި މަޑުކުރޭ.", " ތޫފާން ރޭގަނޑު ދާނެ"),
    (
        "Devanagari",
        "नौकाएँ बंदरगाह में रुकी हैं।",
        " तूफ़ान रात तक गुज़र जाएगा",
    ),
    (
        "Bengali",
        "ফেরিগুলি বন্দরে অপেক্ষা করছে।",
        " ঝড় রাতের মধ্যে চলে যাবে",
    ),
    (
        "Gurmukhi",
        "ਕਿਸ਼ਤੀਆਂ ਬੰਦਰਗਾਹ ਵਿੱਚ ਰੁਕੀਆਂ ਹਨ।",
        " ਤੂਫ਼ਾਨ ਰਾਤ ਤੱਕ ਲੰਘ ਜਾਵੇਗਾ",
    ),
    (
        "Tamil",
        "படகுகள் துறைமுகத்தில் நிற்கின்றன.",
        " புயல் இரவுக்குள் கடந்து செல்லும்",
    ),
    (
        "Kannada",
        "ದೋಣಿಗಳು ಬಂದರಿನಲ್ಲಿ ಕಾಯುತ್ತಿವೆ.",
        " ಚಂಡಮಾರುತ ರಾತ್ರಿ ಕಳೆಯುತ್ತದೆ",
    ),
    ("Sinhala", "බෝට්ටු වරායේ රැඳී සිටී.", " කුණාටුව රාත්‍රියේ ශ්‍රී ලංකාව පසු කරයි"),
    ("Thai", "เรือจอดรอที่ท่าเรือ!", " พายุจะผ่านไปในคืนนี้ ทะเลสงบแล้ว"),
    ("Lao", "ເຮືອຈອດລໍຖ້າຢູ່ທ່າເຮືອ.", " ພາຍຸຈະຜ່ານໄປໃນຄືນນີ້ ທະເລສະຫງົບ"),
    ("Khmer", "ទូកសំចតនៅកំពង់ផែ។", " ព្យុះនឹងកន្លងផុតនៅយប់នេះ សមុទ្រស្ងប់"),
    (
        "Myanmar",
        "သင်္ဘောများဆိပ်ကမ်းတွင်ရပ်နားသည်။",
        " မုန်တိုင်းသည်ညတွင်ကျော်သွားမည် ပင်လယ်ငြိမ်သည်",
    ),
    ("Tibetan", "གྲུ་གཟིངས་ཁ་ནས་བསྡད་ཡོད།", " རླུང་འཚུབ་དེ་མཚན་མོ་འགྲོ་ངེས་རེད"),
    (
        "Mongolian",
        "ᠤᠰᠤᠨ ᠣᠩᠭᠣᠴᠠ ᠵᠣᠭᠰᠤᠵᠤ ᠪᠠᠶᠢᠨ᠎ᠠ᠃",
        " ᠰᠢᠭᠤᠷᠭ᠎ᠠ ᠰᠥᠨᠢ ᠥᠩᠭᠡᠷᠡᠨ᠎ᠡ ᠳᠠᠯᠠᠢ",
    ),
    (
        "Korean",
        "여객선이 항구에 머문다.",
        " 태풍은 밤사이 지나갈 것으로 보인다",
    ),
    (
        "Japanese",
        "フェリーは港で待つ。",
        "台風は夜のうちに通り過ぎる見込みだという",
    ),
    (
        "Chinese",
        "渡輪停在港口。",
        "颱風將在夜間通過，海面恢復平靜之後開航",
    ),
    (
        "Ol Chiki",
        "ᱞᱟᱹᱣᱠᱟᱹ ᱵᱚᱱᱫᱚᱨ ᱨᱮ ᱛᱟᱦᱮᱸᱱᱟ᱾",
        " ᱦᱚᱭ ᱧᱤᱫᱟᱹ ᱯᱟᱨᱚᱢᱚᱜᱼᱟ ᱫᱚᱨᱭᱟ",
    ),
];

#[test]
fn a_sentence_ends_in_every_script() {
    for (script, first, second) in SCRIPTS {
        let text = format!("{first}{second}");
        let room = length(&[first]) + 3;
        assert_eq!(cut(&[&text], Room::of_chars(room)), [first], "{script}");
    }
}

#[test]
fn words_end_in_every_script() {
    for (script, first, second) in SCRIPTS {
        // The sentence ended too early to be an end, so words of the next one stand.
        let mut text = format!("{first} {first}{}", second.repeat(4));
        if ["Thai", "Lao", "Khmer", "Myanmar"].contains(&script) {
            // Without a space far and wide.
            text = second.replace(' ', "").repeat(8);
        }
        let words = second.trim_start();
        let (start, most) = (length(&[first]) * 2 + 2, length(&[words]) * 3);
        for more in 0..most {
            let room = start * 2 + more;
            let kept = cut(&[&text], Room::of_chars(room));
            let [kept] = &kept[..] else {
                panic!("{script}: {kept:?}")
            };
            let Some(whole) = kept.strip_suffix('…') else {
                assert_eq!(*kept, text, "{script}");
                continue;
            };
            assert!(length(&[kept]) <= room, "{script}: {kept}");
            let rest = text.strip_prefix(whole).unwrap();
            assert!(ends_a_word(script, whole, rest), "{script}: {whole}|{rest}");
        }
    }
}

/// Told without the code that cuts: by a space, or by what may not be torn apart where there are none.
fn ends_a_word(script: &str, whole: &str, rest: &str) -> bool {
    if rest.starts_with([' ', ',', '،', '、', '，', '\u{202f}']) {
        return true;
    }
    let (last, next) = (
        whole.chars().next_back().unwrap(),
        rest.chars().next().unwrap(),
    );
    match script {
        "Japanese" | "Chinese" => !"、。，ーェュ".contains(next),
        "Tibetan" => last == '་' && next != '།',
        "Thai" => !('เ'..='ไ').contains(&last) && !is_mark(next) && !"ะาำๆ".contains(next),
        "Lao" => !('ເ'..='ໄ').contains(&last) && !is_mark(next) && !"ະາຳໆ".contains(next),
        "Khmer" => last != '\u{17d2}' && !is_mark(next) && next != '។',
        "Myanmar" => {
            let ends_syllable = rest
                .chars()
                .skip(1)
                .find(|c| !('\u{1036}'..='\u{1038}').contains(c));
            last != '\u{1039}' && !is_mark(next) && next != '။' && ends_syllable != Some('\u{103a}')
        }
        _ => false,
    }
}

/// A vowel or tone that stands on, under or after the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
        || matches!(c, '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}')
        || matches!(c, '\u{17b6}'..='\u{17d3}' | '\u{102b}'..='\u{103e}')
}

#[test]
fn what_holds_together_is_not_torn() {
    let check = |text: &str, room, want: &str| {
        assert_eq!(cut(&[text], Room::of_chars(room)), [want], "{text}");
    };
    // A consonant with the one beneath it, a conjunct, a face of many parts, a flag.
    for one in ["ភ្នំ", "ශ්‍රී", "ಕ್ಷೇ", "စက္ကူ", "ஸ்ரீ", "ਪ੍ਰੀ", "ᨠ᩠ᨠ", "ꦱ꧀ꦏ", "ཧ྄པ"]
    {
        // With no room for all its parts it is not begun.
        let (text, parts) = (one.repeat(4), length(&[one]));
        check(&text, parts + 1, &format!("{one}…"));
        for room in 2..=parts {
            let kept = cut(&[&text], Room::of_chars(room));
            let torn = |kept: &String| one.starts_with(kept.trim_end_matches('…'));
            assert!(one == "စက္ကူ" || !kept.iter().any(torn), "{one}: {kept:?}");
        }
    }
    check("👩‍👩‍👧‍👦🇯🇵🇰🇷🇹🇭", 3, "👩‍👩‍👧‍👦🇯🇵…");
    check("３．１４パーセント上がった。まだ", 4, "３．１…");
}
