//! Budgets: a workspace's spending limits, at most one an interval.
//!
//! Invariant: an [`Interval`] is named one way here; the wire's two spellings (`lifetime` in a path, `null` in a body)
//! meet only in this file.

mod fit;
mod ladder;
mod plan;
mod reset;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Timestamp, Usd, WorkspaceId};

pub use ladder::{Ladder, SoundLadder, Violation};
pub use plan::{BudgetState, Change, Plan, Step, SwitchProblem, Wanted, words_of};
pub use reset::duration_words;

/// How long a limit counts before it starts anew, broadest first (rule 1: limits strictly decrease in this order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Interval {
    /// Never reset.
    Lifetime,
    /// Reset on the 1st of the month, 00:00 UTC.
    Monthly,
    /// Reset on Monday, 00:00 UTC.
    Weekly,
    /// Reset each day at 00:00 UTC.
    Daily,
}

impl Interval {
    /// All four, broadest first.
    pub const ALL: [Self; 4] = [Self::Lifetime, Self::Monthly, Self::Weekly, Self::Daily];

    /// The word in a path.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lifetime => "lifetime",
            Self::Monthly => "monthly",
            Self::Weekly => "weekly",
            Self::Daily => "daily",
        }
    }

    /// The word at the beginning of a sentence or over a column.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lifetime => "Lifetime",
            Self::Monthly => "Monthly",
            Self::Weekly => "Weekly",
            Self::Daily => "Daily",
        }
    }

    /// Its place in [`Self::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Reads the word in a path.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|interval| interval.as_str() == text)
    }
}

impl Serialize for Interval {
    /// As `reset_interval`: lifetime is `null`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Lifetime => serializer.serialize_none(),
            other => serializer.serialize_str(other.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            None => Ok(Self::Lifetime),
            Some(text) => Self::parse(&text)
                .ok_or_else(|| serde::de::Error::custom(format_args!("unknown reset interval “{text:.40}”"))),
        }
    }
}

/// One limit of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// UUID of the budget.
    pub id: String,
    /// The workspace that it limits.
    pub workspace_id: WorkspaceId,
    /// The limit in US dollars, over 0.
    pub limit_usd: Usd,
    /// When it starts anew.
    pub reset_interval: Interval,
    /// When it was first set.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
}

/// All limits of a workspace, with the switch that belongs to the workspace as a whole (rule 2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budgets {
    /// The limits that are set, at most one an interval.
    pub budgets: Vec<Budget>,
    /// Limits that could not be read (an interval of a newer API, for example).
    pub unread: Vec<super::BadRow>,
    /// Whether spend through one's own provider keys counts; `None` where the server does not say.
    pub include_byok_in_budgets: Option<bool>,
}

impl Budgets {
    /// The limit of an interval with its times, where one is set.
    pub fn of(&self, interval: Interval) -> Option<&Budget> {
        self.budgets.iter().find(|budget| budget.reset_interval == interval)
    }
}

/// The body of `PUT /workspaces/{id}/budgets/{interval}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SetBudget {
    /// The limit in US dollars, over 0.
    pub limit_usd: Usd,
    /// Absent leaves the switch as it is; `false` turns it off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_byok_in_budgets: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetime_is_null_on_a_budget_and_a_word_in_a_path() {
        let budget = |interval: &str| {
            format!(r#"{{"id":"b","workspace_id":"w","limit_usd":10.10,"reset_interval":{interval}}}"#)
        };
        let read = |interval: &str| serde_json::from_str::<Budget>(&budget(interval)).map(|b| b.reset_interval).ok();
        assert_eq!(read("null"), Some(Interval::Lifetime));
        assert_eq!(read(r#""weekly""#), Some(Interval::Weekly));
        assert_eq!(read(r#""hourly""#), None);
        assert_eq!(Interval::parse("lifetime"), Some(Interval::Lifetime));
    }

    #[test]
    fn a_limit_is_sent_digit_for_digit() {
        let body = SetBudget { limit_usd: Usd::parse("10.10").unwrap(), include_byok_in_budgets: None };
        assert_eq!(serde_json::to_string(&body).unwrap(), r#"{"limit_usd":10.10}"#);
    }
}
