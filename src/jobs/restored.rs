//! The kinds of jobs that a record can hold. A new kind of job is added here.

use std::cell::RefCell;
use std::rc::Rc;

use super::engine::{JobKind, Planner, Snapshot, Words, record};
use super::planners::budgets::Budgets;
use super::planners::members::{Action, Members};
use super::runner::AnyJob;
use crate::data::Topic;

/// The job that both texts of a record hold.
pub(super) fn restore(spec: &str, state: &str) -> Option<Rc<dyn AnyJob>> {
    fn of<P: Planner>(spec: &str, state: &str) -> Option<Rc<dyn AnyJob>> {
        Some(Rc::new(RefCell::new(record::restore::<P>(spec, state)?)))
    }
    of::<Members>(spec, state).or_else(|| of::<Budgets>(spec, state))
}

impl JobKind {
    pub fn words(self) -> &'static Words {
        match self {
            Self::AddMembers => Members::words(&Action::Add),
            Self::RemoveMembers => Members::words(&Action::Remove),
            Self::ChangeBudgets => Budgets::words(&()),
        }
    }
}

pub(super) fn topics(snapshot: &Snapshot) -> Vec<Topic> {
    let topic = match snapshot.words.kind {
        JobKind::AddMembers | JobKind::RemoveMembers => Topic::Members,
        JobKind::ChangeBudgets => Topic::Budgets,
    };
    snapshot.workspaces.iter().cloned().map(topic).collect()
}
