//! Addresses of items: the one spelling that makes two of them the same, and the host readers see.

use url::Url;

/// Parameters that say where a reader came from, not what is read.
const TRACKING: [&str; 9] = [
    "fbclid", "gclid", "ref", "cmp", "cmpid", "mc_cid", "mc_eid", "igshid", "xtor",
];
const TRACKING_STARTS: [&str; 3] = ["utm_", "at_", "ns_"];

/// Without tracking, its parameters in order. A fragment stays: it is what tells the items of a live page apart.
pub(crate) fn canonical(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return address.to_owned();
    };
    let fragment = url.fragment().and_then(|fragment| fragment.split_once('='));
    if fragment.is_some_and(|(name, _)| is_tracking(name)) {
        url.set_fragment(None);
    }
    let mut pairs: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracking(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    pairs.sort();
    url.set_query(None);
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    url.to_string()
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_STARTS.iter().any(|s| name.starts_with(s))
}

/// The registrable domain of an address, as readers see it: `apnews.com`. In Unicode only where all
/// its letters are of one script and not all of them look Latin, so that it can't pass for another.
#[must_use]
pub fn registrable(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(is_public)?;
    let host = url.domain()?.trim_end_matches('.').to_ascii_lowercase();
    let domain = psl::domain_str(&host)?.to_owned();
    let (unicode, well) = idna::domain_to_unicode(&domain);
    if well.is_ok() && one_script(&unicode) && !passes_for_latin(&unicode) {
        Some(unicode)
    } else {
        Some(domain)
    }
}

/// A newspaper's page stands at the web's own port and asks for no name.
fn is_public(url: &Url) -> bool {
    url.port().is_none() && url.username().is_empty() && url.password().is_none()
}

/// Whether the name of another script could be read as a Latin one: `аррӏе.com`, written in Cyrillic alone. Under a
/// top-level domain of its own script it is no riddle.
fn passes_for_latin(domain: &str) -> bool {
    // Of Unicode's confusables (UTS 39), the small letters of Cyrillic and Greek that look like Latin ones.
    const ALIKE: &str = "асԁеһіјӏорԛѕԝхуъьҽпгѵѡαγηικνορτυχω";
    let (name, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    !name.is_ascii() && top.is_ascii() && letters.all(|c| ALIKE.contains(c))
}

fn one_script(domain: &str) -> bool {
    let name = domain.rsplit_once('.').map_or(domain, |(name, _)| name);
    let mut scripts = name.chars().filter(|c| c.is_alphabetic()).map(|c| match c {
        'a'..='z' | '\u{df}'..='\u{24f}' => 1,
        '\u{370}'..='\u{3ff}' => 2,
        '\u{400}'..='\u{52f}' => 3,
        // Japanese writes Han and kana together.
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '々' => 4,
        '\u{ac00}'..='\u{d7a3}' => 5,
        other => u32::from(other) / 128 + 100,
    });
    let first = scripts.next();
    first.is_none_or(|first| scripts.all(|script| script == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_an_address() {
        let check = |address: &str, want: &str| assert_eq!(canonical(address), want);
        check(
            "https://A.example:443/x?utm_source=rss&b=2&a=1#top",
            "https://a.example/x?a=1&b=2#top",
        );
        check("https://a.example/live#p1", "https://a.example/live#p1");
        check("https://a.example/x#xtor=RSS-1", "https://a.example/x");
        check("https://a.example/x?fbclid=1", "https://a.example/x");
        check("not an address", "not an address");
    }

    #[test]
    fn hosts_as_readers_see_them() {
        let check = |address: &str, want: Option<&str>| {
            assert_eq!(registrable(address).as_deref(), want, "{address}");
        };
        check("https://apnews.com/article/x", Some("apnews.com"));
        check("https://www.news.example.co.jp/x", Some("example.co.jp"));
        check("https://english.kyodonews.net/", Some("kyodonews.net"));
        check(
            "https://kuroshio-press.example/x",
            Some("kuroshio-press.example"),
        );
        check("https://新闻.example/", Some("新闻.example"));
        // A Cyrillic "а" among Latin letters.
        check(
            "https://xn--pnews-6nf.example/",
            Some("xn--pnews-6nf.example"),
        );
        check("https://xn--80ak6aa92e.com/", Some("xn--80ak6aa92e.com"));
        check("https://аррӏе.com/", Some("xn--80ak6aa92e.com"));
        check("https://новости.com/", Some("новости.com"));
        check("https://сор.рф/", Some("сор.рф"));
        check("https://日本経済.example/", Some("日本経済.example"));
        check("http://127.0.0.1/", None);
        check("https://apnews.com:443/x", Some("apnews.com"));
        check("http://apnews.com:22/", None);
        check("https://apnews.com@example.org/x", None);
        check("mailto:a@b.example", None);
    }
}
