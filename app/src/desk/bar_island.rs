//! The slim bar above every page for staff: what this is, how it stands, what may be done with it.
//! `E` edits, Ctrl or Cmd with Enter publishes, Esc leaves.
#![expect(
    unreachable_pub,
    reason = "#[island] writes a public item of its own beside the function"
)]

use super::facts::DeskFacts;
use leptos::prelude::*;
use news::story::{LONGEST_NOTE, LONGEST_REASON};
use news::{Genre, Kind, Lang, Place, PubStatus, Section};

/// What the bar and its drawer share.
#[derive(Clone, Copy)]
struct Bar {
    /// The story under the bar; nothing on a front.
    facts: RwSignal<Option<DeskFacts>>,
    /// Whether the words are being edited.
    editing: RwSignal<bool>,
    /// "Saved 12:04:31".
    state: RwSignal<String>,
    /// Why something wasn't done.
    refusal: RwSignal<String>,
    /// Whether the drawer is open.
    drawer: RwSignal<bool>,
}

impl Bar {
    fn new() -> Self {
        Self {
            facts: RwSignal::new(None),
            editing: RwSignal::new(false),
            state: RwSignal::new(String::new()),
            refusal: RwSignal::new(String::new()),
            drawer: RwSignal::new(false),
        }
    }

    /// One fact of the story under the bar.
    fn of<T>(self, fact: impl Fn(&DeskFacts) -> T) -> Option<T> {
        self.facts.with(|facts| facts.as_ref().map(fact))
    }

    fn is(self, fact: impl Fn(&DeskFacts) -> bool) -> bool {
        self.of(fact).unwrap_or(false)
    }
}

/// The bar. It stays while pages change under it and reads each page's facts from `data-desk`.
#[island]
pub fn BarIsland() -> impl IntoView {
    let bar = Bar::new();
    #[cfg(feature = "hydrate")]
    browser::start(bar);
    let ours = move || bar.is(|f| f.kind == Kind::Story && f.may.edit);
    view! {
        <div class="desk__bar" role="region" aria-label="Desk" lang="en" dir="ltr">
            <span class="desk__what">{move || bar.of(what).unwrap_or_default()}</span>
            <span class="desk__state" role="status" hidden=move || bar.state.with(String::is_empty)>{bar.state}</span>
            <span class="desk__refusal" role="alert" hidden=move || bar.refusal.with(String::is_empty)>{bar.refusal}</span>
            <span class="desk__gap"></span>
            <button class="desk__new" type="button" on:click=move |_| act(bar, Wish::Begin)>"New story"</button>
            <button class="desk__facts" type="button" hidden=move || !bar.is(|f| f.may.edit)
                aria-expanded=move || bar.drawer.get().to_string()
                on:click=move |_| bar.drawer.update(|open| *open = !*open)>"Facts"</button>
            <button class="desk__edit" type="button" hidden=move || !ours() || bar.editing.get()
                on:pointerenter=move |_| act(bar, Wish::Expect)
                on:focus=move |_| act(bar, Wish::Expect)
                on:click=move |_| act(bar, Wish::Edit)>"Edit "<kbd>"E"</kbd></button>
            <button class="desk__leave" type="button" hidden=move || !bar.editing.get()
                on:click=move |_| act(bar, Wish::Leave)>"Leave "<kbd>"Esc"</kbd></button>
            <button class="desk__publish" type="button" hidden=move || !bar.is(|f| f.kind == Kind::Story && f.may.publish)
                on:click=move |_| act(bar, Wish::Publish)>"Publish "<kbd>"Ctrl ↵"</kbd></button>
        </div>
        <aside class="desk__drawer" aria-label="Story facts" lang="en" dir="ltr" hidden=move || !bar.drawer.get()>{drawer(bar)}</aside>
    }
}

/// What this is, in a few words.
fn what(facts: &DeskFacts) -> String {
    match (facts.kind, facts.pub_status, facts.published_version) {
        (Kind::Excerpt, ..) => "An agency's excerpt".into(),
        (_, PubStatus::Canceled, _) => "Withdrawn".into(),
        (_, PubStatus::Usable, Some(version)) if version == facts.version => {
            format!("Published, version {version}")
        }
        (_, PubStatus::Usable, _) => {
            format!("Version {}, draft of a published story", facts.version)
        }
        _ => format!("Draft, version {}", facts.version),
    }
}

