//! Saving a ladder: a plan is made, carried out step by step, and made anew from what the server says after a failure.
//!
//! Invariant: what the form is compared with is always what the server is known to hold, so Save does only the rest.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;

use crate::api::{ApiError, Client, PlanEnd, WriteError, WriteResult, budgets, carry_out};
use crate::components::{LadderEditing, focus_first_problem};
use crate::domain::{BudgetState, Plan, Step, Workspace, WorkspaceRef, message_in_words};
use crate::forms::LadderForm;
use crate::state::{Invalidation, Journal, Notices, Resource, use_client};

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepStatus {
    Waiting,
    Running,
    Done,
    Failed,
    /// It was not sent, because one before it failed, or the look before it did.
    NotTried,
}

/// Why the saving ended early.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Failure {
    /// The look before a step failed; nothing of that step was sent.
    Unread(ApiError),
    /// A step failed.
    Write(WriteError),
}

/// Where the saving is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Phase {
    /// Nothing was saved since the form was opened or edited.
    Idle,
    /// Under way.
    Running(Plan, Vec<StepStatus>),
    /// It ended early.
    Ended(Plan, Vec<StepStatus>, Failure),
    /// All was saved; what the plan started from can be had again.
    Saved(Plan),
}

/// Somebody else's change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Theirs {
    /// What the server holds now.
    pub now: BudgetState,
    /// What this form had written before it was met.
    pub done: Vec<Step>,
}

/// A form's saving.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    pub phase: RwSignal<Phase>,
    /// What somebody else made of the budgets, to be seen before anything more is sent.
    pub theirs: RwSignal<Option<Theirs>>,
    /// What the server held when it was last asked, by whomever.
    pub known: RwSignal<BudgetState>,
    pub pending: Signal<bool>,
    editing: LadderEditing,
    base: RwSignal<BudgetState>,
    workspace: Signal<Workspace>,
    context: StoredValue<Context>,
}

#[derive(Clone)]
struct Context {
    client: Client,
    journal: Journal,
    notices: Notices,
    invalidation: Invalidation,
}

impl Saving {
    pub(super) fn new(editing: LadderEditing, base: RwSignal<BudgetState>, workspace: Signal<Workspace>) -> Self {
        let context = Context {
            client: use_client(),
            journal: expect_context(),
            notices: expect_context(),
            invalidation: expect_context(),
        };
        let phase = RwSignal::new(Phase::Idle);
        Self {
            phase,
            theirs: RwSignal::new(None),
            known: RwSignal::new(base.get_untracked()),
            pending: Signal::derive(move || phase.with(|phase| matches!(phase, Phase::Running(..)))),
            editing,
            base,
            workspace,
            context: StoredValue::new(context),
        }
    }

    /// The plan for the form as it stands; `None` where it is not in order, or changes nothing.
    pub(super) fn plan(&self) -> Option<Plan> {
        let base = self.base.get();
        let wanted = self.editing.form().validate(&base).ok()?;
        Some(Plan::new(base, wanted)).filter(|plan| !plan.steps().is_empty())
    }

    /// Saves the form, if it is in order and nothing is under way.
    pub(super) fn begin(self) {
        if self.pending.get_untracked() {
            return;
        }
        self.editing.touch_all();
        match untrack(|| self.plan()) {
            Some(plan) => self.carry(plan),
            None => focus_first_problem(),
        }
    }

    /// Brings back what was there before the last save, by a plan of its own. What that save left alone stays as it is.
    pub(super) fn undo(self) {
        if let Phase::Saved(plan) = self.phase.get_untracked() {
            let form = self.base.with_untracked(|base| LadderForm::of(&plan.start()).rebased(&plan.end(), base));
            self.editing.fill(&form);
            self.begin();
            focus_save();
        }
    }

