//! Time zones by the short names feeds use, and digits of every script.

use jiff::tz::{Offset, TimeZone};
use news::Place;

/// A zone so many minutes east of Greenwich.
pub(super) fn fixed(minutes: i32) -> Option<TimeZone> {
    let seconds = minutes.checked_mul(60)?;
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

/// Whether it is a name of universal time, after which an offset may follow.
pub(super) fn is_universal(word: &str) -> bool {
    matches!(word, "gmt" | "utc" | "ut" | "z" | "zulu")
}

/// The zone of that name; where a name has several meanings, the source's place decides.
pub(super) fn named(word: &str, place: Option<Place>) -> Option<TimeZone> {
    let minutes = match (word, place) {
        ("ist", Some(Place::IL)) => 120,
        ("cst", Some(Place::CN | Place::TW | Place::HK | Place::MO)) => 480,
        ("pst", Some(Place::PH)) => 480,
        ("bst", Some(Place::BD)) => 360,
        ("ast", Some(Place::SA | Place::IQ | Place::KW | Place::BH | Place::QA | Place::YE)) => 180,
        ("wst", Some(Place::ID)) => 420,
        _ => by_name(word)?,
    };
    fixed(minutes)
}

fn by_name(word: &str) -> Option<i32> {
    Some(match word {
        "gmt" | "utc" | "ut" | "z" | "zulu" | "wet" => 0,
        "jst" | "kst" | "wit" | "tlt" => 540,
        "hkt" | "sgt" | "pht" | "phst" | "myt" | "wita" | "bnt" | "ulat" | "awst" => 480,
        "ict" | "wib" | "hovt" => 420,
        "mmt" => 390,
        "btt" | "bdt" | "kgt" | "omst" => 360,
        "npt" => 345,
        "ist" | "slst" => 330,
        "pkt" | "uzt" | "tjt" | "tmt" | "mvt" | "almt" | "yekt" | "qyzt" => 300,
        "aft" => 270,
        "gst" | "azt" | "amt" | "get" => 240,
        "irst" => 210,
        "msk" | "trt" | "eest" | "idt" => 180,
        "eet" | "cest" | "mesz" => 120,
        "cet" | "mez" | "met" | "bst" | "west" => 60,
        "ast" | "edt" => -240,
        "est" | "cdt" => -300,
        "cst" | "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        "aest" => 600,
        "aedt" => 660,
        "acst" => 570,
        "nzst" => 720,
        "nzdt" => 780,
        _ => return None,
    })
}

/// The value of a decimal digit, in the scripts of Asia and full width.
pub(super) fn digit(c: char) -> Option<u32> {
    const ZEROS: [u32; 18] = [
        0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50,
        0xed0, 0xf20, 0x1040, 0x17e0, 0xff10,
    ];
    let code = u32::from(c);
    ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10))
}
