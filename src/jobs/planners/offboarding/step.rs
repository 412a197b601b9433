//! What an offboarding consists of.

use serde::{Deserialize, Serialize};

use crate::domain::{ApiKey, UserId, WorkspaceId};
use crate::jobs::engine::{Item, JobSpec, Outcome};
use crate::jobs::planners::keys::{KeyChange, KeyItem};

/// What is done to all people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Disable keys, then remove members.
    Offboard,
    /// Add members back, then enable keys.
    Restore,
}

/// One change for one person in one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    Key { owner: UserId, key: Box<KeyItem> },
    Member(UserId),
}

impl Direction {
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Offboard => Self::Restore,
            Self::Restore => Self::Offboard,
        }
    }
}

/// A job that offboards people by these steps, each in its workspace. A step with a reason is not sent: it is refused, so that
/// the outcome shows it and a retry includes it.
pub fn spec(steps: impl IntoIterator<Item = (WorkspaceId, Step, Option<String>)>) -> JobSpec<Direction, Step> {
    let steps = steps.into_iter().map(|(workspace, step, reason)| (workspace, (step, reason)));
    let JobSpec { head, workspaces, items } = JobSpec::grouped(Direction::Offboard, steps);
    let item = |item: Item<(Step, Option<String>)>| {
        let (step, reason) = &item.subject;
        let outcome = reason.as_ref().map_or(Outcome::Waiting, |reason| Outcome::Refused(reason.as_str().into()));
        Item::new(item.workspace, step.clone(), outcome)
    };
    JobSpec { head, workspaces, items: items.into_iter().map(item).collect() }
}

impl Step {
    /// The step that disables this key of a person.
    pub fn disable(owner: UserId, key: &ApiKey) -> Self {
        let (hash, name, label) = (key.hash.clone(), key.title(), key.label.clone());
        Self::Key { owner, key: Box::new(KeyItem { hash, name, label, change: KeyChange::Disable }) }
    }

    pub(super) fn person(&self) -> &UserId {
        match self {
            Self::Key { owner, .. } => owner,
            Self::Member(person) => person,
        }
    }

    pub(super) fn key(&self) -> Option<KeyItem> {
        if let Self::Key { key, .. } = self { Some(KeyItem::clone(key)) } else { None }
    }

    pub(super) fn member(&self) -> Option<UserId> {
        if let Self::Member(person) = self { Some(person.clone()) } else { None }
    }
}
