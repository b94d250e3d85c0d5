//! Every kind of page, drawn from a store with a few stories in it: status, what it shows, what it must never show.
#![cfg(feature = "ssr")]

#[cfg(test)]
mod events;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod newsroom;
#[cfg(test)]
mod now;
#[cfg(test)]
mod rules;
mod sources;

use news::Role;
use newsroom::Newsroom;

#[tokio::test]
async fn the_front_leads_to_everything_that_is_published() {
    let room = Newsroom::open().await;
    let story = room.published("Kaohsiung sells its empty hours").await;
    let front = room.page("/").await;
    assert_eq!(front.noted.status, None);
    assert!(
        front.html.contains(&format!("href=\"{story}\"")),
        "{}",
        front.html
    );
    assert!(
        front
            .html
            .contains("<meta name=\"channel\" content=\"front\"")
    );
    assert!(front.noted.shows.contains(&news::Shows::Front));
    for path in [
        "/business",
        "/business/taiwan",
        "/asia/taiwan",
        "/asia/eastern-asia",
    ] {
        let page = room.page(path).await;
        assert_eq!(page.noted.status, None, "{path}");
        assert!(
            page.html.contains("Kaohsiung sells its empty hours"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_story_stands_at_one_address() {
    let room = Newsroom::open().await;
    let story = room.published("Kaohsiung sells its empty hours").await;
    let page = room.page(&story).await;
    assert_eq!(page.noted.status, None);
    assert_eq!(page.count("<h1"), 1);
    assert!(page.html.contains("data-block="));
    assert!(page.html.contains("\"@type\":\"NewsArticle\""));
    assert!(page.html.contains("<meta name=\"seq\" content=\""));
    let id = story.rsplit('-').next().unwrap();
    let wrong = room.page(&format!("/story/another-slug-{id}")).await;
    assert_eq!(wrong.noted.redirect.as_deref(), Some(story.as_str()));
}

#[tokio::test]
async fn the_same_state_gives_the_same_bytes() {
    let room = Newsroom::open().await;
    let story = room.published("Kaohsiung sells its empty hours").await;
    // Some numbers move by the clock, each five minutes: nothing is compared across that moment.
    let left = 300_000 - store::Store::now().0.rem_euclid(300_000);
    if left < 5_000 {
        tokio::time::sleep(std::time::Duration::from_millis(left.unsigned_abs())).await;
    }
    for path in ["/", "/business", "/latest", story.as_str(), "/contacts"] {
        assert_eq!(
            room.page(path).await.without_nonce(),
            room.page(path).await.without_nonce(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_draft_is_seen_by_staff_alone() {
    let room = Newsroom::open().await;
    room.published("Kaohsiung sells its empty hours").await;
    let draft = room.draft("Nobody may read zwirbelquax yet").await;
    for path in ["/", "/business", "/asia/taiwan", draft.as_str()] {
        assert!(
            !room.page(path).await.html.contains("zwirbelquax"),
            "{path}"
        );
    }
    assert_eq!(room.page(&draft).await.noted.status, Some(404));
    let seen = room.page_for(&draft, Role::Editor).await;
    assert!(seen.html.contains("zwirbelquax"));
    assert!(seen.html.contains("data-desk="));
    assert!(!seen.html.contains("data-block="));
    assert!(!seen.html.contains("ld+json"));
}

#[tokio::test]
async fn an_excerpt_leads_out_exactly_once() {
    let room = Newsroom::open().await;
    let excerpt = room.excerpt().await;
    let page = room.page(&excerpt).await;
    assert_eq!(page.noted.status, None);
    assert_eq!(page.count("Read more on apnews.com"), 1);
    assert!(
        page.html
            .contains("href=\"https://apnews.com/article/abc\" rel=\"external noopener\"")
    );
    assert!(page.html.contains("SEOUL, South Korea (AP) — North Korea"));
    assert!(page.noted.no_index);
    for name in ["North Korea", "South Korea", "Technology", "Politics"] {
        assert!(page.html.contains(name), "{name}");
    }
}

#[tokio::test]
async fn other_addresses_say_what_they_are() {
    let room = Newsroom::open().await;
    for path in [
        "/nope",
        "/politics/atlantis",
        "/asia/atlantis",
        "/story/x",
        "/story/no-such-5k2f9",
        "/a/b/c",
    ] {
        let page = room.page(path).await;
        assert_eq!(page.noted.status, Some(404), "{path}");
        assert!(page.html.contains("href=\"/politics\""), "{path}");
    }
    for (path, to) in [
        ("/asia/jp", "/asia/japan"),
        ("/asia/southeast-asia", "/asia/south-eastern-asia"),
        ("/business/jp", "/business/japan"),
        ("/impressum", "/contacts"),
    ] {
        assert_eq!(
            room.page(path).await.noted.redirect.as_deref(),
            Some(to),
            "{path}"
        );
    }
    assert_eq!(
        room.page("/business?before=x").await.noted.status,
        Some(400)
    );
    let contacts = room.page("/contacts").await;
    assert!(
        contacts
            .html
            .contains("<li>Registration certificate 06691200</li>")
    );
    assert!(contacts.html.contains("NewsMediaOrganization"));
    assert!(
        room.page("/sign-in")
            .await
            .html
            .contains("action=\"/sign-in\"")
    );
    assert!(
        room.page("/sign-in/abc")
            .await
            .html
            .contains("action=\"/sign-in/abc\"")
    );
}

#[tokio::test]
async fn a_withdrawn_story_says_when_and_why() {
    let room = Newsroom::open().await;
    let story = room.published("Kaohsiung sells its empty hours").await;
    room.withdraw(&story, "The hours were not empty.").await;
    let page = room.page(&story).await;
    assert_eq!(page.noted.status, Some(410));
    assert!(page.html.contains("The hours were not empty."));
    assert!(!page.html.contains("Kaohsiung"));
}

#[tokio::test]
async fn no_link_of_a_page_is_dead_and_no_style_is_inline() {
    let room = Newsroom::open().await;
    let story = room.published("Kaohsiung sells its empty hours").await;
    let excerpt = room.excerpt().await;
    let mut seen = std::collections::BTreeSet::new();
    for path in [
        "/",
        "/business",
        story.as_str(),
        excerpt.as_str(),
        "/contacts",
        "/nope",
    ] {
        let page = room.page(path).await;
        assert_eq!(page.count(" style="), 0, "{path}");
        seen.extend(page.links());
    }
    for link in seen
        .iter()
        .filter(|link| !["/feed.xml", "/icon.svg", "/sign-in"].contains(&link.as_str()))
    {
        let page = room.page(link).await;
        assert_eq!(
            (page.noted.status, page.noted.redirect),
            (None, None),
            "{link}"
        );
    }
}
