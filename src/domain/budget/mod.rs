//! Budgets: a workspace's spending limits, at most one for each interval.

mod fit;
mod ladder;
mod plan;
mod plan_text;
mod reset;

use serde::{Deserialize, Deserializer, Serialize};

use super::{Timestamp, Usd};

pub use ladder::{Ladder, ValidLadder, Violation};
pub use plan::{BudgetState, BudgetTarget, Change, Plan, Step, SwitchProblem, describe_steps};
pub use reset::format_duration;

/// The period after which the spend against a limit is reset, broadest first. Limits strictly decrease in this order (rule 1).
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

    /// The name in a path. In a budget, lifetime is `null` instead.
    pub fn as_str(self) -> &'static str {
        ["lifetime", "monthly", "weekly", "daily"][self.index()]
    }

    /// The capitalized name.
    pub fn label(self) -> &'static str {
        ["Lifetime", "Monthly", "Weekly", "Daily"][self.index()]
    }

    /// Its index in [`Self::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Reads the name in a path.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|interval| interval.as_str() == text)
    }
}

impl<'de> Deserialize<'de> for Interval {
    /// Reads a `reset_interval`, in which lifetime is `null`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            None => Ok(Self::Lifetime),
            Some(text) => Self::parse(&text)
                .ok_or_else(|| serde::de::Error::custom(format_args!("unknown reset interval “{text:.40}”"))),
        }
    }
}

/// One limit of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Budget {
    /// The limit in US dollars, more than 0.
    pub limit_usd: Usd,
    pub reset_interval: Interval,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// All limits of a workspace, and the BYOK switch, which belongs to the workspace (rule 2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budgets {
    /// The limits that are set, at most one for each interval.
    pub budgets: Vec<Budget>,
    /// Limits that could not be read, such as one with an interval of a newer API.
    pub unread: Vec<super::BadRow>,
    /// Whether spend through the organization's own provider keys (BYOK) counts. `None` if the server does not say.
    pub include_byok_in_budgets: Option<bool>,
}

impl Budgets {
    pub fn of(&self, interval: Interval) -> Option<&Budget> {
        self.budgets.iter().find(|budget| budget.reset_interval == interval)
    }
}

/// The body of `PUT /workspaces/{id}/budgets/{interval}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SetBudget {
    /// The limit in US dollars, more than 0.
    pub limit_usd: Usd,
    /// The BYOK switch. Not sent if `None`, which leaves it unchanged.
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
