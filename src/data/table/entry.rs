//! One cached value: its state, its observers, and where its read is.

use futures::future::AbortHandle;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::data::Remote;
use crate::data::key::AnyValue;

/// Where the read of a value is.
pub(super) enum Phase {
    Idle,
    Queued,
    Reading {
        abort: AbortHandle,
        generation: u64,
        /// When it started, in Unix seconds.
        since: i64,
    },
    /// The session's key was refused: waits for the next sign-in.
    Refused,
}

impl Phase {
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Idle)
    }

    pub fn is_reading(&self) -> bool {
        matches!(self, Self::Reading { .. })
    }
}

pub(super) struct Entry {
    pub state: ArcRwSignal<Remote<AnyValue>>,
    /// Counts up with each entry: the order in which values are read again.
    pub order: u64,
    pub observers: usize,
    pub phase: Phase,
    /// When the read of the value started, in Unix seconds.
    pub read_at: i64,
    /// The last [`crate::data::ApiRead::expires_at`] for which the value was read again.
    pub expired_at: i64,
    /// Whether the next observer reads it again, whatever its age.
    pub is_outdated: bool,
    /// Whether it is queued by itself after a failure, not by the person.
    pub is_retried: bool,
    /// How often in a row the session's key was refused.
    pub refusals: u8,
}

impl Entry {
    pub fn new(order: u64) -> Self {
        Self {
            state: ArcRwSignal::new(Remote::Loading),
            order,
            observers: 0,
            phase: Phase::Idle,
            read_at: 0,
            expired_at: 0,
            is_outdated: true,
            is_retried: false,
            refusals: 0,
        }
    }

    /// Whether the last read got no answer, some view observes the value, and it is not being read.
    pub fn is_unanswered(&self) -> bool {
        let is_unanswered = |state: &Remote<AnyValue>| state.error().is_some_and(ApiError::is_unanswered);
        self.observers != 0 && !self.phase.is_open() && self.state.with_untracked(is_unanswered)
    }

    pub fn is_failed(&self) -> bool {
        self.state.with_untracked(|state| state.error().is_some())
    }
}
