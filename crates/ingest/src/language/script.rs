//! The script a text is in, and the languages that are written in it.

/// What a script says of the language.
pub(super) enum Script {
    /// Written in one language only, as far as news goes.
    Only(&'static str),
    Han,
    /// Han with kana among it.
    Kana,
    /// Several languages; the first is the most usual.
    Shared(&'static [&'static str]),
}

/// The script most letters are of; `None` where there are hardly any letters.
pub(super) fn script(text: &str) -> Option<Script> {
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
