//! The job: plans carried out for many workspaces, a few at a time.
//!
//! Invariant: every workspace ends as exactly one of changed, failed, changed by somebody else, or not tried; a stop never
//! leaves one half-way.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Client, PlanEnd, WriteResult, carry_out};
use crate::domain::{BudgetState, Plan, Step, Wanted, Workspace, message_in_words};
use crate::pages::budgets::reading::MOST;
use crate::pages::budgets::table::Rows;
use crate::state::{Invalidation, Journal, Resource, use_client};

/// What became of one workspace.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Status {
    Waiting,
    Running,
    Done,
    /// With what went wrong, and what of the plan was made.
    Failed(String),
    /// Somebody else changed its budgets since the preview.
    ChangedElsewhere,
    /// The job was stopped before.
    NotTried,
}

/// One workspace of the job.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub workspace: Arc<Workspace>,
    pub plan: Plan,
    pub status: ArcRwSignal<Status>,
}

/// Where the panel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Choosing,
    Running,
    /// It is to end after the workspaces that are being changed.
    Stopping,
    Ended,
}

/// The job of a panel.
#[derive(Clone, Copy)]
pub(super) struct Job {
    pub stage: RwSignal<Stage>,
    pub items: RwSignal<Arc<Vec<Item>>>,
    /// Rises whenever a workspace's status changes.
    pub version: RwSignal<u32>,
    /// A change is being chosen; a job neither runs nor has ended.
    pub is_idle: Memo<bool>,
    pub is_running: Memo<bool>,
    rows: Rows,
    context: StoredValue<(Client, Journal, Invalidation)>,
}

impl Job {
    pub(super) fn new(rows: Rows) -> Self {
        let stage = RwSignal::new(Stage::Choosing);
        Self {
            stage,
            is_idle: Memo::new(move |_| stage.get() == Stage::Choosing),
            is_running: Memo::new(move |_| matches!(stage.get(), Stage::Running | Stage::Stopping)),
            items: RwSignal::new(Arc::default()),
            version: RwSignal::new(0),
            rows,
            context: StoredValue::new((use_client(), expect_context(), expect_context())),
        }
    }

    /// How many workspaces are so.
    pub(super) fn count(&self, is_it: impl Fn(&Status) -> bool) -> usize {
        self.version.track();
        self.items.with(|items| items.iter().filter(|item| item.status.with_untracked(&is_it)).count())
    }

    /// Carries out the plans, unless others are being carried out: a button can be pressed again before it is gone.
    pub(super) fn begin(self, plans: Vec<(Arc<Workspace>, Plan)>) {
        if self.is_running.get_untracked() {
            return;
        }
        let item = |(workspace, plan)| Item { workspace, plan, status: ArcRwSignal::new(Status::Waiting) };
        self.items.set(Arc::new(plans.into_iter().map(item).collect()));
        self.run((0..self.items.with_untracked(|items| items.len())).collect());
    }

    /// Tries again what failed: each plan made anew from what the server holds now.
    pub(super) fn retry(self) {
        if self.is_running.get_untracked() {
            return;
        }
        let is_failed =
            |item: &Item| item.status.with_untracked(|it| matches!(it, Status::Failed(_) | Status::NotTried));
        let failed = self.items.with_untracked(|items| {
            items.iter().enumerate().filter(|(_, item)| is_failed(item)).map(|(at, _)| at).collect()
        });
        self.run(failed);
    }

    /// Gives the changed workspaces back what they had, by plans of their own.
    pub(super) fn undo(self) {
        let back = self.items.with_untracked(|items| {
            let done = items.iter().filter(|item| item.status.with_untracked(|it| *it == Status::Done));
            done.filter_map(|item| {
                let former = item.plan.start().ladder.judge().ok()?;
                Some((item.workspace.clone(), Plan::new(item.plan.end(), Wanted::ladder(former))))
            })
            .collect()
        });
        self.begin(back);
    }

    /// Ends after the workspaces that are being changed.
    pub(super) fn stop(&self) {
        self.stage.set(Stage::Stopping);
    }

    fn run(self, wanted: VecDeque<usize>) {
        let items = self.items.get_untracked();
        for &at in &wanted {
            if let Some(item) = items.get(at) {
                item.status.set(Status::Waiting);
            }
        }
        self.note();
        self.stage.set(Stage::Running);
        let workers = MOST.min(wanted.len());
        // Not in the owner's arena: the button that began this is gone by now.
        let (queue, left) = (Rc::new(RefCell::new(wanted)), Rc::new(Cell::new(workers)));
        if workers == 0 {
            self.stage.set(Stage::Ended);
        }
        for _ in 0..workers {
            let (items, queue, left) = (items.clone(), queue.clone(), left.clone());
            spawn_local(async move {
                self.work(&items, &queue).await;
                left.set(left.get() - 1);
                if left.get() == 0 {
                    self.end(&items);
                }
            });
        }
    }

    async fn work(self, items: &[Item], queue: &RefCell<VecDeque<usize>>) {
        let Some((client, journal, _)) = self.context.try_get_value() else { return };
        while self.stage.try_get_untracked() == Some(Stage::Running) {
            let next = queue.borrow_mut().pop_front();
            let Some(item) = next.and_then(|at| items.get(at)) else { return };
            item.status.set(Status::Running);
            self.note();
            let status = change(&client, journal, item).await;
            item.status.set(status);
            self.note();
        }
    }

    fn end(self, items: &[Item]) {
        for item in items {
            if item.status.with_untracked(|it| *it == Status::Waiting) {
                item.status.set(Status::NotTried);
            }
        }
        if self.stage.try_set(Stage::Ended).is_some() {
            // The page is gone.
            return;
        }
        self.note();
        let touched = items.iter().filter(|item| item.status.with_untracked(|it| *it != Status::NotTried));
        self.rows.overview.again(touched.map(|item| item.workspace.id.clone()).collect());
        if let Some((_, _, invalidation)) = self.context.try_get_value() {
            invalidation.invalidate(Resource::Budgets);
        }
    }

    fn note(&self) {
        self.version.try_update(|version| *version = version.wrapping_add(1));
    }
}

/// Carries out one plan. One that was begun before is made anew from what the server holds.
async fn change(client: &Client, journal: Journal, item: &Item) -> Status {
    let (workspace, mut plan) = (&item.workspace, item.plan.clone());
    let carried = loop {
        let on_step = |_, step: &Step, result: Option<&WriteResult<()>>| {
            if let Some(result) = result {
                journal.record_step(workspace, step, result);
            }
        };
        let carried = carry_out(client, &workspace.id, &plan, on_step).await;
        match &carried.end {
            // A state that lies on the plan's own way is an earlier try's doing.
            PlanEnd::Changed(now) if carried.done == 0 && is_on_the_way(&item.plan, &BudgetState::of(now)) => {
                let rest = item.plan.resume(BudgetState::of(now));
                if rest == plan {
                    break carried;
                }
                plan = rest;
            }
            _ => break carried,
        }
    };
    let made = match carried.done {
        0 => String::new(),
        done => format!(" {done} of {} changes were made before.", plan.steps().len()),
    };
    match carried.end {
        PlanEnd::Complete(_) => Status::Done,
        PlanEnd::Changed(_) => Status::ChangedElsewhere,
        PlanEnd::Unread(error) => Status::Failed(format!("{}{made}", message_in_words(&error.sentence()))),
        PlanEnd::Failed(failure) => Status::Failed(format!("{}{made}", failure.words())),
    }
}

fn is_on_the_way(plan: &Plan, now: &BudgetState) -> bool {
    plan.states().iter().skip(1).any(|state| state.is_same(now))
}
