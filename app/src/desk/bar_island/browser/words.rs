//! The words under the bar: how their editing begins and ends, and what the editor says meanwhile.

use super::{Bar, EDITOR, OUTDATED, Wish, act, hear, is_here, path};
use crate::desk::editor::{self, Ready, Tells};
use crate::refused::Refused;
use futures::lock::Mutex;
use leptos::prelude::*;
use news::{Refusal, StoryAddress, StoryId};
use std::rc::Rc;
use web_sys::Element;

thread_local! {
    /// Held while an editor opens: who asks for it meanwhile waits for it.
    static OPENING: Rc<Mutex<()>> = Rc::default();
}

/// Opens the editor by itself where an earlier window left words. Where they can't be written any more, they are shown.
pub(super) async fn take_up(bar: Bar) -> Result<(), Refused> {
    let facts = bar.facts.get_untracked();
    let here = facts.as_ref().map(|facts| facts.story).or_else(by_address);
    let Some(story) = here else {
        return Ok(());
    };
    if !editor::left_behind(story, bar.staff).await {
        return Ok(());
    }
    if !facts.is_some_and(|facts| facts.is_ours_to_edit()) {
        editor::show(story, bar.staff).await;
    } else if is_here(bar, story) {
        edit(bar, story, true).await?;
        if bar.editing.get_untracked() && bar.state.with_untracked(String::is_empty) {
            bar.state.set("Your words are back".into());
        }
    }
    Ok(())
}

/// The story that the page's address names: a withdrawn one has no facts.
fn by_address() -> Option<StoryId> {
    let path = path()?;
    let last = path.strip_prefix("/story/")?;
    StoryAddress::parse(last).map(|address| address.id)
}

pub(super) async fn edit(bar: Bar, story: StoryId, quietly: bool) -> Result<(), Refused> {
    let opening = OPENING.with(Rc::clone);
    let _turn = opening.lock().await;
    let words: Option<Element> = document()
        .query_selector("main .story__words")
        .ok()
        .flatten();
    let (Some(words), false) = (words, bar.editing.get_untracked()) else {
        return Ok(());
    };
    bar.editing.set(true);
    let ready = Ready::fetch(story).await;
    // Who went to another page meanwhile, or pressed Leave, doesn't find an editor there.
    let waited_for = words.is_connected() && is_here(bar, story) && bar.editing.get_untracked();
    if !waited_for || EDITOR.with_borrow(Option::is_some) {
        return Ok(());
    }
    match ready.and_then(|ready| {
        ready.mount(&words, (story, bar.staff, quietly), move |tells| {
            told(bar, story, tells)
        })
    }) {
        Ok(editor) => {
            EDITOR.set(Some((story, editor)));
            // It begins with the newest words.
            hear::newer(false);
            Ok(())
        }
        Err(why) => {
            leptos::logging::error!("the editor could not begin: {why:?}");
            bar.editing.set(false);
            Err(Refused(Refusal::Invalid(
                "The editor could not be loaded. Please try again.".into(),
            )))
        }
    }
}

fn told(bar: Bar, story: StoryId, tells: Tells) {
    if !is_here(bar, story) {
        return;
    }
    match tells {
        // What was refused before isn't what is written now.
        Tells::Saving => {
            bar.state.set("Saving …".into());
            bar.refusal.set(String::new());
        }
        Tells::Saved(at, version) => {
            bar.state.set(format!("Saved {at}"));
            at_version(bar, version);
            hear::caught_up(version);
        }
        Tells::Unsent(state) => bar.state.set(state.into()),
        Tells::Refused(sentence) => {
            if !sentence.is_empty() {
                bar.state.set("Not saved".into());
            }
            bar.refusal.set(sentence);
        }
        Tells::Dropped(sentence) | Tells::Declined(sentence) => bar.refusal.set(sentence),
        Tells::Publish => act(bar, Wish::Publish),
        Tells::Leave => act(bar, Wish::Leave),
    }
}

pub(super) fn at_version(bar: Bar, version: u64) {
    bar.facts.update(|facts| {
        if let Some(facts) = facts {
            facts.version = version;
        }
    });
}

pub(super) async fn leave(bar: Bar) -> Result<(), Refused> {
    if let Some((story, editor)) = EDITOR.take() {
        let version = editor.settle().await;
        editor.leave();
        if !is_here(bar, story) {
            return Ok(());
        }
        if let Ok(version) = version {
            at_version(bar, version);
        }
        if OUTDATED.take() {
            window().location().reload().ok();
        }
    }
    bar.editing.set(false);
    Ok(())
}
