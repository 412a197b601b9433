//! What widens access or can't be undone, so that it needs a tick of its own.

use super::part::Part;
use crate::domain::text::counted;
use crate::domain::{Interval, Usd};
use crate::files::settings::{Setting, Value};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flag {
    LimitIncreased(Interval, Usd, Usd),
    LimitRemoved(Interval, Usd),
    /// BYOK spend counts no more.
    ByokNotCounted,
    /// Prompts and answers are logged, or passed on.
    LoggingOn(Setting),
    /// Tools that requests may use again.
    ToolsAllowed(Vec<String>),
    PeopleAdded(usize),
    Deleted,
}

impl Flag {
    /// A sentence without its full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::LimitIncreased(interval, from, to) => {
                format!("The {} limit increases from {from} to {to}", interval.as_str())
            }
            Self::LimitRemoved(interval, from) => format!("The {} limit of {from} is removed", interval.as_str()),
            Self::ByokNotCounted => "BYOK spend no longer counts".to_owned(),
            Self::LoggingOn(setting) => format!("{} is turned on", setting.label()),
            Self::ToolsAllowed(tools) => format!("Requests may use {} again", tools.join(", ")),
            Self::PeopleAdded(count) => format!("{} added", counted(*count, "person is", "people are")),
            Self::Deleted => "The workspace is deleted permanently".to_owned(),
        }
    }
}

/// What in a part needs attention.
pub fn flags(part: &Part) -> Vec<Flag> {
    match part {
        Part::Create(_) | Part::Settings { .. } => part.changes().iter().flat_map(of_setting).collect(),
        Part::Budgets(plan) => {
            let (start, end) = (plan.start(), plan.end());
            let limit = |interval| match (start.ladder.get(interval), end.ladder.get(interval)) {
                (Some(from), None) => Some(Flag::LimitRemoved(interval, from)),
                (Some(from), Some(to)) if to > from => Some(Flag::LimitIncreased(interval, from, to)),
                _ => None,
            };
            let is_byok_off = start.counts_byok != Some(false) && end.counts_byok == Some(false);
            let byok = is_byok_off && !start.ladder.is_empty();
            Interval::ALL.into_iter().filter_map(limit).chain(byok.then_some(Flag::ByokNotCounted)).collect()
        }
        Part::Add(people) => vec![Flag::PeopleAdded(people.len())],
        Part::Remove(_) => Vec::new(),
        Part::Delete(_) => vec![Flag::Deleted],
    }
}

fn of_setting(change: &super::part::Change) -> Option<Flag> {
    match (change.setting, change.before.as_ref(), &change.after) {
        (Setting::IoLogging | Setting::Broadcast | Setting::DataDiscount, _, Value::Switch(true)) => {
            Some(Flag::LoggingOn(change.setting))
        }
        (Setting::DisabledTools, Some(Value::Texts(before)), after) => {
            let is_still = |tool: &&String| matches!(after, Value::Texts(after) if after.contains(tool));
            let allowed: Vec<String> = before.iter().filter(|tool| !is_still(tool)).cloned().collect();
            (!allowed.is_empty()).then_some(Flag::ToolsAllowed(allowed))
        }
        _ => None,
    }
}
