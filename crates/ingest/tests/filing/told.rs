//! Hubs that tell us of changes: the whole walk from a feed that names one to a renewed subscription.

use crate::near::{QUICK, a_poll, answering, say, serving, with};
use crate::{a_feed, a_store, an_item, source};
use hmac::{Hmac, KeyInit, Mac};
use ingest::fetch::Reach;
use ingest::websub::{self, Pushed, Websub};
use news::Millis;
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use store::{Feed, Store};
use url::form_urlencoded;

type Form = HashMap<String, String>;

const HOME: &str = "https://asian-news.example";

/// A subscription that a feed's hub was asked for.
struct Asked {
    store: Store,
    websub: Websub,
    forms: Arc<Mutex<Vec<Form>>>,
    now: Millis,
    _dir: tempfile::TempDir,
}

impl Asked {
    /// A feed that names its hub (in its head or in its text), polled; the hub asked.
    async fn by(in_head: bool) -> Self {
        let (store, dir) = a_store().await;
        let forms: Arc<Mutex<Vec<Form>>> = Arc::default();
        let heard = forms.clone();
        let hub = serving("127.0.0.1:0", move |request, stream| {
            let (_, body) = request.split_once("\r\n\r\n").unwrap_or_default();
            let pairs = form_urlencoded::parse(body.as_bytes()).into_owned();
            heard.lock().unwrap().push(pairs.collect());
            say(stream, "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
        })
        .await;
        let feeds = answering(move |_| {
            let topic = "https://kuroshio-press.example/rss";
            if in_head {
                let links = format!("link: <http://{hub}/>; rel=\"hub\", <{topic}>; rel=self\r\n");
                return with(&links, &a_feed(&an_item(1, "雨。")));
            }
            let links = format!(
                "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='hub' href='http://{hub}/'/>\
                 <atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='{topic}'/>"
            );
            with("", &a_feed(&(links + &an_item(1, "雨。"))))
        })
        .await;
        let kuroshio = source(&store, "kuroshio").await;
        let url = format!("http://{feeds}/rss");
        store.add_feed(kuroshio.id, &url, 600).await.unwrap();
        let now = Store::now().plus(1_000);
        a_poll(&store, QUICK).all_due(now).await.unwrap();
        let websub = Websub::reaching(store.clone(), HOME, Reach::Loopback).unwrap();
        assert_eq!(websub.ask(now.plus(1_000)).await.unwrap(), 1);
        Self {
            store,
            websub,
            forms,
            now,
            _dir: dir,
        }
    }

    /// What the hub was asked last.
    fn form(&self) -> Form {
        self.forms.lock().unwrap().last().unwrap().clone()
    }

    fn token(&self) -> String {
        let form = self.form();
        let token = form["hub.callback"].strip_prefix("https://asian-news.example/websub/");
        token.unwrap().to_owned()
    }

    async fn verify(&self, mode: &str, topic: &str, now: Millis) -> Option<String> {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("hub.mode", mode)
            .append_pair("hub.topic", topic)
            .append_pair("hub.challenge", "c 1&2")
            .append_pair("hub.lease_seconds", "1000")
            .finish();
        let said = websub::verify(&self.store, &self.token(), &query, now).await;
        said.unwrap()
    }

    async fn confirmed(in_head: bool) -> Self {
        let asked = Self::by(in_head).await;
        let form = asked.form();
        let said = asked
            .verify("subscribe", &form["hub.topic"], asked.now)
            .await;
        assert_eq!(said.as_deref(), Some("c 1&2"));
        asked
    }

    fn sign(&self, body: &[u8]) -> String {
        let mac = Hmac::<Sha256>::new_from_slice(self.form()["hub.secret"].as_bytes());
        let digest = mac.unwrap().chain_update(body).finalize().into_bytes();
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("sha256={hex}")
    }

    async fn push(&self, signature: Option<&str>, body: &str, now: Millis) -> Pushed {
        websub::push(&self.store, &self.token(), signature, body.as_bytes(), now)
            .await
            .unwrap()
    }

    async fn feed(&self) -> Feed {
        self.store.feeds().await.unwrap().remove(0)
    }
}

#[tokio::test]
async fn a_hub_is_asked_with_an_address_and_a_secret_of_its_own() {
    for in_head in [true, false] {
        let asked = Asked::by(in_head).await;
        let form = asked.form();
        assert_eq!(form["hub.mode"], "subscribe");
        assert_eq!(form["hub.topic"], "https://kuroshio-press.example/rss");
        assert_eq!((asked.token().len(), form["hub.secret"].len()), (32, 64));
        // A hub that doesn't answer is asked again, at the same address and not at once.
        assert_eq!(asked.websub.ask(asked.now.plus(10_000)).await.unwrap(), 0);
        let later = asked.now.plus(6 * Millis::MINUTE);
        assert_eq!(asked.websub.ask(later).await.unwrap(), 1);
        assert_eq!(asked.form(), form);
        assert_eq!(
            asked
                .websub
                .ask(later.plus(6 * Millis::MINUTE))
                .await
                .unwrap(),
            0
        );
    }
}

#[tokio::test]
async fn who_asks_for_what_we_did_not_is_refused() {
    let asked = Asked::by(true).await;
    let topic = asked.form()["hub.topic"].clone();
    let now = asked.now;
    assert_eq!(
        asked
            .verify("subscribe", "https://evil.example/rss", now)
            .await,
        None
    );
    assert_eq!(asked.verify("unsubscribe", &topic, now).await, None);
    assert_eq!(asked.verify("publish", &topic, now).await, None);
    let stranger = websub::verify(&asked.store, "guessed", "hub.mode=subscribe", now).await;
    assert_eq!(stranger.unwrap(), None);
    assert_eq!(asked.feed().await.told_until, None);
    assert!(asked.verify("subscribe", &topic, now).await.is_some());
    // The same question again was not ours; nor does a stranger end what we have.
    assert_eq!(
        asked.verify("subscribe", &topic, now.plus(900_000)).await,
        None
    );
    assert_eq!(asked.verify("unsubscribe", &topic, now).await, None);
    assert_eq!(asked.verify("denied", &topic, now).await, None);
    assert_eq!(asked.feed().await.told_until, Some(now.plus(1_000_000)));
}

#[tokio::test]
async fn a_push_is_a_ping_and_only_with_its_signature() {
    let asked = Asked::confirmed(false).await;
    let (now, body) = (asked.now.plus(5_000), "<rss>anything</rss>");
    let due = asked.feed().await.next_at;
    let signature = asked.sign(body.as_bytes());
    for forged in [
        None,
        Some("sha256=00"),
        Some(signature.trim_end_matches(char::is_alphanumeric)),
        Some(&*signature.replace("sha256", "sha1")),
        Some(&*asked.sign(b"another body")),
    ] {
        assert_eq!(
            asked.push(forged, body, now).await,
            Pushed::Ignored,
            "{forged:?}"
        );
        assert_eq!(asked.feed().await.next_at, due);
    }
    let head = asked.store.head().await.unwrap();
    assert_eq!(asked.push(Some(&signature), body, now).await, Pushed::Due);
    assert_eq!(asked.feed().await.next_at, now);
    assert_eq!(
        asked.store.head().await.unwrap(),
        head,
        "its words went nowhere"
    );
    let polled = a_poll(&asked.store, QUICK)
        .all_due(now.plus(1))
        .await
        .unwrap();
    assert_eq!(polled.len(), 1);
    // Fetched as it was announced, and then four times a day.
    let next = asked.feed().await.next_at;
    assert_eq!(
        asked.feed().await.told_until,
        Some(asked.now.plus(1_000_000))
    );
    assert!(next.since(now) >= 6 * Millis::HOUR, "{}", next.since(now));
    // Played again, it is nothing.
    assert_eq!(
        asked.push(Some(&signature), body, now.plus(60_000)).await,
        Pushed::Ignored
    );
    assert_eq!(asked.feed().await.next_at, next);
    // Nor is it anything after its time.
    let (late, other) = (asked.now.plus(1_000_000), "<rss>other</rss>");
    let signature = asked.sign(other.as_bytes());
    assert_eq!(
        asked.push(Some(&signature), other, late).await,
        Pushed::Nobody
    );
}

#[tokio::test]
async fn a_subscription_is_renewed_before_it_ends() {
    let asked = Asked::confirmed(true).await;
    let form = asked.form();
    let at = |seconds: i64| asked.now.plus(seconds * 1_000);
    assert_eq!(asked.websub.ask(at(799)).await.unwrap(), 0);
    assert_eq!(asked.websub.ask(at(800)).await.unwrap(), 1);
    assert_eq!(asked.form(), form);
    // While the hub thinks about it, it goes on telling us.
    let signature = asked.sign(b"x");
    assert_eq!(
        asked.push(Some(&signature), "x", at(900)).await,
        Pushed::Due
    );
    let said = asked.verify("subscribe", &form["hub.topic"], at(950)).await;
    assert!(said.is_some());
    assert_eq!(asked.feed().await.told_until, Some(at(1_950)));
    assert_eq!(asked.websub.ask(at(1_000)).await.unwrap(), 0);
    assert_eq!(asked.websub.ask(at(1_750)).await.unwrap(), 1);
    // A hub that refuses is left alone for a day; the feed is polled as others are.
    assert!(
        asked
            .verify("denied", &form["hub.topic"], at(1_760))
            .await
            .is_some()
    );
    assert_eq!(asked.feed().await.told_until, None);
    assert_eq!(asked.websub.ask(at(80_000)).await.unwrap(), 0);
    assert_eq!(asked.websub.ask(at(90_000)).await.unwrap(), 1);
}
