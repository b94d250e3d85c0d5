//! What the three kinds have in common: moments, subjects, places, standing, and the way to the story.

use crate::excerpt::registrable;
use crate::feed::date::Clock;
use crate::feed::guard::guarded;
use crate::{clean, feed};
use news::wire::WireCategory;
use news::{Millis, Place, PubStatus};
use url::Url;

/// More categories than an item is looked at for.
const MOST: usize = 64;

/// A moment; `20261124T100000+0900`, too.
pub(super) fn moment(clock: &Clock, text: &str) -> Option<Millis> {
    let text = text.trim();
    let spaced = match (text.get(..8), text.get(8..9), text.get(9..15)) {
        (Some(day), Some("T"), Some(time)) if are_digits(day) && are_digits(time) => {
            let part = |of: &str, from, to| of.get(from..to).unwrap_or_default().to_owned();
            let (year, month, date) = (part(day, 0, 4), part(day, 4, 6), part(day, 6, 8));
            let (hour, minute, second) = (part(time, 0, 2), part(time, 2, 4), part(time, 4, 6));
            let zone = text.get(15..).unwrap_or_default();
            Some(format!(
                "{year}-{month}-{date}T{hour}:{minute}:{second}{zone}"
            ))
        }
        _ => None,
    };
    guarded(|| clock.read(spaced.as_deref().unwrap_or(text)))?
}

/// What an agency's word for it means; one that we don't know is no leave to publish.
pub(super) fn status(word: &str) -> PubStatus {
    match tail(word).to_ascii_lowercase().as_str() {
        "" | "usable" | "embargoed" => PubStatus::Usable,
        "canceled" | "cancelled" => PubStatus::Canceled,
        _ => PubStatus::Withheld,
    }
}

/// An embargo, and the standing it leaves the item: one that can't be read is no leave to publish.
pub(super) fn embargo(clock: &Clock, text: &str, status: PubStatus) -> (Option<Millis>, PubStatus) {
    let embargo = moment(clock, text);
    let unread = embargo.is_none() && !text.trim().is_empty();
    match status {
        PubStatus::Usable if unread => (None, PubStatus::Withheld),
        status => (embargo, status),
    }
}

/// From 1, the most pressing, to 9.
pub(super) fn urgency(text: &str) -> Option<u8> {
    text.trim().parse().ok().filter(|n| (1..=9).contains(n))
}

/// The first address of the source's own site, else the first of the web.
pub(super) fn link(candidates: &[String], base: Option<&Url>) -> String {
    let home = base.and_then(|base| registrable(base.as_str()));
    let web: Vec<String> = candidates
        .iter()
        .filter_map(|address| feed::absolute(address, None))
        .collect();
    let own = web
        .iter()
        .find(|address| home.is_some() && registrable(address) == home);
    own.or(web.first()).cloned().unwrap_or_default()
}

/// The categories of an item, collected.
#[derive(Default)]
pub(super) struct Categories(pub(super) Vec<WireCategory>);

impl Categories {
    /// A subject by its code (`medtop:04000000`, an address that ends so, or the bare number) and its name.
    pub(super) fn subject(&mut self, code: &str, name: &str) {
        let number = tail(code);
        let is_topic = number.len() == 8 && are_digits(number);
        let scheme = match (is_topic, code.contains("subj")) {
            (true, true) => Some(format!("subj:{number}")),
            (true, false) => Some(format!("medtop:{number}")),
            (false, _) => None,
        };
        self.add(scheme.as_deref(), name);
    }

    /// A place by its code, where that is a country's, or by its name.
    pub(super) fn place(&mut self, code: &str, name: &str) {
        // `IN` is India in a list of countries, and something else in a list of provinces.
        let vocabulary = code.strip_suffix(tail(code)).unwrap_or_default();
        let of_countries = ["iso", "countr"]
            .iter()
            .any(|sign| vocabulary.contains(sign));
        let is_bare = vocabulary.trim_matches(':').is_empty();
        let country = Place::from_code(tail(code)).filter(|_| of_countries || is_bare);
        self.add(Some("place"), country.map_or(name, |place| place.name()));
    }

