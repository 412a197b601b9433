//! Disabling and deleting an API key.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::api::{keys, settle::WriteOutcome};
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
            // If even reading back failed, or the person has to sign in first, reading the keys again is in vain.
            Err(WriteFailure::Write(failure))
                if failure.outcome == WriteOutcome::Unknown || failure.error.needs_sign_in() =>
            {
                Vec::new()
            }
            _ => vec![Topic::Keys(self.workspace.clone())],
        }
    }

    fn message(&self, (): &(), viewer: Viewer) -> Option<Message> {
        // The list of keys shows the outcome to a person who has not left.
        (viewer == Viewer::Gone).then(|| Message::Success(self.sentence("was")))
    }

    fn failure_title(&self) -> String {
        self.sentence("was not")
    }
}

impl ChangeKey {
    fn sentence(&self, was: &str) -> String {
        let done = if self.change == KeyChange::Disable { "disabled" } else { "deleted" };
        format!("“{}” {was} {done}", inline_text(&self.name))
    }
}
