//! One cached value: its state, its observers, and where its read is.

use futures::future::AbortHandle;
use leptos::prelude::*;

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
            refusals: 0,
        }
    }

    pub fn is_failed(&self) -> bool {
        self.state.with_untracked(|state| state.error().is_some())
    }
}
