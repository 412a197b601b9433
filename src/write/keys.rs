//! Disabling and deleting an API key.

use super::{Message, Scope, Viewer, Write, WriteFailure};
use crate::api::keys;
use crate::api::settle::WriteOutcome;
use crate::data::Topic;
use crate::domain::{KeyHash, WorkspaceId, inline_text};

/// A key of a workspace, and its name.
#[derive(Debug, Clone)]
pub struct KeyTarget {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The key.
    pub hash: KeyHash,
    /// The key's name, for the journal and for notices.
    pub name: String,
}

/// A key to disable.
pub struct DisableKey(pub KeyTarget);

/// A key to delete.
pub struct DeleteKey(pub KeyTarget);

impl Write for DisableKey {
    type Output = ();

    async fn send(&self, scope: &Scope) -> Result<(), WriteFailure> {
        let Self(key) = self;
        let disable = keys::disable(&scope.client, &key.workspace, &key.hash);
        Ok(scope.record("Disable API key", key.name.clone(), disable).await?)
    }

    fn topics(&self, result: &Result<(), WriteFailure>) -> Vec<Topic> {
        self.0.topics(result)
    }

    fn message(&self, result: &Result<(), WriteFailure>, viewer: Viewer) -> Option<Message> {
        self.0.message(result, viewer, "disabled")
    }
}

impl Write for DeleteKey {
    type Output = ();

    async fn send(&self, scope: &Scope) -> Result<(), WriteFailure> {
        let Self(key) = self;
        let delete = keys::delete(&scope.client, &key.workspace, &key.hash);
        Ok(scope.record("Delete API key", key.name.clone(), delete).await?)
    }

    fn topics(&self, result: &Result<(), WriteFailure>) -> Vec<Topic> {
        self.0.topics(result)
    }

    fn message(&self, result: &Result<(), WriteFailure>, viewer: Viewer) -> Option<Message> {
        self.0.message(result, viewer, "deleted")
    }
}

impl KeyTarget {
    /// Shown only to a person who has left: the list of keys shows the outcome.
    fn message(&self, result: &Result<(), WriteFailure>, viewer: Viewer, done: &str) -> Option<Message> {
        let name = inline_text(&self.name);
        match (result, viewer) {
            (_, Viewer::Present) => None,
            (Ok(()), Viewer::Gone) => Some(Message::Success(format!("“{name}” was {done}"))),
            (Err(failure), Viewer::Gone) => {
                Some(Message::Failure(format!("“{name}” was not {done}"), failure.message()))
            }
        }
    }

    /// Where even reading back failed, or the session's key was refused, reading the keys again would only replace the
    /// list by its own failure.
    fn topics(&self, result: &Result<(), WriteFailure>) -> Vec<Topic> {
        match result {
            Err(WriteFailure::Write(failure))
                if failure.outcome == WriteOutcome::Unknown || failure.error.is_unauthorized() =>
            {
                Vec::new()
            }
            _ => vec![Topic::Keys(self.workspace.clone())],
        }
    }
}
