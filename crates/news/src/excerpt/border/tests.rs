use crate::excerpt::{Room, cut, length};
use proptest::prelude::*;

fn check(text: &str, max_chars: usize, want: &str) {
    assert_eq!(
        cut(
            &text.split('|').collect::<Vec<_>>(),
            Room::of_chars(max_chars)
        )
        .join("|"),
        want,
        "{text}"
    );
}

#[test]
fn what_fits_stands_as_it_came() {
    check("The study ends here and", 23, "The study ends here and");
    check("One.|Two, and more", 17, "One.|Two, and more");
    check("", 0, "");
}

#[test]
fn an_excerpt_ends_at_a_sentence() {
    check(
        "台風が接近している。住民は避難した。詳しくは",
        12,
        "台風が接近している。",
    );
    check(
        "「台風が近い。」と気象庁は述べた。詳細は未定。",
        10,
        "「台風が近い。」",
    );
    check(
        "台风正在逼近。居民已经撤离，学校停课。",
        9,
        "台风正在逼近。",
    );
    check("颱風逼近！學校停課，居民撤離。", 8, "颱風逼近！");
    check("तूफ़ान आ रहा है। लोग घर छोड़ रहे हैं।", 16, "तूफ़ान आ रहा है।");
    check(
        "العاصفة تقترب. السكان يغادرون منازلهم.",
        20,
        "العاصفة تقترب.",
    );
    check("طوفان قریب ہے۔ لوگ گھر چھوڑ رہے ہیں۔", 18, "طوفان قریب ہے۔");
    check("မုန်တိုင်းလာနေပြီ။ လူများထွက်ခွာကြသည်။", 14, "မုန်တိုင်းလာနေပြီ။");
    check("It rained. It will rain again soon", 14, "It rained.");
    check(
        "He said: “It rained.” It will rain",
        26,
        "He said: “It rained.”",
    );
    check("태풍이 온다. 주민들이 대피했다.", 11, "태풍이 온다.");
    check(
        "It rained all day.|It will rain tomorrow",
        20,
        "It rained all day.",
    );
}

#[test]
fn a_full_stop_inside_a_name_or_number_ends_nothing() {
    check("The port of St. Petersburg opened", 20, "The port of St.…");
    check(
        "Talks with the U.S. envoy went on",
        21,
        "Talks with the U.S.…",
    );
    check("Prices rose 3.14 percent in May", 14, "Prices rose…");
}

#[test]
fn else_it_ends_between_words() {
    check("ฝนตกหนักในกรุงเทพฯ วันนี้ และพรุ่งนี้", 20, "ฝนตกหนักในกรุงเทพฯ…");
    check("ฝนตกหนักในกรุงเทพมหานคร", 7, "ฝนตกหนั…");
    check("Typhoon Haikui nears Kyushu", 16, "Typhoon Haikui…");
    check("Ships, trains, planes", 8, "Ships…");
    check("気象庁は、台風が接近していると発表した", 6, "気象庁は…");
    check("気象庁「台風が接近」と発表した", 5, "気象庁…");
    check("ニューヨークで会談", 4, "ニュー…");
    check("大統領はNATOを訪問する", 7, "大統領は…");
    check("तूफ़ान के कारण स्कूल बंद रहेंगे", 9, "तूफ़ान के…");
    check("العاصفة تقترب من الساحل الشرقي", 16, "العاصفة تقترب…");
    check("서울에서 열린 회담이 끝났다", 9, "서울에서 열린…");
    check("Pneumonoultramicroscopic", 6, "Pneum…");
    // Full to the brim, and what follows doesn't fit: the mark takes the last word's room.
    check("Ships wait||Ports", 10, "Ships…");
    check(
        "First.|https://example.org/a/very/long/address",
        20,
        "First.…",
    );
}

#[test]
fn a_face_of_many_parts_is_one_character() {
    check("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, "👩‍👩‍👧‍👦…");
}

proptest! {
    #[test]
    fn never_longer_than_the_terms_and_always_the_first_words(
        paragraphs in proptest::collection::vec(
            "([a-zA-Z]{1,8}[ .,]|[台風接近。、「」ーッ]|[ก-ฮเแะา่ ]|[अ-हि् ।]|[ا-ي ]|👩‍👧|\\PC){0,40}",
            0..4,
        ),
        max_chars in 0_usize..60,
    ) {
        let kept = cut(&paragraphs, Room::of_chars(max_chars));
        prop_assert!(length(&kept) <= max_chars);
        prop_assert!(kept.len() <= paragraphs.len());
        for (at, text) in kept.iter().enumerate() {
            let whole = &paragraphs[at];
            if at + 1 < kept.len() {
                prop_assert_eq!(text, whole);
                continue;
            }
            let words = if whole.starts_with(text.as_str()) {
                text.as_str()
            } else {
                text.strip_suffix('…').unwrap()
            };
            prop_assert!(whole.starts_with(words));
        }
    }
}
