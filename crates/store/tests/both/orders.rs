//! What agencies take back, what others oblige us to take down, and the account of it all.

use crate::news_room::{a_story, an_item, batch, published, refusal};
use crate::site::{Site, both};
use crate::wire::excerpt;
use news::front::Of;
use news::story::Told;
use news::{Id, Millis, NewsEvent, Refusal, StoryId};
use store::{Account, Fate, KillOrder, Killed, NewExcerpt, Store, TakeDown};

both! {
    a_kill_takes_back_what_stands a_kill_is_remembered_before_its_item a_kill_means_the_item_it_names
    a_take_down_leaves_no_word a_whole_source_goes a_month_is_accounted_for
}

async fn ap(store: &Store) -> Id {
    store.source("AP").await.unwrap().unwrap().id
}

async fn file(store: &Store, item: NewExcerpt) -> Fate {
    let filing = batch(store, vec![item]).await;
    store.file_items(filing).await.unwrap().remove(0)
}

async fn new(store: &Store, guid: &str) -> StoryId {
    match file(store, an_item(guid, "h")).await {
        Fate::New(id) => id,
        other => panic!("{other:?}"),
    }
}

fn order(guid: &str, address: &str) -> KillOrder {
    KillOrder {
        guid: guid.into(),
        address: address.into(),
        at: Store::now(),
    }
}

async fn kill(store: &Store, guid: &str, address: &str) -> Killed {
    let orders = [order(guid, address)];
    let mut done = store.kill_items(ap(store).await, &orders).await.unwrap();
    done.remove(0)
}

async fn why(store: &Store, id: StoryId) -> String {
    match store.told(id).await.unwrap() {
        Some(Told::Gone(gone)) => gone.why,
        other => panic!("{other:?}"),
    }
}

async fn a_kill_takes_back_what_stands(site: Site) {
    let store = &site.store;
    let (id, other) = (new(store, "one").await, new(store, "two").await);
    let head = store.head().await.unwrap();
    assert_eq!(kill(store, "one", "").await, Killed::Now(vec![id]));
    assert_eq!(why(store, id).await, "Withdrawn at the request of AP.");
    let told = store.outbox(head, 9).await.unwrap();
    assert!(
        matches!(&told[..], [row] if matches!(row.event, NewsEvent::Canceled { story, .. } if story == id))
    );
    let listed = store.teasers(Of::All, None, 9).await.unwrap();
    assert_eq!(
        listed.iter().map(news::Teaser::id).collect::<Vec<_>>(),
        [other]
    );
    let audit = "SELECT COUNT(*) FROM audit WHERE what = 'killed by its agency'";
    assert_eq!(site.number(audit).await, 1);
    let words = format!(
        "SELECT COUNT(*) FROM story WHERE id = {} AND CAST(excerpt AS TEXT) = '[]'",
        id.0
    );
    assert_eq!(site.number(&words).await, 1);
    // Each poll brings the kill again, and at last an update of what was killed.
    assert_eq!(kill(store, "one", "").await, Killed::Known);
    let mut update = an_item("one", "h2");
    update.published_at = Store::now();
    assert_eq!(file(store, update).await, Fate::Refused(Refusal::Withdrawn));
    assert_eq!(store.head().await.unwrap(), head + 1);
    assert_eq!(site.number(audit).await, 1);
}

async fn a_kill_is_remembered_before_its_item(site: Site) {
    let store = &site.store;
    let page = "https://apnews.com/never";
    assert_eq!(kill(store, "never", page).await, Killed::Remembered);
    assert_eq!(kill(store, "never", page).await, Killed::Known);
    let same = file(store, an_item("never", "h")).await;
    assert_eq!(same, Fate::Refused(Refusal::Withdrawn));
    // What was published at that address before it was taken back is what was taken back.
    let mut moved = an_item("another id", "h");
    moved.address = page.into();
    let older = file(store, moved.clone()).await;
    assert_eq!(older, Fate::Refused(Refusal::Withdrawn));
    // What comes later under an id of its own is another telling, and stays the same item at each poll.
    moved.published_at = Store::now().plus(Millis::MINUTE);
    let Fate::New(id) = file(store, moved.clone()).await else {
        panic!("a new telling")
    };
    assert_eq!(file(store, moved).await, Fate::Duplicate(id));
    assert_eq!(
        file(store, an_item("never", "h3")).await,
        Fate::Refused(Refusal::Withdrawn)
    );
    excerpt(store, id).await;
}

