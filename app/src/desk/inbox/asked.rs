//! What an address asks of the inbox, and the address that asks it.

use super::{READS, written};
use crate::{
    routes,
    section::list::{Cursor, cursor},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use news::{Id, Lang, Millis, Place, Section, Source};
use store::{Inbox, WireState};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    pub(super) place: Option<Place>,
    pub(super) section: Option<Section>,
    pub(super) lang: Option<Lang>,
    pub(super) source: Option<(Id, String)>,
    pub(super) state: WireState,
    pub(super) only_new: bool,
    pub(super) before: Option<Cursor>,
}

/// The names and values of the page's query that say something: a form's empty field doesn't.
pub(super) fn query() -> Vec<(&'static str, String)> {
    let query = use_query_map();
    let query = query.read_untracked();
    let said = |name| query.get(name).filter(|value| !value.is_empty());
    READS
        .into_iter()
        .filter_map(|name| Some((name, said(name)?)))
        .collect()
}

impl Asked {
    /// Reads it, or says in a sentence what can't be read.
    pub(super) fn read(query: &[(&str, String)], sources: &[Source]) -> Result<Self, String> {
        let mut asked = Self::default();
        for (name, value) in query {
            let unknown = |what: &str| {
                let value: String = value.chars().take(60).collect();
                format!("There is no {what} “{value}”. Please choose another.")
            };
            match *name {
                "place" => {
                    let place = Place::from_slug(value).ok_or_else(|| unknown("place"))?;
                    asked.place = Some(place);
                }
                "section" => {
                    let section = Section::from_slug(value).ok_or_else(|| unknown("section"))?;
                    asked.section = Some(section);
                }
                "lang" => {
                    let lang = Lang::parse(value).ok_or_else(|| unknown("language"))?;
                    asked.lang = Some(lang);
                }
                "source" => {
                    let source = sources.iter().find(|source| source.slug == *value);
                    let source = source.ok_or_else(|| unknown("source"))?;
                    asked.source = Some((source.id, source.slug.clone()));
                }
                "state" => {
                    let state = WireState::ALL.into_iter().find(|s| s.slug() == value);
                    asked.state = state.ok_or_else(|| unknown("state"))?;
                }
                "new" => asked.only_new = true,
                _ => {
                    let place = cursor(value).ok_or_else(|| unknown("part of the list"))?;
                    asked.before = Some(place);
                }
            }
        }
        Ok(asked)
    }

    /// The same for the store.
    pub(super) fn of(&self, since: Millis) -> Inbox {
        Inbox {
            since,
            section: self.section,
            place: self.place,
            lang: self.lang.clone(),
            source: self.source.as_ref().map(|(id, _)| *id),
            state: self.state,
        }
    }

    /// Its address, to be shared: every part of it is of letters, digits and hyphens.
    pub(super) fn address(&self) -> String {
        let state = Some(self.state).filter(|state| *state != WireState::All);
        let parts = [
            ("place", self.place.map(|place| place.slug().to_owned())),
            ("section", self.section.map(|s| s.slug().to_owned())),
            ("lang", self.lang.as_ref().map(Lang::to_string)),
            ("source", self.source.as_ref().map(|(_, slug)| slug.clone())),
            ("state", state.map(|state| state.slug().to_owned())),
            ("new", self.only_new.then(|| "1".to_owned())),
            ("before", self.before.map(written)),
        ];
        let said = parts
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        let query: Vec<String> = said.collect();
        if query.is_empty() {
            routes::WIRE.into()
        } else {
            format!("{}?{}", routes::WIRE, query.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back() {
        let query = [
            ("place", "japan"),
            ("section", "business"),
            ("lang", "zh-Hant"),
            ("state", "waiting"),
            ("new", "1"),
            ("before", "1795521840000-25"),
        ]
        .map(|(name, value)| (name, value.to_owned()));
        let asked = Asked::read(&query, &[]).unwrap();
        assert_eq!(
            asked.address(),
            "/desk/wire?place=japan&section=business&lang=zh-Hant&state=waiting&new=1&before=1795521840000-25"
        );
        assert_eq!(Asked::default().address(), "/desk/wire");
        for (name, _) in query.iter().filter(|(name, _)| *name != "new") {
            let why = Asked::read(&[(name, "no such!".into())], &[]).unwrap_err();
            assert!(why.contains("“no such!”"), "{name}: {why}");
        }
    }
}
