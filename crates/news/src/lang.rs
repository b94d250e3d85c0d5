//! Languages by BCP 47 tag, and the way they run.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language tag in its usual spelling: `en`, `zh-Hans`, `pt-BR`. Chinese always says its script.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang(String);

/// Left to right or right to left; the words of HTML's `dir`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Dir {
    /// `ltr`
    Ltr,
    /// `rtl`
    Rtl,
}

impl Dir {
    /// As HTML writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

impl Lang {
    /// What the desk is offered: the official languages of our places and the large ones beside them, tag and English
    /// name, by name. A story may have another.
    pub const OFFERED: [(&str, &str); 46] = [
        ("ar", "Arabic"),
        ("hy", "Armenian"),
        ("az", "Azerbaijani"),
        ("bn", "Bangla"),
        ("my", "Burmese"),
        ("zh-Hans", "Chinese, simplified"),
        ("zh-Hant", "Chinese, traditional"),
        ("dv", "Dhivehi"),
        ("dz", "Dzongkha"),
        ("en", "English"),
        ("fil", "Filipino"),
        ("ka", "Georgian"),
        ("el", "Greek"),
        ("gu", "Gujarati"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("id", "Indonesian"),
        ("ja", "Japanese"),
        ("kn", "Kannada"),
        ("kk", "Kazakh"),
        ("km", "Khmer"),
        ("ko", "Korean"),
        ("ku", "Kurdish"),
        ("ky", "Kyrgyz"),
        ("lo", "Lao"),
        ("ms", "Malay"),
        ("ml", "Malayalam"),
        ("mr", "Marathi"),
        ("mn", "Mongolian"),
        ("ne", "Nepali"),
        ("ps", "Pashto"),
        ("fa", "Persian"),
        ("pt", "Portuguese"),
        ("pa", "Punjabi"),
        ("ru", "Russian"),
        ("si", "Sinhala"),
        ("tg", "Tajik"),
        ("ta", "Tamil"),
        ("te", "Telugu"),
        ("tet", "Tetum"),
        ("th", "Thai"),
        ("tr", "Turkish"),
        ("tk", "Turkmen"),
        ("ur", "Urdu"),
        ("uz", "Uzbek"),
        ("vi", "Vietnamese"),
    ];

    /// The site's own language.
    #[must_use]
    pub fn english() -> Self {
        Self("en".into())
    }

    /// Reads a tag; `None` where it is none. `zh-CN`, `zh-TW` and `zh` become tags with a script.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let mut parts = tag.trim().split(['-', '_']);
        let language = parts.next()?.to_ascii_lowercase();
        if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let mut out = language.clone();
        let rest: Vec<&str> = parts.collect();
        if rest.len() > 3
            || rest.iter().any(|p| {
                p.is_empty() || p.len() > 8 || !p.bytes().all(|b| b.is_ascii_alphanumeric())
            })
        {
            return None;
        }
        if language == "zh" && !rest.iter().any(|p| p.len() == 4) {
            let traditional = rest
                .iter()
                .any(|p| ["TW", "HK", "MO"].contains(&&*p.to_ascii_uppercase()));
            out.push_str(if traditional { "-Hant" } else { "-Hans" });
            return Some(Self(out));
        }
        for part in rest {
            out.push('-');
            match part.len() {
                4 => {
                    let mut letters = part.chars();
                    out.extend(letters.next().map(|c| c.to_ascii_uppercase()));
                    out.push_str(&letters.as_str().to_ascii_lowercase());
                }
                2 => out.push_str(&part.to_ascii_uppercase()),
                _ => out.push_str(&part.to_ascii_lowercase()),
            }
        }
        Some(Self(out))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `zh` of `zh-Hant`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Which way it is written.
    #[must_use]
    pub fn dir(&self) -> Dir {
        let mut parts = self.0.split('-').skip(1);
        match parts.find(|part| part.len() == 4) {
            Some("Arab" | "Hebr" | "Thaa" | "Syrc") => return Dir::Rtl,
            Some(_) => return Dir::Ltr,
            None => {}
        }
        match self.primary() {
            "ar" | "fa" | "ur" | "he" | "dv" | "ps" | "yi" | "ug" | "sd" | "ckb" => Dir::Rtl,
            _ => Dir::Ltr,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Lang {
    type Error = &'static str;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        Self::parse(&tag).ok_or("not a language tag")
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, want: Option<&str>) {
        assert_eq!(Lang::parse(tag).as_ref().map(Lang::as_str), want, "{tag}");
    }

    #[test]
    fn one_spelling_a_language() {
        check("en_us", Some("en-US"));
        check("zh-CN", Some("zh-Hans"));
        check("zh-tw", Some("zh-Hant"));
        check("ZH-hant", Some("zh-Hant"));
        check("zh", Some("zh-Hans"));
        check("x", None);
        check("en\" onload", None);
        check("", None);
    }

    #[test]
    fn what_is_offered_is_spelled_as_stories_spell_it() {
        for (tag, _) in Lang::OFFERED {
            check(tag, Some(tag));
        }
        assert!(Lang::OFFERED.is_sorted_by_key(|(_, name)| name));
    }

    #[test]
    fn arabic_runs_to_the_left() {
        assert_eq!(Lang::parse("ar").map(|l| l.dir()), Some(Dir::Rtl));
        assert_eq!(Lang::parse("ja").map(|l| l.dir()), Some(Dir::Ltr));
    }
}
