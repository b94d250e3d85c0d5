//! What the bar does in the browser.

use super::{Bar, Wish};
use crate::desk::{
    editor::{self, Editor},
    facts::DeskFacts,
    write,
};
use crate::refused::Refused;
use leptos::{prelude::*, task::spawn_local};
use news::{Kind, Lang, PubStatus, Section, StoryId};
use std::{
    cell::{Cell, RefCell},
    time::Duration,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use words::{at_version, edit, leave, take_up};

mod choices;
mod hear;
mod keep;
mod rows;
mod words;

thread_local! {
    /// The mounted editor, and the story it writes.
    static EDITOR: RefCell<Option<(StoryId, Editor)>> = const { RefCell::new(None) };
}

thread_local! {
    /// Whether the page around the words is older than what was done here. It is loaded anew once nobody writes on it:
    /// whoever goes on typing after Publish keeps editor, caret and words.
    static OUTDATED: Cell<bool> = const { Cell::new(false) };
}

/// An address that ends in this begins with editing.
const BEGIN: &str = "#edit";

/// Forms whose keys are their own.
const OF_THEIR_OWN: &str = ".desk__withdraw, .desk__link, form";

pub(super) fn start(bar: Bar) {
    // Hydration must find the bar as the server sent it.
    set_timeout(
        move || {
            turned(bar);
            if window().location().hash().is_ok_and(|hash| hash == BEGIN) {
                act(bar, Wish::Edit);
            }
        },
        Duration::ZERO,
    );
    let on_page = window_event_listener_untyped("page", move |_| {
        // The words went with their page; what was unsent the editor sends on.
        if let Some((_, editor)) = EDITOR.take() {
            editor.leave();
        }
        OUTDATED.set(false);
        choices::put_by(bar.facts.get_untracked());
        bar.editing.set(false);
        bar.drawer.set(false);
        bar.state.set(String::new());
        bar.refusal.set(String::new());
        turned(bar);
    });
    let on_key = window_event_listener_untyped("keydown", move |ev| {
        if let Some(key) = ev.dyn_ref::<KeyboardEvent>() {
            pressed(bar, key);
        }
    });
    let on_desk = hear::start(bar);
    let on_close = choices::start(bar);
    on_cleanup(move || {
        on_page.remove();
        on_key.remove();
        on_desk.remove();
        on_close.remove();
    });
}

/// Another page is under the bar. Words that an earlier window left in its story are taken up at once.
fn turned(bar: Bar) {
    read(bar);
    // What was chosen here before and isn't kept yet is shown again.
    let chosen = bar
        .facts
        .with_untracked(|facts| facts.as_ref().is_some_and(choices::are_there));
    if chosen {
        bar.drawer.set(true);
    }
    spawn_local(async move {
        // What can't be opened now is when Edit is pressed, and says why then.
        take_up(bar).await.ok();
    });
}

/// The facts of the page under the bar.
fn read(bar: Bar) {
    let page = document().query_selector("main [data-desk]").ok().flatten();
    let text = page.and_then(|page| page.get_attribute("data-desk"));
    let facts: Option<DeskFacts> = text.and_then(|text| serde_json::from_str(&text).ok());
    choices::know(facts.as_ref());
    bar.facts.set(facts.map(choices::returned));
}

/// Whether this story is the one under the bar: it may be another one after every wait.
fn is_here(bar: Bar, story: StoryId) -> bool {
    bar.of_untracked(|facts| facts.story) == Some(story)
}

/// The path of the page under the bar, percent-decoded.
fn path() -> Option<String> {
    let path = window().location().pathname().ok()?;
    js_sys::decode_uri(&path).ok().map(String::from)
}

fn pressed(bar: Bar, key: &KeyboardEvent) {
    // The editor has keys of its own and tells us.
    if key.default_prevented() {
        return;
    }
    let at = key.target().and_then(|t| t.dyn_into::<HtmlElement>().ok());
    let writing = at.as_ref().is_some_and(|at| {
        at.is_content_editable()
            || ["INPUT", "TEXTAREA", "SELECT"].contains(&at.tag_name().as_str())
    });
    if rows::pressed(key, writing) {
        return;
    }
    // Who gives a reason for withdrawing, or a link's address, doesn't mean Publish.
    let elsewhere = at.is_some_and(|at| matches!(at.closest(OF_THEIR_OWN), Ok(Some(_))));
    let command = key.ctrl_key() || key.meta_key();
    let wish = match key.key().as_str() {
        "Enter" if command && !elsewhere && !key.is_composing() => Wish::Publish,
        "Escape" if key.is_composing() => return,
        "Escape" if bar.drawer.get_untracked() => {
            bar.drawer.set(false);
            return;
        }
        "Escape" if bar.editing.get_untracked() => Wish::Leave,
        "e" | "E" if !writing && !command && !key.alt_key() && !bar.editing.get_untracked() => {
            Wish::Edit
        }
        _ => return,
    };
    if bar.facts.with_untracked(Option::is_some) {
        key.prevent_default();
        act(bar, wish);
    }
}

pub(super) fn act(bar: Bar, wish: Wish) {
    if wish == Wish::Expect {
        editor::expect();
        return;
    }
    bar.refusal.set(String::new());
    spawn_local(async move {
        if let Err(Refused(why)) = done(bar, wish).await {
            bar.refusal.set(why.to_string());
        }
    });
}

async fn done(bar: Bar, wish: Wish) -> Result<(), Refused> {
    if wish == Wish::Begin {
        let address = write::begin_story(Lang::english(), Section::Politics).await?;
        window()
            .location()
            .assign(&format!("{address}{BEGIN}"))
            .ok();
        return Ok(());
    }
    let Some(facts) = bar.facts.get_untracked() else {
        return Ok(());
    };
    match wish {
        Wish::Edit if facts.is_ours_to_edit() => edit(bar, facts.story, false).await,
        Wish::Leave => leave(bar).await,
        Wish::Publish if facts.kind == Kind::Story => publish(bar, facts).await,
        Wish::Keep => {
            let story = facts.story;
            keep::keep(facts).await?;
            if !is_here(bar, story) {
                return Ok(());
            }
            bar.drawer.set(false);
            // The page shows them itself.
            if bar.editing.get_untracked() {
                bar.state.set("Facts kept".into());
                OUTDATED.set(true);
                keep::redraw().await;
            } else {
                window().location().reload().ok();
            }
            Ok(())
        }
        Wish::Break(hours) => {
            let until = write::set_breaking(facts.story, hours).await?;
            if is_here(bar, facts.story) {
                bar.facts.update(|facts| {
                    if let Some(facts) = facts {
                        facts.breaking_until = until;
                    }
                });
            }
            Ok(())
        }
        Wish::Withdraw(why) => {
            write::withdraw(facts.story, why).await?;
            choices::know(None);
            window().location().reload().ok();
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn publish(bar: Bar, facts: DeskFacts) -> Result<(), Refused> {
    let story = facts.story;
    // Who chose facts and presses Publish means them, too.
    let chosen = choices::are_there(&facts);
    if chosen {
        keep::keep(facts.clone()).await?;
    }
    take_up(bar).await?;
    let version = match EDITOR.with_borrow(Clone::clone) {
        Some((written, editor)) if written == story => editor.settle().await?,
        _ => facts.version,
    };
    let done = write::publish(story, version).await?;
    if !is_here(bar, story) {
        return Ok(());
    }
    bar.facts.update(|facts| {
        if let Some(facts) = facts {
            facts.version = done.version;
            facts.published_version = Some(done.version);
            facts.pub_status = PubStatus::Usable;
            facts.rev = done.rev;
        }
    });
    bar.state.set("Published".into());
    // With its first publication a story gets its slug, and with it another address.
    let location = window().location();
    let moved = path().as_deref() != Some(done.address.as_str());
    if bar.editing.get_untracked() {
        if moved && let Ok(history) = window().history() {
            let state = history.state().unwrap_or_default();
            let address = Some(done.address.as_str());
            history.replace_state_with_url(&state, "", address).ok();
        }
        OUTDATED.set(moved || chosen || OUTDATED.get());
        if chosen {
            keep::redraw().await;
        }
    } else if moved {
        location.assign(&done.address).ok();
    } else if chosen {
        location.reload().ok();
    }
    Ok(())
}
