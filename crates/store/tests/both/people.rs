//! Staff, links, sessions.

use crate::news_room::editor;
use crate::site::{Site, both};
use news::{Millis, Role, StaffId};
use store::{NewStaff, Session, StaffStatus, Store};

both! { a_member_joins_and_leaves a_link_opens_once a_link_is_used_wholly_or_not sessions_end }

/// Uses a link for a session of the same name.
pub(crate) async fn use_link(store: &Store, digest: &str, now: Millis) -> Option<StaffId> {
    let session = |staff| Session {
        token_hash: digest.into(),
        staff,
        expires_at: now.plus(Millis::HOUR),
    };
    store.use_link(digest, now, None, session).await.unwrap()
}

async fn a_member_joins_and_leaves(site: Site) {
    let store = &site.store;
    let new = NewStaff {
        email: " Mika@Asian-News.example ".into(),
        name: "Mika Arai".into(),
        roles: vec![Role::Chief, Role::Contributor, Role::Chief],
    };
    let id = store.add_staff(new.clone()).await.unwrap();
    assert!(
        store
            .add_staff(new)
            .await
            .unwrap_err()
            .to_string()
            .contains("on the staff already")
    );
    let staff = store
        .staff_by_email("MIKA@asian-news.example")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (staff.id, staff.roles),
        (id, vec![Role::Contributor, Role::Chief])
    );
    store.set_roles(id, &[Role::Editor]).await.unwrap();
    store.set_password(id, "$argon2id$…").await.unwrap();
    let staff = store.list_staff().await.unwrap().remove(0);
    assert_eq!(staff.roles, [Role::Editor]);
    assert_eq!(staff.password_hash.as_deref(), Some("$argon2id$…"));
    let nobody = NewStaff {
        email: "nobody".into(),
        name: String::new(),
        roles: vec![],
    };
    assert!(store.add_staff(nobody).await.is_err());
    assert_eq!(store.staff_by_email("a\0b").await.unwrap(), None);
}

async fn a_link_opens_once(site: Site) {
    let store = &site.store;
    let (staff, now) = (editor(store).await, Store::now());
    store
        .add_link("digest", staff, now.plus(Millis::HOUR))
        .await
        .unwrap();
    assert_eq!(store.link("digest", now).await.unwrap(), Some(staff));
    assert_eq!(use_link(store, "digest", now.plus(Millis::DAY)).await, None);
    let (a, b) = tokio::join!(
        use_link(store, "digest", now),
        use_link(store, "digest", now)
    );
    let opened: Vec<_> = [a, b].into_iter().flatten().collect();
    assert_eq!(opened, [staff]);
    assert_eq!(store.link("digest", now).await.unwrap(), None);
    assert_eq!(use_link(store, "another", now).await, None);
    let session = store.session("digest", now, now.plus(-1)).await.unwrap();
    assert_eq!(session.unwrap().0.id, staff);
}

async fn a_link_is_used_wholly_or_not(site: Site) {
    let store = &site.store;
    let (staff, now) = (editor(store).await, Store::now());
    let ends = now.plus(Millis::HOUR);
    let session = |digest: &str, staff| Session {
        token_hash: digest.into(),
        staff,
        expires_at: ends,
    };
    store.add_session(session("taken", staff)).await.unwrap();
    store.add_link("digest", staff, ends).await.unwrap();
    // No second session can have this digest: then the password isn't changed, and the link stays good.
    let failed = store.use_link("digest", now, None, |staff| session("taken", staff));
    assert!(failed.await.is_err());
    assert_eq!(store.link("digest", now).await.unwrap(), Some(staff));
    let used = store.use_link("digest", now, Some("new"), |staff| session("fresh", staff));
    assert_eq!(used.await.unwrap(), Some(staff));
    let member = store.staff(staff).await.unwrap().unwrap();
    assert_eq!(member.password_hash.as_deref(), Some("new"));
    let is_open = async |digest: &str| {
        store
            .session(digest, now, now.plus(-1))
            .await
            .unwrap()
            .is_some()
    };
    assert!(is_open("fresh").await && !is_open("taken").await);
}

async fn sessions_end(site: Site) {
    let store = &site.store;
    let (staff, now) = (editor(store).await, Store::now());
    let begin = async |token: &str| {
        let expires_at = now.plus(Millis::HOUR);
        store
            .add_session(Session {
                token_hash: token.into(),
                staff,
                expires_at,
            })
            .await
            .unwrap();
    };
    begin("a").await;
    begin("b").await;
    let at = async |token: &str, now: Millis| {
        let idle_since = now.plus(-20 * Millis::MINUTE);
        store.session(token, now, idle_since).await.unwrap()
    };
    let (who, seen) = at("a", now).await.unwrap();
    assert_eq!(who.id, staff);
    assert!(seen >= now && seen.since(now) < Millis::MINUTE);
    // It ends after a time without a request, which begins anew with each that is written down …
    let later = now.plus(30 * Millis::MINUTE);
    assert_eq!(at("a", later).await, None);
    store
        .see_session("a", now.plus(15 * Millis::MINUTE))
        .await
        .unwrap();
    assert_eq!(
        at("a", later).await.unwrap().1,
        now.plus(15 * Millis::MINUTE)
    );
    // … and at its time in any case.
    let end = now.plus(Millis::HOUR);
    store.see_session("a", end).await.unwrap();
    assert_eq!(at("a", end).await, None);
    assert!(at("a", end.plus(-1)).await.is_some());
    store.end_session("a").await.unwrap();
    assert_eq!(at("a", now).await, None);
    store.set_password(staff, "new").await.unwrap();
    assert_eq!(at("b", now).await, None);
    begin("c").await;
    store
        .set_staff_status(staff, StaffStatus::Closed)
        .await
        .unwrap();
    assert_eq!(at("c", now).await, None);
}
