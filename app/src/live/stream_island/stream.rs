//! The stream: opened, heard, given back while nobody looks, and opened again where it was.
//! A browser opens no more than six connections to a site: a hidden tab must not hold one.

use futures::StreamExt;
use gloo_net::eventsource::{State, futures::EventSource};
use js_sys::Math;
use leptos::{prelude::*, task::spawn_local};
use std::{cell::RefCell, rc::Rc, time::Duration};
use web_sys::MessageEvent;

thread_local! {
    static FOLLOWED: RefCell<Option<Followed>> = const { RefCell::new(None) };
}

/// What hears the events: their channel, their kind and their JSON.
type Take = Rc<dyn Fn(&Page, &str, &str)>;

/// The page that is followed, the number of the last event that came, and the stream while somebody looks.
struct Followed {
    page: Page,
    last: String,
    source: Option<EventSource>,
}

/// A page's channel and the sequence it was rendered at.
#[derive(Clone, PartialEq)]
pub(super) struct Page {
    channel: String,
    since: String,
}

/// The kinds of event a page may hear. `open` is the browser's own: the stream stands.
const KINDS: [&str; 11] = [
    "open",
    "blocks",
    "gone",
    "card",
    "changed",
    "removed",
    "breaking",
    "steps",
    "facts",
    "published",
    "reload",
];

impl Page {
    /// The one that stands; nothing where nothing of it changes.
    pub(super) fn here() -> Option<Self> {
        meta("channel").map(|channel| Self {
            channel,
            since: meta("seq").unwrap_or_default(),
        })
    }

    /// Whether the viewer sees the desk's view of a story.
    pub(super) fn is_the_desks(&self) -> bool {
        self.channel.starts_with("desk-")
    }

    /// Readers are thousands and come back one after the other; at the desk somebody waits for another's words.
    fn pause(&self) -> Duration {
        let (least, more) = if self.is_the_desks() {
            (500.0, 1_500.0)
        } else {
            (5_000.0, 30_000.0)
        };
        Duration::from_millis((least + Math::random() * more) as u64)
    }
}

/// Follows the page that stands, and the tab as it goes and comes.
pub(super) fn start(take: impl Fn(&Page, &str, &str) + 'static) {
    let take: Take = Rc::new(take);
    follow(&take);
    let on_page = {
        let take = take.clone();
        window_event_listener_untyped("page", move |_| follow(&take))
    };
    // The event of the document bubbles up to the window.
    let on_sight = window_event_listener_untyped("visibilitychange", move |_| {
        if document().hidden() {
            FOLLOWED.with_borrow_mut(|followed| followed.as_mut().and_then(|it| it.source.take()));
        } else {
            resume(&take);
        }
    });
    on_cleanup(move || {
        on_page.remove();
        on_sight.remove();
    });
}

/// Opens the page's channel before the old one is closed, so that at no moment nobody listens.
fn follow(take: &Take) {
    let page = Page::here();
    let same = FOLLOWED.with_borrow(|it| it.as_ref().map(|it| &it.page) == page.as_ref());
    if same {
        return;
    }
    let new = page.map(|page| Followed {
        last: page.since.clone(),
        source: open(&page, &page.since, take),
        page,
    });
    drop(FOLLOWED.replace(new));
}

/// Goes on after the last event that came, where the stream was given back or broke for good.
fn resume(take: &Take) {
    FOLLOWED.with_borrow_mut(|followed| {
        let Some(it) = followed.as_mut() else {
            return;
        };
        let stands = it.source.as_ref();
        if stands.is_none_or(|source| source.state() == State::Closed) {
            it.source = open(&it.page, &it.last, take);
        }
    });
}

fn open(page: &Page, last: &str, take: &Take) -> Option<EventSource> {
    if document().hidden() {
        return None;
    }
    let address = format!("/live/{}?since={last}", page.channel);
    let mut source = EventSource::new(&address).ok()?;
    for kind in KINDS {
        let Ok(mut events) = source.subscribe(kind) else {
            continue;
        };
        let (page, take) = (page.clone(), take.clone());
        spawn_local(async move {
            while let Some(Ok((kind, message))) = events.next().await {
                // An event that was under way when its page went is nobody's.
                if Page::here().map(|it| it.channel).as_ref() != Some(&page.channel) {
                    return;
                }
                let data = if kind == "open" {
                    "{}".into()
                } else {
                    remember(&page, &message);
                    message.data().as_string().unwrap_or_default()
                };
                take(&page, &kind, &data);
            }
            // All kinds end together, so one of them looks after what follows.
            if kind == "reload" {
                again(&page, take);
            }
        });
    }
    Some(source)
}

fn remember(page: &Page, message: &MessageEvent) {
    FOLLOWED.with_borrow_mut(|followed| {
        if let Some(it) = followed.as_mut().filter(|it| it.page == *page) {
            it.last = message.last_event_id();
        }
    });
}

/// A browser comes back by itself when a connection breaks, but never after an answer that is no stream, such as a
/// proxy's while the site is away. Spread out, or all pages would come back at once.
fn again(page: &Page, take: Take) {
    let (page, pause) = (page.clone(), page.pause());
    let try_it = move || {
        let same = FOLLOWED.with_borrow(|it| it.as_ref().is_some_and(|it| it.page == page));
        if same {
            resume(&take);
        }
    };
    set_timeout(try_it, pause);
}

fn meta(name: &str) -> Option<String> {
    let tag = document()
        .query_selector(&format!("meta[name={name}]"))
        .ok()
        .flatten()?;
    tag.get_attribute("content")
}