async fn a_kill_means_the_item_it_names(site: Site) {
    let store = &site.store;
    let (one, two) = (new(store, "one").await, new(store, "two").await);
    // A notice with an id of its own says by its address which page it means.
    let notice = kill(store, "notice-7", "https://apnews.com/two").await;
    assert_eq!(notice, Killed::Now(vec![two]));
    excerpt(store, one).await;
    // An id that its source gives to everything says less than id and address together.
    let mut shared = an_item("shared", "h");
    shared.address = "https://apnews.com/first".into();
    let Fate::New(first) = file(store, shared.clone()).await else {
        panic!("new")
    };
    shared.address = "https://apnews.com/second".into();
    shared.headline = "Quite another matter".into();
    let Fate::New(second) = file(store, shared).await else {
        panic!("new")
    };
    let killed = kill(store, "shared", "https://apnews.com/second").await;
    assert_eq!(killed, Killed::Now(vec![second]));
    excerpt(store, first).await;
    // The page says more than an id that another item has.
    let third = new(store, "third").await;
    let killed = kill(store, "shared", "https://apnews.com/third").await;
    assert_eq!(killed, Killed::Now(vec![third]));
    excerpt(store, first).await;
    // Another source's ids are its own.
    let kuroshio = store.source("kuroshio").await.unwrap().unwrap().id;
    let orders = [order("one", "https://apnews.com/one")];
    let done = store.kill_items(kuroshio, &orders).await.unwrap();
    assert_eq!(done, [Killed::Remembered]);
    excerpt(store, one).await;
    // What waits for its delay to pass never appears.
    let mut ap = store.source("AP").await.unwrap().unwrap();
    ap.terms.delay_min = 90;
    store.set_source(&ap).await.unwrap();
    let waits = new(store, "waits").await;
    assert_eq!(kill(store, "waits", "").await, Killed::Now(vec![waits]));
    let shown = store.keep_licences(Store::now().plus(Millis::DAY)).await;
    assert_eq!(shown.unwrap(), (0, 0));
}

fn a_take_down() -> TakeDown {
    TakeDown {
        why: "Taken down by order of a court.".into(),
        by: "District Court of Prague 6".into(),
    }
}

async fn a_take_down_leaves_no_word(site: Site) {
    let store = &site.store;
    let ours = published(store, a_story("Typhoon nears Kyushu")).await;
    let theirs = new(store, "one").await;
    for id in [ours.address.id, theirs] {
        assert!(store.take_down(id, &a_take_down()).await.unwrap());
        assert_eq!(why(store, id).await, "Taken down by order of a court.");
        assert!(store.teaser(id).await.unwrap().is_none());
        // Who ordered it is for the record and no reader.
        let by = format!(
            "SELECT COUNT(*) FROM audit WHERE entity = {} AND what = 'take down' AND CAST(after AS TEXT) LIKE '%District Court%'",
            id.0
        );
        assert_eq!(site.number(&by).await, 1);
        assert!(!store.take_down(id, &a_take_down()).await.unwrap());
    }
    assert_eq!(
        file(store, an_item("one", "h2")).await,
        Fate::Refused(Refusal::Withdrawn)
    );
    let draft = store.begin_story(a_story("Not yet")).await.unwrap();
    assert_eq!(
        refusal(store.take_down(draft, &a_take_down()).await),
        Refusal::NotFound
    );
    assert_eq!(
        refusal(store.take_down(Id(7), &a_take_down()).await),
        Refusal::NotFound
    );
    let silent = TakeDown {
        why: " ".into(),
        ..a_take_down()
    };
    let no = refusal(store.take_down(draft, &silent).await);
    assert!(no.to_string().contains("give the reason"), "{no}");
}

