//! The outcome of a write without a usable response, as far as reading back tells.
//!
//! Invariant: an unclear write is never repeated without reading back first.

use thiserror::Error;

use super::ApiError;
use crate::domain::{Usd, inline_message};

/// Whether a failed write was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteOutcome {
    /// The server refused it. Nothing was changed.
    Refused,
    /// No usable response. Reading back showed the state before the write.
    NotApplied,
    /// No usable response. Reading back showed neither the state before the write nor its target.
    Conflict,
    /// No usable response, and reading back failed.
    Unknown,
}

/// A failed write.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct WriteError {
    /// Why it failed.
    pub error: ApiError,
    /// Whether it was applied.
    pub outcome: WriteOutcome,
}

/// The result of a write.
pub type WriteResult<T> = Result<T, WriteError>;

impl WriteError {
    pub(super) fn new(error: ApiError, outcome: WriteOutcome) -> Self {
        Self { error, outcome }
    }

    /// What went wrong, and whether anything was changed.
    pub fn message(&self) -> String {
        format!("{} {}", inline_message(&self.error.sentence()), self.outcome_sentence())
    }

    /// Whether anything was changed.
    pub fn outcome_sentence(&self) -> &'static str {
        match self.outcome {
            WriteOutcome::Refused => "Nothing was changed.",
            WriteOutcome::NotApplied => "Reading back shows that nothing was changed.",
            WriteOutcome::Conflict => {
                "Reading back shows something else than was sent: somebody may have made a change at the same time."
            }
            WriteOutcome::Unknown => {
                "Whether the change was made is not known, because reading back failed too. Check before you repeat it."
            }
        }
    }
}

/// A limit that was read back after an unclear write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitReading {
    /// It is the target. The write was applied.
    Applied,
    /// It is the limit before the write.
    Unchanged,
    /// It is another one. Someone else changed it.
    Other,
}

/// Compares a limit that was read back. `None` means no limit.
pub(super) fn compare_limit(before: Option<Usd>, target: Option<Usd>, now: Option<Usd>) -> LimitReading {
    if now == target {
        LimitReading::Applied
    } else if now == before {
        LimitReading::Unchanged
    } else {
        LimitReading::Other
    }
}
