//! Who signs in, and who is signed in.

use crate::rate::{Rate, customer};
use crate::session::{
    LONGEST_IDLE, LONGEST_LINK, LONGEST_SESSION, NewSession, is_token, token, token_hash,
};
use crate::{Staff, password};
use news::{Millis, Refusal, StaffId};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Session, StaffStatus, Store};

const WINDOW: Duration = Duration::from_secs(15 * 60);
const TRIES_AN_ACCOUNT: usize = 10;
const TRIES_AN_ADDRESS: usize = 30;
/// How exactly it is kept when a session was last used: a write a request would be too much.
const SEEN_EVERY: Duration = Duration::from_secs(5 * 60);

/// The door of the newsroom. Cloning it is cheap.
#[derive(Clone)]
pub struct Auth {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    by_account: Rate<String>,
    by_address: Rate<IpAddr>,
}

impl Auth {
    /// The door over this store's people.
    #[must_use]
    pub fn new(store: Store) -> Self {
        let inner = Inner {
            store,
            by_account: Rate::new(TRIES_AN_ACCOUNT, WINDOW),
            by_address: Rate::new(TRIES_AN_ADDRESS, WINDOW),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// E-mail and password against a session. Wrong and unknown are answered alike, after the same work.
    ///
    /// # Errors
    /// [`Refusal::WrongPassword`], or [`Refusal::TooOften`] before anything is computed.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        address: IpAddr,
    ) -> Result<NewSession, Refusal> {
        let email = email.trim().to_lowercase();
        self.count(&email, address)?;
        let staff = if email.len() <= 254 {
            self.inner
                .store
                .staff_by_email(&email)
                .await
                .map_err(|e| refused(&e))?
        } else {
            None
        };
        let staff = staff.filter(|staff| staff.status == StaffStatus::Active);
        let hash = staff.as_ref().and_then(|staff| staff.password_hash.clone());
        let is_right = password::verify(password.to_owned(), hash).await?;
        let Some(staff) = staff.filter(|_| is_right) else {
            // What was typed isn't written down: it may be the password.
            tracing::info!(%address, "a sign-in failed");
            return Err(Refusal::WrongPassword);
        };
        self.inner.by_account.forget(&email);
        // A whole newsroom may sit behind one address.
        self.inner.by_address.take_back(&customer(address));
        tracing::info!(staff = %staff.id, %address, "signed in");
        self.begin_session(staff.id).await
    }

    fn count(&self, email: &str, address: IpAddr) -> Result<(), Refusal> {
        let now = Instant::now();
        let wait = |wait: Duration| {
            Refusal::TooOften(u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX))
        };
        self.inner
            .by_address
            .count(customer(address), now)
            .map_err(wait)?;
        // Whoever sends megabytes as an e-mail address shares one account's tries with the likes of them.
        let account = if email.len() <= 254 { email } else { "" };
        self.inner
            .by_account
            .count(account.to_owned(), now)
            .map_err(wait)
    }

    /// Who holds this session, if it is one and has not ended. Asking counts as its use.
    ///
    /// # Errors
    /// When the store can't be asked.
    pub async fn session(&self, token: &str) -> Result<Option<Staff>, Refusal> {
        let Some((staff, seen)) = self.look_up(token).await? else {
            return Ok(None);
        };
        let (store, now) = (&self.inner.store, Store::now());
        if now.since(seen) >= millis(SEEN_EVERY)
            && let Err(error) = store.see_session(&token_hash(token), now).await
        {
            // A store that doesn't take writes is no reason to send anybody away.
            tracing::warn!(%error, "a session's use can't be written down");
        }
        Ok(Some(staff))
    }

    /// Whether a session has ended. A stream that asks by itself is no use of it.
    ///
    /// # Errors
    /// When the store can't be asked.
    pub async fn has_ended(&self, token: &str) -> Result<bool, Refusal> {
        Ok(self.look_up(token).await?.is_none())
    }

    async fn look_up(&self, token: &str) -> Result<Option<(Staff, Millis)>, Refusal> {
        if !is_token(token) {
            return Ok(None);
        }
        let now = Store::now();
        let idle_since = now.plus(-millis(LONGEST_IDLE));
        let found = self
            .inner
            .store
            .session(&token_hash(token), now, idle_since)
            .await;
        found.map_err(|e| refused(&e))
    }

