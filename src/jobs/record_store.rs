//! Records of jobs in this browser's storage, so that a closed tab's job can be resumed.
//!
//! Invariant: a record is removed only when someone has seen its outcome, has dismissed it or signs out, or seven days after
//! its job was started, unless a tab still runs it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::claim::Claim;
use super::engine::{Job, Planner, Snapshot, record};
use super::lease::Lease;
use super::restored;
use super::runner::AnyJob;
use crate::browser::now;
use crate::browser::storage::Storage;

const PREFIX: &str = "workspace-console.job.";
const SPEC: &str = ".spec";
const STATE: &str = ".state";
const LEASE: &str = ".lease";

const STORAGE: Storage = Storage::Browser;

/// Seconds after which a record is removed.
const LIFETIME: i64 = 7 * 86_400;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Names its lock too.
    pub(super) name: String,
}

impl Record {
    /// The record of a job that starts now. Nothing is written yet.
    pub(super) fn new(chance: &str) -> Self {
        Self { name: format!("{PREFIX}{:012}-{chance}", now()) }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Writes all of a job.
    pub(super) fn create<P: Planner>(&self, job: &Job<P>) {
        self.put(SPEC, &record::spec(job));
        self.write(job);
    }

    pub(super) fn write<P: Planner>(&self, job: &Job<P>) {
        self.put(STATE, &record::state(job));
    }

    /// Writes a part. A record is stored as a whole, or held in this page as a whole: a part that is older than the others
    /// would let a job be resumed from a wrong point.
    fn put(&self, part: &str, text: &str) {
        let (name, all) = ([&self.name, part].concat(), self.all());
        if STORAGE.is_held(&all) {
            STORAGE.hold(&name, text);
        } else if !STORAGE.write(&name, text) {
            STORAGE.hold_all(&all);
        }
    }

    /// Whether the browser stores the job, so that it can be resumed after the page is closed.
    pub(super) fn is_stored(&self) -> bool {
        !STORAGE.is_held(&self.all())
    }

    fn get(&self, part: &str) -> Option<String> {
        STORAGE.read(&[&self.name, part].concat())
    }

    fn all(&self) -> String {
        [&self.name, "."].concat()
    }

    pub(super) fn lease(&self) -> Option<Lease> {
        Lease::parse(&self.get(LEASE)?)
    }

    pub(super) fn put_lease(&self, lease: &Lease) {
        self.put(LEASE, &lease.to_text());
    }

    /// The job as it was last written; `None` if it cannot be read.
    pub(super) fn restore(&self) -> Option<Rc<dyn AnyJob>> {
        restored::restore(&self.get(SPEC)?, &self.get(STATE)?)
    }

    pub(super) fn forget(&self) {
        STORAGE.remove_all(&self.all());
    }

    /// Removes the record of an interrupted job. If its tab may only be frozen, a lease stays that tells it so.
    pub fn dismiss(&self) {
        let may_wake = self.lease().is_some_and(|lease| lease.at != 0 && !lease.has_lock);
        self.forget();
        if may_wake {
            self.put_lease(&Lease { owner: "-".to_owned(), at: 0, has_lock: false });
        }
    }
}

#[derive(Clone)]
pub struct InterruptedJob {
    pub record: Record,
    /// The job as it was last written; `None` if this version cannot read it.
    pub snapshot: Option<Snapshot>,
}

#[derive(Clone, Default)]
pub struct RecordedJobs {
    /// The jobs that no tab runs, oldest first.
    pub interrupted: Vec<InterruptedJob>,
    /// Whether another job is recorded, which a tab runs.
    pub is_any_running: bool,
}

/// Finds the recorded jobs, and removes the records that are too old.
pub async fn recorded_jobs() -> RecordedJobs {
    forget_expired();
    let mut found = RecordedJobs::default();
    for record in records() {
        if Claim::is_free(&record).await {
            let snapshot = record.restore().map(|job| job.snapshot());
            found.interrupted.push(InterruptedJob { record, snapshot });
        } else {
            found.is_any_running = true;
        }
    }
    found
}

/// Removes the records that are too old, unless the heartbeat of a tab shows that it runs the job.
pub fn forget_expired() {
    for key in STORAGE.names(PREFIX) {
        let name = key.rsplit_once('.').map_or(key.as_str(), |(name, _)| name);
        let record = Record { name: name.to_owned() };
        let is_live = || record.lease().is_some_and(|lease| lease.is_live(false, now()));
        if has_expired(name, now()) && !is_live() {
            record.forget();
        }
    }
}

/// The records of this browser that have more than a lease, oldest first.
fn records() -> Vec<Record> {
    let keys = STORAGE.names(PREFIX);
    let parts = keys.iter().filter_map(|key| Some(key.split_at(key.rfind('.')?)));
    let names: BTreeSet<&str> = parts.filter(|(_, part)| *part != LEASE).map(|(name, _)| name).collect();
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
