//! Saving the budgets of a workspace, step by step.

use leptos::prelude::*;

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::activity::{NewActivity, StepAbout, Undo, budget_changes, undo_of_plan};
use crate::api::{PlanEnd, PlanRun, budgets, run_plan};
use crate::data::Topic;
use crate::domain::{ActivityKind, BudgetState, Plan, Step, Workspace, WorkspaceRef};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    /// It waits for the steps before it.
    Waiting,
    Running,
    Done,
    Failed,
    /// It was not sent, because a step before it failed or the budgets could not be read.
    NotTried,
}

pub struct SaveBudgets {
    pub workspace: Workspace,
    pub plan: Plan,
    /// Called with the index of a step whose status has changed.
    pub on_step: Callback<(usize, StepStatus)>,
}

pub struct BudgetsEnd {
    pub done: usize,
    /// The budgets on the server afterwards, where they could be read.
    pub now: Option<BudgetState>,
    /// Whether someone else changed them before the plan was complete.
    pub is_changed: bool,
    pub failure: Option<WriteFailure>,
}

impl Write for SaveBudgets {
    type Output = BudgetsEnd;

    async fn send(&self, scope: &Scope) -> Result<BudgetsEnd, WriteFailure> {
        let report = |at, status| {
            // The callback is gone with its view.
            let _gone = self.on_step.try_run((at, status));
        };
        let PlanRun { done, end } = run_recorded(scope, &self.workspace, &self.plan, report).await;
        let is_changed = matches!(end, PlanEnd::Changed(_));
        let (now, failure) = match end {
            PlanEnd::Complete(now) => (now, None),
            PlanEnd::Changed(now) => (Some(now), None),
            PlanEnd::Unread(error) => (None, Some(WriteFailure::Unread(error))),
            PlanEnd::Failed(failure) => (None, Some(WriteFailure::Write(failure))),
        };
        let now = if failure.is_some() && scope.viewer() == Viewer::Present {
            budgets::list(&scope.client, &WorkspaceRef::from(&self.workspace.id)).await.ok()
        } else {
            now
        };
        Ok(BudgetsEnd { done, now: now.as_ref().map(BudgetState::of), is_changed, failure })
    }

    fn activity(&self) -> NewActivity {
        let new = NewActivity::new(ActivityKind::ChangeBudgets, &self.workspace);
        NewActivity { planned: self.plan.steps().len(), ..new }
    }

    fn undo(&self, end: &BudgetsEnd) -> Option<Undo> {
        Some(Undo::Budgets(self.workspace.id.clone(), Box::new(undo_of_plan(&self.plan, end.done)?)))
    }

    fn topics(&self, _result: &Result<BudgetsEnd, WriteFailure>) -> Vec<Topic> {
        vec![Topic::Budgets(self.workspace.id.clone()), Topic::Workspace]
    }

    fn message(&self, end: &BudgetsEnd, viewer: Viewer) -> Option<Message> {
        let why = match end {
            _ if viewer == Viewer::Present => return None,
            BudgetsEnd { failure: Some(failure), .. } => failure.message(),
            BudgetsEnd { is_changed: true, .. } => {
                "Someone else changed them while you were saving. Open the budgets to compare.".to_owned()
            }
            _ => return Some(Message::Success(format!("Budgets of “{}” were saved", self.workspace.inline_label()))),
        };
        Some(Message::Failure(self.failure_title(), why))
    }

    fn failure_title(&self) -> String {
        format!("Not all budgets of “{}” were saved", self.workspace.inline_label())
    }
}

/// Carries out a plan and records each step in the activity log. `report` is called with the index of a step whose status has
/// changed.
pub(super) async fn run_recorded(
    scope: &Scope,
    workspace: &Workspace,
    plan: &Plan,
    report: impl Fn(usize, StepStatus),
) -> PlanRun {
    let on_step = |at: usize, result: Option<bool>| {
        report(
            at,
            match result {
                None => StepStatus::Running,
                Some(true) => StepStatus::Done,
                Some(false) => StepStatus::Failed,
            },
        );
    };
    let send = async |step: &Step| {
        let about =
            StepAbout { workspace: Some(workspace.id.clone()), changes: budget_changes(step), ..StepAbout::default() };
        scope.record(about, async |client| budgets::apply(&client, &workspace.id, step).await).await
    };
    run_plan(&scope.client, &workspace.id, plan, on_step, send).await
}
