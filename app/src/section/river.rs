//! A dense list of stories, newest first, by the day, with the way to earlier ones. Places use it too.

use crate::{
    front::card::{Size, card, picture, places},
    masthead::own_colour,
    routes::{self, Before},
    story::excerpt,
    when::{self, Show},
};
use leptos::prelude::*;
use news::{StoryCard, Teaser};

/// How many stories a page of a list has.
pub(crate) const PAGE: usize = 30;

/// How many to ask the store for: one more tells whether there are earlier ones.
pub(crate) const ASKED: u32 = 31;

/// A page of a list: its stories, and where the list goes on.
pub(crate) struct Page {
    /// The stories.
    pub(crate) teasers: Vec<Teaser>,
    /// Where the next page begins, if there is one.
    pub(crate) rest: Option<Before>,
}

impl Page {
    /// From one more than a page holds.
    pub(crate) fn new(mut teasers: Vec<Teaser>) -> Self {
        let more = teasers.len() > PAGE;
        teasers.truncate(PAGE);
        let rest = teasers
            .last()
            .filter(|_| more)
            .map(|last| (last.published_at(), last.id()));
        Self { teasers, rest }
    }

    /// Takes the front's top out of the list: a splash with a picture where there is one, and what stands beside it.
    pub(crate) fn take_top(&mut self) -> (Option<Teaser>, Vec<Teaser>) {
        let pictured = |t: &Teaser| matches!(t, Teaser::Story(card) if card.picture.is_some());
        let ours = |t: &Teaser| matches!(t, Teaser::Story(_));
        let reach = self.teasers.len().min(12);
        let found = self
            .teasers
            .iter()
            .take(reach)
            .position(pictured)
            .or_else(|| self.teasers.iter().take(reach).position(ours));
        let Some(at) = found else {
            return (None, vec![]);
        };
        let splash = self.teasers.remove(at);
        let mut seconds = vec![];
        while seconds.len() < 2 {
            let Some(at) = self.teasers.iter().take(reach).position(ours) else {
                break;
            };
            seconds.push(self.teasers.remove(at));
        }
        (Some(splash), seconds)
    }
}

/// The splash and what stands beside it.
pub(crate) fn top(splash: Option<&Teaser>, seconds: &[Teaser]) -> Option<AnyView> {
    let splash = splash?;
    let beside = seconds
        .iter()
        .enumerate()
        .map(|(n, t)| card(t, if n == 0 { Size::Second } else { Size::River }));
    let beside = beside.collect_view();
    let view = view! {
        <div class="front__lead grid grid--ruled">
            <div class="front__package"><div class="grid__stack">{card(splash, Size::Splash)}</div></div>
            {(!seconds.is_empty()).then(|| view! { <div class="ticker">{beside}</div> })}
        </div>
    };
    Some(view.into_any())
}

/// The list. Agencies' words stand in it on their own ground.
pub(crate) fn river(page: &Page, path: &str) -> AnyView {
    let mut day = String::new();
    let rows = page.teasers.iter().map(|teaser| {
        let this = when::day(teaser.published_at());
        let head = (this != day).then(|| {
            day.clone_from(&this);
            view! { <h2 class="section__day">{this}</h2> }
        });
        let row = match teaser {
            Teaser::Story(card) => row(card),
            Teaser::Excerpt(card) => excerpt::strip(card),
        };
        view! { {head}{row} }
    });
    let rows = rows.collect_view();
    let earlier = page.rest.map(|rest| {
        view! {
            <nav class="section__pages" aria-label="Pages">
                <a href=routes::earlier(path, rest) rel="next">"Earlier stories"</a>
            </nav>
        }
    });
    view! { <div class="section__river">{rows}{earlier}</div> }.into_any()
}

fn row(card: &StoryCard) -> AnyView {
    let english = card.lang.primary() == "en";
    view! {
        <article class="section__row" lang=card.lang.to_string() dir=card.lang.dir().as_str()
            data-section=own_colour(card.section) data-card=card.address.id.to_string()>
            <div class="section__row-in">
                {when::time(card.published_at, Show::Clock)}
                <div>
                    {places(&card.places, card.genre.shown(), english)}
                    <h3 class="card__headline"><a href=card.address.to_string()>{card.headline.clone()}</a></h3>
                    {(!card.standfirst.is_empty()).then(|| view! { <p class="card__standfirst">{card.standfirst.clone()}</p> })}
                </div>
                {card.picture.as_ref().map(|p| picture(p, false))}
            </div>
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::fixture::a_card;

    #[test]
    fn a_page_knows_whether_there_is_more() {
        let of = |n: i64| Page::new((0..n).map(|i| Teaser::Story(a_card(i))).collect());
        assert_eq!(of(30).rest, None);
        let page = of(31);
        assert_eq!(page.teasers.len(), PAGE);
        assert_eq!(
            page.rest,
            page.teasers.last().map(|t| (t.published_at(), t.id()))
        );
    }
}
