//! What a job does to one key, and whether the key is still what the preview showed.

use serde::{Deserialize, Serialize};

use crate::activity::limit_text;
use crate::domain::{ApiKey, KeyHash, LimitReset, Patch, UpdateKey, Usd, WorkspaceId};

/// What a job does to all its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeysAction {
    Disable,
    Enable,
    Limit,
    Move,
    Delete,
}

impl KeysAction {
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Disable => Self::Enable,
            Self::Enable => Self::Disable,
            other => other,
        }
    }
}

/// A limit with its reset.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeyLimit {
    pub limit: Option<Usd>,
    pub reset: Option<LimitReset>,
}

impl KeyLimit {
    pub fn of(key: &ApiKey) -> Self {
        Self { limit: key.limit, reset: key.limit_reset.clone() }
    }

    pub fn text(&self) -> String {
        limit_text(self.limit, self.reset.as_ref())
    }
}

/// What a job does to one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyChange {
    Disable,
    Enable,
    Limit { from: KeyLimit, to: KeyLimit },
    Move { to: WorkspaceId },
    Delete,
}

/// A key with what is done to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyItem {
    pub hash: KeyHash,
    pub name: String,
    pub label: String,
    pub change: KeyChange,
}

pub(super) enum Judgement {
    /// It is what the preview showed.
    Change,
    /// It is as wanted already.
    Reached,
    ChangedElsewhere,
}

impl KeyItem {
    /// The way back, with the workspace in which the key is now. `None` for a deletion.
    pub(in crate::jobs) fn undo(&self, workspace: &WorkspaceId) -> Option<(WorkspaceId, Self)> {
        let (place, change) = match &self.change {
            KeyChange::Disable => (workspace, KeyChange::Enable),
            KeyChange::Enable => (workspace, KeyChange::Disable),
            KeyChange::Limit { from, to } => (workspace, KeyChange::Limit { from: to.clone(), to: from.clone() }),
            KeyChange::Move { to } => (to, KeyChange::Move { to: workspace.clone() }),
            KeyChange::Delete => return None,
        };
        Some((place.clone(), Self { change, ..self.clone() }))
    }
}

impl KeyChange {
    /// Compares a key with the one that the preview showed in this workspace.
    pub(super) fn judge(&self, workspace: &WorkspaceId, found: &ApiKey) -> Judgement {
        let is_elsewhere = found.workspace_id.as_ref().is_some_and(|id| id != workspace);
        let (is_reached, is_as_shown) = match self {
            Self::Disable => (found.disabled, true),
            Self::Enable => (!found.disabled, true),
            Self::Limit { from, to } => (KeyLimit::of(found) == *to, KeyLimit::of(found) == *from),
            Self::Move { to } => (found.workspace_id.as_ref() == Some(to), !is_elsewhere),
            Self::Delete => (false, !is_elsewhere),
        };
        match (is_reached, is_as_shown) {
            (true, _) => Judgement::Reached,
            (false, true) => Judgement::Change,
            (false, false) => Judgement::ChangedElsewhere,
        }
    }

    /// The change as a request, or `None` for a deletion.
    pub(super) fn body(&self) -> Option<UpdateKey> {
        fn patch<T: Clone>(value: Option<&T>) -> Patch<T> {
            value.cloned().map_or(Patch::Clear, Patch::Set)
        }
        Some(match self {
            Self::Disable => UpdateKey { disabled: Some(true), ..UpdateKey::default() },
            Self::Enable => UpdateKey { disabled: Some(false), ..UpdateKey::default() },
            Self::Limit { to, .. } => UpdateKey {
                limit: patch(to.limit.as_ref()),
                limit_reset: patch(to.reset.as_ref()),
                ..UpdateKey::default()
            },
            Self::Move { to } => UpdateKey { workspace_id: Some(to.clone()), ..UpdateKey::default() },
            Self::Delete => return None,
        })
    }

    /// What it is before and after, as text.
    pub(super) fn texts(&self, workspace: &WorkspaceId) -> (String, String) {
        let texts = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        match self {
            Self::Disable => texts("Enabled", "Disabled"),
            Self::Enable => texts("Disabled", "Enabled"),
            Self::Limit { from, to } => (from.text(), to.text()),
            Self::Move { to } => texts(workspace.as_str(), to.as_str()),
            Self::Delete => texts("Exists", "Deleted"),
        }
    }
}