    fn carry(self, plan: Plan) {
        let context = self.context.get_value();
        let workspace = self.workspace.get_untracked();
        let statuses = vec![StepStatus::Waiting; plan.steps().len()];
        self.phase.set(Phase::Running(plan.clone(), statuses));
        spawn_local(async move {
            let on_step = |at: usize, step: &Step, result: Option<&WriteResult<()>>| {
                if let Some(result) = result {
                    context.journal.note_step(&workspace, step, result);
                }
                self.note(at, result);
            };
            let carried = carry_out(&context.client, &workspace.id, &plan, on_step).await;
            if self.phase.is_disposed() {
                tell_who_left(&context, &workspace, &carried.end);
                return;
            }
            match carried.end {
                PlanEnd::Complete(now) => {
                    let now = now.map_or_else(|| plan.end(), |now| BudgetState::of(&now));
                    self.complete(plan, now);
                }
                PlanEnd::Changed(now) => {
                    self.phase.set(Phase::Idle);
                    self.meet(&plan, carried.done, BudgetState::of(&now));
                }
                PlanEnd::Unread(error) => self.ended(&context, plan, carried.done, Failure::Unread(error)).await,
                PlanEnd::Failed(failure) => self.ended(&context, plan, carried.done, Failure::Write(failure)).await,
            }
            context.invalidation.invalidate(Resource::Budgets);
            context.invalidation.invalidate(Resource::Workspace);
        });
    }

    fn note(&self, at: usize, result: Option<&WriteResult<()>>) {
        self.phase.try_update(|phase| {
            if let Phase::Running(_, statuses) = phase
                && let Some(status) = statuses.get_mut(at)
            {
                *status = match result {
                    None => StepStatus::Running,
                    Some(Ok(())) => StepStatus::Done,
                    Some(Err(_)) => StepStatus::Failed,
                };
            }
        });
    }

    fn complete(self, plan: Plan, now: BudgetState) {
        if now.is_same(&plan.end()) {
            self.follow(&now, now);
        } else {
            // Somebody wrote right after the last step: their change is shown like any other.
            self.meet(&plan, plan.steps().len(), now);
        }
        self.phase.set(Phase::Saved(plan));
    }

    async fn ended(self, context: &Context, plan: Plan, done: usize, failure: Failure) {
        let id = self.workspace.with_untracked(|workspace| WorkspaceRef::from(&workspace.id));
        let now = budgets::list(&context.client, &id).await.ok();
        let Some(Phase::Running(_, mut statuses)) = self.phase.try_get_untracked() else { return };
        let states = plan.states();
        // What this form has made of it, with the step that failed or without.
        let is_own = |now: &BudgetState| states[done..].iter().take(2).any(|state| now.is_same(state));
        match now.map(|now| BudgetState::of(&now)) {
            Some(now) if is_own(&now) => self.follow(&states[done], now),
            Some(now) => self.meet(&plan, done, now),
            None => self.hold(states[done], states[done]),
        }
        for status in &mut statuses {
            *status = match *status {
                // One that runs still was looked before, and no more.
                StepStatus::Waiting | StepStatus::Running => StepStatus::NotTried,
                other => other,
            };
        }
        self.phase.set(Phase::Ended(plan, statuses, failure));
    }

    /// Shows what somebody else wrote, beside what is left of this form's edits after its own first steps.
    fn meet(&self, plan: &Plan, done: usize, now: BudgetState) {
        self.hold(plan.states()[done], now);
        self.theirs.set(Some(Theirs { now, done: plan.steps()[..done].to_vec() }));
    }

    /// The server holds `now`, by this form's own writes up to `reached`: what this person did not edit since follows.
    fn follow(&self, reached: &BudgetState, now: BudgetState) {
        let form = untrack(|| self.editing.form()).rebased(reached, &now);
        self.hold(now, now);
        self.editing.fill(&form);
    }

    /// Compares the form with `base` from now on, while the server is known to hold `known`.
    fn hold(&self, base: BudgetState, known: BudgetState) {
        self.base.set(base);
        self.known.set(known);
    }
}

/// The button for undoing goes with what it undoes: the focus goes to the one that stays.
fn focus_save() {
    let save = document().query_selector("form.budgets [type=submit]").ok().flatten();
    if let Some(save) = save.and_then(|save| save.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A button that is shown cannot refuse focus.
        let _ = save.focus();
    }
}

/// Whoever left hears of it by a notice; steps that failed are in the journal.
fn tell_who_left(context: &Context, workspace: &Workspace, end: &PlanEnd) {
    let name = workspace.label_in_words();
    let why = match end {
        PlanEnd::Complete(_) => return context.notices.success(format!("Budgets of “{name}” were saved")),
        PlanEnd::Changed(_) => "Somebody else changed them meanwhile. Open them to see both.".to_owned(),
        PlanEnd::Unread(error) => message_in_words(&error.sentence()),
        PlanEnd::Failed(failure) => failure.words(),
    };
    context.notices.failure(format!("Budgets of “{name}” were not all saved"), why);
}
