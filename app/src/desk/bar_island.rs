//! The slim bar above every page for staff: what this is, how it stands, what may be done with it.
//! `E` edits, Ctrl or Cmd with Enter publishes, Esc leaves.
#![expect(
    unreachable_pub,
    reason = "#[island] writes a public item of its own beside the function"
)]

use super::facts::DeskFacts;
use drawer::drawer;
use leptos::prelude::*;
use news::{Kind, PubStatus, StaffId};

/// What the bar and its drawer share.
#[derive(Clone, Copy)]
struct Bar {
    /// Who is signed in.
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "the browser's half asks")
    )]
    staff: StaffId,
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
    fn new(staff: StaffId) -> Self {
        Self {
            staff,
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

    /// The same, for who isn't drawn anew when it changes.
    #[cfg(feature = "hydrate")]
    fn of_untracked<T>(self, fact: impl Fn(&DeskFacts) -> T) -> Option<T> {
        self.facts.with_untracked(|facts| facts.as_ref().map(fact))
    }

    fn is(self, fact: impl Fn(&DeskFacts) -> bool) -> bool {
        self.of(fact).unwrap_or(false)
    }
}

/// The bar. It stays while pages change under it and reads each page's facts from `data-desk`.
#[island]
pub fn BarIsland(
    /// Who is signed in.
    staff: StaffId,
) -> impl IntoView {
    let bar = Bar::new(staff);
    #[cfg(feature = "hydrate")]
    browser::start(bar);
    let ours = move || bar.is(DeskFacts::is_ours_to_edit);
    view! {
        <div class="desk__bar" role="region" aria-label="Desk" lang="en" dir="ltr">
            <span class="desk__what">{move || bar.of(what).unwrap_or_default()}</span>
            <span class="desk__state" role="status" hidden=move || bar.state.with(String::is_empty)>{bar.state}</span>
            <span class="desk__refusal" role="alert" hidden=move || bar.refusal.with(String::is_empty)>{bar.refusal}</span>
            <span class="desk__gap"></span>
            <a class="desk__wire" href="/desk/wire">"Wire"</a>
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
        (Kind::Excerpt, ..) => "Excerpt".into(),
        (_, PubStatus::Canceled, _) => "Withdrawn".into(),
        // Who reads older words sees what readers have.
        (_, PubStatus::Usable, Some(version)) if version >= facts.version => {
            format!("Published · v{version}")
        }
        (_, PubStatus::Usable, _) => format!("Not yet public · v{}", facts.version),
        _ => format!("Draft · v{}", facts.version),
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
    /// For so many hours; without a number it is over.
    Break(Option<u8>),
    Withdraw(String),
}

#[cfg(not(feature = "hydrate"))]
fn act(_bar: Bar, _wish: Wish) {}

#[cfg(feature = "hydrate")]
use browser::act;

mod breaking;
#[cfg(feature = "hydrate")]
mod browser;
mod drawer;
#[cfg(any(feature = "hydrate", test))]
mod row_keys;
