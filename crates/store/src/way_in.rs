//! How agencies hand items in by themselves: the secret of their pushes, the senders of their mail.

use crate::sql::{maybe, run, sql};
use crate::{Result, Store, text};
use news::{Id, Refusal};
use sqlx::types::Json;
use std::fmt;

sql! {
    WAY_IN = "SELECT push_secret, senders FROM way_in WHERE source_id = $1";
    SET_SECRET = "INSERT INTO way_in(source_id, push_secret, senders) VALUES ($1, $2, $3)
        ON CONFLICT (source_id) DO UPDATE SET push_secret = excluded.push_secret";
    SET_SENDERS = "INSERT INTO way_in(source_id, push_secret, senders) VALUES ($1, NULL, $2)
        ON CONFLICT (source_id) DO UPDATE SET senders = excluded.senders";
}

/// What is open to a source; nothing, until somebody opens it.
#[derive(Clone, Default, Eq, PartialEq)]
pub struct WayIn {
    /// What its pushes are signed with.
    pub push_secret: Option<String>,
    /// Whose mail is taken: addresses in small letters, or `@` and a domain for all of its.
    pub senders: Vec<String>,
}

/// The secret is for nobody's log.
impl fmt::Debug for WayIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WayIn")
            .field("pushes", &self.push_secret.is_some())
            .field("senders", &self.senders)
            .finish()
    }
}

impl Store {
    /// How this source may hand items in.
    pub async fn way_in(&self, source: Id) -> Result<WayIn> {
        type Row = (Option<String>, Json<Vec<String>>);
        let row: Option<Row> = maybe!(read self.db(); WAY_IN, source.0)?;
        let way = row.map(|(push_secret, Json(senders))| WayIn {
            push_secret,
            senders,
        });
        Ok(way.unwrap_or_default())
    }

    /// Opens the source's pushes with a new secret, in the place of any other, or ends them.
    pub async fn set_push_secret(&self, source: Id, secret: Option<&str>) -> Result<()> {
        let secret = text::optional(secret)?;
        let none: [&str; 0] = [];
        let mut tx = self.write().await?;
        run!(tx; SET_SECRET, source.0, secret.as_deref(), Json(none))?;
        tx.commit().await
    }

    /// Takes mail of these senders as the source's from now on, and of nobody else.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where one is neither an address nor a domain.
    pub async fn set_senders(&self, source: Id, senders: &[String]) -> Result<()> {
        let mut all = Vec::with_capacity(senders.len());
        for sender in senders {
            let sender = text::line(sender)?.to_lowercase();
            let is_one = sender
                .split_once('@')
                .is_some_and(|(_, domain)| domain.contains('.'));
            if !is_one {
                let sentence =
                    format!("{sender} is no address of mail, such as desk@agency.example.");
                return Err(Refusal::Invalid(sentence).into());
            }
            all.push(sender);
        }
        let mut tx = self.write().await?;
        run!(tx; SET_SENDERS, source.0, Json(&all))?;
        tx.commit().await
    }
}
