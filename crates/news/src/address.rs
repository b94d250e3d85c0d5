//! Addresses of stories: `/story/{slug}-{id}`. The id finds it, the slug is courtesy.

use crate::StoryId;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

const MAX_CHARS: usize = 80;

/// The last part of a story's address: lower case, hyphenated. Changes only before publication;
/// afterwards the old one answers 301.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The automatic slug. `None` where a headline has no Latin reading (台風接近): the address is
    /// then the id alone, until an editor gives a slug in any script.
    #[must_use]
    pub fn from_headline(headline: &str) -> Option<Self> {
        let folded: String = headline
            .nfkd()
            .filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’'))
            .map(|c| match c {
                'đ' | 'Đ' => 'd',
                'ı' => 'i',
                'ø' | 'Ø' => 'o',
                'ł' | 'Ł' => 'l',
                other => other,
            })
            .collect();
        let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
        let latin = folded.chars().filter(char::is_ascii_alphabetic).count();
        if latin == 0 || latin * 2 < letters {
            return None;
        }
        Self::joined(
            folded
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }),
        )
    }

    /// A slug an editor gave, in any script. `None` where nothing of it can stand in an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::joined(text.nfc().map(|c| {
            let mark = ('\u{300}'..='\u{36f}').contains(&c) || unicode_mark(c);
            if c.is_alphanumeric() || mark { c } else { ' ' }
        }))
    }

    fn joined(chars: impl Iterator<Item = char>) -> Option<Self> {
        let spaced: String = chars.flat_map(char::to_lowercase).collect();
        let mut out = String::new();
        for word in spaced.split_whitespace() {
            if !out.is_empty() && out.chars().count() + word.chars().count() >= MAX_CHARS {
                break;
            }
            if !out.is_empty() {
                out.push('-');
            }
            out.extend(word.chars().take(MAX_CHARS));
        }
        (!out.is_empty()).then_some(Self(out))
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Vowel signs and other combining marks of Asian scripts are part of their words.
fn unicode_mark(c: char) -> bool {
    matches!(c, '\u{0483}'..='\u{0487}' | '\u{0591}'..='\u{05c7}' | '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}'
        | '\u{0900}'..='\u{0dff}' | '\u{0e31}'..='\u{0e4e}' | '\u{0eb1}'..='\u{0ece}' | '\u{0f18}'..='\u{0fbc}'
        | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}')
        && !c.is_ascii()
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
            .filter(|slug| slug.0 == text)
            .ok_or("not a slug")
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// Slug and id as they stand in the address. Shown, it is the whole path.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
pub struct StoryAddress {
    /// Absent where the headline has no Latin reading and nobody gave one.
    pub slug: Option<Slug>,
    /// Finds the story.
    pub id: StoryId,
}

impl StoryAddress {
    /// Reads the last part of the path, percent-decoded: `typhoon-nears-kyushu-5k2f9`. The slug is
    /// what stands before the last hyphen, whatever it is; only the id must be one.
    #[must_use]
    pub fn parse(last: &str) -> Option<Self> {
        let (slug, id) = slug_and_id(last)?;
        Some(Self { slug, id })
    }
}

/// The slug, where there is one, and the id behind the last hyphen.
pub(crate) fn slug_and_id(last: &str) -> Option<(Option<Slug>, crate::Id)> {
    match last.rsplit_once('-') {
        Some((slug, id)) => Some((Slug::parse(slug), id.parse().ok()?)),
        None => Some((None, last.parse().ok()?)),
    }
}

impl fmt::Display for StoryAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.slug {
            Some(slug) => write!(f, "/story/{slug}-{}", self.id),
            None => write!(f, "/story/{}", self.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;

    #[test]
    fn automatic_slugs_are_latin() {
        let check = |headline: &str, want: Option<&str>| {
            assert_eq!(
                Slug::from_headline(headline).as_ref().map(Slug::as_str),
                want,
                "{headline}"
            );
        };
        check(
            "Typhoon Haikui nears Kyushu",
            Some("typhoon-haikui-nears-kyushu"),
        );
        check("Asia’s ports: “on time”", Some("asias-ports-on-time"));
        check("Đà Nẵng mở cảng", Some("da-nang-mo-cang"));
        check("台風接近", None);
        check("BTS 새 앨범을 발표하다", None);
        check("…", None);
    }

    #[test]
    fn an_address_is_read_back() {
        let id = Id(123_456_789_012);
        for slug in [
            None,
            Slug::parse("台風-接近"),
            Slug::parse("a b c"),
            Slug::parse("हिन्दी समाचार"),
        ] {
            let address = StoryAddress { slug, id };
            let path = address.to_string();
            assert_eq!(
                path.strip_prefix("/story/").and_then(StoryAddress::parse),
                Some(address)
            );
        }
        assert_eq!(StoryAddress::parse("no-id-here!"), None);
    }
}