    /// Where it was filed from: the town alone.
    pub(super) fn dateline(&mut self, text: &str) {
        let town = text.split([',', '(', '/', '—', '–']).next();
        self.add(Some("dateline"), town.unwrap_or_default());
    }

    /// Any other, with what its scheme says it names.
    pub(super) fn add(&mut self, scheme: Option<&str>, name: &str) {
        let term = clean::name(name);
        let says_something = !term.is_empty() || scheme.is_some_and(|scheme| scheme.contains(':'));
        let category = WireCategory {
            scheme: scheme.map(str::to_owned),
            term,
        };
        if says_something && self.0.len() < MOST && !self.0.contains(&category) {
            self.0.push(category);
        }
    }
}

/// What stands after the last ":" or "/": the code within its vocabulary.
pub(super) fn tail(code: &str) -> &str {
    code.trim()
        .rsplit([':', '/', '#'])
        .next()
        .unwrap_or_default()
}

/// An agency's plain text: where no line is left blank, each line is a paragraph.
pub(super) fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    if text.contains("\n\n") {
        clean::as_html(&text)
    } else {
        clean::as_html(&text.replace('\n', "\n\n"))
    }
}

/// Published when it was made, or when its embargo was over.
pub(super) fn published(made: Option<Millis>, embargo: Option<Millis>) -> Option<Millis> {
    made.map(|made| embargo.map_or(made, |embargo| embargo.max(made)))
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_nitf() {
        let clock = Clock::of(None);
        let read = |text: &str| moment(&clock, text);
        let want = read("2026-11-24T10:00:00+09:00");
        assert!(want.is_some());
        assert_eq!(read("20261124T100000+0900"), want);
        assert_eq!(read("20261124T010000Z"), want);
        assert_eq!(read("nonsense"), None);
    }

    #[test]
    fn standings() {
        for (word, want) in [
            ("", PubStatus::Usable),
            ("stat:usable", PubStatus::Usable),
            ("canceled", PubStatus::Canceled),
            (
                "http://cv.iptc.org/newscodes/pubstatusg2/withheld",
                PubStatus::Withheld,
            ),
            ("stat:whatever", PubStatus::Withheld),
        ] {
            assert_eq!(status(word), want, "{word}");
        }
    }

    #[test]
    fn the_way_leads_to_the_sources_own_site() {
        let home = Url::parse("https://kuroshio-press.example/").unwrap();
        let all = [
            "urn:x:7",
            "https://api.other.example/7",
            "https://www.kuroshio-press.example/7",
        ];
        let all = all.map(str::to_owned);
        assert_eq!(link(&all, Some(&home)), all[2]);
        assert_eq!(link(&all, None), all[1]);
        assert_eq!(link(&all[..1], Some(&home)), "");
    }

    #[test]
    fn subjects_and_places_by_their_codes() {
        let mut all = Categories::default();
        all.subject("medtop:04000000", "economy");
        all.subject("http://cv.iptc.org/newscodes/subjectcode/15000000", "");
        all.subject("house:ships", "Ships");
        all.place("iso3166-1a2:VN", "Nippon");
        all.place("province:IN", "Haiphong");
        all.dateline("HAIPHONG, Vietnam (KP) —");
        let all: Vec<(&str, &str)> = all
            .0
            .iter()
            .map(|c| (c.scheme.as_deref().unwrap_or(""), c.term.as_str()))
            .collect();
        let want = [
            ("medtop:04000000", "economy"),
            ("subj:15000000", ""),
            ("", "Ships"),
            ("place", "Vietnam"),
            ("place", "Haiphong"),
            ("dateline", "HAIPHONG"),
        ];
        assert_eq!(all, want);
    }
}
