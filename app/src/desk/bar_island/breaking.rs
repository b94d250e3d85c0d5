//! In the drawer: an editor says that this is breaking news, for how long, and that it is over.

use super::{Bar, Wish, act};
use leptos::prelude::*;
use news::PubStatus;

/// The hours that are offered; the red bar goes by itself when they are over.
const HOURS: [u8; 5] = [1, 2, 4, 8, 24];
/// Unless somebody chooses.
const USUAL: u8 = 4;

pub(super) fn breaking(bar: Bar) -> impl IntoView {
    let hours = RwSignal::new(USUAL);
    let may = move || bar.is(|f| f.may.mark_breaking && f.pub_status == PubStatus::Usable);
    let breaks = move || bar.is(|f| f.breaking_until.is_some());
    let chosen = move |ev| hours.set(event_target_value(&ev).parse().unwrap_or(USUAL));
    view! {
        <div class="desk__breaking" hidden=move || !may()>
            <label class="field" hidden=breaks>"Breaking news, for"
                <select class="field__input" name="hours" prop:value=move || hours.get().to_string() on:change=chosen>
                    {HOURS.map(|n| view! {
                        <option value=n.to_string() selected=n == USUAL>{if n == 1 { "1 hour".to_owned() } else { format!("{n} hours") }}</option>
                    }).collect_view()}
                </select>
            </label>
            <button class="desk__break action action--line" type="button" hidden=breaks
                on:click=move |_| act(bar, Wish::Break(Some(hours.get_untracked())))>"This breaks now"</button>
            <p class="desk__breaks" hidden=move || !breaks()>"The red bar shows it on every list it stands in."</p>
            <button class="desk__calm action action--line" type="button" hidden=move || !breaks()
                on:click=move |_| act(bar, Wish::Break(None))>"No longer breaking"</button>
        </div>
    }
}
