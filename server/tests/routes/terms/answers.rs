//! Pages, lists, feeds: every place in them where an agency's words may stand.

use super::made::Item;
use super::measure::{parts, unescaped};
use super::{Sent, ends_well};
use crate::site::Site;
use axum::http::StatusCode;
use news::{Id, Place, Section, Source, front};

/// One page in how many is drawn.
pub(super) fn every() -> usize {
    let set = std::env::var("RENDERS_EVERY").ok();
    set.map_or(100, |every| every.parse().unwrap())
}

/// Pages of single items, wherever in them words may stand.
pub(super) async fn pages(site: &Site, sent: &Sent) {
    let mut ids: Vec<&Id> = sent.stories.keys().collect();
    ids.sort();
    for id in ids.into_iter().step_by(every()) {
        let answer = site.get(&sent.addresses[id]).await;
        assert_eq!(answer.status, StatusCode::OK);
        let (source, item) = sent.of(*id);
        let html = answer.text();
        let (body, apart) = parts(&html);
        sent.within(*id, [&*body], "a page");
        sent.within(
            *id,
            apart.iter().map(|part| &**part),
            "what a page says of itself",
        );
        let way = format!("Read more on wire{}.example", sent.stories[id].0);
        assert_eq!(body.matches(&way).count(), 1, "{}: {body}", item.url);
        assert_eq!(body.matches("Read more on").count(), 1, "{body}");
        let about = attribute(&html, "name=\"description\"", "content");
        if about != item.headline {
            ends_well(source, item, &about, "a description");
        }
        says_what_its_terms_ask(source, item, &sent.addresses[id], &html, &body);
    }
}

/// The line, the address to be found first, and whether it is to be found.
fn says_what_its_terms_ask(source: &Source, item: &Item, ours: &str, html: &str, body: &str) {
    let line = source.terms.attribution.clone();
    let line = line.unwrap_or_else(|| format!("Text © {}.", source.name));
    assert_eq!(body.matches(&line).count(), 1, "{line}: {body}");
    let canonical = attribute(html, "rel=\"canonical\"", "href");
    if source.terms.canonical_ours {
        assert!(canonical.ends_with(ours), "{canonical}");
    } else {
        assert_eq!(canonical, item.url);
    }
    let robots = attribute(html, "name=\"robots\"", "content");
    assert_eq!(
        !robots.starts_with("noindex"),
        source.terms.index,
        "{}",
        item.url
    );
}

/// An attribute of the one tag that says this.
fn attribute(html: &str, says: &str, name: &str) -> String {
    let mut tags = html.split('<').filter(|tag| tag.contains(says));
    let tag = tags.next().unwrap();
    assert!(tags.next().is_none(), "{says} twice");
    let value = tag.split(&format!("{name}=\"")).nth(1).unwrap();
    unescaped(value.split('"').next().unwrap())
}

/// Fronts and lists as they stand now.
pub(super) async fn fronts(site: &Site, sent: &Sent) {
    let mut paths = vec![
        "/".to_owned(),
        "/asia/japan".into(),
        "/asia/eastern-asia".into(),
    ];
    paths.extend(Section::ALL.map(|section| format!("/{}", section.slug())));
    paths.push(format!("/world/{}", Place::JP.slug()));
    for path in paths {
        cards(sent, &site.get(&path).await.text(), &path);
    }
    let feed = site.get("/feed.xml").await.text();
    for item in feed.split("<item>").skip(1) {
        let id = item.split("<guid isPermaLink=\"false\">").nth(1).unwrap();
        let id: Id = id.split('<').next().unwrap().parse().unwrap();
        let (text, _) = parts(item);
        let (text, apart) = parts(&text);
        sent.within(id, [&*text], "/feed.xml");
        sent.within(id, apart.iter().map(|part| &**part), "/feed.xml");
        assert_eq!(text.matches("Read more on wire").count(), 1, "{text}");
    }
}

/// The lists to their ends, and their further rows.
pub(super) async fn lists(site: &Site, sent: &Sent) {
    fronts(site, sent).await;
    let store = &site.newsroom.store;
    for section in Section::ALL {
        let path = format!("/{}", section.slug());
        let mut before = None;
        loop {
            let page = store
                .teasers(front::Of::Section(section), before, 400)
                .await
                .unwrap();
            let Some(last) = page.last() else { break };
            let cursor = format!("{}-{}", last.published_at().0, last.id());
            before = Some((last.published_at(), last.id()));
            let api = format!("/api/earlier?list=%2F{}&before={cursor}", section.slug());
            let rows = site.get(&api).await;
            assert_eq!(rows.status, StatusCode::OK, "{api}");
            cards(sent, rows.json()["html"].as_str().unwrap(), &api);
            let list = format!("{path}?before={cursor}");
            cards(sent, &site.get(&list).await.text(), &list);
        }
    }
}

/// Every agency's card in an answer.
pub(super) fn cards(sent: &Sent, html: &str, what: &str) {
    for part in html.split("<article class=\"excerpt").skip(1) {
        let card = part.split("</article>").next().unwrap();
        let id = card.split("data-card=\"").nth(1).unwrap();
        let id: Id = id.split('"').next().unwrap().parse().unwrap();
        let (body, apart) = parts(&format!("<article class=\"excerpt{card}"));
        sent.within(id, [&*body], what);
        sent.within(id, apart.iter().map(|part| &**part), what);
        let ways = usize::from(!card.starts_with(" excerpt--strip"));
        assert_eq!(
            body.matches("Read more on wire").count(),
            ways,
            "{what}: {card}"
        );
    }
}
