//! What a page says about itself while it is rendered. The server turns it into status, headers and eviction.

use news::Shows;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Given to a render as a context; read by whoever asked for the render once the bytes are there.
#[derive(Clone, Debug, Default)]
pub struct PageNotes(Arc<Mutex<Noted>>);

/// The notes of a finished render.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Noted {
    /// What the page shows: when one of these changes, it is thrown away.
    pub shows: Vec<Shows>,
    /// Its status, where it isn't 200.
    pub status: Option<u16>,
    /// How long it may be kept at most, where it depends on the clock.
    pub live_for: Option<Duration>,
    /// The page stands elsewhere, for ever: a path of this site.
    pub redirect: Option<String>,
    /// Search engines should leave it out.
    pub no_index: bool,
    /// The nonce leptos put on its own scripts in this render.
    pub nonce: Option<String>,
}

impl PageNotes {
    /// The page depends on these.
    pub fn shows(&self, things: impl IntoIterator<Item = Shows>) {
        self.write(|noted| {
            for thing in things {
                if !noted.shows.contains(&thing) {
                    noted.shows.push(thing);
                }
            }
        });
    }

    /// The page isn't an ordinary 200.
    pub fn status(&self, status: u16) {
        self.write(|noted| noted.status = Some(status));
    }

    /// After this long the page would look different although nothing happened. The shortest wish counts.
    pub fn live_for(&self, at_most: Duration) {
        self.write(|noted| {
            noted.live_for = Some(noted.live_for.map_or(at_most, |other| other.min(at_most)));
        });
    }

    /// The page stands elsewhere, for ever.
    pub fn redirect(&self, path: String) {
        self.write(|noted| noted.redirect = Some(path));
    }

    /// Search engines should leave the page out.
    pub fn no_index(&self) {
        self.write(|noted| noted.no_index = true);
    }

    pub(crate) fn nonce(&self, nonce: String) {
        self.write(|noted| noted.nonce = Some(nonce));
    }

    /// Everything noted so far.
    #[must_use]
    pub fn noted(&self) -> Noted {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn write(&self, note: impl FnOnce(&mut Noted)) {
        note(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
