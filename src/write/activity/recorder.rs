//! One step while it is sent.
//!
//! Invariant: every write makes a step, also one whose answer never comes.

use std::sync::Arc;

use super::ActivityLog;
use crate::activity::{ActivityStep, RecordId, SentRequest, StepOutcome};
use crate::api::{Client, WriteEvent, WriteResult};

/// Records one step. Dropped before it has ended, it says that the outcome is unknown.
pub struct StepRecorder {
    log: ActivityLog,
    record: RecordId,
    number: usize,
    is_ended: bool,
}

impl StepRecorder {
    pub(super) fn new(log: ActivityLog, record: RecordId, number: usize) -> Self {
        Self { log, record, number, is_ended: false }
    }

    /// The client that the step is sent with: its requests are recorded.
    pub fn client(&self, client: &Client) -> Client {
        let (log, record, number) = (self.log, self.record.clone(), self.number);
        client.observed(Arc::new(move |event| {
            edit(log, &record, number, |step| match event {
                WriteEvent::Sending(request) => step.request = Some(SentRequest::from(request)),
                WriteEvent::Answered(status) => step.status = Some(status),
            });
        }))
    }

    /// Records the outcome.
    pub fn end<T>(mut self, result: &WriteResult<T>) {
        self.is_ended = true;
        edit(self.log, &self.record, self.number, |step| step.end(result));
    }
}

impl Drop for StepRecorder {
    fn drop(&mut self) {
        if !self.is_ended {
            edit(self.log, &self.record, self.number, |step| {
                step.outcome = StepOutcome::Unknown;
                "The page was left before the answer arrived.".clone_into(&mut step.message);
            });
        }
    }
}

fn edit(log: ActivityLog, record: &RecordId, number: usize, change: impl FnOnce(&mut ActivityStep)) {
    log.edit(record, |record| record.step_mut(number).map(change));
}
