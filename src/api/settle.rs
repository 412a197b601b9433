//! The outcome of a write without a usable response, as far as reading back tells.
//!
//! Invariant: an unclear write is never repeated without reading back first.

use thiserror::Error;

use super::ApiError;
use crate::domain::inline_message;

/// Whether a failed write was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteOutcome {
    /// The server, or something in front of it, refused it. Nothing was changed.
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
    pub error: ApiError,
    pub outcome: WriteOutcome,
}

/// The result of a write.
pub type WriteResult<T> = Result<T, WriteError>;

impl WriteError {
    pub(super) fn refused(error: ApiError) -> Self {
        Self { error, outcome: WriteOutcome::Refused }
    }

    /// What went wrong, and whether anything was changed.
    pub fn message(&self) -> String {
        format!("{} {}", inline_message(&self.error.sentence()), self.outcome_sentence())
    }

    /// Whether anything was changed.
    pub fn outcome_sentence(&self) -> &'static str {
        match self.outcome {
            WriteOutcome::Refused => "Nothing was changed.",
            WriteOutcome::NotApplied => "We checked: nothing was changed.",
            WriteOutcome::Conflict => {
                "The saved value differs from what you sent. Someone else may have changed it at the same time."
            }
            WriteOutcome::Unknown => "We couldn’t check whether the change was made. Check before you try again.",
        }
    }
}

/// The result of a write that was sent. `read_back` is called if its outcome is unclear.
pub(super) async fn settle<T>(
    sent: Result<T, ApiError>,
    read_back: impl AsyncFnOnce() -> Result<T, WriteOutcome>,
) -> WriteResult<T> {
    match sent {
        Err(error) if error.is_unclear() => read_back().await.map_err(|outcome| WriteError { error, outcome }),
        sent => sent.map_err(WriteError::refused),
    }
}