/// The facts around the words, and the way to withdraw.
fn drawer(bar: Bar) -> impl IntoView {
    let ours = move || bar.is(|f| f.kind == Kind::Story);
    let change = move |to: fn(&mut DeskFacts, String), value: String| {
        bar.facts.update(|facts| {
            if let Some(facts) = facts {
                to(facts, value);
            }
        });
    };
    let why = RwSignal::new(String::new());
    view! {
        <h2>"Story facts"</h2>
        <label class="field">"Section"
            <select class="field__input" name="section"
                prop:value=move || bar.of(|f| f.section.slug()).unwrap_or("politics")
                on:change=move |ev| change(set_section, event_target_value(&ev))>
                {Section::ALL.map(|s| view! { <option value=s.slug()>{s.title()}</option> }).collect_view()}
            </select>
        </label>
        <label class="field" hidden=move || !ours()>"Language"
            <input class="field__input" name="lang" prop:value=move || bar.of(|f| f.lang.to_string()).unwrap_or_default()
                on:change=move |ev| change(set_lang, event_target_value(&ev))/>
            <span class="field__hint">"A tag: en, ja, ko, zh-Hans, zh-Hant, ar, hi, th, id"</span>
        </label>
        <label class="field" hidden=move || !ours()>"Genre"
            <select class="field__input" name="genre"
                prop:value=move || bar.of(|f| f.genre.slug()).unwrap_or("news")
                on:change=move |ev| change(set_genre, event_target_value(&ev))>
                {Genre::ALL.map(|g| view! { <option value=g.slug()>{g.label()}</option> }).collect_view()}
            </select>
        </label>
        <label class="field" hidden=move || !ours()>"Slug"
            <input class="field__input" name="slug" prop:value=move || bar.of(|f| f.slug.clone()).flatten().unwrap_or_default()
                on:change=move |ev| change(set_slug, event_target_value(&ev))/>
            <span class="field__hint">"Empty: from the headline. An old address leads to the new one for ever."</span>
        </label>
        <label class="field" hidden=ours>"Note beside the agency's headline"
            <input class="field__input" name="note" maxlength=LONGEST_NOTE.to_string() prop:value=move || bar.of(|f| f.note.clone()).flatten().unwrap_or_default()
                on:change=move |ev| change(set_note, event_target_value(&ev))/>
        </label>
        <fieldset class="desk__places">
            <legend>"Places"</legend>
            {Place::ALL.map(|place| view! {
                <label class="desk__place">
                    <input type="checkbox" name="place" value=place.code()
                        prop:checked=move || bar.is(|f| f.places.contains(&place))
                        on:change=move |_| change(toggle_place, place.code().to_owned())/>
                    {place.name()}
                </label>
            }).collect_view()}
        </fieldset>
        <button class="action action--solid" type="button" on:click=move |_| act(bar, Wish::Keep)>"Keep the facts"</button>
        <div class="desk__withdraw" hidden=move || !bar.is(|f| f.may.withdraw)>
            <label class="field">"Withdraw: the reason, for readers"
                <input class="field__input" name="why" maxlength=LONGEST_REASON.to_string() prop:value=why on:input=move |ev| why.set(event_target_value(&ev))/>
            </label>
            <button class="action action--line" type="button"
                on:click=move |_| act(bar, Wish::Withdraw(why.get_untracked()))>"Withdraw for ever"</button>
        </div>
    }
}

fn set_section(facts: &mut DeskFacts, slug: String) {
    facts.section = Section::from_slug(&slug).unwrap_or(facts.section);
}

fn set_lang(facts: &mut DeskFacts, tag: String) {
    if let Some(lang) = Lang::parse(&tag) {
        facts.lang = lang;
    }
}

fn set_genre(facts: &mut DeskFacts, slug: String) {
    facts.genre = Genre::from_slug(&slug).unwrap_or(facts.genre);
}

fn set_slug(facts: &mut DeskFacts, slug: String) {
    facts.slug = Some(slug).filter(|slug| !slug.trim().is_empty());
}

fn set_note(facts: &mut DeskFacts, note: String) {
    facts.note = Some(note).filter(|note| !note.trim().is_empty());
}

fn toggle_place(facts: &mut DeskFacts, code: String) {
    let Some(place) = Place::from_code(&code) else {
        return;
    };
    if facts.places.contains(&place) {
        facts.places.retain(|p| *p != place);
    } else {
        facts.places.push(place);
    }
}

/// What a button or a key asks for.
#[derive(Clone, Debug, PartialEq)]
enum Wish {
    Begin,
    Expect,
    Edit,
    Leave,
    Publish,
    Keep,
    Withdraw(String),
}

#[cfg(not(feature = "hydrate"))]
fn act(_bar: Bar, _wish: Wish) {}

#[cfg(feature = "hydrate")]
use browser::act;

#[cfg(feature = "hydrate")]
mod browser;
