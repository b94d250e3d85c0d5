//! WebSub: a feed's hub tells us that it has changed, and we fetch it then.
//!
//! **Invariant:** what a hub sends is a ping. Its words are checked by their signature and thrown away;
//! what readers get comes from the feed itself. The other half is the server's address `/websub/{token}`.

use crate::Error;
use crate::excerpt::hex;
use crate::fetch::{Fetch, FetchError, Reach};
use futures::StreamExt;
use news::{Id, Millis};
use sha2::{Digest, Sha256};
use store::{Store, Subscription};
use url::Url;
use url::form_urlencoded::{Serializer, parse};

mod signature;

use signature::is_signed;

/// Seconds for which we ask hubs to tell us, and the least and most that we take their word for.
const LEASE: i64 = 10 * 24 * 60 * 60;
const LEASES: [i64; 2] = [5 * 60, 30 * 24 * 60 * 60];
/// After a refusal.
const DENIED: i64 = Millis::DAY;
/// The first wait for a hub that doesn't answer; twice as long each time, up to a day.
const AGAIN: i64 = 5 * Millis::MINUTE;
/// Hubs asked at the same time.
const AT_ONCE: usize = 8;
/// A hub's challenge is shorter.
const LONGEST_CHALLENGE: usize = 4_096;

/// Asks hubs on behalf of a site with a public address.
#[derive(Clone)]
pub struct Websub {
    store: Store,
    fetch: Fetch,
    home: String,
}

/// What became of a hub's word.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pushed {
    /// The feed is due.
    Due,
    /// Signed by somebody else, or heard before: nothing came of it.
    Ignored,
    /// Nobody listens at this address, or not any more.
    Nobody,
}

impl Websub {
    /// For a site whose addresses begin so.
    ///
    /// # Errors
    /// Where the system has no certificates to trust.
    pub fn new(store: Store, home: &str) -> Result<Self, FetchError> {
        Self::reaching(store, home, Reach::Public)
    }

    /// Asking hubs so far.
    ///
    /// # Errors
    /// Where the system has no certificates to trust.
    pub fn reaching(store: Store, home: &str, reach: Reach) -> Result<Self, FetchError> {
        Ok(Self {
            store,
            fetch: Fetch::new(reach)?,
            home: home.trim_end_matches('/').to_owned(),
        })
    }

    /// Asks every hub that is to be asked, or asked again; how many took the question.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn ask(&self, now: Millis) -> Result<usize, Error> {
        let all = self.store.subscriptions_to_ask(now).await?;
        let asked = all.into_iter().map(|one| self.ask_one(one, now));
        let asked: Vec<_> = futures::stream::iter(asked)
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let asked: Result<Vec<bool>, Error> = asked.into_iter().collect();
        Ok(asked?.into_iter().filter(|taken| *taken).count())
    }

    async fn ask_one(&self, one: Subscription, now: Millis) -> Result<bool, Error> {
        let wait = AGAIN.saturating_mul(1 << one.asks.min(12)).min(DENIED);
        // Before the hub hears of it: its answer may be faster than its receipt.
        self.store
            .subscription_asked(&one.token, now, now.plus(wait))
            .await?;
        let form = Serializer::new(String::new())
            .append_pair("hub.mode", "subscribe")
            .append_pair("hub.topic", &one.topic)
            .append_pair(
                "hub.callback",
                &format!("{}/websub/{}", self.home, one.token),
            )
            .append_pair("hub.secret", &one.secret)
            .append_pair("hub.lease_seconds", &LEASE.to_string())
            .finish();
        let taken = match Url::parse(&one.hub) {
            Ok(hub) => self.fetch.post(&hub, form).await,
            Err(_) => Err(FetchError::Forbidden),
        };
        if let Err(error) = &taken {
            tracing::info!(hub = one.hub, topic = one.topic, %error, "a hub doesn't take our question");
        }
        Ok(taken.is_ok())
    }
}

