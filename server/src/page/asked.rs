//! Addresses as pages know them. Each has one spelling: a page would otherwise lie on the shelf many times.

use axum::http::Uri;
use url::form_urlencoded::{byte_serialize, parse};

/// What a query may say to a list, of which the first that stands there is read; everything else is dropped.
const KNOWN_TO_LISTS: [&str; 2] = ["before", "until"];
/// What it may say to the page for signing in, which is never kept.
const KNOWN_AT_THE_DOOR: &str = "next";
const LONGEST_VALUE: usize = 512;
/// Of a form of the desk: long ones are tried by their address.
const LONGEST_QUERY: usize = 32 << 10;

/// An address as pages know it: the path, and of the query what pages read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asked {
    path: String,
    query: String,
}

impl Asked {
    /// Reads it from a request's.
    #[must_use]
    pub fn of(uri: &Uri) -> Self {
        let path = spelled(uri.path());
        let query = uri.query().unwrap_or_default();
        let query = if is_at_the_door(&path) {
            only(query, &[KNOWN_AT_THE_DOOR])
        } else if path == app::routes::WIRE {
            only(query, &app::desk::inbox::READS)
        } else if app::routes::is_list(&path) {
            let mut known = KNOWN_TO_LISTS.into_iter();
            let place = known.find_map(|name| Some((name, value(query, name)?)));
            // A place in a list is written in letters, digits and a hyphen; the page refuses an empty one.
            place.map_or_else(String::new, |(name, value)| {
                let is_plain = value
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-');
                format!("?{name}={}", if is_plain { &*value } else { "" })
            })
        } else {
            String::new()
        };
        Self { path, query }
    }

    /// As a member of the staff asks: pages of the desk read all of a query, and none of them is kept.
    #[must_use]
    pub fn of_staff(uri: &Uri) -> Self {
        let asked = Self::of(uri);
        let whole = uri.query().filter(|query| query.len() <= LONGEST_QUERY);
        match whole {
            Some(query) if asked.path.starts_with("/desk/") => Self {
                query: format!("?{query}"),
                ..asked
            },
            _ => asked,
        }
    }

    /// What the page stands under on the shelf.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}{}", self.path, self.query)
    }

    /// Who isn't staff is told nothing by the desk's pages, whatever the query.
    pub(super) fn for_readers(mut self) -> Self {
        if self.path.starts_with("/desk/") {
            self.query.clear();
        }
        self
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn is_at_the_door(&self) -> bool {
        is_at_the_door(&self.path)
    }
}

fn is_at_the_door(path: &str) -> bool {
    path == "/sign-in" || path.starts_with("/sign-in/")
}

/// Of a query only what these names say, in their order and in one spelling.
#[must_use]
pub fn only(query: &str, names: &[&str]) -> String {
    let mut out = String::new();
    for name in names {
        if let Some(value) = value(query, name) {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(&format!("{name}="));
            out.extend(byte_serialize(value.as_bytes()));
        }
    }
    out
}

fn value(query: &str, name: &str) -> Option<String> {
    let (_, value) = parse(query.as_bytes()).find(|(known, _)| known == name)?;
    (value.len() <= LONGEST_VALUE).then(|| value.into_owned())
}

/// The one spelling of a path (RFC 3986, 6.2.2): no empty parts, no dots, and escaped is what must be.
fn spelled(path: &str) -> String {
    let mut parts: Vec<String> = vec![];
    for part in path.split('/').map(part_spelled) {
        match &*part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            _ => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

fn part_spelled(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let mut byte = *first;
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (byte, after)
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            byte = high << 4 | low;
            rest = after;
        }
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn digit(hex: u8) -> Option<u8> {
    char::from(hex).to_digit(16)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_holds_what_pages_read_and_nothing_else() {
        for (uri, want) in [
            ("/", "/"),
            ("/?utm_source=x", "/"),
            ("/?before=17-5k", "/"),
            ("/story/5k?before=17-5k", "/story/5k"),
            ("/politics?until=1-5&x", "/politics?until=1-5"),
            ("/politics?before=a&before=b", "/politics?before=a"),
            ("/politics?beforehand=1", "/politics"),
            ("/desk/rules?test=1&words=%E6%B8%AF", "/desk/rules"),
            ("/sign-in?next=/x&before=1", "/sign-in?next=%2Fx"),
            (
                "/desk/wire?new=1&x&place=japan",
                "/desk/wire?place=japan&new=1",
            ),
            ("/story/%E5%8F%B0-5k?x", "/story/%E5%8F%B0-5k"),
            // The page reads the first of the two.
            ("/politics?until=1-5&before=17-5k", "/politics?before=17-5k"),
        ] {
            assert_eq!(Asked::of(&uri.parse().unwrap()).key(), want, "{uri}");
        }
        let desk = Asked::of_staff(&"/desk/rules?test=1".parse().unwrap());
        assert_eq!(desk.for_readers().key(), "/desk/rules");
    }

    #[test]
    fn the_desks_forms_are_for_staff() {
        let uri = "/desk/sources/ap?preview=1&terms%5Bmax_chars%5D=9"
            .parse()
            .unwrap();
        assert_eq!(Asked::of(&uri).key(), "/desk/sources/ap");
        let staff = Asked::of_staff(&uri).key();
        assert_eq!(staff, "/desk/sources/ap?preview=1&terms%5Bmax_chars%5D=9");
        let list = "/?before=1-5&x=1".parse().unwrap();
        assert_eq!(Asked::of_staff(&list), Asked::of(&list));
    }

    #[test]
    fn an_address_has_one_spelling() {
        for (uri, want) in [
            ("/%62usiness?%62efore=17%2D5k", "/business?before=17-5k"),
            ("/%2562usiness", "/%2562usiness"),
            ("/%%36%32usiness", "/%2562usiness"),
            ("/business?before=17-%2535", "/business?before="),
            ("/x/../business/./japan", "/business/japan"),
            ("/%2e%2E/business", "/business"),
            ("/asia//japan", "/asia/japan"),
            ("/asia\\japan", "/asia%5Cjapan"),
            ("/asia%2fjapan", "/asia%2Fjapan"),
            ("/story/%e5%8f%b0-5k", "/story/%E5%8F%B0-5k"),
            ("/story/a,b-5k%", "/story/a%2Cb-5k%25"),
        ] {
            let key = Asked::of(&uri.parse().unwrap()).key();
            assert_eq!(key, want, "{uri}");
            assert_eq!(Asked::of(&key.parse().unwrap()).key(), want, "{uri}");
        }
    }

    #[test]
    fn a_function_is_asked_what_it_reads() {
        let names = ["list", "before"];
        for query in [
            "list=%2Fbusiness&before=17-5k",
            "before=17-5k&x=1&list=/business&list=/world",
        ] {
            assert_eq!(only(query, &names), "?list=%2Fbusiness&before=17-5k");
        }
        let long = format!("list={}&before=1", "x".repeat(LONGEST_VALUE + 1));
        assert_eq!(only(&long, &names), "?before=1");
    }
}
