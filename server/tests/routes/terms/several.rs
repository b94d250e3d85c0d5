//! Where several agencies stand in one answer: an event's page, the river, the desk's inbox.

use super::Sent;
use super::answers::every;
use super::measure::parts;
use crate::site::Site;
use axum::http::StatusCode;
use news::{Id, Role};

/// How many tell of one event here.
const TELL: usize = 3;

/// Puts tellings together and looks at each of their events.
pub(super) async fn events(site: &Site, sent: &Sent) {
    let store = &site.newsroom.store;
    let (editor, _) = site.member(Role::Editor).await;
    let mut ids: Vec<Id> = sent.stories.keys().copied().collect();
    // Neighbours came from one source; these come from many.
    ids.sort_by_key(|id| (sent.stories[id].1, sent.stories[id].0));
    for tellings in ids.chunks_exact(TELL).step_by(every()) {
        let mut event = None;
        for other in &tellings[1..] {
            let put = store.put_together(*other, tellings[0], editor).await;
            event = Some(put.unwrap());
        }
        let event = store.event(event.unwrap()).await.unwrap().unwrap();
        let path = event.address.to_string();
        let answer = site.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let html = answer.text();
        let (head, _) = html.split_once("<body").unwrap();
        let (text, apart) = parts(head);
        for id in tellings {
            sent.within(*id, [&*text], "an event's head");
            sent.within(*id, apart.iter().map(|part| &**part), "an event's head");
        }
        let mut seen = rows(&html, ("li", "event__telling"), |row| {
            let id = carded(row);
            one(sent, id, row, 1, &path);
            id
        });
        seen.sort();
        let mut all = tellings.to_vec();
        all.sort();
        assert_eq!(seen, all, "{path}");
    }
}

/// The river to its end, or its first pages where not every page is drawn.
pub(super) async fn river(site: &Site, sent: &Sent) {
    walk(site, None, "/latest", |html, path| {
        rows(html, ("article", "latest__row"), |row| {
            one(sent, carded(row), row, 0, path);
        })
        .len()
    })
    .await;
}

/// The inbox as an editor sees it.
pub(super) async fn inbox(site: &Site, sent: &Sent) {
    let (_, cookie) = site.member(Role::Chief).await;
    let ids = sent.addresses.iter().map(|(id, address)| (&**address, *id));
    let ids: std::collections::HashMap<&str, Id> = ids.collect();
    walk(site, Some(&cookie), "/desk/wire", |html, path| {
        let ours = rows(html, ("article", "wire__one"), |row| {
            let (_, link) = row.split_once("wire__headline").unwrap();
            // Of what was refused stands an address at most, and it is its agency's.
            let address = link.split("href=\"").nth(1)?.split('"').next()?;
            one(sent, *ids.get(address)?, row, 0, path);
            Some(())
        });
        ours.into_iter().flatten().count()
    })
    .await;
}

/// Goes from page to page by their links to earlier ones; rows of ours stand in them.
async fn walk(site: &Site, cookie: Option<&str>, from: &str, look: impl Fn(&str, &str) -> usize) {
    let headers: Vec<(&str, &str)> = cookie.map(|it| ("cookie", it)).into_iter().collect();
    let most = if every() == 1 { usize::MAX } else { 3 };
    let mut next = Some(from.to_owned());
    let (mut pages, mut seen) = (0, 0);
    while let Some(path) = next.filter(|_| pages < most) {
        let answer = site.get_with(&path, &headers).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let html = answer.text();
        seen += look(&html, &path);
        let mut links = html.split("href=\"").skip(1);
        let links = links.find_map(|link| {
            let link = link.split('"').next()?;
            (link.starts_with(from) && link.contains("before=")).then_some(link)
        });
        next = links.map(|link| link.replace("&amp;", "&"));
        pages += 1;
    }
    assert!(pages > 1 && seen > pages, "{from}: {seen} on {pages} pages");
}

/// What each element of this class has in it; it holds no other of its kind.
fn rows<T>(html: &str, (tag, class): (&str, &str), of: impl Fn(&str) -> T) -> Vec<T> {
    let (begins, ends) = (format!("<{tag}"), format!("</{tag}>"));
    let found = html.split(&begins).skip(1);
    let found = found.filter(|rest| rest.split('>').next().unwrap().contains(class));
    let whole = found.map(|rest| format!("{begins}{}", rest.split(&ends).next().unwrap()));
    whole.map(|row| of(&row)).collect()
}

fn carded(row: &str) -> Id {
    let id = row.split("data-card=\"").nth(1).unwrap();
    id.split('"').next().unwrap().parse().unwrap()
}

/// An agency's row: its words within the terms, and so many ways to the rest.
fn one(sent: &Sent, id: Id, row: &str, ways: usize, what: &str) {
    let (body, apart) = parts(row);
    sent.within(id, [&*body], what);
    sent.within(id, apart.iter().map(|part| &**part), what);
    assert_eq!(body.matches("Read more on").count(), ways, "{what}: {row}");
}
