//! What was chosen in the drawer and isn't kept yet: it outlives what others do, and the page it was chosen on.

use super::Bar;
use crate::desk::facts::DeskFacts;
use leptos::prelude::*;
use news::StoryId;
use std::{cell::RefCell, collections::HashMap};

/// Facts as somebody chose them, and as the newsroom told them then.
struct Choices {
    chosen: DeskFacts,
    known: DeskFacts,
}

thread_local! {
    /// The facts of the page as the newsroom last told them; what differs in the bar was chosen here.
    static KNOWN: RefCell<Option<DeskFacts>> = const { RefCell::new(None) };
    /// What was chosen on pages that others have taken the place of.
    static PUT_BY: RefCell<HashMap<StoryId, Choices>> = RefCell::default();
}

/// The browser asks before it closes what holds choices.
pub(super) fn start(bar: Bar) -> WindowListenerHandle {
    window_event_listener_untyped("beforeunload", move |event| {
        let here = bar
            .facts
            .with_untracked(|facts| facts.as_ref().is_some_and(are_there));
        if here || PUT_BY.with_borrow(|put_by| !put_by.is_empty()) {
            event.prevent_default();
        }
    })
}

/// The newsroom has these facts: nothing of them is only chosen.
pub(super) fn know(facts: Option<&DeskFacts>) {
    KNOWN.set(facts.cloned());
}

/// Takes what the newsroom tells in the place of what it told before.
pub(super) fn told(now: &DeskFacts, chosen: &DeskFacts) -> Option<DeskFacts> {
    let known = KNOWN.replace(Some(now.clone()))?;
    Some(now.clone().with_choices(chosen, &known))
}

/// Whether these facts hold choices that the newsroom doesn't have.
pub(super) fn are_there(facts: &DeskFacts) -> bool {
    KNOWN.with_borrow(|known| {
        let known = known.as_ref();
        known.is_some_and(|known| known.clone().with_choices(facts, known) != *known)
    })
}

/// Another page takes the place of this one: what was chosen here waits for its return.
pub(super) fn put_by(facts: Option<DeskFacts>) {
    let Some(chosen) = facts.filter(are_there) else {
        return;
    };
    if let Some(known) = KNOWN.take() {
        let choices = Choices { chosen, known };
        PUT_BY.with_borrow_mut(|put_by| put_by.insert(choices.chosen.story, choices));
    }
}

/// The facts that came with a page, with what was chosen on it before.
pub(super) fn returned(now: DeskFacts) -> DeskFacts {
    match PUT_BY.with_borrow_mut(|put_by| put_by.remove(&now.story)) {
        Some(Choices { chosen, known }) => now.with_choices(&chosen, &known),
        None => now,
    }
}

/// The newsroom has this version.
pub(super) fn seen(version: u64) {
    KNOWN.with_borrow_mut(|known| {
        if let Some(known) = known {
            known.version = known.version.max(version);
        }
    });
}

/// Whether the newsroom has told of no later version.
pub(super) fn is_newest(version: u64) -> bool {
    KNOWN.with_borrow(|known| known.as_ref().is_none_or(|known| known.version <= version))
}
