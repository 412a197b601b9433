//! Budgets and their intervals.

use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Usd;

/// The interval of a budget, narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interval {
    /// Resets every day at midnight UTC.
    Daily,
    /// Resets on Mondays.
    Weekly,
    /// Resets on the first day of a month.
    Monthly,
    /// Never resets.
    Lifetime,
}

impl Interval {
    /// All intervals, narrowest first.
    pub const ALL: [Self; 4] = [Self::Daily, Self::Weekly, Self::Monthly, Self::Lifetime];

    /// Returns its name in paths.
    pub fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Lifetime => "lifetime",
        }
    }

    /// Returns its value as a `reset_interval`: null for a lifetime.
    fn serialize_reset<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Lifetime => serializer.serialize_none(),
            interval => serializer.serialize_some(interval.name()),
        }
    }
}

/// A text that is not an interval.
#[derive(Debug)]
pub struct UnknownInterval;

impl FromStr for Interval {
    type Err = UnknownInterval;

    fn from_str(text: &str) -> Result<Self, UnknownInterval> {
        Self::ALL.into_iter().find(|interval| interval.name() == text).ok_or(UnknownInterval)
    }
}

/// A spending limit of a workspace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Budget {
    /// UUID.
    pub id: String,
    /// UUID.
    pub workspace_id: String,
    /// More than 0.
    pub limit_usd: Usd,
    /// `reset_interval` in JSON, which is null for a lifetime.
    #[serde(rename = "reset_interval", serialize_with = "Interval::serialize_reset")]
    pub interval: Interval,
    /// ISO 8601 in UTC.
    pub created_at: String,
    /// ISO 8601 in UTC.
    pub updated_at: String,
}
