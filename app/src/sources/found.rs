//! Looking for a site's feeds: the form, and what was found, each to be polled by a click.

use crate::desk::feeds::AddFeed;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::params::ParamsMap;
use store::SourceHealth;

/// More was never found.
const MOST: usize = 20;

/// What the server found, as it stands in the address; nothing where nobody looked.
pub(super) fn found(query: &ParamsMap) -> Option<Vec<String>> {
    let found = query.get("found")?;
    let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let urls = found.split_whitespace().filter(is_web).take(MOST);
    Some(urls.map(str::to_owned).collect())
}

/// The form and the list.
pub(super) fn look(one: &SourceHealth, found: Option<Vec<String>>) -> AnyView {
    let source = one.source.id;
    let is_polled = |url: &str| one.feeds.iter().any(|feed| feed.url == url && !feed.off);
    let list = found.map(|found| {
        if found.is_empty() {
            return view! { <p role="status">"The page names no feed."</p> }.into_any();
        }
        let rows = found.into_iter().map(|url| {
            let add = (!is_polled(&url)).then(|| {
                view! {
                    <form method="post" action=AddFeed::PATH>
                        <input type="hidden" name="source" value=source.to_string()/>
                        <input type="hidden" name="url" value=url.clone()/>
                        <button class="action action--line" type="submit">"Add feed"</button>
                    </form>
                }
            });
            view! { <li class="sources__found"><span>{url}</span>{add}</li> }
        });
        view! { <ul>{rows.collect_view()}</ul> }.into_any()
    });
    view! {
        <h3 class="page__sub" id="found">"Find feeds"</h3>
        {list}
        <form class="sources__form" method="post" action="/desk/sources/discover">
            <input type="hidden" name="source" value=one.source.slug.clone()/>
            <label class="field">"Address of its site, or of a feed"
                <input class="field__input" type="text" name="address" required inputmode="url" autocomplete="off" value=one.source.home_url.clone()/>
                <span class="field__hint">"A feed that is added is polled from then on, under the terms below."</span>
            </label>
            <div class="sources__buttons"><button class="action action--line" type="submit">"Look for feeds"</button></div>
        </form>
    }
    .into_any()
}
