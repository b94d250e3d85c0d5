//! The red bar: what breaks at this moment, a line for each event, above every list that it belongs to.

use crate::{
    error_page::Trouble,
    page_notes::PageNotes,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{Millis, Teaser, front::Of};
use std::time::Duration;
use store::{Breaking, Store};

/// How many events the bar has room for.
const LINES: usize = 3;

/// What breaks in this list. The page lives no longer than the first of it.
pub(crate) async fn read(
    store: &Store,
    notes: &PageNotes,
    of: Of,
    now: Millis,
) -> Result<Vec<Breaking>, Trouble> {
    let all = store.breaking(of, now).await?;
    for breaking in &all {
        let left = breaking.until.since(now);
        notes.live_for(Duration::from_millis(
            u64::try_from(left).unwrap_or_default(),
        ));
    }
    Ok(all)
}

/// The bar. Red is for this alone.
pub(crate) fn bar(all: &[Breaking]) -> Option<AnyView> {
    let lines = all.iter().take(LINES).map(|it| line(&it.teaser));
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! { <aside class="breaking page__band" aria-label="Breaking news" lang="en" dir="ltr">{lines}</aside> }
            .into_any()
    })
}

/// One event of it.
pub(crate) fn line(teaser: &Teaser) -> AnyView {
    let (headline, lang, address) = (teaser.headline(), teaser.lang(), teaser.address());
    let source = match teaser {
        Teaser::Story(_) => None,
        Teaser::Excerpt(card) => Some(&card.source.1),
    };
    view! {
        <p class="breaking__line" data-breaking=address.id.to_string()>
            <span class="breaking__word">"Breaking"</span>
            <a href=address.to_string() lang=lang.to_string() dir=lang.dir().as_str()>{headline.to_owned()}</a>
            {source.map(|name| view! { <bdi class="breaking__source">{name.clone()}</bdi> })}
            {when::time(teaser.published_at(), Show::Ago)}
        </p>
    }
    .into_any()
}
