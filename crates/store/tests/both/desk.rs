//! Publishing, correcting, facts, withdrawing.

use crate::news_room::{a_story, doc, editor, publication, published, refusal, steps};
use crate::site::{Site, both};
use news::story::Told;
use news::{NewsEvent, Place, Refusal, Section, Slug, Teaser};
use store::Facts;

both! {
    a_story_goes_out_and_is_corrected stale_is_refused a_new_slug_redirects
    an_emptied_slug_is_made_from_the_headline withdrawn_is_gone facts_move_the_card
}

async fn a_story_goes_out_and_is_corrected(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let out = published(store, a_story("Typhoon nears Kyushu")).await;
    let id = out.address.id;
    assert_eq!((out.version, out.before), (0, None));
    assert_eq!(
        out.address.slug.as_ref().map(Slug::as_str),
        Some("typhoon-nears-kyushu")
    );
    let Some(Told::Story(story)) = store.told(id).await.unwrap() else {
        panic!("a story")
    };
    assert_eq!(
        story.document,
        doc("Typhoon nears Kyushu", "Ferries stop at noon.")
    );
    assert_eq!(story.authors, ["Mika Arai", "Li Na"]);
    assert_eq!(story.places, [Place::JP, Place::KR]);
    assert_eq!(story.topics[0].name, "Shipping");
    assert_eq!(store.block_ids(id).await.unwrap(), ["b1"]);
    let card = store.teaser(id).await.unwrap();

    // The body alone changes: lists stay byte for byte.
    store.accept_steps(steps(id, staff, 0, "b1")).await.unwrap();
    let mut correction = publication(store, id).await;
    correction.doc = doc("Typhoon nears Kyushu", "Ferries stop at ten.");
    correction.note = Some("The hour was wrong.".into());
    correction.staff = Some(staff);
    let again = store.publish(correction.clone()).await.unwrap();
    assert_eq!((again.version, again.before), (2, Some(0)));
    assert_eq!(store.teaser(id).await.unwrap(), card);
    let head = store.head().await.unwrap();
    let event = &store.outbox(head - 1, 1).await.unwrap()[0].event;
    assert!(matches!(
        event,
        NewsEvent::Published {
            card: false,
            before: Some(0),
            ..
        }
    ));
    let Some(Told::Story(story)) = store.told(id).await.unwrap() else {
        panic!("a story")
    };
    assert_eq!(
        (story.version, story.document.text().contains("at ten")),
        (2, true)
    );
    assert!(store.words(id, 0).await.unwrap().is_some());

    // The same request once more has no second effect.
    correction.note = None;
    assert_eq!(store.publish(correction).await.unwrap().version, 2);
    assert_eq!(store.head().await.unwrap(), head);
    let lines = store.revisions(id).await.unwrap();
    assert_eq!(lines.iter().map(|l| l.version).collect::<Vec<_>>(), [2, 0]);
    assert_eq!(lines[0].note.as_deref(), Some("The hour was wrong."));
    assert_eq!(lines[0].name.as_deref(), Some("Mika Arai"));
}

async fn stale_is_refused(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let id = store.begin_story(a_story("Typhoon")).await.unwrap();
    let seen = publication(store, id).await;
    store.accept_steps(steps(id, staff, 0, "b1")).await.unwrap();
    let no = refusal(store.publish(seen).await);
    assert_eq!(no, Refusal::Stale { yours: 0, ours: 2 });
    assert!(store.told(id).await.unwrap().is_none());
}

async fn a_new_slug_redirects(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let out = published(store, a_story("Typhoon nears Kyushu")).await;
    let id = out.address.id;
    let mut rev = out.rev;
    let mut paths = vec![out.address.to_string()];
    for slug in ["kyushu-typhoon", "台風"] {
        rev = store
            .set_facts(facts(id, rev, staff, Some(slug)))
            .await
            .unwrap();
        paths.push(format!("/story/{slug}-{id}"));
    }
    for old in &paths[..2] {
        assert_eq!(store.redirect(old).await.unwrap().as_ref(), Some(&paths[2]));
    }
    // Back to a former address: it leads nowhere but to itself.
    store
        .set_facts(facts(id, rev, staff, Some("kyushu-typhoon")))
        .await
        .unwrap();
    assert_eq!(store.redirect(&paths[1]).await.unwrap(), None);
    assert_eq!(
        store.redirect(&paths[0]).await.unwrap().as_ref(),
        Some(&paths[1])
    );
}

