//! Where an item belongs: its section, its places, its topics. First rules, each with its reason,
//! so that an editor sees why a story stands where it stands.

mod breaking;
mod dateline;
mod gazetteer;
#[cfg(test)]
mod measured;
mod places;
mod sections;

pub(crate) use breaking::mark;
pub(crate) use dateline::dateline;
use news::{Place, Section, WireItem, wire::WireCategory};
pub(crate) use places::mentioned;

/// What an item is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Classified {
    pub(crate) section: Section,
    /// At most [`places::MOST`], the most certain first.
    pub(crate) places: Vec<Place>,
    /// Names of topics.
    pub(crate) topics: Vec<String>,
    /// Which rules decided, for the record.
    pub(crate) why: String,
}

/// Most topics an item is filed under.
const MOST_TOPICS: usize = 8;

/// Looks at the item's own categories first, then at its address and its words.
pub(crate) fn classify(item: &WireItem, paragraphs: &[String]) -> Classified {
    let (section, said_by, why_section) = section(item);
    let (places, why_places) = places(item, paragraphs);
    let topics = item
        .categories
        .iter()
        .enumerate()
        .filter(|(at, category)| Some(*at) != said_by && is_topic(category))
        .map(|(_, category)| category.term.clone())
        .fold(Vec::new(), |mut all: Vec<String>, term| {
            let known = all.iter().any(|t| t.eq_ignore_ascii_case(&term));
            if !known && all.len() < MOST_TOPICS {
                all.push(term);
            }
            all
        });
    Classified {
        section,
        places,
        topics,
        why: format!("{why_section}; {why_places}"),
    }
}

/// The section, the category that said so, and the reason.
fn section(item: &WireItem) -> (Section, Option<usize>, String) {
    let topical = item
        .categories
        .iter()
        .enumerate()
        .filter(|(_, c)| kind(c) == Kind::Topic);
    for (at, category) in topical {
        let code = category.scheme.as_deref().unwrap_or_default();
        if let Some(section) = sections::of_code(code) {
            return (section, Some(at), format!("section: subject {code}"));
        }
        if let Some(section) = sections::named(&category.term) {
            return (
                section,
                Some(at),
                format!("section: category {}", category.term),
            );
        }
    }
    if let Some((section, part)) = sections::of_address(&item.url) {
        return (section, None, format!("section: path /{part}"));
    }
    if let Some((section, word)) = sections::of_title(&item.title) {
        return (section, None, format!("section: title says {word}"));
    }
    (Section::World, None, "section: no rule".into())
}

fn places(item: &WireItem, paragraphs: &[String]) -> (Vec<Place>, String) {
    let named = |wanted: Kind| {
        let mut all: Vec<Place> = Vec::new();
        for category in item.categories.iter().filter(|c| kind(c) == wanted) {
            if let Some(place) = places::named(&category.term)
                && !all.contains(&place)
            {
                all.push(place);
            }
        }
        all
    };
    let said = named(Kind::Place);
    if !said.is_empty() {
        return (said, "places: categories".into());
    }
    let lead = even(paragraphs.first().map(String::as_str).unwrap_or_default());
    let dateline = dateline::whole(&lead);
    let found = places::of_text(&even(&item.title), &lead, dateline, &named(Kind::Topic));
    let why = if found.is_empty() {
        "places: none named"
    } else {
        "places: words"
    };
    (found, why.into())
}

/// The text as our lists of names are spelt: every space but the wide one is the ordinary one.
fn even(text: &str) -> String {
    let even = |c: char| match c {
        '\u{3000}' => c,
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    text.chars().map(even).collect()
}

#[derive(Eq, PartialEq)]
enum Kind {
    Place,
    Topic,
    /// Something else: a dateline, a person's name, a stock's.
    Other,
}

/// What a category's scheme says it names. Without one it may be anything, mostly a topic.
fn kind(category: &WireCategory) -> Kind {
    let Some(scheme) = &category.scheme else {
        return Kind::Topic;
    };
    let scheme = scheme
        .trim_end_matches(['/', '#'])
        .rsplit(['/', '#', ':'])
        .next();
    match scheme.unwrap_or_default().to_ascii_lowercase().as_str() {
        "country" | "countries" | "place" | "places" | "location" | "locations" | "geo" => {
            Kind::Place
        }
        "dateline" | "author" | "person" | "people" | "company" | "ticker" | "format" => {
            Kind::Other
        }
        _ => Kind::Topic,
    }
}

fn is_topic(category: &WireCategory) -> bool {
    let length = category.term.chars().count();
    kind(category) == Kind::Topic
        && (2..=40).contains(&length)
        && !category.term.contains("://")
        && places::named(&category.term).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn an_item(title: &str, url: &str, categories: &[(&str, &str)]) -> WireItem {
        let category = |(scheme, term): &(&str, &str)| WireCategory {
            scheme: (!scheme.is_empty()).then(|| (*scheme).into()),
            term: (*term).into(),
        };
        WireItem {
            title: title.into(),
            url: url.into(),
            categories: categories.iter().map(category).collect(),
            ..WireItem::default()
        }
    }

    fn check(item: &WireItem, lead: &str, section: Section, places: &[Place], topics: &[&str]) {
        let found = classify(item, &[lead.to_owned()]);
        assert_eq!(found.section, section, "{}", found.why);
        assert_eq!(found.places, places, "{}", found.why);
        assert_eq!(found.topics, topics, "{}", found.why);
    }

    #[test]
    fn the_feeds_own_categories_come_first() {
        let categories = [
            ("dateline", "SEOUL"),
            ("country", "North Korea"),
            ("country", "South Korea"),
            ("country", "China"),
            ("topic", "Technology"),
            ("topic", "Politics"),
        ];
        let item = an_item(
            "Cameras in Japan",
            "https://a.example/business/1",
            &categories,
        );
        check(
            &item,
            "",
            Section::Technology,
            &[Place::KP, Place::KR, Place::CN],
            &["Politics"],
        );
    }

    #[test]
    fn an_agencys_subject_names_the_section_by_its_code() {
        let categories = [
            ("medtop:20001185", "Ferries"),
            ("medtop:04000000", "経済"),
            ("subj:15073000", "Rowing"),
        ];
        let item = an_item("Cameras", "https://a.example/culture/1", &categories);
        check(&item, "", Section::Business, &[], &["Ferries", "Rowing"]);
    }

    #[test]
    fn then_the_address_and_the_words() {
        let item = an_item("Typhoon nears Japan", "https://a.example/sport/2026/x", &[]);
        check(
            &item,
            "Rain fell in Osaka.",
            Section::Sport,
            &[Place::JP],
            &[],
        );
        let item = an_item(
            "日本と韓国の首脳が会談",
            "https://a.example/x",
            &[("", "政治")],
        );
        check(&item, "", Section::Politics, &[Place::JP, Place::KR], &[]);
        let item = an_item("South\u{a0}Korea votes", "https://a.example/x", &[]);
        check(&item, "", Section::World, &[Place::KR], &[]);
        let item = an_item(
            "Ships wait",
            "https://a.example/x",
            &[("", "Ports"), ("", "Vietnam")],
        );
        check(
            &item,
            "HANOI, Vietnam — Ships wait.",
            Section::World,
            &[Place::VN],
            &["Ports"],
        );
    }
}
