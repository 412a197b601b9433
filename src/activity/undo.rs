//! Which actions can still be undone.

use std::collections::HashSet;

use super::{ActivityRecord, ActivityStep, RecordId, StepOutcome};
use crate::domain::{ActivityKind, BudgetState, BudgetTarget, Plan};

/// What one step changes: a member of a workspace, a field of it, or an API key.
#[derive(PartialEq, Eq, Hash)]
struct Changed<'a> {
    /// Adding and removing change the same.
    kind: ActivityKind,
    workspace: &'a str,
    part: &'a str,
}

/// The actions that a later one has changed again. `records` are newest first.
pub fn superseded<'a>(records: impl IntoIterator<Item = &'a ActivityRecord>) -> HashSet<RecordId> {
    let (mut later, mut found) = (HashSet::new(), HashSet::new());
    for record in records {
        // What was undone is as before. Who sent the undo knows both.
        if record.is_undone || record.is_undo {
            continue;
        }
        let changed: Vec<Changed<'a>> = record.steps.iter().flat_map(|step| changed(record.kind, step)).collect();
        if record.undo.is_some() && changed.iter().any(|one| later.contains(one)) {
            found.insert(record.id.clone());
        }
        later.extend(changed);
    }
    found
}

fn changed(kind: ActivityKind, step: &ActivityStep) -> Vec<Changed<'_>> {
    if !matches!(step.outcome, StepOutcome::Done | StepOutcome::Unknown | StepOutcome::Conflict) {
        return Vec::new();
    }
    let workspace = step.workspace.as_ref().map_or("", |id| id.as_str());
    let of = |kind, part| Changed { kind, workspace, part };
    match kind {
        // Its steps about members name people, and those about keys name none.
        ActivityKind::Offboard if step.people.is_empty() => changed(ActivityKind::DisableKey, step),
        ActivityKind::AddMembers | ActivityKind::RemoveMembers | ActivityKind::Offboard => {
            step.people.iter().map(|person| of(ActivityKind::AddMembers, person.as_str())).collect()
        }
        ActivityKind::DisableKey
        | ActivityKind::EnableKey
        | ActivityKind::DeleteKey
        | ActivityKind::EditKey
        | ActivityKind::MoveKey => {
            step.request.iter().map(|request| of(ActivityKind::DisableKey, request.target.as_str())).collect()
        }
        kind => step.changes.iter().map(|change| of(kind, change.field.as_str())).collect(),
    }
}

/// The plan back to the budgets before `plan`, of which so many steps were made. `None` if none was.
pub fn undo_of_plan(plan: &Plan, done: usize) -> Option<Plan> {
    let states = plan.states();
    let (start, reached): (BudgetState, BudgetState) = (plan.start(), *states.get(done)?);
    let former = start.ladder.validate().ok()?;
    let target = BudgetTarget::new(former, start.counts_byok, &reached).ok()?;
    let undo = Plan::new(reached, target);
    (done != 0 && !undo.steps().is_empty()).then_some(undo)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::tests::workspace;
    use crate::activity::{FieldChange, NewActivity, StepAbout, Undo};
    use crate::domain::UserId;

    fn removal(at: i64, kind: ActivityKind, people: &[&str]) -> ActivityRecord {
        let id = RecordId::new(at, 0);
        let mut record = ActivityRecord::new(id, String::new(), "", NewActivity::new(kind, workspace()));
        let people = people.iter().filter_map(|id| UserId::parse(id).ok()).collect();
        let changes = vec![FieldChange::new("Membership", "", "")];
        record.add_step(StepAbout { workspace: workspace().id, people, changes });
        record.steps[0].outcome = StepOutcome::Done;
        record.undo = Some(Undo::Job(String::new()));
        record
    }

    #[test]
    fn an_action_is_superseded_by_a_later_one_about_the_same() {
        let first = removal(1, ActivityKind::RemoveMembers, &["a", "b"]);
        let other = removal(2, ActivityKind::RemoveMembers, &["c"]);
        let again = removal(3, ActivityKind::AddMembers, &["b"]);
        assert_eq!(superseded([&other, &first]), HashSet::new());
        assert_eq!(superseded([&again, &other, &first]), HashSet::from([first.id.clone()]));
        let undone = ActivityRecord { is_undone: true, ..again.clone() };
        assert_eq!(superseded([&undone, &first]), HashSet::new());
        let mut refused = again;
        refused.steps[0].outcome = StepOutcome::Refused;
        assert_eq!(superseded([&refused, &first]), HashSet::new());
    }
}
