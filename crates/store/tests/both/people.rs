//! Staff, links, sessions.

use crate::news_room::editor;
use crate::site::{Site, both};
use news::{Millis, Role};
use store::{NewStaff, Session, StaffStatus, Store};

both! { a_member_joins_and_leaves a_link_opens_once sessions_end }

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
    assert_eq!(
        store
            .use_link("digest", now.plus(Millis::DAY))
            .await
            .unwrap(),
        None
    );
    let (a, b) = tokio::join!(store.use_link("digest", now), store.use_link("digest", now));
    let opened: Vec<_> = [a.unwrap(), b.unwrap()].into_iter().flatten().collect();
    assert_eq!(opened, [staff]);
    assert_eq!(store.link("digest", now).await.unwrap(), None);
    assert_eq!(store.use_link("another", now).await.unwrap(), None);
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
