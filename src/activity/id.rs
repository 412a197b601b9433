//! The names of records.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Names one record, and orders it by the time when it began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordId(String);

/// A text that is not the name of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not the name of a record")]
pub struct NotRecordId;

impl RecordId {
    /// The record of an action that begins `at` (Unix seconds). `chance` tells records of the same second apart.
    pub fn new(at: i64, chance: u32) -> Self {
        Self(format!("{:012}-{chance:08x}", at.max(0)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// When the action began, in Unix seconds.
    pub fn at(&self) -> i64 {
        self.0.split('-').next().and_then(|at| at.parse().ok()).unwrap_or_default()
    }
}

impl TryFrom<String> for RecordId {
    type Error = NotRecordId;

    fn try_from(text: String) -> Result<Self, NotRecordId> {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase());
        match text.split_once('-') {
            Some((at, chance)) if (at.len(), chance.len()) == (12, 8) && is_digits(chance) => {
                if at.parse::<u64>().is_ok() { Ok(Self(text)) } else { Err(NotRecordId) }
            }
            _ => Err(NotRecordId),
        }
    }
}

impl From<RecordId> for String {
    fn from(id: RecordId) -> Self {
        id.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
