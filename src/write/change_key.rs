//! Disabling and deleting an API key.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::api::keys;
use crate::api::settle::WriteOutcome;
use crate::data::Topic;
use crate::domain::{KeyHash, WorkspaceId, inline_text};

#[derive(Debug, Clone)]
pub struct ChangeKey {
    pub workspace: WorkspaceId,
    pub hash: KeyHash,
    /// The key's name, for the journal and for notices.
    pub name: String,
    pub change: KeyChange,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyChange {
    /// Disable it. It can be enabled again.
    Disable,
    Delete,
}

impl Write for ChangeKey {
    type Output = ();

    async fn send(&self, scope: &Scope) -> Result<(), WriteFailure> {
        let Self { workspace, hash, name, change } = self;
        let (client, name) = (&scope.client, name.clone());
        match change {
            KeyChange::Disable => scope.record("Disable API key", name, keys::disable(client, workspace, hash)).await?,
            KeyChange::Delete => scope.record("Delete API key", name, keys::delete(client, workspace, hash)).await?,
        }
        Ok(())
    }

    fn topics(&self, result: &Result<(), WriteFailure>) -> Vec<Topic> {
        match result {
            // If even reading back failed, or the session's key was refused, reading the keys again is in vain.
            Err(WriteFailure::Write(failure))
                if failure.outcome == WriteOutcome::Unknown || failure.error.is_unauthorized() =>
            {
                Vec::new()
            }
            _ => vec![Topic::Keys(self.workspace.clone())],
        }
    }

    fn message(&self, result: &Result<(), WriteFailure>, viewer: Viewer) -> Option<Message> {
        if viewer == Viewer::Present {
            // The list of keys shows the outcome.
            return None;
        }
        let done = if self.change == KeyChange::Disable { "disabled" } else { "deleted" };
        let name = inline_text(&self.name);
        Some(match result {
            Ok(()) => Message::Success(format!("“{name}” was {done}")),
            Err(failure) => failure.notice(format!("“{name}” was not {done}")),
        })
    }
}
