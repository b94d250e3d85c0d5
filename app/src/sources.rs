//! `/desk/sources`: how every source is doing, for the newsroom alone. What needs a look comes first.
//! One source has its own page, [`one`], with its terms as a [`form`]; what both say of a feed and of an alarm stands in [`words`].

mod form;
mod found;
mod one;
mod words;

pub(crate) use one::page as source_page;

use crate::{
    desk::rooms::rooms,
    error_page::{self, Trouble},
    head::Head,
    routes,
    viewer::Viewer,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{Act, Millis};
use store::{Feed, SourceHealth, Store};

/// The list.
pub(crate) fn page() -> impl IntoView {
    let store = use_context::<Store>();
    let viewer = Viewer::current();
    error_page::catching(async move {
        // For who isn't staff nothing stands here.
        if !viewer.may(Act::ReadDraft) {
            return Err(Trouble::NotFound);
        }
        let now = Store::now();
        let all = store.ok_or(Trouble::NoStore)?.health(now).await?;
        Ok(shown(all, now))
    })
}

fn shown(all: Vec<SourceHealth>, now: Millis) -> AnyView {
    head("Sources").tags();
    let mut all: Vec<_> = all.into_iter().map(|one| (one.alarms(now), one)).collect();
    // Within a group the store's order stays: by name.
    all.sort_by_key(|(alarms, one)| (alarms.is_empty(), !one.is_on()));
    let alarmed = all.iter().filter(|(alarms, _)| !alarms.is_empty()).count();
    let polled = all.iter().filter(|(_, one)| one.is_on()).count();
    let rows = all.into_iter().map(|(alarms, one)| row(&one, &alarms, now));
    view! {
        <div class="sources" lang="en" dir="ltr">
            {rooms(routes::SOURCES)}
            <h1 class="page__title" tabindex="-1">"Sources"</h1>
            <p class="sources__sum"><b>{alarmed}</b>" need a look, "<b>{polled}</b>" are polled."</p>
            <div class="sources__scroll" tabindex="0" role="region" aria-label="Sources">
                <table class="sources__table">
                    <thead>
                        <tr>
                            <th scope="col">"Source"</th>
                            <th scope="col">"Last item"</th>
                            <th scope="col">"24 hours"</th>
                            <th scope="col">"7 days"</th>
                            <th scope="col">"Refused"</th>
                            <th scope="col">"Feeds"</th>
                            <th scope="col">"Unchanged"</th>
                            <th scope="col">"A poll"</th>
                            <th scope="col">"Next poll"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

fn row(one: &SourceHealth, alarms: &[store::Alarm], now: Millis) -> AnyView {
    let on = || one.feeds.iter().filter(|feed| !feed.off);
    let next = on().map(|feed| feed.next_at).min();
    let spent = words::together(on().map(|feed: &Feed| feed.spent));
    let feeds = match one.feeds.len() {
        0 => "none".to_owned(),
        all if on().count() == all => all.to_string(),
        all => format!("{} of {all} on", on().count()),
    };
    view! {
        <tr>
            <th scope="row">
                <a class="page__link" href=routes::source(&one.source.slug)>{one.source.name.clone()}</a>
                {words::alarms(alarms, now)}
            </th>
            <td>{words::last_item(one.last_item, now)}</td>
            <td>{one.items_day}</td>
            <td>{one.items_week}</td>
            <td>{one.refused_week}</td>
            <td>{feeds}</td>
            <td>{words::unchanged(spent)}</td>
            <td>{words::for_one(spent)}</td>
            <td>{next.map(|at| when::time(at, Show::Full))}</td>
        </tr>
    }
    .into_any()
}

fn head(title: &str) -> Head {
    Head {
        path: None,
        index: false,
        ..Head::new(title, "For the newsroom: how the sources are doing.", "")
    }
}
