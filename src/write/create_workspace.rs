//! Creating a workspace, and then its budgets.
//!
//! Invariant: a workspace whose budgets fail stays, and the rest of its budgets is kept as a draft to save again.

use super::save_budgets::run_recorded;
use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::activity::{NamedWorkspace, NewActivity, StepAbout};
use crate::api::{PlanEnd, WriteError, settle::WriteOutcome, workspaces};
use crate::data::{Cache, Topic};
use crate::domain::{ActivityKind, BudgetState, Plan, Workspace, inline_message, inline_text};
use crate::forms::{CreationOrder, Form as _, LadderForm};
use crate::routes::{Route, WorkspaceView};
use crate::session::drafts;

pub struct CreateWithBudgets(pub CreationOrder);

pub struct Created {
    workspace: Workspace,
    unsaved: Option<String>,
}

impl Write for CreateWithBudgets {
    type Output = Created;

    async fn send(&self, scope: &Scope) -> Result<Created, WriteFailure> {
        let request = &self.0.request;
        let create = async |client| workspaces::create(&client, request).await;
        let workspace = scope.record(StepAbout::default(), create).await?;
        let unsaved = self.set_budgets(scope, &workspace).await;
        Ok(Created { workspace, unsaved })
    }

    fn activity(&self) -> NewActivity {
        let request = &self.0.request;
        let (name, slug) = (request.name().to_owned(), Some(request.slug().clone()));
        let new = NewActivity::new(ActivityKind::CreateWorkspace, NamedWorkspace { id: None, name, slug });
        NewActivity { planned: 1 + self.plan().steps().len(), ..new }
    }

    fn topics(&self, result: &Result<Created, WriteFailure>) -> Vec<Topic> {
        result.iter().map(|_| Topic::Workspaces).collect()
    }

    fn message(&self, Created { workspace, unsaved }: &Created, _viewer: Viewer) -> Option<Message> {
        let name = workspace.inline_label();
        Some(match unsaved {
            None => Message::Success(format!("“{name}” was created")),
            Some(why) => Message::Failure(format!("“{name}” was created, but not all budgets were saved"), why.clone()),
        })
    }

    fn failure_title(&self) -> String {
        format!("“{}” was not created", inline_text(self.0.request.name()))
    }

    fn amend_cache(&self, created: &Created, cache: Cache) {
        cache.upsert_workspace(created.workspace.clone());
    }

    fn next_route(&self, Created { workspace, unsaved }: &Created) -> Option<Route> {
        Some(match unsaved {
            None => Route::workspace(&workspace.slug),
            Some(_) => Route::Workspace((&workspace.slug).into(), WorkspaceView::Budgets),
        })
    }
}

impl CreateWithBudgets {
    fn plan(&self) -> Plan {
        Plan::new(BudgetState::default(), self.0.budgets)
    }

    /// Sets the budgets. Returns why not all of them were set.
    async fn set_budgets(&self, scope: &Scope, workspace: &Workspace) -> Option<String> {
        let plan = self.plan();
        if plan.steps().is_empty() {
            return None;
        }
        let carried = run_recorded(scope, workspace, &plan, |_, _| ()).await;
        let why = match carried.end {
            PlanEnd::Complete(_) => return None,
            PlanEnd::Changed(_) => "Someone else set budgets at the same time.".to_owned(),
            PlanEnd::Unread(error) | PlanEnd::Failed(WriteError { error, outcome: WriteOutcome::Refused }) => {
                inline_message(&error.sentence())
            }
            PlanEnd::Failed(failure) => failure.message(),
        };
        let made = match carried.done {
            0 => "No limits were saved".to_owned(),
            done => format!("{done} of {} limits were saved", plan.steps().len()),
        };
        let reached = LadderForm::of(&plan.states()[carried.done]);
        drafts::keep(&drafts::of_budgets(&workspace.id), &self.0.ladder, &reached);
        Some(format!("{why} {made}. Save the rest below."))
    }
}
