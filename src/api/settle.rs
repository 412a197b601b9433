//! What became of a write whose answer never came, or came broken.
//!
//! Invariant: exactly-once does not exist over HTTP, so an unclear write is never simply repeated: the server is read,
//! and what it holds decides.

use thiserror::Error;

use super::ApiError;
use crate::domain::{Usd, message_in_words};

/// What is known of a write that did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteOutcome {
    /// The server said no: nothing was changed.
    Refused,
    /// No usable answer came; reading back showed everything as before.
    NotApplied,
    /// No usable answer came; reading back showed neither what was wanted nor what was before.
    Conflict,
    /// No usable answer came, and reading back failed too.
    Unknown,
}

/// A write that did not succeed, and what is known of its effect.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct WriteError {
    /// Why the write itself failed.
    pub error: ApiError,
    /// Whether anything was changed.
    pub outcome: WriteOutcome,
}

/// What a write gives.
pub type WriteResult<T> = Result<T, WriteError>;

impl WriteError {
    pub(super) fn new(error: ApiError, outcome: WriteOutcome) -> Self {
        Self { error, outcome }
    }

    /// What went wrong, and whether anything was changed.
    pub fn words(&self) -> String {
        format!("{} {}", message_in_words(&self.error.sentence()), self.effect())
    }

    /// One sentence: was anything changed?
    pub fn effect(&self) -> &'static str {
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

/// What reading back says about a limit that was to be set or deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitReading {
    /// It is as wanted: the write was applied.
    AsWanted,
    /// It is as before: the write may be sent once more.
    AsBefore,
    /// It is something else: somebody changed it meanwhile.
    Else,
}

/// Judges a limit that was read back; `None` stands for no limit.
pub fn judge_limit(before: Option<Usd>, wanted: Option<Usd>, now: Option<Usd>) -> LimitReading {
    if now == wanted {
        LimitReading::AsWanted
    } else if now == before {
        LimitReading::AsBefore
    } else {
        LimitReading::Else
    }
}
