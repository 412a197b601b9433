//! A server of budgets that may do anything: it loses answers, refuses, asks to wait, and is used by others.
//!
//! Invariant: a write that would put the limits out of order is refused (400), as the API does, and counted.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use futures::future::LocalBoxFuture;

use super::super::engine::{Failure, Outcome};
use super::super::planners::budgets::{BudgetWrite, Budgets};
use super::{After, Model, Tab};
use crate::domain::{BudgetState, Change, Interval, Step, Usd, WorkspaceId};

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    LostBefore,
    LostAfter,
    Refused,
    Busy,
    Unauthorized,
    /// Someone else sets this limit to this amount first, if the order allows it.
    Meddled(Interval, u32),
}

#[derive(Default)]
pub struct Server {
    pub states: BTreeMap<WorkspaceId, BudgetState>,
    /// Every state that a workspace had, in order.
    pub history: BTreeMap<WorkspaceId, Vec<BudgetState>>,
    pub read_faults: VecDeque<(Fault, u8)>,
    pub write_faults: VecDeque<(Fault, u8)>,
    /// Writes that reached the server, by workspace.
    pub writes: Vec<WorkspaceId>,
    /// Writes that would have put limits out of order.
    pub out_of_order: usize,
    /// Writes at another state than the step expects.
    pub unexpected: usize,
    /// Workspaces that someone else changed.
    pub meddled: Vec<WorkspaceId>,
    pub in_flight: usize,
    pub is_narrow: bool,
}

impl Server {
    fn begin(&mut self) {
        assert!(self.in_flight < if self.is_narrow { 1 } else { 6 }, "too many requests at once");
        self.in_flight += 1;
    }

    fn end<T>(&mut self, answer: &Result<T, Failure>, is_write: bool) {
        self.in_flight -= 1;
        match answer {
            Ok(_) if is_write => self.is_narrow = false,
            Err(Failure::Busy(_)) => self.is_narrow = true,
            _ => {}
        }
    }

    /// The tab is closed.
    pub fn forget(&mut self) {
        (self.in_flight, self.is_narrow) = (0, false);
    }

    fn meddle(&mut self, workspace: &WorkspaceId, fault: Fault) {
        let Fault::Meddled(interval, cents) = fault else { return };
        let state = self.states[workspace];
        let ladder = state.ladder.with(interval, Usd::parse(&format!("{cents}.5")).ok());
        if ladder.violations().is_empty() {
            self.put(workspace, BudgetState { ladder, ..state });
            self.meddled.push(workspace.clone());
        }
    }

    fn put(&mut self, workspace: &WorkspaceId, state: BudgetState) {
        self.states.insert(workspace.clone(), state);
        self.history.entry(workspace.clone()).or_default().push(state);
    }

    fn read(&mut self, workspace: &WorkspaceId, fault: Fault) -> Result<BudgetState, Failure> {
        match fault {
            Fault::Busy => Err(Failure::Busy(None)),
            Fault::Unauthorized => Err(Failure::Unauthorized),
            Fault::Refused => Err(Failure::Refused { words: "Not today.".into(), mentions: String::new() }),
            Fault::LostBefore | Fault::LostAfter => Err(Failure::Unclear("No connection.".into())),
            Fault::None | Fault::Meddled(..) => {
                self.meddle(workspace, fault);
                Ok(self.states[workspace])
            }
        }
    }

    fn write(&mut self, workspace: &WorkspaceId, step: &Step, fault: Fault) -> Result<(), Failure> {
        let refused = |words: &str| Failure::Refused { words: words.into(), mentions: String::new() };
        match fault {
            Fault::Busy => return Err(Failure::Busy(Some(Duration::from_secs(1)))),
            Fault::Unauthorized => return Err(Failure::Unauthorized),
            Fault::LostBefore => return Err(Failure::Unclear("The connection was closed.".into())),
            Fault::Refused => return Err(refused("Not today.")),
            Fault::None | Fault::LostAfter | Fault::Meddled(..) => {}
        }
        let state = self.states[workspace];
        self.writes.push(workspace.clone());
        if state.ladder.get(step.interval) != step.from {
            self.unexpected += 1;
        }
        let after = state.after(step);
        if matches!(step.change, Change::Set(_)) && !after.ladder.violations().is_empty() {
            self.out_of_order += 1;
            return Err(refused("The limits would be out of order."));
        }
        self.put(workspace, after);
        if fault == Fault::LostAfter { Err(Failure::Unclear("The connection was closed.".into())) } else { Ok(()) }
    }
}

impl Model<Budgets> for Server {
    fn answer_read(
        tab: &Tab<Budgets, Self>,
        workspace: &WorkspaceId,
    ) -> LocalBoxFuture<'static, Result<BudgetState, Failure>> {
        let (server, workspace) = (tab.server.clone(), workspace.clone());
        server.borrow_mut().begin();
        let (fault, delay) = server.borrow_mut().read_faults.pop_front().unwrap_or((Fault::None, 1));
        Box::pin(async move {
            After(delay).await;
            let answer = server.borrow_mut().read(&workspace, fault);
            server.borrow_mut().end(&answer, false);
            answer
        })
    }

    fn answer_write(tab: &Tab<Budgets, Self>, write: &BudgetWrite) -> LocalBoxFuture<'static, Result<(), Failure>> {
        let (server, BudgetWrite { workspace, step }) = (tab.server.clone(), write.clone());
        server.borrow_mut().begin();
        let (fault, delay) = server.borrow_mut().write_faults.pop_front().unwrap_or((Fault::None, 1));
        let written = tab.restored();
        let at = written.ledger.workspaces.iter().position(|it| *it == workspace);
        let is_written = written
            .ledger
            .items()
            .iter()
            .any(|item| Some(item.workspace) == at && item.outcome == Outcome::InFlight && item.was_sent);
        tab.is_ahead.set(tab.is_ahead.get() || !is_written);
        Box::pin(async move {
            After(delay).await;
            let answer = server.borrow_mut().write(&workspace, &step, fault);
            After(delay / 2).await;
            server.borrow_mut().end(&answer, true);
            answer
        })
    }
}
