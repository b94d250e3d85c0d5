//! `/desk/wire`, the inbox: what came in by the wire, by event, and what may be done with it in place. Plain links and
//! forms, complete without a script; what the forms ask for is in [`arrange`].

pub mod arrange;
mod asked;
mod filters;
pub(crate) mod forms;
mod rows;

use crate::{
    desk::rooms::rooms,
    error_page::{self, Trouble},
    head::Head,
    page_notes::PageNotes,
    routes,
    section::list::{Cursor, written},
    viewer::Viewer,
    when::{self, Show},
};
use asked::Asked;
use leptos::{prelude::*, server_fn::ServerFn};
use news::{Act, Millis, Source};
use store::{InboxRow, Staff, Store};

/// What of a query the page reads.
pub const READS: [&str; 7] = [
    "place", "section", "lang", "source", "state", "new", "before",
];
/// How many rows a page has.
const PAGE: usize = 30;
/// How far back it goes.
const DEPTH: i64 = 7 * Millis::DAY;

/// The inbox. Who doesn't work here learns nothing of it.
pub(crate) fn page() -> impl IntoView {
    let notes = use_context::<PageNotes>().unwrap_or_default();
    let store = use_context::<Store>();
    let viewer = Viewer::current();
    let query = asked::query();
    error_page::catching(async move {
        let may_look = viewer.may(Act::ReadDraft);
        let staff = viewer.0.as_ref().filter(|_| may_look);
        let staff = staff.ok_or(Trouble::NotFound)?;
        let store = store.ok_or(Trouble::NoStore)?;
        let sources = store.sources().await?;
        let head = Head {
            path: None,
            index: false,
            ..Head::new("Wire", "What came in from the agencies.", "")
        };
        head.tags();
        let (asked, body) = match Asked::read(&query, &sources) {
            Ok(asked) => {
                let body = shown(&store, staff, &viewer, &asked).await?;
                (asked, body)
            }
            Err(why) => {
                notes.status(400);
                let why = view! { <p class="wire__why" role="alert">{why}</p> }.into_any();
                (Asked::default(), why)
            }
        };
        Ok(framed(&asked, &sources, body))
    })
}

fn framed(asked: &Asked, sources: &[Source], body: AnyView) -> AnyView {
    view! {
        <section class="wire" lang="en" dir="ltr">
            {rooms(routes::WIRE)}
            <h1 class="wire__title" tabindex="-1">"Wire"</h1>
            {filters::filters(asked, sources)}
            {body}
        </section>
    }
    .into_any()
}

async fn shown(
    store: &Store,
    staff: &Staff,
    viewer: &Viewer,
    asked: &Asked,
) -> Result<AnyView, Trouble> {
    let now = Store::now();
    let depth = now.plus(-DEPTH);
    let seen = store.wire_seen(staff.id).await?;
    let since = seen.map_or(depth, |seen| seen.max(depth));
    let from = if asked.only_new { since } else { depth };
    // One more tells whether there are earlier ones.
    let most = u32::try_from(PAGE + 1).unwrap_or(u32::MAX);
    let mut found = store.inbox(&asked.of(from), asked.before, most).await?;
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let rest = found.last().filter(|_| has_more).map(|row| row.place);
    let news = store.arrived_since(since).await?;
    let view = view! {
        {unseen(news, seen, now, asked)}
        {listed(&found, since, viewer)}
        {rest.map(|rest| earlier(asked, rest))}
        {filters::place_names()}
    };
    Ok(view.into_any())
}

fn listed(found: &[InboxRow], since: Millis, viewer: &Viewer) -> AnyView {
    if found.is_empty() {
        return view! { <p class="wire__why">"Nothing of this came in during the last seven days."</p> }.into_any();
    }
    view! {
        {viewer.may(Act::ArrangeEvent).then(forms::together)}
        {keys()}
        <ol class="wire__rows">{found.iter().map(|row| rows::row(row, since, viewer)).collect_view()}</ol>
    }
    .into_any()
}

/// What the keys do; the desk's bar listens for them.
fn keys() -> AnyView {
    view! {
        <details class="wire__keys">
            <summary>"Keys "<kbd>"?"</kbd></summary>
            <p><kbd>"j"</kbd>" next row, "<kbd>"k"</kbd>" previous row, "<kbd>"o"</kbd>" or "<kbd>"Enter"</kbd>" open, "
                <kbd>"x"</kbd>" tick, "<kbd>"?"</kbd>" shows or hides this line."</p>
        </details>
    }
    .into_any()
}

/// How much came in since this member marked the wire as seen.
fn unseen(news: u64, seen: Option<Millis>, now: Millis, asked: &Asked) -> AnyView {
    let since = match seen {
        Some(seen) => view! { " new since "{when::time(seen, Show::Full)} }.into_any(),
        None => " in the last seven days; none is marked as seen yet".into_any(),
    };
    let only = Asked {
        only_new: true,
        before: None,
        ..asked.clone()
    };
    view! {
        <div class="wire__unseen">
            <p><a href=only.address()><b>{news}</b>{since}</a></p>
            <form method="post" action=arrange::MarkSeen::PATH>
                <input type="hidden" name="until" value=now.0.to_string()/>
                <button class="wire__button" type="submit">"Mark all as seen"</button>
            </form>
        </div>
    }
    .into_any()
}

fn earlier(asked: &Asked, rest: Cursor) -> AnyView {
    let next = Asked {
        before: Some(rest),
        ..asked.clone()
    };
    view! { <p class="wire__earlier"><a href=next.address() rel="next">"Earlier"</a></p> }
        .into_any()
}
