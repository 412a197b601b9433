//! Saving budgets step by step. After a failure, the next plan starts from what the server holds.
//!
//! Invariant: the form is always compared with what the server is known to hold, so Save sends only the rest.

use leptos::prelude::*;

use crate::components::{EditSession, SaveEnd, focus_first_problem};
use crate::domain::{BudgetState, Plan, Step, Workspace, budget::describe_steps};
use crate::forms::{Form as _, LadderForm};
use crate::write::{BudgetsEnd, SaveBudgets, StepStatus, WriteFailure, Writer, use_write};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Phase {
    Idle,
    Running(Plan, Vec<StepStatus>),
    /// It ended early.
    Ended(Plan, Vec<StepStatus>, WriteFailure),
    /// All steps were applied; the plan can be undone.
    Saved(Plan),
}

#[derive(Clone, Copy)]
pub(super) struct Saving {
    pub phase: RwSignal<Phase>,
    pub writer: Writer<SaveBudgets>,
    session: EditSession<LadderForm>,
    workspace: Signal<Workspace>,
}

impl Saving {
    pub(super) fn new(session: EditSession<LadderForm>, workspace: Signal<Workspace>) -> Self {
        let phase = RwSignal::new(Phase::Idle);
        let saving = StoredValue::new(None::<Self>);
        let writer = use_write(move |write: SaveBudgets, result| match (result, saving.get_value()) {
            (Ok(end), Some(saving)) => {
                saving.finish(write.plan, end);
                None
            }
            (result, _) => result.err(),
        });
        let this = Self { phase, writer, session, workspace };
        saving.set_value(Some(this));
        this
    }

    /// How the last save ended; tracked.
    pub(super) fn end(&self) -> Option<SaveEnd> {
        self.phase.with(|phase| match phase {
            Phase::Idle | Phase::Running(..) => None,
            Phase::Saved(_) => Some(SaveEnd::Saved),
            Phase::Ended(_, statuses, _) => {
                let missing = statuses.iter().filter(|status| **status != StepStatus::Done).count();
                Some(SaveEnd::Failed(match statuses.len() {
                    1 => "The limit was not saved".to_owned(),
                    all => format!("{missing} of {all} limits not saved"),
                }))
            }
        })
    }

    /// Forgets how the last save ended.
    pub(super) fn dismiss(&self) {
        self.phase.set(Phase::Idle);
    }

    /// The plan for the form; `None` where the form has a problem or changes nothing. Tracked.
    pub(super) fn plan(&self) -> Option<Plan> {
        let base = self.session.base();
        let wanted = self.session.state.with(|form| form.validate(&base)).ok()?;
        Some(Plan::new(base, wanted)).filter(|plan| !plan.steps().is_empty())
    }

    pub(super) fn save(self) {
        if self.writer.pending.get_untracked() {
            return;
        }
        self.session.state.touch_all();
        match untrack(|| self.plan()) {
            Some(plan) => self.run(plan),
            None => focus_first_problem(),
        }
    }

    /// Restores what the last save changed, by a plan of its own. What that save left alone stays as it is. A limit that
    /// someone else has changed since is asked about, also where the page has read their change already.
    pub(super) fn undo(self) {
        if let Phase::Saved(plan) = self.phase.get_untracked() {
            let now = untrack(|| self.session.base());
            self.session.state.fill(LadderForm::of(&plan.start()));
            if now.is_same(&plan.end()) || self.merge(plan.end(), &[], now) {
                self.save();
            }
        }
    }

    fn run(self, plan: Plan) {
        let phase = self.phase;
        let on_step = Callback::new(move |(at, status): (usize, StepStatus)| {
            phase.update(|phase| {
                if let Phase::Running(_, statuses) = phase
                    && let Some(shown) = statuses.get_mut(at)
                {
                    *shown = status;
                }
            });
        });
        phase.set(Phase::Running(plan.clone(), vec![StepStatus::Waiting; plan.steps().len()]));
        self.writer.run(SaveBudgets { workspace: self.workspace.get_untracked(), plan, on_step });
    }

    fn finish(self, plan: Plan, end: BudgetsEnd) {
        let Self { phase, session, .. } = self;
        let states = plan.states();
        let BudgetsEnd { done, now, is_changed, failure } = end;
        let next = match (failure, now) {
            (None, Some(now)) if is_changed => {
                phase.set(Phase::Idle);
                if self.merge(states[done], &plan.steps()[..done], now) {
                    self.save();
                }
                return;
            }
            (None, now) => {
                let now = now.unwrap_or_else(|| plan.end());
                if now.is_same(&plan.end()) {
                    session.follow_write(&LadderForm::of(&now), now);
                } else {
                    // Someone wrote right after the last step: their change is treated like any other.
                    self.merge(states[done], &plan.steps()[..done], now);
                }
                Phase::Saved(plan)
            }
            (Some(failure), now) => {
                // What this form's own steps lead to, with or without the step that failed.
                let is_own = |now: &BudgetState| states[done..].iter().take(2).any(|state| now.is_same(state));
                match now {
                    Some(now) if is_own(&now) => session.follow_write(&LadderForm::of(&states[done]), now),
                    Some(now) => {
                        self.merge(states[done], &plan.steps()[..done], now);
                    }
                    None => {
                        session.learn(states[done]);
                        session.set_base(states[done]);
                    }
                }
                let statuses = match phase.get_untracked() {
                    Phase::Running(_, statuses) => statuses,
                    _ => Vec::new(),
                };
                let end = |status| match status {
                    // For a step that still runs, only the budgets were read.
                    StepStatus::Waiting | StepStatus::Running => StepStatus::NotTried,
                    status => status,
                };
                Phase::Ended(plan, statuses.into_iter().map(end).collect(), failure)
            }
        };
        phase.set(next);
    }

    /// Merges what someone else wrote with what is left of this form's edits after the steps `done`, which led to `reached`.
    /// Where both have edited a limit, or the limits would be out of order together, asks the person and returns false.
    fn merge(self, reached: BudgetState, done: &[Step], now: BudgetState) -> bool {
        let session = self.session;
        let form = untrack(|| session.state.get());
        let can_merge = !form.overlaps(&reached, &now) && form.rebased(&reached, &now).validate(&now).is_ok();
        session.learn(now);
        if !can_merge {
            session.compare(match done {
                [] => "Nothing was sent.".to_owned(),
                done => {
                    format!("We saved this before we noticed: {}. The rest was not sent.", describe_steps(done))
                }
            });
        }
        session.set_base(reached);
        if can_merge {
            session.keep_mine();
        }
        can_merge
    }
}
