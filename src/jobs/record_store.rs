//! Records of jobs in this browser's storage, so that a closed tab's job can be resumed.
//!
//! Invariant: a record is removed only when someone has seen its outcome, has dismissed it, or signs out.

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

/// Finds the jobs that no tab runs now, oldest first.
pub async fn interrupted_jobs() -> Vec<InterruptedJob> {
    let keys = STORAGE.names(PREFIX);
    let all = keys.iter().filter_map(|key| key.rsplit_once('.')).map(|(name, _)| name.to_owned());
    let mut found = Vec::new();
    for name in all.filter(|name| name.starts_with(PREFIX)).collect::<BTreeSet<_>>() {
        // If the lock is free, no tab is running this job. Release it right away.
        if Lock::take(&name).await.is_some() {
            let record = Record { name };
            let snapshot = record.restore().map(|job| job.snapshot());
            found.push(InterruptedJob { record, snapshot });
        }
    }
    found
}

pub fn forget_all() {
    STORAGE.remove_all(PREFIX);
}
