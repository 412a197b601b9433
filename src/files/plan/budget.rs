//! The limits of a file against those that are there.

use super::state::{Known, State};
use super::{Part, Weight, WorkspacePlan};
use crate::domain::{BudgetState, BudgetTarget, Interval, Patch, Plan, Workspace};
use crate::files::document::{BudgetEntry, Entry};

pub(super) fn budget_part(
    entry: &Entry,
    workspace: Option<&std::sync::Arc<Workspace>>,
    state: &State,
    plan: &mut WorkspacePlan,
) {
    let Some(budget) = &entry.budget else { return };
    let details = workspace.map(|workspace| state.details.get(&workspace.id));
    let start = match details {
        // A new workspace has no limits.
        None => BudgetState::default(),
        Some(details) => match details.map(|details| &details.budget) {
            None | Some(Known::Loading) => {
                plan.is_loading = true;
                return;
            }
            Some(Known::Failed(why)) => {
                plan.note(budget.place, Weight::LeavesOut, format!("Couldn’t load its limits: {why}"));
                return;
            }
            Some(Known::Ready(now)) => *now,
        },
    };
    let is_new = workspace.is_none();
    let Some(made) = planned(budget, start, is_new, plan) else { return };
    if made.steps().is_empty() {
        return;
    }
    let spend = details.flatten().and_then(|details| details.spend);
    for interval in Interval::ALL {
        let (from, to) = (start.ladder.get(interval), made.target().limits().get(interval));
        let Some(limit) = to.filter(|to| from.is_none_or(|from| *to < from)) else { continue };
        let counts = made.end().counts_byok == Some(true);
        let spent = spend.map(|spend| spend.within(interval, counts)).filter(|spent| *spent >= limit);
        if let Some(spent) = spent {
            let interval = interval.as_str();
            let spent = spent.brief();
            let text =
                format!("The {interval} limit ({limit}) is already used up: {spent} spent. Requests will be refused");
            plan.note(budget.place, Weight::Warns, text);
        }
    }
    plan.parts.push(Part::Budgets(Box::new(made)));
}

/// The plan for the limits, or `None` with a note why there is none.
fn planned(budget: &BudgetEntry, start: BudgetState, is_new: bool, plan: &mut WorkspacePlan) -> Option<Plan> {
    let ladder =
        Interval::ALL.into_iter().zip(&budget.limits).fold(start.ladder, |ladder, (interval, limit)| match limit {
            Patch::Keep => ladder,
            Patch::Clear => ladder.with(interval, None),
            Patch::Set(limit) => ladder.with(interval, Some(*limit)),
        });
    let counts_byok = match budget.counts_byok {
        // Without a limit there is nothing to send it with, and off is where a new workspace begins.
        Some(false) if is_new && ladder.is_empty() => None,
        same if same == start.counts_byok => None,
        other => other,
    };
    if ladder == start.ladder && counts_byok.is_none() {
        return None;
    }
    match ladder.validate() {
        Err(violations) => {
            for violation in violations.iter().filter(|it| it.distance() == 1 || violations.len() == 1) {
                plan.note(budget.place, Weight::LeavesOut, violation.to_string());
            }
            None
        }
        Ok(valid) => match BudgetTarget::new(valid, counts_byok, &start) {
            Ok(target) => Some(Plan::new(start, target)),
            Err(why) => {
                plan.note(budget.place, Weight::LeavesOut, format!("Whether BYOK spend counts: {why}"));
                None
            }
        },
    }
}