async fn an_emptied_slug_is_made_from_the_headline(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let out = published(store, a_story("Typhoon nears Kyushu")).await;
    let (id, first) = (out.address.id, out.address.to_string());
    let rev = store
        .set_facts(facts(id, out.rev, staff, Some("wrong-word")))
        .await
        .unwrap();
    store.set_facts(facts(id, rev, staff, None)).await.unwrap();
    let story = store.draft(id).await.unwrap().unwrap().story;
    assert_eq!(story.address.to_string(), first);
    let wrong = format!("/story/wrong-word-{id}");
    assert_eq!(store.redirect(&wrong).await.unwrap(), Some(first));
    // A draft has none until it goes out.
    let id = store.begin_story(a_story("Rice")).await.unwrap();
    for slug in [Some("wrong-word"), None] {
        let rev = store.draft(id).await.unwrap().unwrap().story.rev;
        store.set_facts(facts(id, rev, staff, slug)).await.unwrap();
        let draft = store.draft(id).await.unwrap().unwrap().story;
        assert_eq!(draft.address.slug, slug.and_then(Slug::parse));
    }
}

fn facts(story: news::StoryId, rev: u64, staff: news::StaffId, slug: Option<&str>) -> Facts {
    Facts {
        story,
        rev,
        staff,
        section: Section::Climate,
        places: vec![Place::JP],
        lang: news::Lang::english(),
        genre: news::Genre::News,
        slug: slug.and_then(Slug::parse),
        topics: None,
    }
}

async fn withdrawn_is_gone(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let draft = store.begin_story(a_story("Never out")).await.unwrap();
    assert!(matches!(
        refusal(store.withdraw(draft, 1, staff, "x").await),
        Refusal::Invalid(_)
    ));
    let out = published(store, a_story("Typhoon nears Kyushu")).await;
    let id = out.address.id;
    assert!(matches!(
        refusal(store.withdraw(id, out.rev, staff, " ").await),
        Refusal::Invalid(_)
    ));
    assert!(matches!(
        refusal(store.withdraw(id, 99, staff, "Wrong.").await),
        Refusal::Stale { .. }
    ));
    store
        .withdraw(id, out.rev, staff, "It was not true.")
        .await
        .unwrap();
    store
        .withdraw(id, out.rev, staff, "It was not true.")
        .await
        .unwrap();
    let Some(Told::Gone(gone)) = store.told(id).await.unwrap() else {
        panic!("gone")
    };
    assert_eq!((gone.id, gone.why.as_str()), (id, "It was not true."));
    assert_eq!(store.words(id, 0).await.unwrap(), None);
    assert_eq!(store.teaser(id).await.unwrap(), None);
    for of in [news::front::Of::All, news::front::Of::Place(Place::JP)] {
        assert_eq!(store.teasers(of, None, 9).await.unwrap(), vec![]);
    }
    assert_eq!(
        refusal(store.accept_steps(steps(id, staff, 0, "b")).await),
        Refusal::Withdrawn
    );
    let mut again = publication(store, id).await;
    again.note = Some("x".into());
    assert_eq!(refusal(store.publish(again).await), Refusal::Withdrawn);
    let events = store.outbox(0, 99).await.unwrap();
    assert_eq!(
        events
            .iter()
            .filter(|r| matches!(r.event, NewsEvent::Canceled { .. }))
            .count(),
        1
    );
}

async fn facts_move_the_card(site: Site) {
    let store = &site.store;
    let staff = editor(store).await;
    let out = published(store, a_story("Typhoon nears Kyushu")).await;
    let id = out.address.id;
    let rev = store
        .set_facts(facts(id, out.rev, staff, None))
        .await
        .unwrap();
    assert_eq!(rev, out.rev + 1);
    let stale = refusal(store.set_facts(facts(id, out.rev, staff, None)).await);
    assert_eq!(
        stale,
        Refusal::Stale {
            yours: out.rev,
            ours: rev
        }
    );
    let Some(Teaser::Story(card)) = store.teaser(id).await.unwrap() else {
        panic!("a card")
    };
    assert_eq!(
        (card.section, card.places.as_slice()),
        (Section::Climate, &[Place::JP][..])
    );
    let event = store.outbox(0, 99).await.unwrap().pop().unwrap().event;
    let NewsEvent::Published {
        stands, card: true, ..
    } = event
    else {
        panic!("{event:?}")
    };
    assert_eq!(stands.sections, [Section::Business, Section::Climate]);
    assert_eq!(stands.places, [Place::JP, Place::KR]);
    let korea = store
        .teasers(news::front::Of::Place(Place::KR), None, 9)
        .await
        .unwrap();
    assert_eq!(korea, vec![]);
}
