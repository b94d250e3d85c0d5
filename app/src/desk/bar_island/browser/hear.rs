//! What others did to the story under the bar, as the page's stream tells it.

use super::{Bar, EDITOR, is_here};
use crate::desk::{editor::Editor, facts::DeskFacts, read};
use js_sys::{Array, Reflect};
use leptos::{prelude::*, task::spawn_local};
use news::{Refusal, StoryId};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

thread_local! {
    /// The facts as the newsroom last told them; what differs in the bar was chosen here.
    static KNOWN: RefCell<Option<DeskFacts>> = const { RefCell::new(None) };
}

/// The facts that came with the page.
pub(super) fn know(facts: Option<&DeskFacts>) {
    KNOWN.set(facts.cloned());
}

pub(super) fn start(bar: Bar) -> WindowListenerHandle {
    window_event_listener_untyped("desk", move |event| {
        let told = event.dyn_ref::<CustomEvent>().map(CustomEvent::detail);
        if let Some(told) = told.and_then(|told| told.dyn_into::<Array>().ok()) {
            hear(
                bar,
                &told.get(0).as_string().unwrap_or_default(),
                &told.get(1),
            );
        }
    })
}

fn hear(bar: Bar, kind: &str, event: &JsValue) {
    let Some(story) = bar.of_untracked(|facts| facts.story) else {
        return;
    };
    match kind {
        "open" => with_editor(Editor::catch_up),
        "reload" => {
            with_editor(Editor::catch_up);
            refresh(bar, story);
        }
        "steps" => {
            with_editor(|editor| editor.receive(event));
            if let Some(version) = version(event) {
                at_most(bar, version);
            }
        }
        "facts" | "published" => refresh(bar, story),
        "gone" => withdrawn(bar),
        _ => {}
    }
}

fn with_editor(act: impl FnOnce(&Editor)) {
    // Not while it is borrowed: what the editor hears, it may tell the bar at once.
    if let Some((_, editor)) = EDITOR.with_borrow(Clone::clone) {
        act(&editor);
    }
}

/// Whether facts were chosen here that the newsroom doesn't have.
pub(super) fn is_chosen(facts: &DeskFacts) -> bool {
    KNOWN.with_borrow(|known| {
        let known = known.as_ref();
        known.is_some_and(|known| known.clone().with_choices(facts, known) != *known)
    })
}

/// The page shows the words of this version: nothing newer is offered, unless there is something newer by now.
pub(super) fn caught_up(version: u64) {
    let is_newest = |known: &DeskFacts| known.version <= version;
    if KNOWN.with_borrow(|known| known.as_ref().is_none_or(is_newest)) {
        newer(false);
    }
}

/// The newsroom has this version. Who edits has it, too; on a page that is only read the words are older, and the
/// version under the bar stays theirs: nobody publishes what they haven't seen.
fn at_most(bar: Bar, version: u64) {
    KNOWN.with_borrow_mut(|known| {
        if let Some(known) = known {
            known.version = known.version.max(version);
        }
    });
    if bar.editing.get_untracked() {
        super::at_version(bar, version);
    } else if bar
        .of_untracked(|facts| facts.version < version)
        .unwrap_or(false)
    {
        newer(true);
    }
}

/// Says whether the words on the page are older than the newsroom's; the shell offers the newer ones.
pub(super) fn newer(is: bool) {
    let detail = CustomEventInit::new();
    detail.set_detail(&is.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict("newer", &detail) {
        window().dispatch_event(&event).ok();
    }
}

/// Asks for the facts as they stand; what was chosen here and isn't kept yet stays chosen.
fn refresh(bar: Bar, story: StoryId) {
    spawn_local(async move {
        let answer = read::facts(story).await;
        if !is_here(bar, story) {
            return;
        }
        match answer {
            Ok(now) => stand(bar, now),
            Err(why) if why.0 == Refusal::Withdrawn => withdrawn(bar),
            // The next change asks again; what is stale is refused with a sentence.
            Err(_) => {}
        }
    });
}

fn stand(bar: Bar, now: DeskFacts) {
    let Some(known) = KNOWN.replace(Some(now.clone())) else {
        return;
    };
    let version = now.version;
    bar.facts.update(|facts| {
        if let Some(chosen) = facts {
            let seen = chosen.version;
            *chosen = now.with_choices(chosen, &known);
            chosen.version = seen;
        }
    });
    at_most(bar, version);
}

fn withdrawn(bar: Bar) {
    bar.drawer.set(false);
    bar.facts.update(|facts| {
        if let Some(facts) = facts {
            facts.withdrawn();
        }
    });
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "versions count from nought"
)]
fn version(event: &JsValue) -> Option<u64> {
    let version = Reflect::get(event, &JsValue::from_str("version")).ok()?;
    version.as_f64().map(|version| version as u64)
}
