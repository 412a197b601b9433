//! Changing the budgets of many workspaces, each by a plan of its own.
//!
//! Before each step the budgets are read, because the API has no condition to send along. A workspace is finished before
//! the job ends, unless the API lets nothing through.
//!
//! Invariant: a step is sent only where the budgets are what the plan expects there. A workspace that this job has written
//! to may also be at any other state on the way of its plan; what is left is then planned from that state.

mod words;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::activity::{StepAbout, budget_changes};
use crate::api::{Client, WriteResult, budgets};
use crate::domain::{BudgetState, BudgetTarget, Plan, Step, WorkspaceId, WorkspaceRef, inline_message};
use crate::jobs::engine::{
    About, Call, Failure, Item, Job, JobSpec, Ledger, Outcome, Planner, Scope, Ticket, Words, record,
};
use words::WORDS;

pub fn spec(plans: impl IntoIterator<Item = (WorkspaceId, Plan)>) -> JobSpec<(), Plan> {
    let (mut workspaces, mut items) = (Vec::new(), Vec::new());
    for (at, (workspace, plan)) in plans.into_iter().enumerate() {
        workspaces.push(workspace);
        items.push(Item::new(at, plan, Outcome::Waiting));
    }
    JobSpec { head: (), workspaces, items }
}

/// A plan for one workspace, as the spec of a record.
pub fn record_of(workspace: WorkspaceId, plan: Plan) -> String {
    record::spec(&Job::<Budgets>::new(spec([(workspace, plan)])))
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetWrite {
    pub workspace: WorkspaceId,
    pub step: Step,
}

/// A workspace on the way of its plan.
#[derive(Debug)]
pub(in crate::jobs::planners) struct Track {
    item: usize,
    /// What was left when the budgets were first read, and how many steps of it are made.
    rest: Option<(Plan, usize)>,
    /// The step to send: set by the read before it.
    step: Option<Step>,
}

#[derive(Debug)]
pub struct Budgets {
    waiting: VecDeque<usize>,
    /// Started items between two requests.
    ready: VecDeque<Track>,
    /// Items with a request in flight.
    in_flight: HashMap<usize, Track>,
}

impl Planner for Budgets {
    type Head = ();
    type Subject = Plan;
    type Read = WorkspaceId;
    type Found = BudgetState;
    type Write = BudgetWrite;
    type Written = ();

    const NAME: &'static str = "budgets";
    const MAX_IN_FLIGHT: usize = 6;

    fn prepare((): &(), ledger: &Ledger<Plan>) -> Self {
        let waiting = ledger.with(Outcome::InFlight).chain(ledger.with(Outcome::Waiting)).collect();
        Self { waiting, ready: VecDeque::new(), in_flight: HashMap::new() }
    }

    fn next(&mut self, ledger: &mut Ledger<Plan>, scope: Scope) -> Option<Call<Self>> {
        let started = self.ready.pop_front();
        let mut track = match scope {
            Scope::All => started.or_else(|| self.waiting.pop_front().map(Track::new))?,
            Scope::Started => started?,
        };
        let item = track.item;
        let workspace = ledger.workspaces[ledger.items()[item].workspace].clone();
        let call = match track.step.take() {
            Some(step) => {
                ledger.mark_sent(item);
                Call::Write(item, BudgetWrite { workspace, step })
            }
            None => {
                ledger.set(item, Outcome::InFlight);
                Call::Read(item, workspace)
            }
        };
        self.in_flight.insert(item, track);
        Some(call)
    }

    fn apply_read(
        &mut self,
        item: usize,
        answer: Result<BudgetState, Failure>,
        ledger: &mut Ledger<Plan>,
        _: Scope,
    ) -> Result<(), Arc<str>> {
        if let Some(mut track) = self.in_flight.remove(&item) {
            let Item { subject: plan, was_sent, .. } = &ledger.items()[item];
            match track.judge(plan, *was_sent, answer) {
                Some(outcome) => ledger.set(item, outcome),
                None => self.ready.push_back(track),
            }
        }
        Ok(())
    }

    fn apply_write(&mut self, item: usize, answer: Result<(), Failure>, ledger: &mut Ledger<Plan>) {
        let Some(mut track) = self.in_flight.remove(&item) else { return };
        let made = track.made(&ledger.items()[item].subject);
        match answer {
            Ok(()) => {
                track.advance();
                self.ready.push_back(track);
            }
            Err(failure) => {
                let is_unclear = matches!(failure, Failure::Unclear(_));
                let words = format!("{}{made}", inline_message(&failure.reason())).into();
                ledger.set(item, if is_unclear { Outcome::Unknown(words) } else { Outcome::Refused(words) });
            }
        }
    }

    fn put_back(&mut self, ticket: Ticket, _: &mut Ledger<Plan>) {
        let (Ticket::Read(item) | Ticket::Write(item)) = ticket;
        if let Some(track) = self.in_flight.remove(&item) {
            // Without a step, its budgets are read again first.
            self.ready.push_front(track);
        }
    }

    fn finish(&mut self, ledger: &mut Ledger<Plan>) {
        for at in ledger.with(Outcome::InFlight).collect::<Vec<_>>() {
            let item = &ledger.items()[at];
            let track = self.ready.iter().find(|track| track.item == at && track.rest.is_some());
            let outcome = match track.map(|track| track.made(&item.subject)) {
                None if item.was_sent => {
                    Outcome::Unknown("The job was stopped before we could check these budgets.".into())
                }
                Some(made) if !made.is_empty() => Outcome::Refused(format!("The job was stopped.{made}").into()),
                _ => Outcome::NotTried,
            };
            ledger.set(at, outcome);
        }
        self.ready.clear();
        self.waiting.clear();
    }

    fn undo((): &(), ledger: &Ledger<Plan>) -> JobSpec<(), Plan> {
        spec(ledger.with(Outcome::Done).filter_map(|at| {
            let item = &ledger.items()[at];
            let plan = &item.subject;
            let former = plan.start().ladder.validate().ok()?;
            let workspace = ledger.workspaces[item.workspace].clone();
            Some((workspace, Plan::new(plan.end(), BudgetTarget::with_limits(former))))
        }))
    }

    async fn send_read(client: Client, workspace: WorkspaceId) -> Result<BudgetState, Failure> {
        let found = budgets::list(&client, &WorkspaceRef::from(&workspace)).await;
        found.map(|found| BudgetState::of(&found)).map_err(|error| Failure::of_read(&error))
    }

    async fn send_write(client: Client, BudgetWrite { workspace, step }: BudgetWrite) -> WriteResult<()> {
        budgets::apply(&client, &workspace, &step).await
    }

    fn step(write: &BudgetWrite) -> StepAbout {
        let workspace = Some(write.workspace.clone());
        StepAbout { workspace, people: Vec::new(), changes: budget_changes(&write.step) }
    }

    fn words((): &()) -> &'static Words {
        &WORDS
    }

    fn about(workspace: &WorkspaceId, plan: &Plan) -> About {
        About { person: None, workspace: workspace.clone(), change: Some(plan.describe()), key: None }
    }
}

