//! The document around every page: head, masthead, `<main>`, footer, and what our own navigation needs.
#![expect(
    unreachable_pub,
    reason = "#[component] writes a public item of its own beside the function"
)]

use crate::{
    assets::Assets, desk::BarIsland, footer, live::StreamIsland, masthead, page_notes::PageNotes,
    routes, viewer::Viewer,
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::Router;

/// The whole document. The server gives the contexts: [`Assets`], [`Viewer`], [`PageNotes`], `Store` and `Desk`.
#[must_use]
pub fn shell() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    if let (Some(notes), Some(nonce)) = (use_context::<PageNotes>(), use_nonce()) {
        notes.nonce(nonce.to_string());
    }
    let staff = Viewer::current().0.is_some();
    let sheet = |name: &str| {
        assets
            .url(name)
            .map(|url| view! { <link rel="stylesheet" href=url/> })
    };
    view! {
        <!DOCTYPE html>
        <html>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#14161a"/>
                <meta name="build" content=assets.build().to_owned()/>
                {sheet("main.css")}
                {staff.then(|| sheet("desk.css"))}
                {assets.url("theme.js").map(|url| view! { <script src=url></script> })}
                {boot(&assets, staff)}
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="alternate" type="application/rss+xml" title="Asian-News.net" href=routes::FEED/>
                <MetaTags/>
            </head>
            <App/>
        </html>
    }
}

/// Our own boot script with the addresses of the module it wakes. Nothing while they aren't built.
fn boot(assets: &Assets, staff: bool) -> Option<AnyView> {
    let bundle = if staff { "desk" } else { "site" };
    let (boot, site, wasm) = (
        assets.url("boot.js")?,
        assets.url(&format!("{bundle}.js"))?,
        assets.url(&format!("{bundle}.wasm"))?,
    );
    let editor = assets.url("editor.js").filter(|_| staff);
    let view = view! {
        <link rel="modulepreload" href=site.clone()/>
        <link rel="preload" href=wasm.clone() r#as="fetch" type="application/wasm" crossorigin=""/>
        <script type="module" src=boot data-site=site data-wasm=wasm data-editor=editor></script>
    };
    Some(view.into_any())
}

/// What stands in the document's body.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let viewer = Viewer::current();
    let body = if viewer.0.is_some() {
        "page page--staff"
    } else {
        "page"
    };
    view! {
        <body class=body>
            <Router>
                // The first link of the page, before those of the desk's bar.
                <a class="page__skip" href="#main" lang="en" dir="ltr">"Skip to the news"</a>
                {viewer.0.as_ref().map(|staff| view! { <BarIsland staff=staff.id/> })}
                {masthead::masthead(&viewer)}
                <main class="page__main" id="main">{routes::pages()}</main>
                {footer::footer()}
                <StreamIsland/>
                <div class="unseen" id="announce" role="status" aria-live="polite"></div>
                <div class="page__offline" id="offline" role="alert" lang="en" dir="ltr" hidden>
                    <span>"This page could not be loaded. "</span>
                    <a href="/">"Try again"</a>
                </div>
            </Router>
        </body>
    }
}
