//! Work that must happen: rows with a lease, each claimed by one worker at a time.

use crate::sql::{maybe, run, sql};
use crate::{Result, Store, text};
use news::{Id, Millis};
use serde_json::Value;
use sqlx::types::Json;

sql! {
    ADD = "INSERT INTO job(id, kind, key, payload, run_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO NOTHING";
    DUE = "SELECT id FROM job WHERE kind = $1 AND run_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
        ORDER BY run_at, id LIMIT 1";
    // The condition stands here again: whoever saw the job free a moment ago may come second.
    CLAIM = "UPDATE job SET lease_until = $3, attempts = attempts + 1
        WHERE id = $1 AND run_at <= $2 AND (lease_until IS NULL OR lease_until <= $2)
        RETURNING id, kind, key, payload, attempts, lease_until";
    DONE = "DELETE FROM job WHERE id = $1 AND attempts = $2";
    FAILED = "UPDATE job SET lease_until = NULL, run_at = $3, last_error = $4 WHERE id = $1 AND attempts = $2";
}

/// A claimed job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its number.
    pub id: Id,
    /// What is to be done.
    pub kind: String,
    /// What it is about; a second job with the same key is not added.
    pub key: Option<String>,
    /// What the worker needs to know.
    pub payload: Value,
    /// How often it has been claimed, this time counted.
    pub attempts: u32,
    /// When the claim ends: afterwards another worker may take it.
    pub lease_until: Millis,
}

#[derive(sqlx::FromRow)]
struct JobRow {
    id: i64,
    kind: String,
    key: Option<String>,
    payload: Json<Value>,
    attempts: i64,
    lease_until: i64,
}

impl Store {
    /// Adds a job; `None` where one with the key stands already.
    pub async fn add_job(
        &self,
        kind: &str,
        key: Option<&str>,
        payload: Value,
        run_at: Millis,
    ) -> Result<Option<Id>> {
        text::check_json(&payload)?;
        let key = text::optional(key)?;
        let id = self.next_id();
        let mut tx = self.write().await?;
        let added = run!(tx; ADD, id.0, kind, key.as_deref(), Json(&payload), run_at.0)?;
        tx.commit().await?;
        Ok((added == 1).then_some(id))
    }

    /// The job that has waited longest, for `lease_ms` nobody else's. The first of `kinds` comes first.
    pub async fn claim_job(
        &self,
        now: Millis,
        lease_ms: i64,
        kinds: &[&str],
    ) -> Result<Option<Job>> {
        for kind in kinds {
            loop {
                let due: Option<(i64,)> = maybe!(read self.db(); DUE, *kind, now.0)?;
                let Some((id,)) = due else { break };
                let mut tx = self.write().await?;
                let row: Option<JobRow> = maybe!(tx tx; CLAIM, id, now.0, now.plus(lease_ms).0)?;
                tx.commit().await?;
                if let Some(row) = row {
                    return Ok(Some(row.job()));
                }
            }
        }
        Ok(None)
    }

    /// The job is done and goes; `false` where the claim had ended and another worker has it.
    pub async fn done_job(&self, job: &Job) -> Result<bool> {
        let mut tx = self.write().await?;
        let gone = run!(tx; DONE, job.id.0, i64::from(job.attempts))?;
        tx.commit().await?;
        Ok(gone == 1)
    }

    /// The job failed and waits until `run_at`; `false` where another worker has it.
    pub async fn failed_job(&self, job: &Job, error: &str, run_at: Millis) -> Result<bool> {
        let error = error.replace('\0', "\u{fffd}");
        let mut tx = self.write().await?;
        let back = run!(tx; FAILED, job.id.0, i64::from(job.attempts), run_at.0, error.as_str())?;
        tx.commit().await?;
        Ok(back == 1)
    }
}

impl JobRow {
    fn job(self) -> Job {
        Job {
            id: Id(self.id),
            kind: self.kind,
            key: self.key,
            payload: self.payload.0,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            lease_until: Millis(self.lease_until),
        }
    }
}
