//! Where an item belongs: its section, its places, its topics. First rules, then a model where no rule says so, each
//! with its reason, so that an editor sees why a story stands where it stands. What neither is sure of is for the desk.

mod breaking;
mod dateline;
mod gazetteer;
#[cfg(test)]
mod measured;
mod medtop;
mod model;
mod places;
mod sections;

pub(crate) use breaking::mark;
pub(crate) use dateline::dateline;
use news::{Lang, Place, Section, WireItem, wire::WireCategory};
use places::Found;
pub(crate) use places::mentioned;
use store::Placing;

/// What an item is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Classified {
    pub(crate) section: Section,
    /// Whether that is known or a guess.
    pub(crate) placing: Placing,
    /// Its subject in the IPTC's vocabulary.
    pub(crate) medtop: Option<String>,
    /// At most [`places::MOST`], the most certain first.
    pub(crate) places: Vec<Place>,
    /// Names of topics.
    pub(crate) topics: Vec<String>,
    /// What decided, for the record: for the section a rule or the model with its score, for each place its words.
    pub(crate) why: String,
}

/// How probable what the model sees must be to stand without an editor.
const SURE: f64 = 0.6;

/// Most topics an item is filed under.
const MOST_TOPICS: usize = 8;

/// Looks at the item's own categories first, then at its address and its words.
pub(crate) fn classify(item: &WireItem, paragraphs: &[String], lang: &Lang) -> Classified {
    let Told {
        section,
        said_by,
        medtop,
        placing,
        why: why_section,
    } = section(item, paragraphs, lang);
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
        placing,
        medtop,
        places,
        topics,
        why: format!("{why_section}; {why_places}"),
    }
}

/// A section, and who told it.
struct Told {
    section: Section,
    /// Which category said so.
    said_by: Option<usize>,
    medtop: Option<String>,
    placing: Placing,
    why: String,
}

impl Told {
    fn by_rule(section: Section, said_by: Option<usize>, why: &str) -> Self {
        let medtop = medtop::of(section);
        Self {
            section,
            said_by,
            why: reason(why, medtop.as_deref()),
            medtop,
            placing: Placing::Sure,
        }
    }
}

fn reason(why: &str, medtop: Option<&str>) -> String {
    let code = medtop.map(|code| format!(" {code}")).unwrap_or_default();
    format!("section: {why}{code}")
}

fn section(item: &WireItem, paragraphs: &[String], lang: &Lang) -> Told {
    let categories = || item.categories.iter().enumerate();
    for (at, category) in categories() {
        if let Some((section, code)) = medtop::coded(category) {
            return Told {
                section,
                said_by: Some(at),
                why: reason("code", Some(&code)),
                medtop: Some(code),
                placing: Placing::Sure,
            };
        }
    }
    for (at, category) in categories().filter(|(_, c)| kind(c) == Kind::Topic) {
        if let Some(section) = sections::named(&category.term) {
            return Told::by_rule(section, Some(at), &format!("category {}", category.term));
        }
    }
    if let Some((section, part)) = sections::of_address(&item.url) {
        return Told::by_rule(section, None, &format!("path /{part}"));
    }
    if let Some((section, word)) = sections::of_title(&item.title) {
        return Told::by_rule(section, None, &format!("title says {word}"));
    }
    let lead = paragraphs.first().map(String::as_str).unwrap_or_default();
    let guess = model::guess(&format!("{}\n{lead}", item.title), lang);
    let placing = if guess.sure >= SURE {
        Placing::Sure
    } else {
        Placing::Guess
    };
    let why = format!("model {:.2}", guess.sure);
    Told {
        placing,
        ..Told::by_rule(guess.section, None, &why)
    }
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
        let codes: Vec<&str> = said.iter().map(|place| place.code()).collect();
        let why = format!("places: {} (categories)", codes.join(" "));
        return (said, why);
    }
    let lead = even(paragraphs.first().map(String::as_str).unwrap_or_default());
    let dateline = dateline::whole(&lead);
    let found = places::of_text(&even(&item.title), &lead, dateline, &named(Kind::Topic));
    let each: Vec<String> = found.iter().map(Found::why).collect();
    let why = if each.is_empty() {
        "none named".into()
    } else {
        each.join(", ")
    };
    let places = found.into_iter().map(|found| found.place).collect();
    (places, format!("places: {why}"))
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
    /// Something else: a dateline, a person's name, a stock's, a code.
    Other,
}

/// What a category's scheme says it names. Without one it may be anything, mostly a topic.
fn kind(category: &WireCategory) -> Kind {
    if medtop::code(category).is_some_and(|code| category.term.contains(code)) {
        return Kind::Other;
    }
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
mod tests;
