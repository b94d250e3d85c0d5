use super::*;
use crate::{config::Config, shutdown::Stop};
use live::{Encoded, Event};
use news::Role;
use std::net::SocketAddr;
use store::NewStaff;

/// A stream of the desk over one event, which looked after its session so long ago.
async fn hears(newsroom: &Arc<Newsroom>, token: &str, ago: Duration) -> bool {
    let steps = Event {
        event: "steps",
        data: serde_json::json!({}),
    };
    let event = Arc::new(Encoded::new(1, vec![steps]));
    let mut open = Open {
        newsroom: newsroom.clone(),
        channel: Channel::Desk(news::Id(77)),
        events: stream::iter([event]).boxed(),
        token: Some(token.to_owned()),
        looked: Instant::now().checked_sub(ago).unwrap(),
        ended: false,
    };
    let bytes = open.next().await;
    bytes.is_some_and(|bytes| bytes.starts_with(b"event: steps"))
}

#[tokio::test]
async fn who_was_signed_out_hears_nothing_more_however_much_happens() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_folder(folder.path().into());
    let listen = SocketAddr::from(([127, 0, 0, 1], 3000));
    let newsroom = Newsroom::open(config, listen, Stop::default()).await;
    let newsroom = newsroom.unwrap();
    let mika = NewStaff {
        email: "mika@asian-news.example".into(),
        name: "Mika Arai".into(),
        roles: vec![Role::Editor],
    };
    let mika = newsroom.store.add_staff(mika).await.unwrap();
    let link = newsroom.auth.new_link(mika).await.unwrap();
    let session = newsroom.auth.use_link(&link, None, listen.ip()).await;
    let token = session.unwrap().token;
    assert!(hears(&newsroom, &token, LOOK).await);
    newsroom.auth.sign_out(&token).await.unwrap();
    assert!(!hears(&newsroom, &token, LOOK).await);
    // Not every event asks the store.
    assert!(hears(&newsroom, &token, LOOK / 3).await);
}
