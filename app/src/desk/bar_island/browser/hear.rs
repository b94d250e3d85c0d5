//! What others did to the story under the bar, as the page's stream tells it.

use super::{Bar, EDITOR, choices, is_here};
use crate::desk::{editor::Editor, facts::DeskFacts, read};
use js_sys::{Array, Reflect};
use leptos::{prelude::*, task::spawn_local};
use news::{Refusal, StoryId};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

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

/// The page shows the words of this version: nothing newer is offered, unless there is something newer by now.
pub(super) fn caught_up(version: u64) {
    if choices::is_newest(version) {
        newer(false);
    }
}

/// The newsroom has this version. Who edits has it, too; on a page that is only read the words are older, and the
/// version under the bar stays theirs: nobody publishes what they haven't seen.
fn at_most(bar: Bar, version: u64) {
    choices::seen(version);
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
    let version = now.version;
    bar.facts.update(|facts| {
        if let Some(chosen) = facts
            && let Some(told) = choices::told(&now, chosen)
        {
            let seen = chosen.version;
            *chosen = told;
            chosen.version = seen;
        }
    });
    at_most(bar, version);
}

fn withdrawn(bar: Bar) {
    choices::know(None);
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
