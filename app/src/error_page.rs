//! Pages for what isn't there: 404 with a way on, 410 with date and reason, and our own failures.

use crate::{head::Head, page_notes::PageNotes, routes, section::NotACursor, viewer::Viewer, when};
use leptos::prelude::*;
use news::{Place, Refusal, Region, Section, StoryAddress, story::Gone};
use store::Store;

/// Why a page could not be made.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Nothing stands at this address.
    NotFound,
    /// A place in a list that can't be read.
    BadCursor,
    /// The store said no.
    Store(store::Error),
    /// The server gave this render no store.
    NoStore,
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<NotACursor> for Trouble {
    fn from(_: NotACursor) -> Self {
        Self::BadCursor
    }
}

/// A page that awaits what it shows; where that fails, the page that says so.
pub(crate) fn catching(
    page: impl Future<Output = Result<AnyView, Trouble>> + Send + 'static,
) -> AnyView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let (store, path) = (use_context::<Store>(), routes::here());
    let is_staff = Viewer::current().0.is_some();
    Suspend::new(async move {
        let trouble = match page.await {
            Ok(view) => return view,
            Err(Trouble::NotFound | Trouble::Store(store::Error::Refused(Refusal::NotFound))) => {
                match moved(store.as_ref(), &path).await {
                    Ok(Some(to)) => {
                        notes.redirect(to);
                        return ().into_any();
                    }
                    Ok(None) => return missing(&notes, &path, is_staff),
                    // Nobody knows whether something stands here.
                    Err(trouble) => trouble,
                }
            }
            Err(trouble) => trouble,
        };
        if matches!(trouble, Trouble::BadCursor) {
            let why = "This part of the list can't be found. Please begin at its top.";
            return refused(&notes, 400, why);
        }
        tracing::error!(%path, ?trouble, "a page can't be drawn");
        let why = "The newsroom can't be read at the moment. Please try again in a minute.";
        refused(&notes, 503, why)
    })
    .into_any()
}

/// For every address that no page has.
pub(crate) fn nothing_here() -> impl IntoView {
    catching(async { Err(Trouble::NotFound) })
}

/// A published address answers for ever: where it stands now.
async fn moved(store: Option<&Store>, path: &str) -> Result<Option<String>, Trouble> {
    if path == "/impressum" {
        return Ok(Some(routes::CONTACTS.into()));
    }
    let small = path.to_ascii_lowercase();
    if small != path
        && (routes::is_list(&small) || [routes::CONTACTS, routes::SIGN_IN].contains(&&*small))
    {
        return Ok(Some(small));
    }
    let store = store.ok_or(Trouble::NoStore)?;
    Ok(store.redirect(path).await?)
}

fn missing(notes: &PageNotes, path: &str, is_staff: bool) -> AnyView {
    notes.status(404);
    let door = if is_staff { None } else { door(path) };
    let words = words_of(path);
    let near = near(&words);
    let head = Head {
        path: None,
        index: false,
        ..Head::new(
            "Nothing stands at this address",
            "This page does not exist.",
            "",
        )
    };
    view! {
        {head.tags()}
        <div class="page__plain" lang="en" dir="ltr">
            <h1 class="page__title" tabindex="-1">"Nothing stands at this address"</h1>
            <p class="page__why">"A published address never dies here, so this one was probably mistyped."</p>
            {(!words.is_empty()).then(|| view! { <p>"You may have looked for " <b>{words.join(" ")}</b> "."</p> })}
            {door}
            {(!near.is_empty()).then(|| view! {
                <h2 class="page__sub">"Close to it"</h2>
                <ul>{near.into_iter().map(|(href, name)| view! { <li><a class="page__link" href=href>{name}</a></li> }).collect_view()}</ul>
            })}
            <h2 class="page__sub">"Sections"</h2>
            <ul class="page__row">
                {Section::ALL.map(|s| view! { <li><a class="page__link" href=routes::section(s)>{s.title()}</a></li> }).collect_view()}
            </ul>
            <p class="page__number" aria-hidden="true">"404"</p>
        </div>
    }
    .into_any()
}

