//! Which of our places a text is about: names found in its title, its lead and its dateline.

use super::gazetteer::{self, Named, Town};
use news::Place;

/// Most places an item is filed under by its words.
pub(super) const MOST: usize = 3;
/// Points a place needs.
const ENOUGH: usize = 2;
const IN_TITLE: usize = 3;
const IN_LEAD: usize = 2;
const IN_DATELINE: usize = 4;
const IN_CATEGORY: usize = 4;

/// The place a category names: by its English name, code or alias, or in its own language.
pub(super) fn named(term: &str) -> Option<Place> {
    let term = term.trim();
    let slug = term.to_lowercase().replace(' ', "-");
    Place::from_slug(&slug)
        .or_else(|| (slug.len() > 3).then(|| Place::from_alias(&slug)).flatten())
        .or_else(|| gazetteer::whole(term))
}

/// A place of a text, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Found {
    pub(super) place: Place,
    points: usize,
    /// Which parts of the text name it.
    named_in: Vec<&'static str>,
}

impl Found {
    /// For the record.
    pub(super) fn why(&self) -> String {
        let (code, parts) = (self.place.code(), self.named_in.join(", "));
        format!("{code} ({parts}) {} points", self.points)
    }
}

/// The places of a text, the most certain first, then in the order of their first mention.
pub(super) fn of_text(
    title: &str,
    lead: &str,
    dateline: Option<&str>,
    categories: &[Place],
) -> Vec<Found> {
    // In the order of their first mention.
    let mut all: Vec<Found> = Vec::new();
    let mut add = |place: Place, value: usize, part: &'static str| {
        if let Some(found) = all.iter_mut().find(|found| found.place == place) {
            found.points += value;
            found.named_in.push(part);
        } else {
            all.push(Found {
                place,
                points: value,
                named_in: vec![part],
            });
        }
    };
    let body = dateline
        .and_then(|head| lead.strip_prefix(head))
        .unwrap_or(lead);
    for (text, value, part) in [
        (title, IN_TITLE, "title"),
        (body, IN_LEAD, "lead"),
        (dateline.unwrap_or(""), IN_DATELINE, "dateline"),
    ] {
        let mut seen: Vec<Place> = Vec::new();
        for Named { place, sure, .. } in gazetteer::names_in(text) {
            if !seen.contains(&place) {
                seen.push(place);
                add(place, if sure { value } else { 1 }, part);
            }
        }
    }
    for place in categories {
        add(*place, IN_CATEGORY, "category");
    }
    all.retain(|found| found.points >= ENOUGH);
    all.sort_by_key(|found| std::cmp::Reverse(found.points));
    all.truncate(MOST);
    all
}

/// The places that are surely named in a text, and the town where one is.
pub(crate) fn mentioned(text: &str) -> Vec<(Place, Option<Town>)> {
    let names = gazetteer::names_in(&super::even(text)).into_iter();
    names
        .filter(|named| named.sure)
        .map(|named| (named.place, named.town))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, lead: &str, want: &[Place]) {
        let found = of_text(title, lead, None, &[]);
        let places: Vec<Place> = found.iter().map(|found| found.place).collect();
        assert_eq!(places, want, "{title} / {lead}");
    }

    #[test]
    fn names_in_many_languages() {
        use Place::{CN, EG, ID, IN, JP, KP, KR, SA, TH, TR, VN};
        check("Japan and South Korea sign pact", "", &[JP, KR]);
        check("日本と北朝鮮", "", &[JP, KP]);
        check("中国国家主席访问泰国", "", &[CN, TH]);
        check("한국은 일본과 협정을 맺었다", "", &[KR, JP]);
        check("भारत और चीन", "", &[IN, CN]);
        check("السعودية ومصر توقعان اتفاقا", "", &[SA, EG]);
        check("ญี่ปุ่นและไทยลงนาม", "", &[JP, TH]);
        check("Việt Nam mở cảng mới", "", &[VN]);
        check("Gempa di Jakarta", "", &[ID]);
        check("Türkiye'de deprem", "", &[TR]);
    }

    #[test]
    fn names_that_mean_something_else() {
        check("A china plate and a turkey", "", &[]);
        check(
            "Ships cross the Indian Ocean and the South China Sea",
            "",
            &[],
        );
        check("Michael Jordan retires", "", &[]);
        check("Georgia voters queue", "Atlanta was calm", &[]);
        check(
            "Georgia votes",
            "Georgian voters queue in Tbilisi",
            &[Place::GE],
        );
        check("Romania and Somania", "", &[]);
        check("Korea Inc", "", &[]);
    }

    #[test]
    fn a_category_is_a_name_or_nothing() {
        assert_eq!(named("North Korea"), Some(Place::KP));
        assert_eq!(named("日本"), Some(Place::JP));
        assert_eq!(named("UAE"), Some(Place::AE));
        assert_eq!(named("IT"), None);
        assert_eq!(named("Technology"), None);
    }
}
