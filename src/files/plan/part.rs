//! One part of a plan: what a job does as one item.

use serde::{Deserialize, Serialize};

use crate::domain::text::counted;
use crate::domain::{BudgetState, Plan, UserId, inline_text};
use crate::files::settings::{Setting, Settings, Value};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Create a workspace with these settings.
    Create(Settings),
    /// Change these settings.
    Settings {
        before: Settings,
        after: Settings,
    },
    Budgets(Box<Plan>),
    /// Add people who are not members.
    Add(Vec<UserId>),
    /// Remove people who are members.
    Remove(Vec<UserId>),
    /// Delete a workspace that has these settings.
    Delete(Settings),
}

impl Part {
    /// What it does, as a sentence without its full stop. `name_of` tells the names of people.
    pub fn describe(&self, name_of: impl Fn(&UserId) -> String) -> String {
        let people = |people: &[UserId]| people.iter().map(&name_of).collect::<Vec<_>>().join(", ");
        match self {
            Self::Create(settings) => {
                let name = inline_text(settings.text(Setting::Name).unwrap_or_default());
                format!("Create the workspace “{name}”")
            }
            Self::Settings { .. } => self.changes().iter().map(Change::sentence).collect::<Vec<_>>().join(" · "),
            Self::Budgets(plan) => format!("Limits: {}", plan.describe()),
            Self::Add(ids) => format!("Add {}: {}", counted(ids.len(), "person", "people"), people(ids)),
            Self::Remove(ids) => format!("Remove {}: {}", counted(ids.len(), "person", "people"), people(ids)),
            Self::Delete(settings) => {
                format!("Delete the workspace “{}”", inline_text(settings.text(Setting::Name).unwrap_or_default()))
            }
        }
    }

    /// What it does in few words, without names of people.
    pub fn brief(&self) -> String {
        match self {
            Self::Add(ids) => format!("Add {}", counted(ids.len(), "person", "people")),
            Self::Remove(ids) => format!("Remove {}", counted(ids.len(), "person", "people")),
            other => other.describe(ToString::to_string),
        }
    }

    /// The settings that it changes, one by one.
    pub fn changes(&self) -> Vec<Change> {
        let (before, after) = match self {
            Self::Settings { before, after } => (before.clone(), after),
            Self::Create(after) => (Settings::default(), after),
            _ => return Vec::new(),
        };
        let change = |(setting, after): (&Setting, &Value)| Change {
            setting: *setting,
            before: before.get(*setting).cloned(),
            after: after.clone(),
        };
        after.0.iter().map(change).collect()
    }

    /// The part that takes it back. Deleting can't be taken back.
    pub fn undo(&self) -> Option<Self> {
        Some(match self {
            Self::Create(settings) => Self::Delete(settings.clone()),
            Self::Settings { before, after } => Self::Settings { before: after.clone(), after: before.clone() },
            Self::Budgets(plan) => Self::Budgets(Box::new(undo_of(plan)?)),
            Self::Add(people) => Self::Remove(people.clone()),
            Self::Remove(people) => Self::Add(people.clone()),
            Self::Delete(_) => return None,
        })
    }
}

/// The plan back to the limits, and to the BYOK switch where a limit can carry it.
fn undo_of(plan: &Plan) -> Option<Plan> {
    use crate::domain::BudgetTarget;
    let (start, end): (BudgetState, BudgetState) = (plan.start(), plan.end());
    let former = start.ladder.validate().ok()?;
    let target =
        BudgetTarget::new(former, start.counts_byok, &end).unwrap_or_else(|_| BudgetTarget::with_limits(former));
    Some(Plan::new(end, target))
}

/// A setting before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub setting: Setting,
    /// `None` in a new workspace.
    pub before: Option<Value>,
    pub after: Value,
}

impl Change {
    pub fn sentence(&self) -> String {
        let (label, after) = (self.setting.label(), inline_text(&self.after.shown()));
        match &self.before {
            Some(before) => format!("{label}: {} → {after}", inline_text(&before.shown())),
            None => format!("{label}: {after}"),
        }
    }
}
