//! What a job for members is to do: add people to workspaces, or remove them.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::words;
use crate::api::Operation;
use crate::domain::{UserId, WorkspaceId};
use crate::jobs::engine::{Item, JobSpec, Outcome};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    Add,
    Remove,
}

impl Action {
    pub(super) fn inverse(self) -> Self {
        match self {
            Self::Add => Self::Remove,
            Self::Remove => Self::Add,
        }
    }

    pub(super) fn operation(self) -> Operation {
        match self {
            Self::Add => Operation::BulkAddMembers,
            Self::Remove => Operation::BulkRemoveMembers,
        }
    }

    /// A sentence for the screen that says, before the start, what an undo restores.
    pub fn undo_note(self) -> &'static str {
        match self {
            Self::Add => words::UNDO_ADD,
            Self::Remove => words::UNDO_REMOVE,
        }
    }

    /// Whether a person is as wanted, being a member or not.
    pub fn is_met(self, is_member: bool) -> bool {
        (self == Self::Add) == is_member
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub workspace: WorkspaceId,
    /// People to add or remove, each once.
    pub people: Vec<UserId>,
    /// People who are as wanted already: shown as such, and not sent.
    pub already: Vec<UserId>,
}

pub fn spec(action: Action, targets: Vec<Target>) -> JobSpec<Action, UserId> {
    let (mut workspaces, mut items) = (Vec::new(), Vec::new());
    for (at, target) in targets.into_iter().enumerate() {
        let mut seen = HashSet::new();
        let already = target.already.into_iter().map(|person| (person, Outcome::Unchanged));
        for (person, outcome) in already.chain(target.people.into_iter().map(|person| (person, Outcome::Waiting))) {
            if seen.insert(person.clone()) {
                items.push(Item::new(at, person, outcome));
            }
        }
        workspaces.push(target.workspace);
    }
    JobSpec { head: action, workspaces, items }
}
