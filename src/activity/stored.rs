//! A record as text in the browser's storage. What is read is untrusted: anyone who can open the browser's tools can write it.
//!
//! Invariant: a text that is not exactly a record is no record, and a record is never larger than its limits.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{ActivityRecord, SentRequest};
use crate::api::Operation;

/// The version of the format.
const VERSION: u32 = 1;
/// The most steps of a record. Older ones are dropped.
pub const MAX_STEPS: usize = 5_000;
/// The most bytes of a record as text. Older steps are dropped to fit.
pub const MAX_TEXT: usize = 400_000;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    record: &'a ActivityRecord,
}

#[derive(Deserialize)]
struct Read {
    version: u32,
    record: ActivityRecord,
}

/// The record as text, without its oldest steps where it would be too long.
pub fn write(record: &ActivityRecord) -> String {
    let text =
        |record: &ActivityRecord| serde_json::to_string(&Written { version: VERSION, record }).unwrap_or_default();
    let whole = text(record);
    if whole.len() <= MAX_TEXT {
        return whole;
    }
    let mut shorter = record.clone();
    while !shorter.steps.is_empty() {
        shorter.drop_steps(shorter.steps.len().div_ceil(2));
        let text = text(&shorter);
        if text.len() <= MAX_TEXT {
            return text;
        }
    }
    // What undoes a very large action is larger than all else.
    shorter.undo = None;
    text(&shorter)
}

/// Reads what [`write`] wrote. `None` for any other text.
pub fn read(text: &str) -> Option<ActivityRecord> {
    if text.len() > 2 * MAX_TEXT {
        return None;
    }
    let Read { version, record } = serde_json::from_str(text).ok()?;
    (version == VERSION && record.steps.len() <= MAX_STEPS).then_some(record)
}

/// A request as a record has it.
#[derive(Serialize, Deserialize)]
pub(super) struct RequestText {
    operation: String,
    target: String,
    body: Option<String>,
}

/// A text that no request of this console is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not a request of the console")]
pub struct NotRequest;

impl From<SentRequest> for RequestText {
    fn from(SentRequest { operation, target, body }: SentRequest) -> Self {
        Self { operation: operation.name().to_owned(), target, body }
    }
}

impl TryFrom<RequestText> for SentRequest {
    type Error = NotRequest;

    fn try_from(RequestText { operation, target, body }: RequestText) -> Result<Self, NotRequest> {
        let operation = Operation::parse(&operation).filter(|it| !it.is_read()).ok_or(NotRequest)?;
        let is_path = target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic());
        // The API's bodies are objects. Another first character could be an instruction to curl.
        let is_object = body.as_ref().is_none_or(|body| body.starts_with('{'));
        if is_path && is_object { Ok(Self { operation, target, body }) } else { Err(NotRequest) }
    }
}
