//! `Link` headers: who else is named beside an answer.

use reqwest::header::{self, HeaderMap};
use url::Url;

/// What an answer's head says of its feed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Links {
    /// Who tells of its changes.
    pub hub: Option<String>,
    /// What it calls its own address.
    pub itself: Option<String>,
}

/// More of it is nobody's header.
const MOST: usize = 32;

pub(super) fn links(headers: &HeaderMap, base: &Url) -> Links {
    let mut found = Links::default();
    let values = headers.get_all(header::LINK).iter();
    let values = values.filter_map(|value| value.to_str().ok());
    for (target, parameters) in values.flat_map(targets).take(MOST) {
        for rel in relations(parameters) {
            let place = match rel.to_ascii_lowercase().as_str() {
                "hub" => &mut found.hub,
                "self" => &mut found.itself,
                _ => continue,
            };
            if place.is_none() {
                *place = crate::feed::absolute(target, Some(base));
            }
        }
    }
    found
}

/// `<target>; parameters, <target>; …`: each target with what follows it up to the next one.
fn targets(value: &str) -> impl Iterator<Item = (&str, &str)> {
    value
        .split('<')
        .skip(1)
        .filter_map(|one| one.split_once('>'))
}

fn relations(parameters: &str) -> impl Iterator<Item = &str> {
    let all = parameters.split([';', ',']);
    let rels = all.filter_map(|one| {
        let (name, value) = one.trim().split_once('=')?;
        let is_rel = name.trim().eq_ignore_ascii_case("rel");
        is_rel.then(|| value.trim().trim_matches('"'))
    });
    rels.flat_map(str::split_ascii_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[&'static str], hub: Option<&str>, itself: Option<&str>) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::LINK, value.parse().unwrap());
        }
        let base = Url::parse("https://a.example/feed").unwrap();
        let found = links(&headers, &base);
        assert_eq!(
            (found.hub.as_deref(), found.itself.as_deref()),
            (hub, itself),
            "{values:?}"
        );
    }

    #[test]
    fn hubs_are_found_among_others() {
        let (hub, own) = ("https://hub.example/", "https://a.example/rss");
        check(&["<https://hub.example/>; rel=\"hub\""], Some(hub), None);
        check(
            &["<https://hub.example/>;rel=hub, </rss>; title=\"x\"; rel=\"alternate self\""],
            Some(hub),
            Some(own),
        );
        check(
            &["</style>; rel=preload", "<https://hub.example/>; REL=Hub"],
            Some(hub),
            None,
        );
        check(
            &["<javascript:x>; rel=hub", "nonsense", "<; rel=hub"],
            None,
            None,
        );
    }
}
