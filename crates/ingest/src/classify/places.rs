//! Which of our places a text is about: names found in its title, its lead and its dateline.

use super::gazetteer::{self, Named, Town};
use news::Place;
use std::collections::BTreeMap;

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

/// The places of a text, the most certain first, then in the order of their first mention.
pub(super) fn of_text(
    title: &str,
    lead: &str,
    dateline: Option<&str>,
    categories: &[Place],
) -> Vec<Place> {
    // Points, and where it was first named.
    let mut points: BTreeMap<Place, (usize, usize)> = BTreeMap::new();
    let mut add = |place: Place, value: usize| {
        let order = points.len();
        points.entry(place).or_insert((0, order)).0 += value;
    };
    let body = dateline
        .and_then(|head| lead.strip_prefix(head))
        .unwrap_or(lead);
    for (text, value) in [
        (title, IN_TITLE),
        (body, IN_LEAD),
        (dateline.unwrap_or(""), IN_DATELINE),
    ] {
        let mut seen: Vec<Place> = Vec::new();
        for Named { place, sure, .. } in gazetteer::names_in(text) {
            if !seen.contains(&place) {
                seen.push(place);
                add(place, if sure { value } else { 1 });
            }
        }
    }
    categories.iter().for_each(|place| add(*place, IN_CATEGORY));
    let mut ranked: Vec<(Place, (usize, usize))> = points
        .into_iter()
        .filter(|(_, (sum, _))| *sum >= ENOUGH)
        .collect();
    ranked.sort_by_key(|(_, (sum, order))| (usize::MAX - sum, *order));
    ranked
        .into_iter()
        .map(|(place, _)| place)
        .take(MOST)
        .collect()
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
        assert_eq!(of_text(title, lead, None, &[]), want, "{title} / {lead}");
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
