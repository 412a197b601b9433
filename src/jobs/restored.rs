//! The kinds of jobs that a record can hold. A new kind of job is added here.

use super::engine::{Job, JobKind, Planner as _, Snapshot, Words, record};
use super::planners::budgets::Budgets;
use super::planners::members::{Action, Members};
use crate::data::Topic;

pub enum Restored {
    Members(Job<Members>),
    Budgets(Job<Budgets>),
}

impl Restored {
    pub fn read(spec: &str, state: &str) -> Option<Self> {
        match record::kind(spec)?.as_str() {
            Members::NAME => record::restore(spec, state).map(Self::Members),
            Budgets::NAME => record::restore(spec, state).map(Self::Budgets),
            _ => None,
        }
    }

    pub fn snapshot(&self) -> Snapshot {
        match self {
            Self::Members(job) => Snapshot::of(job),
            Self::Budgets(job) => Snapshot::of(job),
        }
    }
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
