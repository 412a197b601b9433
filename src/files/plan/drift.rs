//! How workspaces have moved from a baseline: the plan back to it, read in the other direction.

use super::compare::changed;
use super::{ImportPlan, Part, WorkspacePlan};
use crate::domain::text::counted;
use crate::domain::{BudgetState, Interval, Plan, UserId, Workspace, WorkspaceId, inline_text};
use crate::files::document::Entry;
use crate::files::settings::Settings;

/// How one workspace differs from the baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// `None` for a workspace that is no longer there.
    pub id: Option<WorkspaceId>,
    pub name: String,
    pub slug: String,
    pub differences: Vec<Difference>,
    /// Whether something is still being read.
    pub is_loading: bool,
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub label: String,
    /// As the baseline has it. `None` where only the difference is known.
    pub before: Option<String>,
    /// As it is now.
    pub now: String,
}

impl Difference {
    fn new(label: impl Into<String>, before: Option<String>, now: impl Into<String>) -> Self {
        Self { label: label.into(), before, now: now.into() }
    }
}

/// Whether a setting of a workspace differs from what a file says.
pub fn has_moved(entry: &Entry, workspace: &Workspace) -> bool {
    !changed(entry, &Settings::of(workspace)).is_empty()
}

/// The workspaces that differ from the baseline. `plan` is what it would change now, and `name_of` tells the names of people.
pub fn drift(plan: &ImportPlan, name_of: impl Fn(&UserId) -> String) -> Vec<Drift> {
    plan.workspaces.iter().map(|it| of_workspace(it, &name_of)).filter(|it| !it.differences.is_empty()).collect()
}

fn of_workspace(plan: &WorkspacePlan, name_of: &dyn Fn(&UserId) -> String) -> Drift {
    let is_gone = plan.id.is_none();
    let mut differences = Vec::new();
    if is_gone {
        differences.push(Difference::new("Workspace", None, "It no longer exists"));
    } else {
        plan.parts.iter().for_each(|part| of_part(part, name_of, &mut differences));
        differences.extend(plan.notes.iter().map(|note| Difference::new("Not compared", None, note.text.clone())));
    }
    Drift {
        id: plan.id.clone(),
        name: plan.name.clone(),
        slug: plan.slug.clone(),
        differences,
        is_loading: plan.is_loading,
    }
}

fn of_part(part: &Part, name_of: &dyn Fn(&UserId) -> String, differences: &mut Vec<Difference>) {
    let people = |ids: &[UserId]| {
        let names = ids.iter().map(|id| inline_text(&name_of(id))).collect::<Vec<_>>().join(", ");
        format!("{}: {names}", counted(ids.len(), "person", "people"))
    };
    match part {
        Part::Settings { before, after } => {
            // The plan goes from now to the baseline.
            differences.extend(after.0.iter().map(|(setting, baseline)| {
                let now = before.get(*setting).map(|value| inline_text(&value.shown())).unwrap_or_default();
                Difference::new(setting.label(), Some(inline_text(&baseline.shown())), now)
            }));
        }
        Part::Budgets(plan) => of_budget(plan, differences),
        Part::Add(ids) => differences.push(Difference::new("Removed members", None, people(ids))),
        Part::Remove(ids) => differences.push(Difference::new("Added members", None, people(ids))),
        Part::Create(_) | Part::Delete(_) => {}
    }
}

fn of_budget(plan: &Plan, differences: &mut Vec<Difference>) {
    let (now, baseline) = (plan.start(), plan.end());
    for interval in Interval::ALL {
        let limit = |state: &BudgetState| {
            state.ladder.get(interval).map_or_else(|| "none".to_owned(), |limit| limit.to_string())
        };
        if now.ladder.get(interval) != baseline.ladder.get(interval) {
            differences.push(Difference::new(
                format!("{} limit", interval.label()),
                Some(limit(&baseline)),
                limit(&now),
            ));
        }
    }
    let counted = |state: &BudgetState| if state.counts_byok == Some(true) { "counted" } else { "not counted" };
    if now.counts_byok.unwrap_or_default() != baseline.counts_byok.or(now.counts_byok).unwrap_or_default() {
        differences.push(Difference::new("BYOK spend", Some(counted(&baseline).to_owned()), counted(&now)));
    }
}