impl Track {
    pub(in crate::jobs::planners) fn new(item: usize) -> Self {
        Self { item, rest: None, step: None }
    }

    /// The step that the last read allows.
    pub(in crate::jobs::planners) fn take_step(&mut self) -> Option<Step> {
        self.step.take()
    }

    /// Counts a step that was made.
    pub(in crate::jobs::planners) fn advance(&mut self) {
        if let Some((_, done)) = &mut self.rest {
            *done += 1;
        }
    }

    /// Compares what was read with the plan. Returns the outcome, or `None` with the next step to send.
    pub(in crate::jobs::planners) fn judge(
        &mut self,
        plan: &Plan,
        was_sent: bool,
        answer: Result<BudgetState, Failure>,
    ) -> Option<Outcome> {
        let now = match answer {
            Ok(now) => now,
            Err(failure) => return Some(self.unread(plan, was_sent, &failure)),
        };
        if self.rest.is_none() {
            if was_sent && plan.states().iter().any(|state| state.is_same(&now)) {
                // Whatever lies on the way of the plan was made by an earlier try.
                self.rest = Some((plan.resume(now), 0));
            } else if now.is_same(&plan.start()) {
                self.rest = Some((plan.clone(), 0));
            } else if now.is_same(&plan.end()) {
                return Some(Outcome::Unchanged);
            }
        }
        let Some((rest, done)) = &self.rest else { return Some(Outcome::ChangedElsewhere) };
        let is_expected = rest.states().get(*done).is_some_and(|expected| expected.is_same(&now));
        self.step = rest.steps().get(*done).copied();
        match self.step {
            _ if !is_expected => Some(Outcome::ChangedElsewhere),
            Some(_) => None,
            None if was_sent => Some(Outcome::Done),
            None => Some(Outcome::Unchanged),
        }
    }

    fn unread(&self, plan: &Plan, was_sent: bool, failure: &Failure) -> Outcome {
        let words = format!("{}{}", inline_message(&failure.reason()), self.made(plan)).into();
        match &self.rest {
            // Each write was acknowledged.
            Some((rest, done)) if *done == rest.steps().len() => Outcome::Done,
            // What an earlier try has made is not known.
            None if was_sent && !matches!(failure, Failure::Gone(_)) => Outcome::Unknown(words),
            _ => Outcome::Refused(words),
        }
    }

    /// A sentence about the steps that were made, for a reason.
    pub(in crate::jobs::planners) fn made(&self, plan: &Plan) -> String {
        let left = self.rest.as_ref().map_or(plan.steps().len(), |(rest, done)| rest.steps().len() - done);
        match plan.steps().len().saturating_sub(left) {
            0 => String::new(),
            made => format!(" {made} of {} changes were made.", plan.steps().len()),
        }
    }
}
