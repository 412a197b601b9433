//! The items of one phase, in the hands of the planner for their kind.
//!
//! Invariant: after each decision the job's ledger holds what the phase's own ledger holds.

use super::Step;
use crate::jobs::engine::{Ledger, Outcome, Planner};

#[derive(Debug)]
pub(super) struct Half<P: Planner> {
    planner: P,
    ledger: Ledger<P::Subject>,
    /// The position in the job's ledger of each item.
    positions: Vec<usize>,
}

impl<P: Planner> Half<P> {
    /// Takes the items for which `own` has a subject.
    pub(super) fn new(head: &P::Head, job: &Ledger<Step>, own: impl Fn(&Step) -> Option<P::Subject>) -> Self {
        let (mut positions, mut items) = (Vec::new(), Vec::new());
        for (at, item) in job.items().iter().enumerate() {
            if let Some(subject) = own(&item.subject) {
                positions.push(at);
                items.push(item.with_subject(subject));
            }
        }
        let ledger = job.with_items(items);
        Self { planner: P::prepare(head, &ledger), ledger, positions }
    }

    /// Lets the planner decide, and gives the job's items the outcomes that follow.
    pub(super) fn decide<T>(
        &mut self,
        job: &mut Ledger<Step>,
        decide: impl FnOnce(&mut P, &mut Ledger<P::Subject>) -> T,
    ) -> T {
        self.ledger.copy_time(job);
        let before = self.ledger.revision();
        let decided = decide(&mut self.planner, &mut self.ledger);
        if self.ledger.revision() != before {
            for (item, at) in self.ledger.items().iter().zip(&self.positions) {
                job.copy_outcome(*at, item);
            }
        }
        decided
    }

    /// Whether an item is still to be worked on.
    pub(super) fn is_open(&self) -> bool {
        self.ledger.items().iter().any(|item| matches!(item.outcome, Outcome::Waiting | Outcome::InFlight))
    }
}
