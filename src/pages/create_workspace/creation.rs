//! Creating the workspace, then its budgets.
//!
//! Invariant: a workspace whose budgets fail stays, and its budgets are where they can be saved again.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::settle::WriteOutcome;
use crate::api::{Client, PlanEnd, WriteError, WriteResult, carry_out, workspaces};
use crate::components::Editing;
use crate::domain::{BudgetState, CreateWorkspace, Plan, Step, Wanted, Workspace, in_words, message_in_words};
use crate::forms::LadderForm;
use crate::routes::{Route, WorkspaceView};
use crate::state::{
    Invalidation, Journal, Navigator, Notices, Resource, UnsavedGuard, WorkspaceList, drafts, use_client, use_navigator,
};

/// What is to be created.
#[derive(Clone)]
pub(super) struct Order {
    pub request: CreateWorkspace,
    pub wanted: Wanted,
    /// As it was typed, should it not be saved.
    pub ladder: LadderForm,
}

/// The creating of a page.
#[derive(Clone, Copy)]
pub(super) struct Creation {
    pub pending: RwSignal<bool>,
    pub failure: RwSignal<Option<WriteError>>,
    editing: Editing,
    context: StoredValue<Context>,
}

#[derive(Clone)]
struct Context {
    client: Client,
    navigator: Navigator,
    journal: Journal,
    notices: Notices,
    guard: UnsavedGuard,
    list: WorkspaceList,
    invalidation: Invalidation,
}

impl Creation {
    pub(super) fn new(editing: Editing) -> Self {
        let context = Context {
            client: use_client(),
            navigator: use_navigator(),
            journal: expect_context(),
            notices: expect_context(),
            guard: expect_context(),
            list: expect_context(),
            invalidation: expect_context(),
        };
        Self {
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            editing,
            context: StoredValue::new(context),
        }
    }

    pub(super) fn begin(self, order: Order) {
        let context = self.context.get_value();
        self.pending.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let request = &order.request;
            let result = workspaces::create(&context.client, request).await;
            context.journal.note(
                "Create workspace",
                format!("{} ({})", in_words(request.name.as_str()), request.slug),
                &result,
            );
            match result {
                Ok(workspace) => {
                    let unsaved = context.set_budgets(&workspace, &order).await;
                    context.created(workspace, unsaved, self.pending.try_set(false).is_none());
                }
                Err(refused) if self.pending.try_set(false).is_none() => {
                    self.failure.set(self.editing.place(refused));
                }
                Err(refused) => {
                    let title = format!("“{}” was not created", in_words(request.name.as_str()));
                    context.notices.failure(title, refused.words());
                }
            }
        });
    }
}

impl Context {
    /// Sets the budgets; answers why not all of them could be.
    async fn set_budgets(&self, workspace: &Workspace, order: &Order) -> Option<String> {
        let plan = Plan::new(BudgetState::default(), order.wanted);
        if plan.steps().is_empty() {
            return None;
        }
        let on_step = |_, step: &Step, result: Option<&WriteResult<()>>| {
            if let Some(result) = result {
                self.journal.note_step(workspace, step, result);
            }
        };
        let carried = carry_out(&self.client, &workspace.id, &plan, on_step).await;
        let why = match carried.end {
            PlanEnd::Complete(_) => return None,
            PlanEnd::Changed(_) => "Somebody else has set budgets meanwhile.".to_owned(),
            PlanEnd::Unread(error) => message_in_words(&error.sentence()),
            PlanEnd::Failed(WriteError { error, outcome: WriteOutcome::Refused }) => {
                message_in_words(&error.sentence())
            }
            PlanEnd::Failed(failure) => failure.words(),
        };
        let made = match carried.done {
            0 => "None of them was set".to_owned(),
            done => format!("{done} of {} were set", plan.steps().len()),
        };
        drafts::keep(&drafts::of_budgets(&workspace.id), &order.ladder, &LadderForm::of(&plan.states()[carried.done]));
        Some(format!("{why} {made}; the rest is waiting to be saved in its budgets."))
    }

    fn created(&self, workspace: Workspace, unsaved: Option<String>, is_here: bool) {
        let name = workspace.label_in_words();
        let route = match unsaved {
            None => {
                self.notices.success(format!("“{name}” was created"));
                Route::workspace(&workspace.slug)
            }
            Some(why) => {
                self.notices.failure(format!("“{name}” was created, but not all of its budgets"), why);
                Route::Workspace((&workspace.slug).into(), WorkspaceView::Budgets)
            }
        };
        self.list.upsert(workspace);
        self.invalidation.invalidate(Resource::Workspaces);
        // Whoever went elsewhere meanwhile stays there, with what is being edited there.
        if is_here {
            self.guard.set(false);
            self.navigator.replace(&route);
        }
    }
}
