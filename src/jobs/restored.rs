//! The kinds of jobs that a record can hold. A new kind of job is added here.

use std::cell::RefCell;
use std::rc::Rc;

use super::engine::{JobKind, OutcomeKind, Planner, Snapshot, Words, record};
use super::planners::budgets::Budgets;
use super::planners::files::Files;
use super::planners::keys::{Keys, KeysAction};
use super::planners::members::{Action, Members};
use super::planners::offboarding::{Direction, Offboarding};
use super::planners::rotation::{Rotation, words};
use super::runner::AnyJob;
use crate::data::Topic;
use crate::domain::WorkspaceId;

/// The job that both texts of a record hold.
pub(super) fn restore(spec: &str, state: &str) -> Option<Rc<dyn AnyJob>> {
    fn of<P: Planner>(spec: &str, state: &str) -> Option<Rc<dyn AnyJob>> {
        Some(Rc::new(RefCell::new(record::restore::<P>(spec, state)?)))
    }
    let known = of::<Members>(spec, state).or_else(|| of::<Budgets>(spec, state));
    let known = known.or_else(|| of::<Keys>(spec, state)).or_else(|| of::<Rotation>(spec, state));
    known.or_else(|| of::<Files>(spec, state)).or_else(|| of::<Offboarding>(spec, state))
}

/// The job that the spec of a record describes, before it has begun.
pub(super) fn unstarted(spec: &str) -> Option<Rc<dyn AnyJob>> {
    fn of<P: Planner>(spec: &str) -> Option<Rc<dyn AnyJob>> {
        Some(Rc::new(RefCell::new(record::unstarted::<P>(spec)?)))
    }
    let known = of::<Members>(spec).or_else(|| of::<Budgets>(spec));
    let known = known.or_else(|| of::<Keys>(spec)).or_else(|| of::<Rotation>(spec));
    known.or_else(|| of::<Files>(spec)).or_else(|| of::<Offboarding>(spec))
}

impl JobKind {
    pub fn words(self) -> &'static Words {
        match self {
            Self::AddMembers => Members::words(&Action::Add),
            Self::RemoveMembers => Members::words(&Action::Remove),
            Self::ChangeBudgets => Budgets::words(&()),
            Self::DisableKeys => Keys::words(&KeysAction::Disable),
            Self::EnableKeys => Keys::words(&KeysAction::Enable),
            Self::LimitKeys => Keys::words(&KeysAction::Limit),
            Self::MoveKeys => Keys::words(&KeysAction::Move),
            Self::DeleteKeys => Keys::words(&KeysAction::Delete),
            Self::RotateKeys => &words::ROTATE,
            Self::ApplyFile => Files::words(&()),
            Self::Offboard => Offboarding::words(&Direction::Offboard),
            Self::RestorePeople => Offboarding::words(&Direction::Restore),
        }
    }
}

pub(super) fn topics(snapshot: &Snapshot) -> Vec<Topic> {
    let each = |topics: &[fn(WorkspaceId) -> Topic]| -> Vec<Topic> {
        snapshot.workspaces.iter().flat_map(|id| topics.iter().map(|topic| topic(id.clone()))).collect()
    };
    match snapshot.words.kind {
        // After a refusal, what blocks the removal is read again.
        JobKind::RemoveMembers if snapshot.counts.of(OutcomeKind::Refused) != 0 => each(&[Topic::Members, Topic::Keys]),
        JobKind::AddMembers | JobKind::RemoveMembers => each(&[Topic::Members]),
        JobKind::Offboard | JobKind::RestorePeople => each(&[Topic::Members, Topic::Keys]),
        JobKind::ChangeBudgets => each(&[Topic::Budgets]),
        JobKind::DisableKeys
        | JobKind::EnableKeys
        | JobKind::LimitKeys
        | JobKind::MoveKeys
        | JobKind::DeleteKeys
        | JobKind::RotateKeys => each(&[Topic::Keys]),
        JobKind::ApplyFile => {
            [vec![Topic::Workspaces, Topic::Workspace], each(&[Topic::Members, Topic::Budgets])].concat()
        }
    }
}
