//! Who did what, written in the transaction that did it.

use crate::db::Tx;
use crate::sql::{run, sql};
use crate::{Result, Store};
use news::{Id, StaffId};
use serde_json::Value;
use sqlx::types::Json;

sql! {
    NOTE = "INSERT INTO audit(id, staff_id, what, entity, before, after, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// One line of the record.
pub(crate) struct Deed {
    pub(crate) staff: Option<StaffId>,
    pub(crate) what: &'static str,
    pub(crate) entity: Id,
    pub(crate) before: Value,
    pub(crate) after: Value,
}

impl Store {
    pub(crate) async fn note(&self, tx: &mut Tx, deed: &Deed) -> Result<()> {
        let staff = deed.staff.map(|id| id.0);
        let (before, after) = (Json(&deed.before), Json(&deed.after));
        let (id, at) = (self.next_id().0, Self::now().0);
        run!(tx; NOTE, id, staff, deed.what, deed.entity.0, before, after, at)?;
        Ok(())
    }
}
