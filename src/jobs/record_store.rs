//! Records of jobs in this browser's storage, so that a closed tab's job can be resumed.
//!
//! Invariant: a record is removed only when someone has seen its outcome, has dismissed it or signs out, or seven days after
//! its job was started, unless a tab still runs it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::engine::{Job, Planner, Snapshot, record};
use super::lock::Lock;
use super::restored;
use super::runner::AnyJob;
use crate::browser::now;
use crate::browser::storage::Storage;

const PREFIX: &str = "workspace-console.job.";
const SPEC: &str = ".spec";
const STATE: &str = ".state";

const STORAGE: Storage = Storage::Browser;

/// Seconds after which a record is removed.
const LIFETIME: i64 = 7 * 86_400;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Names its lock too.
    pub(super) name: String,
}

impl Record {
    pub(super) fn create<P: Planner>(job: &Job<P>) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any 32 bits make a name")]
        let chance = (js_sys::Math::random() * 4_294_967_296.0) as u32;
        let record = Self { name: format!("{PREFIX}{:012}-{chance:08x}", now()) };
        record.put(SPEC, &record::spec(job));
        record.write(job);
        record
    }

    pub(super) fn write<P: Planner>(&self, job: &Job<P>) {
        self.put(STATE, &record::state(job));
    }

    fn put(&self, part: &str, text: &str) {
        // Without storage the job cannot be resumed; otherwise it is unharmed.
        STORAGE.write(&[&self.name, part].concat(), text);
    }

    /// The job as it was last written; `None` if it cannot be read.
    pub(super) fn restore(&self) -> Option<Rc<dyn AnyJob>> {
        let text = |part: &str| STORAGE.read(&[&self.name, part].concat());
        restored::restore(&text(SPEC)?, &text(STATE)?)
    }

    pub fn forget(&self) {
        STORAGE.remove_all(&[&self.name, "."].concat());
    }
}

#[derive(Clone)]
pub struct InterruptedJob {
    pub record: Record,
    /// The job as it was last written; `None` if this version cannot read it.
    pub snapshot: Option<Snapshot>,
}

/// Finds the jobs that no tab runs now, oldest first, and removes the records that are too old.
pub async fn interrupted_jobs() -> Vec<InterruptedJob> {
    forget_expired().await;
    let mut found = Vec::new();
    for record in records() {
        // If the lock is free, no tab is running this job. Release it right away.
        if Lock::take(&record.name).await.is_some() {
            let snapshot = record.restore().map(|job| job.snapshot());
            found.push(InterruptedJob { record, snapshot });
        }
    }
    found
}

/// Removes the records that are too old and whose jobs no tab runs.
pub async fn forget_expired() {
    for record in records().into_iter().filter(|record| has_expired(&record.name, now())) {
        if Lock::take(&record.name).await.is_some() {
            record.forget();
        }
    }
}

/// All records of this browser, oldest first.
fn records() -> Vec<Record> {
    let keys = STORAGE.names(PREFIX);
    let names: BTreeSet<&str> = keys.iter().filter_map(|key| key.rsplit_once('.')).map(|(name, _)| name).collect();
    names.into_iter().filter(|name| name.starts_with(PREFIX)).map(|name| Record { name: name.to_owned() }).collect()
}

/// Whether a record of this name is too old. A name without a time is.
fn has_expired(name: &str, now: i64) -> bool {
    let started = name.strip_prefix(PREFIX).and_then(|rest| rest.split('-').next()).and_then(|time| time.parse().ok());
    started.is_none_or(|started: i64| now.saturating_sub(started) >= LIFETIME)
}

pub fn forget_all() {
    STORAGE.remove_all(PREFIX);
}

#[cfg(test)]
mod tests {
    use super::{LIFETIME, has_expired};

    #[test]
    fn a_record_expires_seven_days_after_its_job_was_started() {
        let name = "workspace-console.job.001764000000-0badcafe";
        assert!(!has_expired(name, 1_764_000_000));
        assert!(!has_expired(name, 1_764_000_000 + LIFETIME - 1));
        assert!(has_expired(name, 1_764_000_000 + LIFETIME));
        // The clock was set back.
        assert!(!has_expired(name, 1_763_000_000));
        assert!(has_expired("workspace-console.job.else", 1_764_000_000));
    }
}