async fn a_whole_source_goes(site: Site) {
    let store = &site.store;
    // More than one transaction takes.
    for some in 0..3 {
        let items = (0..80).map(|n| an_item(&format!("{some}-{n}"), "h"));
        let filing = batch(store, items.collect()).await;
        store.file_items(filing).await.unwrap();
    }
    let mut ap = store.source("AP").await.unwrap().unwrap();
    ap.terms.delay_min = 90;
    store.set_source(&ap).await.unwrap();
    new(store, "waits").await;
    let ours = published(store, a_story("Typhoon nears Kyushu")).await;
    let gone = store.take_source_down(&ap, &a_take_down()).await.unwrap();
    assert_eq!(gone, 241);
    assert_eq!(
        store.take_source_down(&ap, &a_take_down()).await.unwrap(),
        0
    );
    let left = store.teasers(Of::All, None, 99).await.unwrap();
    assert_eq!(
        left.iter().map(news::Teaser::id).collect::<Vec<_>>(),
        [ours.address.id]
    );
    assert_eq!(
        site.number("SELECT COUNT(*) FROM audit WHERE what = 'take down'")
            .await,
        241
    );
}

async fn account(store: &Store) -> Account {
    let (from, until) = (Millis(0), Store::now().plus(Millis::DAY * 99));
    let mut all = store.rights(from, until).await.unwrap();
    all.retain(|account| account.slug == "ap");
    all.remove(0)
}

async fn a_month_is_accounted_for(site: Site) {
    let store = &site.store;
    let now = Store::now();
    let ids = [
        new(store, "a").await,
        new(store, "b").await,
        new(store, "c").await,
        new(store, "d").await,
    ];
    // Read again, nothing is counted again.
    assert!(matches!(
        file(store, an_item("a", "h")).await,
        Fate::Duplicate(_)
    ));
    let mut longer = an_item("a", "h2");
    longer.paragraphs.push("A third.".into());
    longer.given = 40;
    assert!(matches!(file(store, longer).await, Fate::Update(_)));
    kill(store, "b", "").await;
    kill(store, "b", "").await;
    kill(store, "never had", "").await;
    let staff = crate::news_room::editor(store).await;
    store
        .withdraw(ids[2], 1, staff, "It was wrong.")
        .await
        .unwrap();
    let mut ap = store.source("AP").await.unwrap().unwrap();
    ap.terms.delay_min = 90;
    store.set_source(&ap).await.unwrap();
    let waits = new(store, "e").await;
    let so_far = account(store).await;
    assert_eq!((so_far.filed, so_far.shown), (5, 4));
    ap.terms.delay_min = 0;
    store.set_source(&ap).await.unwrap();
    store
        .keep_licences(now.plus(2 * Millis::HOUR))
        .await
        .unwrap();
    excerpt(store, waits).await;
    ap.terms.archive_days = Some(30);
    store.set_source(&ap).await.unwrap();
    store
        .keep_licences(now.plus(40 * Millis::DAY))
        .await
        .unwrap();
    let want = Account {
        slug: "ap".into(),
        name: "AP".into(),
        filed: 5,
        shown: 5,
        most_chars: 17 + 13 + 8,
        updated: 1,
        killed: 2,
        ended: 3,
        withdrawn: 1,
        photos: 0,
    };
    assert_eq!(account(store).await, want);
    // The months are apart: what ended in forty days is in none that is over by then.
    let this = store
        .rights(Millis(0), now.plus(Millis::DAY))
        .await
        .unwrap();
    let ended: u64 = this.iter().map(|account| account.ended).sum();
    assert_eq!((ended, this.len()), (0, 1));
}
