//! The one stream of the whole shell. It listens to what the page names in `<meta name="channel">`, from the sequence
//! the page was rendered at; after a navigation it opens the new page's channel and then closes the old. A hidden tab
//! holds no stream.
#![expect(
    unreachable_pub,
    reason = "#[island] writes a public item of its own beside the function"
)]

use leptos::prelude::*;

/// A quiet line of status, and the button behind which new stories wait.
#[island]
pub fn StreamIsland() -> impl IntoView {
    let said = RwSignal::new(String::new());
    let (waiting, story) = (RwSignal::new(0_u32), RwSignal::new(false));
    #[cfg(feature = "hydrate")]
    browser::start(browser::Shown {
        said,
        waiting,
        story,
    });
    let shows = move |_| {
        #[cfg(feature = "hydrate")]
        browser::ask_again();
    };
    view! {
        <div class="live" translate="no" lang="en" dir="ltr">
            <p class="live__status" role="status" aria-live="polite">
                // Only what is said has a ground: the region itself is always there and never seen.
                <span class="live__said" hidden=move || said.with(String::is_empty)>{said}</span>
            </p>
            <button class="live__new action" type="button" hidden=move || waiting.get() == 0 on:click=shows>
                {move || if story.get() { "Newer words".to_owned() } else { format!("{} new", waiting.get()) }}
            </button>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod breaking;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod cards;
#[cfg(feature = "hydrate")]
mod correct;
#[cfg(feature = "hydrate")]
mod stream;
