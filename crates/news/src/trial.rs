//! What other terms would do to an excerpt that was filed under the present ones: asked before they are saved.

use crate::excerpt::{Room, cut, length};
use crate::{Millis, Source, UsageTerms};

/// An excerpt as it stands, for a trial.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Filed {
    /// Its headline, to name it by.
    pub headline: String,
    /// Its words.
    pub paragraphs: Vec<String>,
    /// How many characters the agency gave us.
    pub given: usize,
    /// Whose page it leads to: a registrable domain.
    pub host: String,
    /// When the agency published it.
    pub published_at: Millis,
    /// When it was filed here.
    pub filed_at: Millis,
}

/// What the other terms would do to it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Effect {
    /// It would go: its days or the agreement would be over.
    pub withdrawn: bool,
    /// It would not be taken any more: it leads to a domain that would no longer be the source's own.
    pub refused: bool,
    /// It would have so many characters instead of so many.
    pub shorter: Option<(usize, usize)>,
    /// It would have waited so many minutes longer after it was filed.
    pub later_min: i64,
}

impl Effect {
    /// Whether anything would be otherwise.
    #[must_use]
    pub fn is_any(self) -> bool {
        self != Self::default()
    }
}

/// Tries the terms on one excerpt of the source.
#[must_use]
pub fn effect(source: &Source, other: &UsageTerms, filed: &Filed, now: Millis) -> Effect {
    let present = &source.terms;
    let is_over = |terms: &UsageTerms| {
        let days = terms.archive_days.map(|days| i64::from(days) * Millis::DAY);
        terms.contract_ends.is_some_and(|end| end <= now)
            || days.is_some_and(|days| now.since(filed.published_at) > days)
    };
    let waits = |terms: &UsageTerms| {
        let until = i64::from(terms.delay_min) * Millis::MINUTE;
        (until - filed.filed_at.since(filed.published_at)).max(0)
    };
    let room = Room::under(other, filed.given);
    let (long, fits) = (length(&filed.paragraphs), room.holds(&filed.paragraphs));
    Effect {
        withdrawn: is_over(other) && !is_over(present),
        refused: present.hosts.contains(&filed.host)
            && !other.hosts.contains(&filed.host)
            && !is_home(source, &filed.host),
        shorter: (!fits).then(|| (long, length(&cut(&filed.paragraphs, room)))),
        later_min: (waits(other) - waits(present)).max(0) / Millis::MINUTE,
    }
}

/// Whether the domain is the one of the source's own site.
fn is_home(source: &Source, host: &str) -> bool {
    let home = source.home_url.split_once("://").map(|(_, rest)| rest);
    let home = home.and_then(|rest| rest.split(['/', ':', '?', '#']).next());
    home.is_some_and(|home| home == host || home.ends_with(&format!(".{host}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Id, Lang};

    const NOW: Millis = Millis(1_795_651_200_000);

    fn source() -> Source {
        Source {
            id: Id(1),
            slug: "kuroshio".into(),
            name: "Kuroshio Press".into(),
            home_url: "https://www.kuroshio-press.example/en".into(),
            lang: Lang::english(),
            terms: UsageTerms {
                hosts: vec!["kuroshio.example".into()],
                ..UsageTerms::default()
            },
        }
    }

    fn filed() -> Filed {
        Filed {
            headline: "Ferries stop at noon".into(),
            paragraphs: vec!["The ferries stop at noon. They go on at four.".into()],
            given: 400,
            host: "kuroshio.example".into(),
            published_at: NOW.plus(-3 * Millis::DAY),
            filed_at: NOW.plus(-3 * Millis::DAY + 10 * Millis::MINUTE),
        }
    }

    fn of(change: impl FnOnce(&mut UsageTerms)) -> Effect {
        let source = source();
        let mut other = source.terms.clone();
        change(&mut other);
        effect(&source, &other, &filed(), NOW)
    }

    #[test]
    fn the_same_terms_do_nothing() {
        assert!(!of(|_| {}).is_any());
        assert!(!of(|terms| terms.max_chars = 2_000).is_any());
        assert!(!of(|terms| terms.attribution = Some("© Kuroshio".into())).is_any());
    }

    #[test]
    fn narrower_terms_cut_it_at_a_sentence() {
        assert_eq!(of(|terms| terms.max_chars = 30).shorter, Some((45, 25)));
        assert_eq!(
            of(|terms| terms.max_words = Some(5)).shorter,
            Some((45, 25))
        );
        // Ten per cent of four hundred are forty.
        assert_eq!(
            of(|terms| terms.max_share = Some(10)).shorter,
            Some((45, 25))
        );
        assert_eq!(of(|terms| terms.max_share = Some(20)).shorter, None);
    }

    #[test]
    fn what_is_over_goes() {
        assert!(of(|terms| terms.archive_days = Some(2)).withdrawn);
        assert!(!of(|terms| terms.archive_days = Some(4)).withdrawn);
        assert!(of(|terms| terms.contract_ends = Some(NOW)).withdrawn);
        assert!(!of(|terms| terms.contract_ends = Some(NOW.plus(1))).withdrawn);
    }

    #[test]
    fn a_domain_that_is_no_longer_its_own_is_refused() {
        assert!(of(|terms| terms.hosts.clear()).refused);
        let mut at_home = filed();
        at_home.host = "kuroshio-press.example".into();
        let mut source = source();
        source.terms.hosts.push(at_home.host.clone());
        assert!(!effect(&source, &UsageTerms::default(), &at_home, NOW).refused);
    }

    #[test]
    fn a_delay_counts_from_the_agencys_own_hour() {
        assert_eq!(of(|terms| terms.delay_min = 10).later_min, 0);
        assert_eq!(of(|terms| terms.delay_min = 60).later_min, 50);
    }
}
