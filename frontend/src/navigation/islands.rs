//! Wakes the islands that a page brings and puts them to rest when it goes.
//!
//! An island is a `leptos-island[data-component]` and is hydrated by the wasm module's export of
//! that name. That is leptos's own contract with its boot script, so leptos is pinned exactly.

use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

thread_local! {
    /// The owner that `hydrate_islands` made: everything reactive lives below it.
    static ROOT: RefCell<Option<Owner>> = const { RefCell::new(None) };
    /// Owns every island of the page in `<main>`.
    static MAIN: RefCell<Option<Owner>> = const { RefCell::new(None) };
    /// The module's exports, given by the boot script.
    static EXPORTS: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

/// Hydrates the document as it was loaded: the shell's islands for good, `<main>`'s for this page.
pub(super) fn hydrate_first(exports: JsValue) {
    EXPORTS.set(exports);
    ROOT.set(Owner::current());
    let root = ROOT.with_borrow(Option::clone);
    let (Some(root), Some(body)) = (root, document().body()) else {
        return;
    };
    let main = document().query_selector("main").ok().flatten();
    let in_main = |island: &Element| {
        main.as_ref()
            .is_some_and(|main| main.contains(Some(island)))
    };
    hydrate(
        &root,
        islands(&body).into_iter().filter(|island| !in_main(island)),
    );
    if let Some(main) = &main {
        hydrate_main(main);
    }
}

/// Whether this module has every island of `main`: a page of a newer build may bring others.
pub(super) fn known(main: &Element) -> bool {
    EXPORTS.with_borrow(|exports| {
        islands(main)
            .iter()
            .all(|island| function(exports, &name(island)).is_some())
    })
}

/// Hydrates the islands of a `<main>` that has just come.
pub(super) fn hydrate_main(main: &Element) {
    let Some(owner) = ROOT.with_borrow(|root| root.as_ref().map(Owner::child)) else {
        return;
    };
    hydrate(&owner, islands(main).into_iter());
    MAIN.set(Some(owner));
}

/// Puts a page's islands to rest: effects stop, `on_cleanup` runs, their signals go.
pub(super) fn dispose(main: &Element) {
    // Dropping the owner alone is not enough: a view that reads a shared signal would go on
    // running (852 times a change after 425 moves, measured).
    if let Some(owner) = MAIN.take() {
        owner.pause();
        owner.cleanup();
    }
    // leptos forgets an island's view, and one node kept alive keeps its whole tree: cut out, the
    // article is freed and only the island's few nodes stay.
    for island in islands(main) {
        island.remove();
    }
}

fn hydrate(owner: &Owner, islands: impl Iterator<Item = Element>) {
    owner.with(|| {
        for island in islands {
            owner.set();
            // An island among another's children belongs to that one: leptos leaves a callback on
            // <leptos-children> that makes its owner current.
            let parent = island.parent_element();
            let around = parent.and_then(|parent| parent.closest("leptos-children").ok().flatten());
            if let Some(adopt) = around.and_then(|around| function(&around, "$$on_hydrate")) {
                adopt.call0(&JsValue::NULL).ok();
            }
            wake(&island);
        }
    });
}

/// Hydrates one island. One that can't (its markup was altered before) leaves the others alone.
fn wake(island: &Element) {
    let name = name(island);
    let outcome = EXPORTS.with_borrow(|exports| match function(exports, &name) {
        Some(wake) => wake.call1(&JsValue::NULL, island),
        None => Err("this build has no such island".into()),
    });
    if let Err(why) = outcome {
        leptos::logging::error!("island {name} was left as it is: {why:?}");
        if let Some(shared) = Owner::current_shared_context() {
            shared.set_is_hydrating(false);
        }
    }
}

fn name(island: &Element) -> String {
    island.get_attribute("data-component").unwrap_or_default()
}

fn islands(root: &Element) -> Vec<Element> {
    let Ok(found) = root.query_selector_all("leptos-island") else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|at| found.item(at));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

fn function(of: &JsValue, name: &str) -> Option<js_sys::Function> {
    js_sys::Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}
