//! Subscriptions to feeds at their hubs (WebSub): what was asked, until when it holds, and what came by it.
//! A hub's word makes a feed due and nothing else: what readers get is fetched from the feed itself.

use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, text};
use news::{Id, Millis};

sql! {
    OF_FEED = "SELECT hub, topic FROM subscription WHERE feed_id = $1";
    // Another hub or topic is another subscription: what the old one signs no longer counts.
    FOUND = "INSERT INTO subscription(feed_id, hub, topic, token, secret, ask_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (feed_id) DO UPDATE SET hub = excluded.hub, topic = excluded.topic, token = excluded.token,
            secret = excluded.secret, ask_at = excluded.ask_at, asks = 0, asked_at = NULL, until = NULL,
            last_push = NULL
            WHERE subscription.hub <> excluded.hub OR subscription.topic <> excluded.topic";
    LOST = "DELETE FROM subscription WHERE feed_id = $1";
    TO_ASK = "SELECT s.feed_id, s.hub, s.topic, s.token, s.secret, s.asks, s.asked_at, s.until, s.last_push, f.off
        FROM subscription s JOIN feed f ON f.id = s.feed_id WHERE s.ask_at <= $1 AND NOT f.off
        ORDER BY s.ask_at, s.feed_id LIMIT 50";
    ASKED = "UPDATE subscription SET asked_at = $2, ask_at = $3, asks = asks + 1 WHERE token = $1";
    BY_TOKEN = "SELECT s.feed_id, s.hub, s.topic, s.token, s.secret, s.asks, s.asked_at, s.until, s.last_push, f.off
        FROM subscription s JOIN feed f ON f.id = s.feed_id WHERE s.token = $1";
    CONFIRMED = "UPDATE subscription SET until = $2, ask_at = $3, asks = 0, asked_at = NULL
        WHERE token = $1 AND asked_at IS NOT NULL";
    DENIED = "UPDATE subscription SET until = NULL, ask_at = $2, asked_at = NULL
        WHERE token = $1 AND asked_at IS NOT NULL";
    PUSHED = "UPDATE subscription SET last_push = $2
        WHERE token = $1 AND until > $3 AND (last_push IS NULL OR last_push <> $2) RETURNING feed_id";
    // Once a minute at most: who says something every second is heard, but doesn't make us ask each time.
    PING = "UPDATE feed SET
            pinged_at = CASE WHEN pinged_at > $3 THEN pinged_at + 60000 ELSE $2 END,
            next_at = CASE WHEN next_at <= $2 THEN next_at WHEN pinged_at > $3 THEN pinged_at + 60000 ELSE $2 END
        WHERE id = $1 AND NOT off AND (pinged_at IS NULL OR pinged_at <= $2)";
}

/// What one hub was asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Subscription {
    /// Which feed.
    pub feed: Id,
    /// Who is to tell us.
    pub hub: String,
    /// The address the feed has there.
    pub topic: String,
    /// The part of our address that nobody else knows.
    pub token: String,
    /// What the hub signs with, in hexadecimal.
    pub secret: String,
    /// How often it was asked since it last agreed.
    pub asks: u32,
    /// When we asked and have no answer yet.
    pub asked_at: Option<Millis>,
    /// Until when the hub tells us.
    pub until: Option<Millis>,
    /// A digest of what it sent last.
    pub last_push: Option<String>,
    /// Whether nobody polls the feed at present.
    pub off: bool,
}

#[derive(sqlx::FromRow)]
struct SubscriptionRow {
    feed_id: i64,
    hub: String,
    topic: String,
    token: String,
    secret: String,
    asks: i64,
    asked_at: Option<i64>,
    until: Option<i64>,
    last_push: Option<String>,
    off: bool,
}

impl SubscriptionRow {
    fn subscription(self) -> Subscription {
        Subscription {
            feed: Id(self.feed_id),
            hub: self.hub,
            topic: self.topic,
            token: self.token,
            secret: self.secret,
            asks: u32::try_from(self.asks).unwrap_or_default(),
            asked_at: self.asked_at.map(Millis),
            until: self.until.map(Millis),
            last_push: self.last_push,
            off: self.off,
        }
    }
}

impl Store {
    /// The hub and topic a feed has named.
    pub async fn hub_of(&self, feed: Id) -> Result<Option<(String, String)>> {
        Ok(maybe!(read self.db(); OF_FEED, feed.0)?)
    }

    /// A feed names its hub; it is to be asked at once. The same again changes nothing.
    pub async fn found_hub(&self, new: &Subscription, now: Millis) -> Result<()> {
        let (hub, topic) = (text::line(&new.hub)?, text::line(&new.topic)?);
        let (token, secret) = (new.token.as_str(), new.secret.as_str());
        let mut tx = self.write().await?;
        run!(tx; FOUND, new.feed.0, hub.as_str(), topic.as_str(), token, secret, now.0)?;
        tx.commit().await
    }

    /// The feed names no hub any more: what the old one says no longer counts.
    pub async fn lost_hub(&self, feed: Id) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; LOST, feed.0)?;
        tx.commit().await
    }

    /// Subscriptions that are to be asked for, or asked for again.
    pub async fn subscriptions_to_ask(&self, now: Millis) -> Result<Vec<Subscription>> {
        let rows: Vec<SubscriptionRow> = all!(read self.db(); TO_ASK, now.0)?;
        Ok(rows
            .into_iter()
            .map(SubscriptionRow::subscription)
            .collect())
    }

    /// The hub is being asked; where it says nothing, it is asked again at `again`.
    pub async fn subscription_asked(&self, token: &str, now: Millis, again: Millis) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; ASKED, token, now.0, again.0)?;
        tx.commit().await
    }

    /// The subscription behind an address of ours.
    pub async fn subscription(&self, token: &str) -> Result<Option<Subscription>> {
        let row: Option<SubscriptionRow> = maybe!(read self.db(); BY_TOKEN, token)?;
        Ok(row.map(SubscriptionRow::subscription))
    }

    /// The hub agrees until a moment; whether we had asked. It is asked again at `again`.
    pub async fn subscription_confirmed(
        &self,
        token: &str,
        until: Millis,
        again: Millis,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let asked = run!(tx; CONFIRMED, token, until.0, again.0)? == 1;
        tx.commit().await?;
        Ok(asked)
    }

    /// The hub refuses; whether we had asked. It is asked again at `again`.
    pub async fn subscription_denied(&self, token: &str, again: Millis) -> Result<bool> {
        let mut tx = self.write().await?;
        let asked = run!(tx; DENIED, token, again.0)? == 1;
        tx.commit().await?;
        Ok(asked)
    }

    /// The hub says that the feed has changed: it is due now, or a minute after the last such word.
    /// Whether that was news; `digest` is of what it sent.
    pub async fn feed_pushed(&self, token: &str, digest: &str, now: Millis) -> Result<bool> {
        let mut tx = self.write().await?;
        let feed: Option<(i64,)> = maybe!(tx tx; PUSHED, token, digest, now.0)?;
        let Some((feed,)) = feed else {
            return Ok(false);
        };
        let lately = now.plus(-Millis::MINUTE);
        run!(tx; PING, feed, now.0, lately.0)?;
        tx.commit().await?;
        Ok(true)
    }
}