/// For who works here and was signed out: whether a draft stands at the address, readers aren't told.
fn door(path: &str) -> Option<impl IntoView + use<>> {
    let next = match path.strip_prefix("/story/") {
        Some(last) => format!("/story/{}", StoryAddress::parse(last)?.id),
        None => {
            let rooms = [routes::WIRE, routes::SOURCES, routes::RULES];
            rooms.into_iter().find(|room| *room == path)?.to_owned()
        }
    };
    let href = format!("{}?next={next}", routes::SIGN_IN);
    Some(view! {
        <p>"What isn't published yet is shown to the newsroom alone. Do you work here? " <a class="page__link" rel="nofollow" href=href>"Sign in"</a></p>
    })
}

/// The words of a path, without ids and signs; at most eight.
fn words_of(path: &str) -> Vec<String> {
    path.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1 && !word.chars().any(|c| c.is_ascii_digit()))
        .filter(|word| !["story", "asia"].contains(word))
        .take(8)
        .map(|word| word.chars().take(40).collect())
        .collect()
}

/// Sections, regions and places that one of the words names, even in a few letters.
fn near(words: &[String]) -> Vec<(String, &'static str)> {
    let fits = |slug: &str| {
        words.iter().any(|word| {
            let word = word.to_lowercase();
            slug.split('-').any(|part| {
                part == word
                    || (word.chars().count() > 3
                        && (part.starts_with(&word) || word.starts_with(part)))
            })
        })
    };
    let sections = Section::ALL
        .into_iter()
        .filter(|s| fits(s.slug()))
        .map(|s| (routes::section(s), s.title()));
    let places = Place::ALL
        .into_iter()
        .filter(|p| fits(p.slug()))
        .map(|p| (routes::place(p), p.name()));
    let regions = Region::ALL
        .into_iter()
        .filter(|r| fits(r.slug()))
        .map(|r| (routes::region(r), r.name()));
    sections.chain(places).chain(regions).take(6).collect()
}

fn refused(notes: &PageNotes, status: u16, sentence: &'static str) -> AnyView {
    notes.status(status);
    let head = Head {
        path: None,
        index: false,
        ..Head::new("Not now", sentence, "")
    };
    view! {
        {head.tags()}
        <div class="page__plain" lang="en" dir="ltr">
            <h1 class="page__title" tabindex="-1">"Something went wrong"</h1>
            <p class="page__why">{sentence}</p>
            <p><a class="page__link" href=routes::FRONT>"Back to the front page"</a></p>
            <p class="page__number" aria-hidden="true">{status}</p>
        </div>
    }
    .into_any()
}

/// A withdrawn story: when and why. The address answers so for ever.
pub(crate) fn gone(notes: &PageNotes, gone: &Gone, seq: u64) -> AnyView {
    notes.status(410);
    let head = Head {
        path: None,
        index: false,
        seq,
        ..Head::new("Withdrawn", "This story was withdrawn.", "")
    };
    view! {
        {head.tags()}
        <div class="page__plain" lang="en" dir="ltr">
            <h1 class="page__title" tabindex="-1">"This story was withdrawn"</h1>
            <p class="page__why">{gone.why.clone()}</p>
            <p>"Withdrawn on " {when::time(gone.at, when::Show::Full)} ". Its address goes on saying so."</p>
            <p><a class="page__link" href=routes::FRONT>"To the front page"</a></p>
            <p class="page__number" aria-hidden="true">"410"</p>
        </div>
    }
    .into_any()
}

/// An event of which no telling stands any more.
pub(crate) fn nothing_left(notes: &PageNotes) -> AnyView {
    notes.status(410);
    let head = Head {
        path: None,
        index: false,
        ..Head::new(
            "Withdrawn",
            "Everything told of this event was withdrawn.",
            "",
        )
    };
    view! {
        {head.tags()}
        <div class="page__plain" lang="en" dir="ltr">
            <h1 class="page__title" tabindex="-1">"Nothing of this event stands any more"</h1>
            <p class="page__why">"All that was told of it was withdrawn."</p>
            <p><a class="page__link" href=routes::FRONT>"To the front page"</a></p>
            <p class="page__number" aria-hidden="true">"410"</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_address_lead_somewhere() {
        let words = words_of("/story/japanese-business-in-vietnm-5k2f9");
        assert_eq!(words, ["japanese", "business", "in", "vietnm"]);
        let near: Vec<_> = near(&words).into_iter().map(|(_, name)| name).collect();
        assert_eq!(near, ["Business", "Japan"]);
        assert!(words_of("/%00/..//5k2f9").is_empty());
    }
}
