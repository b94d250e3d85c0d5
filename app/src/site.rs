//! The site's own facts: its name, its owner, where it can be reached. They stand in `site.json`.

use leptos::prelude::use_context;
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

/// `site.json`, as it is.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Site {
    /// As readers see it.
    pub name: String,
    /// Its host name.
    pub host: String,
    /// Its public address, with the slash at the end.
    pub url: String,
    /// What it is, in its owner's words.
    pub description: String,
    /// The company that owns it.
    pub owner: String,
    /// Its entry in the register.
    pub registration: Registration,
    /// Where it sits.
    pub address: PostalAddress,
    /// The country it sits in.
    pub country: Country,
    /// The contacts page's title.
    pub contacts_heading: String,
    /// The contacts, line by line.
    pub contacts_lines: Vec<String>,
}

/// The owner's entry in the register.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Registration {
    /// What the number is.
    pub label: String,
    /// The number.
    pub number: String,
}

/// A postal address, in one line and in parts.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PostalAddress {
    /// The line.
    pub text: String,
    /// Street and number.
    pub street: String,
    /// The part of the city.
    pub district: String,
    /// As the post writes it.
    pub postal_code: String,
    /// The city.
    pub city: String,
}

/// Where the owner sits.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Country {
    /// In English.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub iso: String,
}

/// The public address the site is served at, `https://asian-news.example`; in the context of every render.
#[derive(Clone, Debug)]
pub struct Home(pub Arc<str>);

static SITE: LazyLock<Site> =
    LazyLock::new(|| serde_json::from_str(include_str!("site.json")).unwrap_or_default());

impl Site {
    /// The one site.
    #[must_use]
    pub fn get() -> &'static Self {
        &SITE
    }

    /// The public address of a path of this site: at the address it is served at, or else the one of `site.json`.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        let home = use_context::<Home>();
        let home = home.as_ref().map_or(&*self.url, |home| &*home.0);
        format!("{}{path}", home.trim_end_matches('/'))
    }

    /// What stands on the front page under the name: the description's first sentence is too long for it.
    #[must_use]
    pub const fn motto() -> &'static str {
        "News of all Asia, around the clock: politics, business, culture and technology, from every corner of the continent."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_are_read() {
        let site = Site::get();
        assert_eq!(site.contacts_lines.len(), 4);
        assert_eq!(
            site.absolute("/asia/japan"),
            "https://asian-news.net/asia/japan"
        );
    }
}