/// A feed names its hub and its own address, or no hub.
pub(crate) async fn found(
    store: &Store,
    feed: Id,
    (hub, topic): (Option<String>, String),
    reach: Reach,
    now: Millis,
) -> Result<(), Error> {
    // The secret must not cross the net for everybody to read.
    let hub = hub.filter(|hub| hub.starts_with("https://") || reach == Reach::Loopback);
    match (hub, store.hub_of(feed).await?) {
        (None, None) => {}
        (None, Some(_)) => store.lost_hub(feed).await?,
        (Some(hub), Some(known)) if known == (hub.clone(), topic.clone()) => {}
        (Some(hub), _) => {
            // Without randomness an address could be guessed: then the feed is polled as others are.
            let (Some(token), Some(secret)) = (random::<16>(), random::<32>()) else {
                return Ok(());
            };
            let new = Subscription {
                feed,
                hub,
                topic,
                token,
                secret,
                asks: 0,
                asked_at: None,
                until: None,
                last_push: None,
                off: false,
            };
            store.found_hub(&new, now).await?;
        }
    }
    Ok(())
}

/// A hub asks whether it was us who asked: what it is answered, where it was.
///
/// # Errors
/// Where the store fails.
pub async fn verify(
    store: &Store,
    token: &str,
    query: &str,
    now: Millis,
) -> store::Result<Option<String>> {
    let Some(known) = store.subscription(token).await? else {
        return Ok(None);
    };
    let said = |name: &str| {
        let mut pairs = parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value)
    };
    let is_topic = said("hub.topic").is_some_and(|topic| topic == known.topic);
    if known.off || !is_topic {
        return Ok(None);
    }
    match said("hub.mode").as_deref() {
        Some("subscribe") => {
            let challenge = said("hub.challenge").filter(|c| c.len() <= LONGEST_CHALLENGE);
            let lease = said("hub.lease_seconds").and_then(|lease| lease.parse::<i64>().ok());
            let (Some(challenge), Some(lease)) = (challenge, lease) else {
                return Ok(None);
            };
            let [least, most] = LEASES;
            let lease = lease.clamp(least, most) * Millis::SECOND;
            let (until, again) = (now.plus(lease), now.plus(lease / 5 * 4));
            let asked = store.subscription_confirmed(token, until, again).await?;
            Ok(asked.then(|| challenge.into_owned()))
        }
        Some("denied") => {
            tracing::info!(
                hub = known.hub,
                topic = known.topic,
                "a hub refuses to tell us"
            );
            let asked = store.subscription_denied(token, now.plus(DENIED)).await?;
            Ok(asked.then(String::new))
        }
        // We never ask to be left alone: a subscription that nobody renews ends by itself.
        _ => Ok(None),
    }
}

/// Whether somebody listens at this address: asked before anything that was sent there is read.
///
/// # Errors
/// Where the store fails.
pub async fn listens(
    store: &Store,
    token: &str,
    now: Millis,
) -> store::Result<Option<Subscription>> {
    let known = store.subscription(token).await?;
    Ok(known.filter(|known| !known.off && known.until.is_some_and(|until| until > now)))
}

/// A hub says that a feed has changed. `signature` is `X-Hub-Signature`, of `body`.
///
/// # Errors
/// Where the store fails.
pub async fn push(
    store: &Store,
    token: &str,
    signature: Option<&str>,
    body: &[u8],
    now: Millis,
) -> store::Result<Pushed> {
    let Some(known) = listens(store, token, now).await? else {
        return Ok(Pushed::Nobody);
    };
    if !signature.is_some_and(|signature| is_signed(&known.secret, signature, body)) {
        tracing::warn!(topic = known.topic, "a push without its hub's signature");
        return Ok(Pushed::Ignored);
    }
    // An empty word is the same each time, and no less a word.
    let digest = match body {
        [] => String::new(),
        body => hex(&Sha256::digest(body)),
    };
    let is_news = store.feed_pushed(token, &digest, now).await?;
    Ok(if is_news {
        Pushed::Due
    } else {
        Pushed::Ignored
    })
}

fn random<const N: usize>() -> Option<String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_random_is_long_and_another_each_time() {
        let (one, other) = (random::<32>().unwrap(), random::<32>().unwrap());
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
    }
}
