//! One-time links and sessions. Both are known by their tokens' digests only, and both end.

use super::{Session, set_password};
use crate::db::Tx;
use crate::sql::{maybe, run, sql};
use crate::{Result, Staff, StaffStatus, Store};
use news::{Id, Millis, StaffId};

sql! {
    ADD_LINK = "INSERT INTO sign_in_link(token_hash, staff_id, expires_at) VALUES ($1, $2, $3)";
    LINK = "SELECT l.staff_id FROM sign_in_link l JOIN staff s ON s.id = l.staff_id
        WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND s.status = 'active'";
    USE_LINK = "UPDATE sign_in_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
        AND EXISTS (SELECT 1 FROM staff s WHERE s.id = staff_id AND s.status = 'active') RETURNING staff_id";
    ADD_SESSION = "INSERT INTO session(token_hash, staff_id, expires_at, seen_at) VALUES ($1, $2, $3, $4)";
    SESSION = "SELECT staff_id, seen_at FROM session WHERE token_hash = $1 AND expires_at > $2 AND seen_at > $3";
    SEE = "UPDATE session SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";
    END_SESSION = "DELETE FROM session WHERE token_hash = $1";
    END_ALL = "DELETE FROM session WHERE staff_id = $1";
    DROP_OWN_LINKS = "DELETE FROM sign_in_link WHERE staff_id = $1";
    DROP_SESSIONS = "DELETE FROM session WHERE expires_at <= $1";
    DROP_LINKS = "DELETE FROM sign_in_link WHERE expires_at <= $1";
}

impl Store {
    /// Adds a one-time link.
    pub async fn add_link(
        &self,
        token_hash: &str,
        staff: StaffId,
        expires_at: Millis,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; ADD_LINK, token_hash, staff.0, expires_at.0)?;
        tx.commit().await
    }

    /// Whose link this is, where it still opens; it stays unused.
    pub async fn link(&self, token_hash: &str, now: Millis) -> Result<Option<StaffId>> {
        let row: Option<(i64,)> = maybe!(read self.db(); LINK, token_hash, now.0)?;
        Ok(row.map(|row| Id(row.0)))
    }

    /// Uses the link up and begins the session that `session` makes for its holder, with a new password
    /// where a digest of one is given: all of it or nothing. Only the first call learns whose link it is.
    pub async fn use_link(
        &self,
        token_hash: &str,
        now: Millis,
        password_hash: Option<&str>,
        session: impl FnOnce(StaffId) -> Session,
    ) -> Result<Option<StaffId>> {
        let mut tx = self.write().await?;
        let row: Option<(i64,)> = maybe!(tx tx; USE_LINK, token_hash, now.0)?;
        let Some((id,)) = row else { return Ok(None) };
        if let Some(hash) = password_hash {
            set_password(&mut tx, Id(id), hash).await?;
        }
        add_session(&mut tx, &session(Id(id))).await?;
        tx.commit().await?;
        Ok(Some(Id(id)))
    }

    /// Begins a session.
    pub async fn add_session(&self, session: Session) -> Result<()> {
        let mut tx = self.write().await?;
        add_session(&mut tx, &session).await?;
        tx.commit().await
    }

    /// Who is signed in by this token, and when they were last seen; `None` where the session has ended, was
    /// idle since before `idle_since`, or the member has left.
    pub async fn session(
        &self,
        token_hash: &str,
        now: Millis,
        idle_since: Millis,
    ) -> Result<Option<(Staff, Millis)>> {
        let row: Option<(i64, i64)> =
            maybe!(read self.db(); SESSION, token_hash, now.0, idle_since.0)?;
        let Some((id, seen)) = row else {
            return Ok(None);
        };
        let staff = self.staff(Id(id)).await?;
        let staff = staff.filter(|staff| staff.status == StaffStatus::Active);
        Ok(staff.map(|staff| (staff, Millis(seen))))
    }

    /// Writes down that a session is in use.
    pub async fn see_session(&self, token_hash: &str, now: Millis) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; SEE, token_hash, now.0)?;
        tx.commit().await
    }

    /// Ends a session.
    pub async fn end_session(&self, token_hash: &str) -> Result<()> {
        let mut tx = self.write().await?;
        run!(tx; END_SESSION, token_hash)?;
        tx.commit().await
    }
}

async fn add_session(tx: &mut Tx, session: &Session) -> Result<()> {
    let (hash, staff, ends) = (&session.token_hash, session.staff.0, session.expires_at.0);
    run!(tx; ADD_SESSION, hash.as_str(), staff, ends, Store::now().0)?;
    Ok(())
}

pub(super) async fn end_all(tx: &mut Tx, staff: StaffId) -> Result<()> {
    run!(tx; END_ALL, staff.0)?;
    run!(tx; DROP_OWN_LINKS, staff.0)?;
    Ok(())
}

pub(crate) async fn sweep(tx: &mut Tx, now: Millis) -> Result<()> {
    run!(tx; DROP_SESSIONS, now.0)?;
    run!(tx; DROP_LINKS, now.0)?;
    Ok(())
}
