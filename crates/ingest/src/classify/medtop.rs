//! The vocabulary our sections are kept in: the top terms of the IPTC's Media Topics, and the older subject codes, which
//! begin with the same two digits.

use news::Section::{
    self, Business, Climate, Culture, Politics, Science, Society, Sport, Technology, World,
};
use news::wire::WireCategory;

/// The top terms by their first two digits, as they are numbered.
const TERMS: [(u32, Section); 17] = [
    // Arts, culture, entertainment and media.
    (1, Culture),
    // Crime, law and justice.
    (2, Society),
    // Disasters, accidents and emergencies.
    (3, Society),
    // Economy, business and finance.
    (4, Business),
    // Education.
    (5, Society),
    // Environment.
    (6, Climate),
    // Health.
    (7, Science),
    // Human interest.
    (8, Society),
    // Labour.
    (9, Business),
    // Lifestyle and leisure.
    (10, Culture),
    // Politics and government.
    (11, Politics),
    // Religion.
    (12, Society),
    // Science and technology.
    (13, Science),
    // Society.
    (14, Society),
    // Sport.
    (15, Sport),
    // Conflict, war and peace.
    (16, World),
    // Weather.
    (17, Climate),
];

/// Technology and engineering among the older codes, by their first five digits.
const TECHNOLOGY: u32 = 13_010;

/// The section a category's code means, and the code. Narrower terms say nothing: their top term comes with them.
pub(super) fn coded(category: &WireCategory) -> Option<(Section, String)> {
    let number: u32 = code(category)?.parse().ok()?;
    let (top, section) = TERMS
        .into_iter()
        .find(|(top, _)| *top == number / 1_000_000)?;
    // Science and technology are one top term and two sections of ours.
    let section = if number / 1_000 == TECHNOLOGY {
        Technology
    } else {
        section
    };
    Some((section, name(top)))
}

/// The code a section is kept by; opinion is no topic but a form.
pub(super) fn of(section: Section) -> Option<String> {
    let top = match section {
        Culture => 1,
        Business => 4,
        Climate => 6,
        Politics => 11,
        Science | Technology => 13,
        Society => 14,
        Sport => 15,
        World => 16,
        Section::Opinion => return None,
    };
    Some(name(top))
}

fn name(top: u32) -> String {
    format!("medtop:{top:02}000000")
}

/// The eight digits of a category that says it is of this vocabulary.
pub(super) fn code(category: &WireCategory) -> Option<&str> {
    let ours = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["medtop", "mediatopic", "subj", "iptc"]
            .iter()
            .any(|known| text.contains(known))
    };
    let (term, scheme) = (category.term.trim(), category.scheme.as_deref());
    let said = ours(term) || scheme.is_some_and(ours);
    // Agencies' formats give the code beside its name, feeds in the name's place.
    let mut digits = [Some(term), scheme]
        .into_iter()
        .flatten()
        .filter_map(|text| text.rsplit([':', '/']).next());
    let is_code = |digits: &&str| digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.find(is_code).filter(|_| said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_mean_sections() {
        let check = |scheme: Option<&str>, term: &str, want: Option<(Section, &str)>| {
            let category = WireCategory {
                scheme: scheme.map(Into::into),
                term: term.into(),
            };
            let found = coded(&category);
            assert_eq!(
                found.as_ref().map(|(s, code)| (*s, code.as_str())),
                want,
                "{term}"
            );
        };
        let business = Some((Business, "medtop:04000000"));
        check(None, "medtop:04000000", business);
        check(
            None,
            "http://cv.iptc.org/newscodes/mediatopic/04000000",
            business,
        );
        check(
            Some("urn:newsml:iptc.org:20031015:SubjectCode"),
            "04008000",
            business,
        );
        check(Some("medtop"), "15000000", Some((Sport, "medtop:15000000")));
        // A narrower term, a date, a number of something else.
        check(None, "medtop:20000822", None);
        check(None, "15000000", None);
        check(Some("medtop"), "sport", None);
    }

    #[test]
    fn sections_are_kept_by_codes_that_mean_them() {
        for section in Section::ALL {
            let Some(term) = of(section) else {
                assert_eq!(section, Section::Opinion);
                continue;
            };
            let found = coded(&WireCategory { scheme: None, term }).unwrap().0;
            // Technology has no term at the top.
            let want = if section == Technology {
                Science
            } else {
                section
            };
            assert_eq!(found, want);
        }
    }
}
