//! Editors put tellings together and take them apart, on the page itself: plain forms, which need no script.

use crate::desk::arrange::{PutTogether, TakeApart};
use leptos::{prelude::*, server_fn::ServerFn};
use news::StoryId;

/// "Not this event", beside a telling.
pub(super) fn take_apart(story: StoryId) -> AnyView {
    view! {
        <form class="event__arrange" method="post" action=TakeApart::PATH>
            <input type="hidden" name="story" value=story.to_string()/>
            <button class="event__button" type="submit">"Not this event"</button>
        </form>
    }
    .into_any()
}

/// Another telling, or all of another event, by its address.
pub(super) fn put_together(with: StoryId) -> AnyView {
    view! {
        <form class="event__arrange event__arrange--more" method="post" action=PutTogether::PATH>
            <input type="hidden" name="with" value=with.to_string()/>
            <label class="event__label">"Also of this event: the address of a story or of another event"
                <input class="event__field" type="text" name="address" required inputmode="url" autocomplete="off"/>
            </label>
            <button class="event__button" type="submit">"Put together"</button>
        </form>
    }
    .into_any()
}
