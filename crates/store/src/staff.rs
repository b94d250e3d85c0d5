//! The people of the newsroom, their sign-in links and their sessions.

use crate::db::Tx;
use crate::sql::{all, maybe, run, sql};
use crate::{Result, Store, row, text};
use news::{Id, Millis, Refusal, Role, StaffId};

mod sign_in;

pub(crate) use sign_in::{STATEMENTS as SIGN_IN, sweep as sign_in_sweep};

macro_rules! staff {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.email, s.name, s.password_hash, s.status,
                (SELECT string_agg(g.role, ',') FROM role_grant g WHERE g.staff_id = s.id) AS roles
            FROM staff s ",
            $rest
        )
    };
}

sql! {
    BY_ID = staff!("WHERE s.id = $1");
    BY_EMAIL = staff!("WHERE s.email = $1");
    LIST = staff!("ORDER BY s.name, s.id");
    ADD = "INSERT INTO staff(id, email, name, status) VALUES ($1, $2, $3, 'active') ON CONFLICT (email) DO NOTHING";
    SET_PASSWORD = "UPDATE staff SET password_hash = $2 WHERE id = $1";
    SET_STATUS = "UPDATE staff SET status = $2 WHERE id = $1";
    DROP_ROLES = "DELETE FROM role_grant WHERE staff_id = $1";
    ADD_ROLE = "INSERT INTO role_grant(staff_id, role) VALUES ($1, $2)";
}

/// A member of the staff.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Staff {
    /// Their number.
    pub id: StaffId,
    /// Their address, lower case: what they sign in with.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their roles, least first.
    pub roles: Vec<Role>,
    /// The password's argon2id digest; `None` until one is set.
    pub password_hash: Option<String>,
    /// Whether they may sign in.
    pub status: StaffStatus,
}

/// Whether a member may sign in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StaffStatus {
    /// May sign in.
    Active,
    /// Left; kept because stories name them.
    Closed,
}

/// A member who joins.
#[derive(Clone, Debug)]
pub struct NewStaff {
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their roles.
    pub roles: Vec<Role>,
}

/// A signed-in browser. The store knows the token's digest only.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Session {
    /// The digest of the cookie's token.
    pub token_hash: String,
    /// Whose it is.
    pub staff: StaffId,
    /// When it ends.
    pub expires_at: Millis,
}

#[derive(sqlx::FromRow)]
struct StaffRow {
    id: i64,
    email: String,
    name: String,
    password_hash: Option<String>,
    status: String,
    roles: Option<String>,
}

impl StaffRow {
    fn staff(self) -> Result<Staff> {
        let mut roles = vec![];
        for slug in self
            .roles
            .as_deref()
            .unwrap_or_default()
            .split(',')
            .filter(|r| !r.is_empty())
        {
            roles.push(Role::from_slug(slug).ok_or_else(|| row::odd("role", slug))?);
        }
        roles.sort();
        Ok(Staff {
            id: Id(self.id),
            email: self.email,
            name: self.name,
            roles,
            password_hash: self.password_hash,
            status: if self.status == "active" {
                StaffStatus::Active
            } else {
                StaffStatus::Closed
            },
        })
    }
}

impl Store {
    /// Adds a member.
    pub async fn add_staff(&self, new: NewStaff) -> Result<StaffId> {
        let (email, name) = (address(&new.email)?, text::line(&new.name)?);
        if !email.contains('@') || name.is_empty() {
            let sentence = "A member of the staff has a name and an e-mail address.";
            return Err(Refusal::Invalid(sentence.into()).into());
        }
        let id = self.next_id();
        let mut tx = self.write().await?;
        if run!(tx; ADD, id.0, email.as_str(), name.as_str())? == 0 {
            return Err(Refusal::Invalid(format!("{email} is on the staff already.")).into());
        }
        grant(&mut tx, id, &new.roles).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A member by number.
    pub async fn staff(&self, id: StaffId) -> Result<Option<Staff>> {
        let row: Option<StaffRow> = maybe!(read self.db(); BY_ID, id.0)?;
        row.map(StaffRow::staff).transpose()
    }

    /// A member by e-mail address, in any case.
    pub async fn staff_by_email(&self, email: &str) -> Result<Option<Staff>> {
        let Ok(email) = address(email) else {
            return Ok(None);
        };
        let row: Option<StaffRow> = maybe!(read self.db(); BY_EMAIL, email.as_str())?;
        row.map(StaffRow::staff).transpose()
    }

    /// Everybody, by name.
    pub async fn list_staff(&self) -> Result<Vec<Staff>> {
        let rows: Vec<StaffRow> = all!(read self.db(); LIST)?;
        rows.into_iter().map(StaffRow::staff).collect()
    }

    /// Sets the password's digest and ends all sessions: whoever knew the old one is out.
    pub async fn set_password(&self, staff: StaffId, hash: &str) -> Result<()> {
        let mut tx = self.write().await?;
        set_password(&mut tx, staff, hash).await?;
        tx.commit().await
    }

    /// Sets the roles.
    pub async fn set_roles(&self, staff: StaffId, roles: &[Role]) -> Result<()> {
        let mut tx = self.write().await?;
        grant(&mut tx, staff, roles).await?;
        tx.commit().await
    }

    /// Opens or closes a member's way in; closing ends all sessions.
    pub async fn set_staff_status(&self, staff: StaffId, status: StaffStatus) -> Result<()> {
        let word = match status {
            StaffStatus::Active => "active",
            StaffStatus::Closed => "closed",
        };
        let mut tx = self.write().await?;
        run!(tx; SET_STATUS, staff.0, word)?;
        if status == StaffStatus::Closed {
            sign_in::end_all(&mut tx, staff).await?;
        }
        tx.commit().await
    }
}

async fn set_password(tx: &mut Tx, staff: StaffId, hash: &str) -> Result<()> {
    if run!(tx; SET_PASSWORD, staff.0, hash)? == 0 {
        return Err(Refusal::NotFound.into());
    }
    sign_in::end_all(tx, staff).await
}

async fn grant(tx: &mut Tx, staff: StaffId, roles: &[Role]) -> Result<()> {
    run!(tx; DROP_ROLES, staff.0)?;
    let mut roles = roles.to_vec();
    roles.sort();
    roles.dedup();
    for role in roles {
        run!(tx; ADD_ROLE, staff.0, role.slug())?;
    }
    Ok(())
}

fn address(email: &str) -> Result<String> {
    Ok(text::line(email)?.to_lowercase())
}