    /// Ends a session, from any of its windows.
    ///
    /// # Errors
    /// When the store doesn't take it.
    pub async fn sign_out(&self, token: &str) -> Result<(), Refusal> {
        if is_token(token) {
            let hash = token_hash(token);
            self.inner
                .store
                .end_session(&hash)
                .await
                .map_err(|e| refused(&e))?;
        }
        Ok(())
    }

    /// A link that signs its holder in, once.
    ///
    /// # Errors
    /// When the store doesn't take it.
    pub async fn new_link(&self, staff: StaffId) -> Result<String, Refusal> {
        let token = token()?;
        let expires_at = later(LONGEST_LINK);
        let hash = token_hash(&token);
        self.inner
            .store
            .add_link(&hash, staff, expires_at)
            .await
            .map_err(|e| refused(&e))?;
        Ok(token)
    }

    /// Whose link it is. Looking doesn't use it: mail programs and chats look at links by themselves.
    ///
    /// # Errors
    /// When the store can't be asked.
    pub async fn link(&self, token: &str) -> Result<Option<Staff>, Refusal> {
        if !is_token(token) {
            return Ok(None);
        }
        let store = &self.inner.store;
        let holder = store
            .link(&token_hash(token), Store::now())
            .await
            .map_err(|e| refused(&e))?;
        match holder {
            Some(id) => store.staff(id).await.map_err(|e| refused(&e)),
            None => Ok(None),
        }
    }

    /// Uses the link up and signs its holder in, with a new password where one is given. Wrong passwords that
    /// others have tried for the account don't stand in the way.
    ///
    /// # Errors
    /// [`Refusal::LinkUsed`] where it was used before or is too old; [`Refusal::Invalid`] where the password won't
    /// do: then the link is still good.
    pub async fn use_link(
        &self,
        token: &str,
        password: Option<&str>,
        address: IpAddr,
    ) -> Result<NewSession, Refusal> {
        let now = Instant::now();
        self.inner
            .by_address
            .count(customer(address), now)
            .map_err(|wait| {
                Refusal::TooOften(u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX))
            })?;
        if !is_token(token) {
            return Err(Refusal::LinkUsed);
        }
        let store = &self.inner.store;
        let hash = match password {
            // Hashing costs: not for everybody who sends something to this address.
            Some(password) if self.link(token).await?.is_some() => {
                password::check(password)?;
                Some(password::hash(password.to_owned()).await?)
            }
            _ => None,
        };
        let (new, link) = (new_session()?, token_hash(token));
        let holder = store.use_link(&link, Store::now(), hash.as_deref(), |staff| {
            kept(&new, staff)
        });
        let staff = holder
            .await
            .map_err(|e| refused(&e))?
            .ok_or(Refusal::LinkUsed)?;
        self.inner.by_address.take_back(&customer(address));
        tracing::info!(%staff, %address, "signed in by a link");
        Ok(new)
    }

    /// Sets a password and ends all the sessions that were begun without it.
    ///
    /// # Errors
    /// A sentence where the password won't do.
    pub async fn set_password(&self, staff: StaffId, password: String) -> Result<(), Refusal> {
        let hash = password::hash(password).await?;
        let done = self.inner.store.set_password(staff, &hash).await;
        done.map_err(|e| refused(&e))
    }

    /// A new session: a new token each time somebody proves who they are.
    async fn begin_session(&self, staff: StaffId) -> Result<NewSession, Refusal> {
        let new = new_session()?;
        let begun = self.inner.store.add_session(kept(&new, staff)).await;
        begun.map_err(|e| refused(&e))?;
        Ok(new)
    }
}

fn new_session() -> Result<NewSession, Refusal> {
    Ok(NewSession {
        token: token()?,
        expires_at: later(LONGEST_SESSION),
    })
}

/// What the store keeps of a session.
fn kept(new: &NewSession, staff: StaffId) -> Session {
    Session {
        token_hash: token_hash(&new.token),
        staff,
        expires_at: new.expires_at,
    }
}

fn later(by: Duration) -> Millis {
    Store::now().plus(millis(by))
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// The store's own refusals as they are; its failures are logged and said as "can't at the moment".
fn refused(error: &store::Error) -> Refusal {
    error.refusal().unwrap_or_else(|| {
        tracing::error!(%error, "the store failed at the door");
        Refusal::Unavailable
    })
}
