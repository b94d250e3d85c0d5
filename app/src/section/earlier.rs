//! The reading function behind "Earlier stories": everybody may ask it, by GET, and its answers are pressed.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of the function's arguments"
)]

use super::{
    list::{self, List, Part},
    river,
};
use crate::{
    error_page::Trouble,
    page_notes::PageNotes,
    refused::{self, Refused, said},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use news::{Refusal, Shows};
use serde::{Deserialize, Serialize};
use store::Store;

/// The rows that come next in a list.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Rows {
    /// They as HTML, drawn by what draws them on pages.
    pub html: String,
    /// The place of the last of them.
    pub until: String,
    /// Whether there are still earlier ones.
    pub more: bool,
}

/// The stories of a list (its path) that come after a place in it.
///
/// # Errors
/// Where there is no such list or place, or the store can't be read.
#[server(prefix = "/api", endpoint = "earlier", input = GetUrl)]
pub async fn earlier(list: String, before: String) -> Result<Rows, Refused> {
    let list = List::at(&list).ok_or_else(|| said(Refusal::NotFound))?;
    let place = list::cursor(&before).ok_or_else(|| {
        let why = "This part of the list can't be found. Please begin at its top.";
        said(Refusal::Invalid(why.into()))
    })?;
    let store: Store = use_context().ok_or_else(|| said(Refusal::Unavailable))?;
    if let Some(notes) = use_context::<PageNotes>() {
        notes.shows([list.shows, Shows::Site]);
    }
    let read = list.read(&store, Part::After(place)).await;
    let page = read.map_err(|trouble| match trouble {
        Trouble::Store(error) => refused::by(error),
        _ => said(Refusal::Unavailable),
    })?;
    let above = list.by.of(place.0);
    let html = Owner::new().with(|| river::rows(&page.teasers, list.by, above).to_html());
    Ok(Rows {
        html,
        until: page.last.map_or(before, list::written),
        more: page.more,
    })
}
