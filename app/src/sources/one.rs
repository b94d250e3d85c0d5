//! `/desk/sources/{slug}`: one source, feed by feed, and the terms under which its words stand here.

use super::{form, found, head, words};
use crate::{
    desk::{
        feeds::{FeedLookedAt, FreeFeed},
        inbox::forms,
    },
    error_page::{self, Trouble},
    routes,
    viewer::Viewer,
    when::{self, Show},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;
use news::{Act, Millis};
use store::{Feed, SourceHealth, Store};

/// The page.
pub(crate) fn page() -> impl IntoView {
    let store = use_context::<Store>();
    let viewer = Viewer::current();
    let slug = routes::part("source").unwrap_or_default();
    let (tried, found) = {
        let query = use_query_map();
        let query = query.read_untracked();
        (form::tried(&query), found::found(&query))
    };
    error_page::catching(async move {
        if !viewer.may(Act::ReadDraft) {
            return Err(Trouble::NotFound);
        }
        let now = Store::now();
        let store = store.ok_or(Trouble::NoStore)?;
        let all = store.health(now).await?;
        let one = all.into_iter().find(|one| one.source.slug == slug);
        let one = one.ok_or(Trouble::NotFound)?;
        let desk = viewer.may(Act::PlaceExcerpt);
        if !viewer.may(Act::ManageSources) {
            return Ok(shown(&one, None, desk, now));
        }
        let week = now.plus(-7 * Millis::DAY);
        let trial = match &tried {
            None => None,
            Some(fields) => {
                let of_late = store.excerpts_of(one.source.id, week).await?;
                Some(form::trial(&one.source, fields, &of_late, now))
            }
        };
        let fields = tried.unwrap_or_else(|| form::standing(&one));
        let terms = view! {
            {found::look(&one, found)}
            <h2 class="page__sub" id="terms">"Terms"</h2>
            {trial}
            {form::form(&one.source, &fields)}
        };
        Ok(shown(&one, Some(terms.into_any()), desk, now))
    })
}

fn shown(one: &SourceHealth, terms: Option<AnyView>, desk: bool, now: Millis) -> AnyView {
    head(&one.source.name).tags();
    let SourceHealth { source, feeds, .. } = one;
    // Who gets the form of the terms may change what is polled, too.
    let may = terms.is_some();
    let home = source.home_url.clone();
    view! {
        <div class="sources" lang="en" dir="ltr">
            <p class="page__crumbs"><a href=routes::SOURCES>"Sources"</a></p>
            <h1 class="page__title" tabindex="-1">{source.name.clone()}</h1>
            {words::alarms(&one.alarms(now), now)}
            <dl class="sources__facts">
                <div><dt>"Home"</dt><dd><a class="page__link" href=source.home_url.clone() rel="external noopener">{home}</a></dd></div>
                <div><dt>"Owner"</dt><dd>{one.owner.clone().unwrap_or_else(|| "itself".into())}</dd></div>
                <div><dt>"Last item"</dt><dd>{words::last_item(one.last_item, now)}</dd></div>
                <div><dt>"New and changed items"</dt><dd>{one.items_day}" in 24 hours, "{one.items_week}" in 7 days"</dd></div>
                <div><dt>"Refused items"</dt><dd>{one.refused_week}" in 7 days"</dd></div>
                <div><dt>"An alarm after"</dt><dd>{one.silent_after_h}" hours of silence"</dd></div>
                <div><dt>"Shown of its words"</dt><dd>{source.terms.allowance()}</dd></div>
            </dl>
            <h2 class="page__sub">"Feeds"</h2>
            {feeds.is_empty().then(|| view! { <p>"It has none."</p> })}
            {feeds.iter().map(|one| feed(one, may, now)).collect_view()}
            {feeds.iter().filter_map(|one| held(one, &source.slug, desk)).collect_view()}
            {terms}
        </div>
    }
    .into_any()
}

fn feed(feed: &Feed, may: bool, now: Millis) -> AnyView {
    let state = if feed.off {
        "off".to_owned()
    } else if feed.is_refused(now) {
        "refused for five days".into()
    } else if feed.failures > 0 {
        format!("failed {} times in a row", feed.failures)
    } else {
        "on".into()
    };
    let error = feed.last_error.clone();
    let odd: Vec<String> = [&feed.alarm, &feed.alarm_lang]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let odd = (!odd.is_empty()).then(|| looked_at(feed.id, odd.join(" "), may));
    let moved = feed.moved.as_ref().map(|moved| moved.to.clone());
    view! {
        <dl class="sources__facts sources__feed">
            <div><dt>"Address"</dt><dd>{feed.url.clone()}</dd></div>
            {moved.map(|to| view! { <div><dt>"Says it has moved to"</dt><dd>{to}</dd></div> })}
            {odd}
            <div><dt>"State"</dt><dd>{state}</dd></div>
            {error.map(|error| view! { <div><dt>"Last complaint"</dt><dd>{error}</dd></div> })}
            {(!feed.off).then(|| view! { <div><dt>"Next poll"</dt><dd>{when::time(feed.next_at, Show::Full)}</dd></div> })}
            {feed.told_until.map(|until| view! { <div><dt>"A hub tells us until"</dt><dd>{when::time(until, Show::Full)}</dd></div> })}
            <div><dt>"Last polls"</dt><dd>{feed.spent.polls}", unchanged "{words::unchanged(feed.spent)}</dd></div>
            <div><dt>"A poll"</dt><dd>{words::for_one(feed.spent)}</dd></div>
        </dl>
    }
    .into_any()
}

/// What a held feed brought: the way to it, and the desk's word about all of it.
fn held(feed: &Feed, source: &str, desk: bool) -> Option<AnyView> {
    let why = feed.held.clone()?;
    let inbox = format!("{}?source={source}&state=held", routes::WIRE);
    let forms = desk.then(|| forms::free(FreeFeed::PATH, "feed", feed.id, "all of it"));
    let view = view! {
        <h3 class="page__sub">"Held: "{feed.url.clone()}</h3>
        <p>{why}" New items of this feed are kept, and wait for the desk: "
            <a class="page__link" href=inbox>"see them in the inbox"</a>"."</p>
        {forms}
    };
    Some(view.into_any())
}

/// What is odd about a feed, until an admin says that it is well.
fn looked_at(feed: news::Id, odd: String, may: bool) -> AnyView {
    let form = may.then(|| {
        view! {
            <form method="post" action=FeedLookedAt::PATH>
                <input type="hidden" name="feed" value=feed.to_string()/>
                <button class="action action--line" type="submit">"I have looked at it"</button>
            </form>
        }
    });
    view! { <div><dt>"Odd"</dt><dd>{odd}{form}</dd></div> }.into_any()
}
